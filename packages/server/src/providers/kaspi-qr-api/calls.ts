// The calls of the bank's API as requests: address, headers, JSON. It must never send anything; the
// transport does.

import type { BankAccount, Device } from '../../ports/provider.ts'
import { deviceOrigin } from '../device-address.ts'
import { type Credentials, trustOf } from '../tls-trust.ts'
import type { DeviceCall } from '../transport.ts'

/** How a call is made: as whom, and under which number of the caller's own. */
export interface Caller {
  readonly device: Device
  readonly account: BankAccount
  /** Where the scheme asks for a certificate. */
  readonly credentials: Credentials | null
  /** A UUID; the bank writes it down. */
  readonly requestId: string
}

type Body = Readonly<Record<string, string | number>>

/** `tenge` is whole. `externalId` is kept in the bank's books and can be looked for there. */
export function createCall(caller: Caller, tenge: bigint, externalId: string): DeviceCall {
  const verb = caller.account.form === 'link' ? 'qr/create-link' : 'qr/create'
  return post(caller, verb, {
    ...deviceToken(caller),
    ...organization(caller),
    Amount: Number(tenge),
    ExternalId: externalId,
  })
}

/** Version 2 tells the product, the term and the sum; version 1 tells none of them. */
export function statusCall(caller: Caller, paymentId: string): DeviceCall {
  return get(caller, `payment/status/${paymentId}`, 'v02')
}

export function detailsCall(caller: Caller, paymentId: string): DeviceCall {
  const query = new URLSearchParams({ QrPaymentId: paymentId, ...deviceToken(caller) })
  return get(caller, `payment/details?${query}`)
}

/** r3: at once, without the customer. */
export function returnCall(caller: Caller, paymentId: string, tenge: bigint): DeviceCall {
  return post(caller, 'payment/return', {
    ...deviceToken(caller),
    ...organization(caller),
    QrPaymentId: Number(paymentId),
    Amount: Number(tenge),
  })
}

/** r2: a QR that the customer scans. */
export function returnQrCall(caller: Caller, paymentId: string, tenge: bigint): DeviceCall {
  return post(caller, 'return/create', {
    ...deviceToken(caller),
    QrPaymentId: Number(paymentId),
    Amount: Number(tenge),
  })
}

export function returnStatusCall(caller: Caller, returnId: string): DeviceCall {
  return get(caller, `return/status/${returnId}`)
}

export function tradePointsCall(caller: Caller): DeviceCall {
  const { organizationBin, scheme } = caller.account
  const ofWhom = scheme === 'r3' && organizationBin !== null ? `/${organizationBin}` : ''
  return get(caller, `partner/tradepoints${ofWhom}`)
}

/** The same device again gets the same token: it may be repeated. */
export function registerCall(caller: Caller, deviceId: string): DeviceCall {
  const TradePointId = Number(caller.account.tradePointId)
  return post(caller, 'device/register', {
    ...organization(caller),
    DeviceId: deviceId,
    TradePointId,
  })
}

export function forgetCall(caller: Caller): DeviceCall {
  return post(caller, 'device/delete', { ...deviceToken(caller), ...organization(caller) })
}

function deviceToken({ device }: Caller): { readonly DeviceToken: string } {
  return { DeviceToken: device.accessToken ?? '' }
}

/** Only r3 acts for many organizations. */
function organization({ account: { organizationBin, scheme } }: Caller): Body {
  return scheme === 'r3' && organizationBin !== null ? { OrganizationBin: organizationBin } : {}
}

function get(caller: Caller, verb: string, version: 'v01' | 'v02' = 'v01'): DeviceCall {
  const { account, credentials, device, requestId } = caller
  const key = account.scheme === 'r1' && account.apiKey !== null ? account.apiKey : null
  return {
    origin: deviceOrigin(device),
    trust: trustOf(device),
    path: `/${account.scheme}/${version}/${verb}`,
    headers: {
      'x-request-id': requestId,
      accept: 'application/json',
      ...(key === null ? {} : { 'api-key': key }),
    },
    ...(credentials === null ? {} : { credentials }),
  }
}

function post(caller: Caller, verb: string, body: Body): DeviceCall {
  const call = get(caller, verb)
  const headers = { ...call.headers, 'content-type': 'application/json' }
  return { ...call, headers, body: JSON.stringify(body) }
}
