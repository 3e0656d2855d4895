// CSV by RFC 4180 for Excel as it is set up in Kazakhstan, where a comma parts tenge from tiyn: fields are
// parted by semicolons, and the byte order mark says that the text is UTF-8. A text can never become a
// formula: what a spreadsheet would calculate gets an apostrophe before it (A16).

export const BYTE_ORDER_MARK = '\ufeff'

/** Signs that begin a formula, and their full-width twins, which some spreadsheets take for the same. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/
const QUOTED = /[";\r\n]|^\s|\s$/

/** Fields as they stand: numbers of the centre's own. */
export function csvNumber(whole: bigint, fraction: bigint): string {
  return `${whole},${fraction.toString().padStart(2, '0')}`
}

export function csvText(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvLine(fields: readonly string[]): string {
  return `${fields.join(';')}\r\n`
}
