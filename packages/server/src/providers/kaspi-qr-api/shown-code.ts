// The QR or the link that the bank has made, in the two forms that a customer is shown. Whatever is not
// plainly one of the bank's own is shown to nobody.

import { kaspiLink } from '../kaspi/kaspi-link.ts'
import { textField, type WireObject } from '../wire-value.ts'

/** A token alone is the run of digits that a link ends with (protocol, section 2). */
const TOKEN = /^[0-9A-Za-z_-]{6,128}$/

export function shownCode(
  data: WireObject,
): { readonly text: string; readonly url: string } | null {
  const said = textField(data, 'PaymentLink') ?? textField(data, 'QrToken')
  if (said === null) return null
  return kaspiLink(TOKEN.test(said) ? `https://qr.kaspi.kz/${said}` : said)
}
