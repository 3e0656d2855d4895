// What can be made to go wrong with the next payment, at whichever terminal it falls to.

import { button, element } from '../checkout/element.js'
import { drawIfChanged } from './draw.js'

/** @typedef {import('./main.js').Act} Act */
/** @typedef {import('./words/ru.js').Words} Words */
/** @typedef {keyof Words['faults']['names']} FaultName */

/** The faults of the panel as the simulator takes them; `unknown` comes out after two questions. */
const OFFERED = /** @type {const} */ ([
  { fault: 'refuse_code', code: 106 },
  { fault: 'answer_lost' },
  { fault: 'unknown', actualize_calls: 2 },
  { fault: 'other_sum' },
  { fault: 'reboot', skip: 3 },
])

/**
 * @param {HTMLElement} place
 * @param {Act} act
 */
export function openFaults(place, act) {
  /** @param {Words} words */
  return (words) =>
    drawIfChanged(place, words.code, () => [
      element('h3', {}, words.faults.title),
      element('p', { class: 'quiet' }, words.faults.about),
      element(
        'div',
        { class: 'row' },
        ...OFFERED.map((fault) =>
          button('plain', () => void act.post('/faults', fault), words.faults.offers[fault.fault]),
        ),
        button('plain', () => void act.remove('/faults'), words.faults.clear),
      ),
    ])
}

/**
 * @param {string} fault
 * @param {Words} words
 */
export function faultName(fault, words) {
  const names = /** @type {Readonly<Record<string, string>>} */ (words.faults.names)
  return names[fault] ?? fault
}
