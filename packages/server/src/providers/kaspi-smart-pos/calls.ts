// The calls of the terminal's API as requests: address, query, headers. Every call is a GET. It must
// never send anything; the transport does.

import type { ApiVersion, Device, Purchase } from '../../ports/provider.ts'
import { deviceOrigin } from '../device-address.ts'
import { trustOf } from '../tls-trust.ts'
import type { DeviceCall } from '../transport.ts'

/** `tenge` is whole: the terminal knows no smaller unit. */
export function paymentCall(device: Device, tenge: bigint): DeviceCall {
  const ownCheque = device.ownCheque ? { owncheque: 'true' } : {}
  return deviceCall(device, 'payment', { amount: tenge.toString(), ...ownCheque })
}

/** The purchase's own method and number; `tenge` is whole. */
export function refundCall(
  device: Device,
  { moneyKind, providerTransactionId }: Pick<Purchase, 'moneyKind' | 'providerTransactionId'>,
  tenge: bigint,
): DeviceCall {
  const ownCheque = device.ownCheque ? { owncheque: 'true' } : {}
  const query = {
    method: moneyKind,
    amount: tenge.toString(),
    transactionId: providerTransactionId,
  }
  return deviceCall(device, 'refund', { ...query, ...ownCheque })
}

export function statusCall(device: Device, processId: string): DeviceCall {
  const { accessToken, deviceNumber } = device
  const number = deviceNumber === null ? {} : { terminalId: deviceNumber }
  const headers = { ...tokenHeader(accessToken), ...number }
  return { ...deviceCall(device, 'status', { processId }), headers }
}

export function actualizeCall(device: Device, processId: string): DeviceCall {
  return deviceCall(device, 'actualize', { processId })
}

export function cancelCall(device: Device, processId: string): DeviceCall {
  return deviceCall(device, 'cancel', { processId })
}

export function deviceInfoCall(device: Device): DeviceCall {
  return deviceCall(device, 'deviceinfo', {})
}

export function registerCall(device: Device, name: string): DeviceCall {
  return withoutToken(deviceCall(device, 'register', { name }))
}

/** `revoke` by its name, a refresh by what it does. */
export function refreshCall(device: Device, name: string, refreshToken: string): DeviceCall {
  return withoutToken(deviceCall(device, 'revoke', { name, refreshToken }))
}

const PREFIX: Readonly<Record<ApiVersion, string>> = { v1: '', v2: '/v2' }

function deviceCall(
  device: Device,
  verb: string,
  query: Readonly<Record<string, string>>,
): DeviceCall {
  const search = new URLSearchParams(query).toString()
  return {
    origin: deviceOrigin(device),
    trust: trustOf(device),
    path: `${PREFIX[device.apiVersion]}/${verb}${search === '' ? '' : `?${search}`}`,
    headers: tokenHeader(device.accessToken),
  }
}

function tokenHeader(accessToken: string | null): DeviceCall['headers'] {
  return accessToken === null ? {} : { accesstoken: accessToken }
}

/** The two calls that are there to get a token carry none: most clients send none with them. */
function withoutToken(call: DeviceCall): DeviceCall {
  return { ...call, headers: {} }
}
