// The QR and the button that opens Kaspi. On a computer the QR is the action; on a phone the button is, and
// the QR is folded below, for another phone.

import { sleep } from '../clock.js'
import { element } from '../element.js'

/** @typedef {import('../screen.js').QrShown} QrShown */
/** @typedef {import('../words/ru.js').Words} Words */

const LOAD_AGAIN_MS = 2_000
const LOADS_LIMIT = 30

/**
 * @param {QrShown} qr
 * @param {string} name what the picture is, for who cannot see it
 * @param {Words} words
 * @returns {readonly Node[]}
 */
export function qrBlock({ src, link, expiresAt, onPhone }, name, words) {
  const shown = [picture(src, name, words)]
  const left =
    expiresAt === null ? [] : [element('p', { class: 'countdown quiet', 'data-until': expiresAt })]
  if (!onPhone || link === null) return [...shown, ...left]
  const open = element(
    'a',
    { class: 'button', href: link, rel: 'noreferrer', id: 'open' },
    words.qr.open,
  )
  const below = element('details', {}, element('summary', {}, words.qr.folded), ...shown)
  return [open, ...left, below]
}

/**
 * Asked for again for a while when it does not come: a moment without a line must not cost the payment.
 *
 * @param {string} src
 * @param {string} name
 * @param {Words} words
 */
function picture(src, name, words) {
  const image = element('img', { src, alt: name, width: '280', height: '280' })
  const note = element('p', { class: 'quiet', role: 'status' })
  let loads = 0
  image.addEventListener('load', () => {
    note.textContent = ''
  })
  image.addEventListener('error', async () => {
    loads += 1
    note.textContent = words.qr.noPicture
    await sleep(LOAD_AGAIN_MS)
    if (loads > LOADS_LIMIT || !image.isConnected) return
    image.src = `${src}${src.includes('?') ? '&' : '?'}again=${loads}`
  })
  return element('div', { class: 'qr' }, image, note)
}
