// Tells the QR of a Kaspi payment from every other code that a camera may see (protocol, rule 5). A
// customer is sent wherever this says, so a link passes only when it is letter for letter one of ours.

import type { QrReading } from '../../ports/provider.ts'

/** No user, port, query or other spelling of the host: none of them can be in a terminal's QR. */
const LINK = /^https:\/\/(?:qr\.kaspi\.kz\/|pay\.kaspi\.kz\/pay\/)([0-9A-Za-z_-]{6,128})$/

/** The two forms of one link, or null when the text is none: for the picture and for a phone (N4). */
export function kaspiLink(text: string): { readonly text: string; readonly url: string } | null {
  const token = LINK.exec(text.trim())?.[1]
  if (token === undefined) return null
  return { text: `https://qr.kaspi.kz/${token}`, url: `https://pay.kaspi.kz/pay/${token}` }
}

/**
 * What the codes in sight come to. Two different payments in one picture (a sticker with the shop's
 * own QR beside the screen) are `foreign`: taking the wrong one would send the money elsewhere.
 */
export function qrReading(texts: readonly string[]): QrReading {
  const links = new Map<string, { readonly text: string; readonly url: string }>()
  for (const text of texts) {
    const link = kaspiLink(text)
    if (link !== null) links.set(link.text, link)
  }
  const [link] = links.values()
  return link === undefined || links.size > 1 ? { kind: 'foreign' } : { kind: 'read', ...link }
}
