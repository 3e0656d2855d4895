// The calls of the terminal's API as requests: address, query, headers. Every call is a GET. It must
// never send anything; the transport does.

import type { Device } from '../../ports/provider.ts'
import { deviceOrigin } from '../device-address.ts'

export interface DeviceCall {
  readonly origin: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** `tenge` is whole: the terminal knows no smaller unit. */
export function paymentCall(device: Device, tenge: bigint): DeviceCall {
  const query = new URLSearchParams({ amount: tenge.toString() })
  if (device.ownCheque) query.set('owncheque', 'true')
  return deviceCall(device, 'payment', query)
}

export function statusCall(device: Device, processId: string): DeviceCall {
  return deviceCall(device, 'status', new URLSearchParams({ processId }))
}

export function actualizeCall(device: Device, processId: string): DeviceCall {
  return deviceCall(device, 'actualize', new URLSearchParams({ processId }))
}

export function cancelCall(device: Device, processId: string): DeviceCall {
  return deviceCall(device, 'cancel', new URLSearchParams({ processId }))
}

export function deviceInfoCall(device: Device): DeviceCall {
  return deviceCall(device, 'deviceinfo', new URLSearchParams())
}

function deviceCall(device: Device, verb: string, query: URLSearchParams): DeviceCall {
  const search = query.toString()
  return {
    origin: deviceOrigin(device),
    path: `/v2/${verb}${search === '' ? '' : `?${search}`}`,
    headers: device.accessToken === null ? {} : { accesstoken: device.accessToken },
  }
}
