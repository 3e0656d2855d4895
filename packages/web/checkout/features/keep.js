// A confirmation to keep: as a file, on paper, sent to somebody; and the way back to the shop. What this
// browser cannot do is not offered.

import { button, element, fill } from '../element.js'
import { linesOf } from '../views/paid.js'

/** @typedef {import('../main.js').Page} Page */
/** @typedef {import('../main.js').Feature} Feature */
/** @typedef {import('../screen.js').Confirmation} Confirmation */
/** @typedef {import('../words/ru.js').Words} Words */

/**
 * @param {Page} page
 * @returns {Feature}
 */
export function open(page) {
  return {
    drawn(screen) {
      const place = document.querySelector('.keep')
      if (screen.kind !== 'paid' || place === null) return
      fill(place, actions(screen.confirmation, page.words()))
    },
  }
}

/**
 * @param {Confirmation} confirmation
 * @param {Words} words
 * @returns {readonly Node[]}
 */
function actions(confirmation, words) {
  const note = element('p', { class: 'quiet', role: 'status' })
  /** @param {() => Promise<string | null>} work resolves with what is to be said of it */
  const attempt = (work) => async () => {
    try {
      note.textContent = await work()
    } catch (error) {
      // Who closes the list of apps has changed their mind, which is no failure.
      const isClosed = error instanceof DOMException && error.name === 'AbortError'
      note.textContent = isClosed ? '' : words.keep.failed
    }
  }
  const save = button(
    'plain',
    attempt(() => saveFile(confirmation, words)),
    words.keep.save,
  )
  const print = button('plain', attempt(printPage), words.keep.print)
  const share = button(
    'plain',
    attempt(() => sendOn(confirmation, words)),
    words.keep.share,
  )
  const canShare = typeof navigator.share === 'function' || navigator.clipboard !== undefined
  const offered = [
    save,
    ...(typeof window.print === 'function' ? [print] : []),
    ...(canShare ? [share] : []),
  ]
  return [element('div', { class: 'row' }, ...offered), note, ...backToShop(words)]
}

/**
 * @param {Confirmation} confirmation
 * @param {Words} words
 */
async function saveFile(confirmation, words) {
  const { confirmationPdf } = await import('./confirmation-pdf.js')
  const address = URL.createObjectURL(await confirmationPdf(confirmation, words))
  const link = element('a', { href: address, download: `${confirmation.number}.pdf` })
  document.body.append(link)
  link.click()
  link.remove()
  // Browsers read the file after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
  return null
}

async function printPage() {
  window.print()
  return null
}

/**
 * @param {Confirmation} confirmation
 * @param {Words} words
 */
async function sendOn(confirmation, words) {
  const lines = linesOf(confirmation, words).map(([name, value]) => `${name}: ${value}`)
  const text = [words.paid.title, ...lines, words.paid.notReceipt].join('\n')
  if (typeof navigator.share === 'function') {
    await navigator.share({ title: words.paid.title, text })
    return null
  }
  await navigator.clipboard.writeText(text)
  return words.keep.copied
}

/**
 * To the page that led here, by its own name, so that nobody is sent where they do not expect.
 *
 * @param {Words} words
 * @returns {readonly Node[]}
 */
function backToShop(words) {
  let from
  try {
    from = new URL(document.referrer)
  } catch {
    return []
  }
  const isOther = from.origin !== location.origin
  if (from.protocol !== 'https:' || !isOther) return []
  const link = { class: 'back', href: from.href, rel: 'noreferrer' }
  return [element('a', link, words.keep.back(from.host))]
}
