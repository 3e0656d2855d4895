// The bank's error codes (protocol, section 3), and what each proves about a start. What is not on the list
// proves nothing, whatever it sounds like.

import type { StartRefusal } from '@byfly-pay/core'

export const PURCHASE_NOT_FOUND = -1601
const NO_CERTIFICATE = -10_000

/** Not started, for certain. Null: the code proves nothing, −999 and «repeat» (−99000006) among them. */
export function refusalOf(code: number): StartRefusal | null {
  switch (code) {
    case NO_CERTIFICATE:
      return 'access_denied'
    case -1501:
    case -1503:
      return 'not_registered'
    case -1502:
      return 'payments_blocked'
    case PURCHASE_NOT_FOUND:
      return 'purchase_not_found'
    case -99_000_005:
    case -99_000_020:
      return 'refund_not_allowed'
    case 990_000_028:
      return 'bad_request'
    case 990_000_033:
      return 'method_not_supported'
    default:
      return null
  }
}

/** The device is not known, or at another trade point: a new registration, which may be repeated, cures it. */
export function asksToRegister(code: number): boolean {
  return code === -1501 || code === -1503
}

/** The bank lets nobody in who comes like this. */
export function isAccessDenied(code: number): boolean {
  return code === NO_CERTIFICATE
}
