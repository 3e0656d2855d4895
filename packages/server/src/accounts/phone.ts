// Phone numbers as people write them, brought to the one form that is kept (T8). Nothing here is logged.

import { parsePhoneNumberFromString } from 'libphonenumber-js'

/** Digits and what people put between them; no words, no extensions, no other scripts' digits. */
const PHONE = /^\+?[\d\s().-]{5,31}$/

/** A Kazakh mobile number as it is kept, by far the most usual one: there is nothing to work out. */
const KEPT_FORM = /^\+77\d{9}$/

/** The number in E.164, or null when the text is no phone number; without `+` it is Kazakh (T8). */
export function parsePhone(text: string): string | null {
  if (KEPT_FORM.test(text)) return text
  if (!PHONE.test(text)) return null
  const phone = parsePhoneNumberFromString(text, { defaultCountry: 'KZ', extract: false })
  // By its length only: ranges are opened faster than any table learns of them.
  return phone?.isPossible() === true ? phone.number : null
}
