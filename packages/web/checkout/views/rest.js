// Money came, but less than the price: the rest with one tap, and how that sum came about.

import { element } from '../element.js'
import { tenge } from '../money.js'
import { againOrOther, nameOf } from './offers.js'

/** @typedef {import('../screen.js').Screen} Screen */
/** @typedef {import('../words/ru.js').Words} Words */
/** @typedef {import('./draw.js').Act} Act */
/** @typedef {import('./draw.js').Drawn} Drawn */

/**
 * @param {Extract<Screen, { kind: 'rest' }>} screen
 * @param {Words} words
 * @param {Act} act
 * @returns {Drawn}
 */
export function drawRest(screen, words, act) {
  const { rest, reason, again, offers } = screen
  const due = again?.price ?? rest.original - rest.credited
  /** @type {Readonly<Record<string, string>>} */
  const used = words.rest.used
  const paid = used[rest.used ?? ''] ?? words.rest.paid(tenge(rest.paid))
  const failed = reason === null ? null : (words.failed.reasons[reason] ?? words.failed.otherwise)
  const pay = words.rest.pay(tenge(due))
  return {
    headline: failed ?? paid,
    advice: words.rest.advice(tenge(due)),
    body: [...againOrOther({ again, offers }, pay, words, act), workedOut(screen, words)],
  }
}

/**
 * @param {Extract<Screen, { kind: 'rest' }>} screen
 * @param {Words} words
 */
function workedOut({ rest, again, offers }, words) {
  /** @type {[string, number][]} */
  const rows = [
    [words.rest.original, rest.original],
    [words.rest.youPaid, rest.paid],
    [words.rest.commission(rest.usedPercent), rest.paid - rest.credited],
    [words.rest.credited, rest.credited],
    [words.rest.left, rest.original - rest.credited],
  ]
  if (again !== null) {
    const name = nameOf(again.code, offers, words)
    rows.push([words.rest.due(name, again.percent), again.price])
  }
  const list = rows.map(([name, sum]) =>
    element('div', {}, element('dt', {}, name), element('dd', {}, tenge(sum))),
  )
  return element(
    'details',
    {},
    element('summary', {}, words.rest.how),
    element('dl', { class: 'figures' }, ...list),
  )
}
