// A screen as what is seen: one sentence that says what is happening, one that says what to do, and the
// action below them. It decides nothing.

import { moment } from '../dates.js'
import { element } from '../element.js'
import { tenge } from '../money.js'
import { againOrOther, folded, nameOf, offerList } from './offers.js'
import { drawPaid } from './paid.js'
import { qrBlock } from './qr.js'
import { drawRest } from './rest.js'

/** @typedef {import('../screen.js').Screen} Screen */
/** @typedef {import('../words/ru.js').Words} Words */

/**
 * What a tap may do.
 *
 * @typedef {object} Act
 * @property {(code: string) => void} choose
 */

/**
 * @typedef {object} Drawn
 * @property {string} headline
 * @property {string} advice
 * @property {readonly Node[]} body
 */

/**
 * @param {Screen} screen
 * @param {Words} words
 * @param {Act} act
 * @returns {Drawn}
 */
export function draw(screen, words, act) {
  switch (screen.kind) {
    case 'choose':
      return {
        headline: words.choose.headline,
        advice: words.choose.advice(moment(screen.expiresAt)),
        body: [offerList(screen.offers, words, act)],
      }
    case 'failed':
      return {
        headline: words.failed.reasons[screen.reason] ?? words.failed.otherwise,
        advice: words.failed.advice,
        body: againOrOther(screen, words.failed.again, words, act),
      }
    case 'refused': {
      const [headline, advice] = words.refused.reasons[screen.code] ?? words.refused.otherwise
      return {
        headline: headline ?? '',
        advice: advice ?? '',
        body: againOrOther(screen, words.failed.again, words, act),
      }
    }
    case 'rest':
      return drawRest(screen, words, act)
    case 'queue':
      return {
        headline: words.queue.headline,
        advice: words.queue.advice(screen.place.position, screen.place.eta_seconds),
        body: [
          element(
            'p',
            { class: 'quiet' },
            screen.isHere ? words.queue.keep : words.queue.elsewhere,
          ),
          folded(words.queue.change, screen.offers, words, act),
        ],
      }
    case 'preparing':
      return drawPreparing(screen.step, words)
    case 'qr':
      return drawQr(screen, words)
    case 'qr_over':
      return { ...words.qrOver, body: [] }
    case 'confirm':
      return { ...words.confirm, body: [] }
    case 'unknown':
      return { ...words.unknown, body: [] }
    case 'paid':
      return drawPaid(screen.confirmation, words)
    case 'refund':
      return drawRefund(screen, words)
    case 'cancelled':
      return drawCancelled(screen, words)
  }
}

/**
 * The steps are the server's own, not a guess of how far it is.
 *
 * @param {0 | 1 | 2} current
 * @param {Words} words
 * @returns {Drawn}
 */
function drawPreparing(current, words) {
  const steps = words.preparing.steps.map((name, index) =>
    element(
      'li',
      index === current
        ? { class: 'now', 'aria-current': 'step' }
        : { class: index < current ? 'done' : 'later' },
      name,
    ),
  )
  const { headline, advice } = words.preparing
  return { headline, advice, body: [element('ol', { class: 'steps' }, ...steps)] }
}

/**
 * @param {Extract<Screen, { kind: 'qr' }>} screen
 * @param {Words} words
 * @returns {Drawn}
 */
function drawQr({ qr, method }, words) {
  return {
    headline: qr.onPhone ? words.qr.onPhone : words.qr.onComputer,
    advice: method === null ? words.qr.pickAny : words.qr.pick(nameOf(method, [], words)),
    body: qrBlock(qr, words.qr.picture, words),
  }
}

/**
 * @param {Extract<Screen, { kind: 'refund' }>} screen
 * @param {Words} words
 * @returns {Drawn}
 */
function drawRefund({ phase, qr }, words) {
  if (phase === 'scan' && qr !== null) {
    return {
      headline: qr.onPhone ? words.refund.onPhone : words.refund.onComputer,
      advice: words.refund.advice,
      body: qrBlock(qr, words.refund.picture, words),
    }
  }
  const [headline, advice] = words.refund[phase === 'scan' ? 'preparing' : phase]
  return { headline: headline ?? '', advice: advice ?? '', body: [] }
}

/**
 * @param {Extract<Screen, { kind: 'cancelled' }>} screen
 * @param {Words} words
 * @returns {Drawn}
 */
function drawCancelled({ isExpired, paid, refunded }, words) {
  const { cancelled } = words
  const money =
    refunded > 0
      ? cancelled.refunded(tenge(refunded))
      : paid > 0
        ? cancelled.paid(tenge(paid))
        : null
  return {
    headline: isExpired ? cancelled.expired : cancelled.headline,
    advice: isExpired ? cancelled.expiredAdvice : cancelled.advice,
    body: money === null ? [] : [element('p', {}, money)],
  }
}
