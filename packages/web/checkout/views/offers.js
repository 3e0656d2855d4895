// Methods to choose from, each with its total and its commission, and the one tap that goes on with the
// method chosen before.

import { button, element } from '../element.js'
import { tenge } from '../money.js'

/** @typedef {import('../screen.js').Offer} Offer */
/** @typedef {import('../words/ru.js').Words} Words */
/** @typedef {import('./draw.js').Act} Act */

/**
 * @param {string} code
 * @param {readonly Offer[]} offers
 * @param {Words} words
 * @returns {string} the name in the language of the page where there is one, else the server's
 */
export function nameOf(code, offers, words) {
  /** @type {Readonly<Record<string, string>>} */
  const names = words.methods
  return names[code] ?? offers.find((offer) => offer.code === code)?.name ?? code
}

/**
 * @param {readonly Offer[]} offers
 * @param {Words} words
 * @param {Act} act
 */
export function offerList(offers, words, act) {
  const items = offers.map((offer) => element('li', {}, offerButton(offer, words, act)))
  // A list without bullets is no list to Safari's reader unless it says so.
  return element('ul', { class: 'methods', role: 'list' }, ...items)
}

/**
 * @param {Offer} offer
 * @param {Words} words
 * @param {Act} act
 */
function offerButton(offer, words, act) {
  const { code, is_available: isAvailable, monthly, percent, price } = offer
  const small = isAvailable ? words.offer.commission(percent) : words.offer.unavailable
  const made = button(
    'method',
    () => act.choose(code),
    element(
      'span',
      {},
      nameOf(code, [offer], words),
      element('small', {}, small),
      isAvailable && monthly !== null
        ? element('small', {}, words.offer.monthly(tenge(monthly)))
        : null,
    ),
    element('b', {}, tenge(price)),
  )
  made.disabled = !isAvailable
  return made
}

/**
 * One tap with the method chosen before; the others folded below. Without one, all of them.
 *
 * @param {{ readonly again: Offer | null, readonly offers: readonly Offer[] }} choice
 * @param {string | null} label of the one tap; null for none
 * @param {Words} words
 * @param {Act} act
 * @returns {readonly Node[]}
 */
export function againOrOther({ again, offers }, label, words, act) {
  if (again === null || label === null) return [offerList(offers, words, act)]
  const detail = `${nameOf(again.code, offers, words)}, ${words.offer.commission(again.percent)}`
  const others = offers.filter(({ code }) => code !== again.code)
  return [
    button('button', () => act.choose(again.code), label, element('small', {}, detail)),
    folded(words.offer.others, others, words, act),
  ]
}

/**
 * @param {string} summary
 * @param {readonly Offer[]} offers
 * @param {Words} words
 * @param {Act} act
 */
export function folded(summary, offers, words, act) {
  return element('details', {}, element('summary', {}, summary), offerList(offers, words, act))
}
