// The drawn terminals, each with what is on its screen and what its camera sees, the hands of a person who
// stands before it, and what can go wrong anywhere.

import { button, element, fill } from '../checkout/element.js'
import { drawIfChanged } from './draw.js'
import { faultName, openFaults } from './faults.js'
import { drawJournal } from './journal.js'
import { screenKind, screenParts } from './terminal-screen.js'

/** @typedef {import('./calls.js').World} World */
/** @typedef {import('./calls.js').Terminal} Terminal */
/** @typedef {import('./main.js').Act} Act */
/** @typedef {import('./words/ru.js').Words} Words */

const CAMERA_MS = 20_000
const NETWORK_MS = 20_000
const SALE_TENGE = 500

/**
 * @param {HTMLElement} place
 * @param {Act} act
 */
export function openTerminals(place, act) {
  const title = element('h2', { id: 'terminals-title' })
  const wall = element('div', { class: 'wall' })
  const faults = element('section', { class: 'panel', tabindex: '-1' })
  const journal = element('section', { class: 'panel', tabindex: '-1' })
  fill(place, [title, wall, faults, journal])
  const drawFaults = openFaults(faults, act)
  /** @type {Map<number, (terminal: Terminal, words: Words) => void>} */
  const cards = new Map()

  /**
   * @param {World} world
   * @param {Words} words
   */
  return (world, words) => {
    if (title.textContent !== words.places.terminals) title.textContent = words.places.terminals
    for (const terminal of world.terminals) {
      const known = cards.get(terminal.number)
      const draw = known ?? openCard(wall, act)
      if (known === undefined) cards.set(terminal.number, draw)
      draw(terminal, words)
    }
    drawFaults(words)
    drawJournal(journal, world.entries, words)
  }
}

/**
 * @param {Element} wall
 * @param {Act} act
 */
function openCard(wall, act) {
  const head = element('div', { class: 'status-bar' })
  const screen = element('div', { class: 'screen', tabindex: '-1' })
  const camera = element('div', { class: 'camera' })
  const armed = element('p', { class: 'armed' })
  const hands = element('div', { class: 'hands', tabindex: '-1' })
  const device = element(
    'div',
    { class: 'device' },
    element('div', { class: 'printer', 'aria-hidden': 'true' }),
    element('div', { class: 'glass' }, head, screen),
    element('div', { class: 'tap', 'aria-hidden': 'true' }),
  )
  const card = element('article', { class: 'terminal' }, device, camera, armed, hands)
  wall.append(card)
  let pictures = 0

  /**
   * @param {Terminal} terminal
   * @param {Words} words
   */
  return (terminal, words) => {
    const { number, is_reachable: isReachable, sight, faults } = terminal
    const isOff = terminal.screen.state === 'off'
    const kind = screenKind(terminal)
    const name = words.terminal.name(number)
    card.setAttribute('aria-label', name)
    if (screen.dataset['kind'] !== kind) screen.dataset['kind'] = kind
    drawIfChanged(head, [isReachable, isOff, words.code], () => [
      element('span', {}, name),
      element(
        'span',
        { class: isReachable || isOff ? 'network' : 'network lost' },
        isReachable ? words.terminal.online : isOff ? words.terminal.off : words.terminal.offline,
      ),
    ])
    drawIfChanged(screen, [terminal.screen, words.code], () => screenParts(terminal, words, act))
    drawIfChanged(camera, [terminal.screen, sight, words.code], () => {
      pictures += 1
      return cameraParts(number, kind, sight, pictures, words)
    })
    drawIfChanged(armed, [faults, words.code], () =>
      faults.length === 0
        ? []
        : [new Text(words.faults.armed(faults.map((fault) => faultName(fault, words)).join(', ')))],
    )
    drawIfChanged(hands, [kind === 'qr', words.code], () => handParts(number, kind, words, act))
  }
}

/**
 * The very frame that the camera would send to the centre now.
 *
 * @param {number} number
 * @param {string} kind of screen before it
 * @param {Terminal['sight']} sight
 * @param {number} version of the picture
 * @param {Words} words
 * @returns {readonly Node[]}
 */
function cameraParts(number, kind, sight, version, words) {
  const says = words.camera
  const seesQr = sight === 'screen' && (kind === 'qr' || kind === 'refund')
  const text = sight === 'screen' ? (seesQr ? says.qr : says.noQr) : says.troubles[sight]
  const src = `/demo/terminals/${number}/sight.png?${version}`
  const picture =
    sight === 'down' || sight === 'garbage'
      ? element('span', { class: 'picture none', 'aria-hidden': 'true' }, '×')
      : element('img', { class: 'picture', src, alt: '', width: '96', height: '72' })
  return [picture, element('p', {}, element('b', {}, says.name), ` ${text}`)]
}

/**
 * @param {number} number
 * @param {string} kind
 * @param {Words} words
 * @param {Act} act
 * @returns {readonly Node[]}
 */
function handParts(number, kind, words, act) {
  const says = words.hands
  const base = `/terminals/${number}`
  const post = (/** @type {string} */ path, /** @type {object} */ body) => () =>
    void act.post(base + path, body)
  const fault = (/** @type {object} */ body) => post('/faults', body)
  const card = button('plain', post('/card', {}), says.card)
  card.disabled = kind !== 'qr'
  return [
    card,
    element(
      'details',
      {},
      element('summary', {}, says.title),
      button('plain', post('/reboot', {}), says.reboot),
      button('plain', fault({ fault: 'camera_blank', for_ms: CAMERA_MS }), says.cover),
      button('plain', fault({ fault: 'camera_blurred', for_ms: CAMERA_MS }), says.blur),
      button('plain', fault({ fault: 'refuse_connection', closed_ms: NETWORK_MS }), says.offline),
      button('plain', post('/key-sale', { amount_tenge: SALE_TENGE }), says.sale),
    ),
  ]
}
