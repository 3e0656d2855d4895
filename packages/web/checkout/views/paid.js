// Paid: a confirmation to keep. It must not look like a fiscal receipt, and says that it is none.

import { moment } from '../dates.js'
import { element } from '../element.js'
import { tenge } from '../money.js'

/** @typedef {import('../screen.js').Confirmation} Confirmation */
/** @typedef {import('../words/ru.js').Words} Words */
/** @typedef {import('./draw.js').Drawn} Drawn */

/**
 * @param {Confirmation} confirmation
 * @param {Words} words
 * @returns {Drawn}
 */
export function drawPaid(confirmation, words) {
  const lines = linesOf(confirmation, words).map(([name, value]) =>
    element('div', {}, element('dt', {}, name), element('dd', {}, value)),
  )
  return {
    headline: words.paid.headline(tenge(confirmation.paid)),
    advice: words.paid.advice(moment(confirmation.paidAt)),
    body: [
      element('dl', { class: 'confirmation' }, ...lines),
      element('p', { class: 'quiet' }, words.paid.notReceipt),
      // Filled by the feature that keeps confirmations; without it a screenshot still does.
      element('div', { class: 'keep' }),
    ],
  }
}

/**
 * What the confirmation says, line by line. Not by which product: the customer may have taken another one
 * in the app than was chosen here, and each part of the sum its own.
 *
 * @param {Confirmation} confirmation
 * @param {Words} words
 * @returns {readonly (readonly [string, string])[]}
 */
export function linesOf(confirmation, words) {
  const { seller, subject, paid, overpaid, refunded, paidAt, number } = confirmation
  /** @type {[string, string][]} */
  const lines = [[words.paid.seller, seller]]
  if (subject !== null) lines.push([words.paid.subject, subject])
  lines.push([words.sum, tenge(paid)])
  if (overpaid > 0) lines.push([words.paid.overpaid, tenge(overpaid)])
  if (refunded > 0) lines.push([words.paid.refunded, tenge(refunded)])
  lines.push([words.paid.when, moment(paidAt)], [words.number, number])
  return lines
}
