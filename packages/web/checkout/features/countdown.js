// How long the QR is still good, by the server's clock. When it runs out the server is asked: this clock
// never decides that anything is over.

import { minutesAndSeconds } from '../dates.js'

/** @typedef {import('../main.js').Page} Page */
/** @typedef {import('../main.js').Feature} Feature */

const BEAT_MS = 250

/**
 * @param {Page} page
 * @returns {Feature}
 */
export function open(page) {
  let asked = ''
  const beat = () => {
    const shown = document.querySelector('.countdown')
    const until = shown?.getAttribute('data-until') ?? null
    if (shown === null || until === null) return
    const leftMs = Date.parse(until) - page.serverMs()
    const words = page.words()
    const text = leftMs > 0 ? words.qr.left(minutesAndSeconds(leftMs)) : words.qr.over
    if (shown.textContent !== text) shown.textContent = text
    if (leftMs > 0 || asked === until) return
    asked = until
    page.look()
  }
  setInterval(beat, BEAT_MS)
  return { drawn: beat }
}
