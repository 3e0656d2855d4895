// What is on a terminal's screen, drawn from the simulator's word for it. It decides nothing and knows no
// state of its own.

import { button, element } from '../checkout/element.js'
import { tenge } from '../checkout/money.js'

/** @typedef {import('./calls.js').Terminal} Terminal */
/** @typedef {import('./main.js').Act} Act */
/** @typedef {import('./words/ru.js').Words} Words */

/**
 * @param {Terminal} terminal
 * @param {Words} words
 * @param {Act} act
 * @returns {readonly Node[]}
 */
export function screenParts({ number, screen }, words, act) {
  const say = words.screen
  switch (screen.state) {
    case 'off':
      return [wait(), line(say.off)]
    case 'idle':
      return [element('span', { class: 'resting', 'aria-hidden': 'true' }, '₸'), line(say.idle)]
    case 'starting':
      return [wait(), line(say.starting)]
    case 'qr': {
      const isRefund = screen.purpose === 'refund'
      return [
        line(isRefund ? say.refund : say.pay, 'kind'),
        sum(screen.amount_tenge),
        qrButton(number, screen.qr, isRefund ? say.scanRefund : say.scan, words, act),
      ]
    }
    case 'confirming':
      return [sum(screen.amount_tenge), wait(), line(say.confirming)]
    case 'card':
      return [
        sum(screen.amount_tenge),
        element('span', { class: 'card-sign', 'aria-hidden': 'true' }),
        line(say.card),
      ]
    case 'pin':
      return [
        sum(screen.amount_tenge),
        element('span', { class: 'pin', 'aria-hidden': 'true' }, '••••'),
        line(say.pin),
      ]
    case 'no_link':
      return [sign('?'), line(say.unknown)]
    case 'result':
      return [
        sign(screen.ok ? '✓' : '×'),
        // The device speaks Russian, whatever the page does.
        element('p', { lang: 'ru' }, screen.message),
      ]
    case 'asks_permission':
      return [
        line(say.asks(screen.name)),
        button('main', () => void act.post(press(number), { button: 'allow' }), say.allow),
        button('plain', () => void act.post(press(number), { button: 'forbid' }), say.forbid),
      ]
  }
}

/** What colours the screen: a result that is no success looks unlike one that is. @param {Terminal} terminal */
export function screenKind({ screen }) {
  if (screen.state === 'result') return screen.ok ? 'success' : 'declined'
  return screen.state === 'qr' && screen.purpose === 'refund' ? 'refund' : screen.state
}

/** @param {number} number */
function press(number) {
  return `/terminals/${number}/press`
}

/**
 * @param {number} number
 * @param {string} qr
 * @param {string} text
 * @param {Words} words
 * @param {Act} act
 */
function qrButton(number, qr, text, words, act) {
  const src = `/demo/terminals/${number}/qr.svg?${qr.slice(-20)}`
  const made = button(
    'qr',
    () => act.scan(qr),
    element('img', { src, alt: words.screen.picture, width: '150', height: '150' }),
    element('span', {}, text),
  )
  made.dataset['qr'] = qr
  return made
}

/**
 * @param {string} text
 * @param {string} [className]
 */
function line(text, className) {
  return element('p', className === undefined ? {} : { class: className }, text)
}

/** @param {number} amountTenge */
function sum(amountTenge) {
  return element('p', { class: 'amount' }, tenge(amountTenge * 100))
}

/** @param {string} character */
function sign(character) {
  return element('span', { class: 'sign', 'aria-hidden': 'true' }, character)
}

function wait() {
  return element('span', { class: 'wait', 'aria-hidden': 'true' })
}
