// The page of the demonstration put together: it asks for the whole pretend world twice a second while somebody
// looks, and shows what it is told. It never guesses what a terminal, a phone or the centre will do next.

import { sleep } from '../checkout/clock.js'
import { element, fill } from '../checkout/element.js'
import { askAbout, askWorld, send } from './calls.js'
import { chosenLanguage, drawLanguages } from './language.js'
import { openPhone } from './phone.js'
import { openShop } from './shop.js'
import { drawTabs } from './tabs.js'
import { openTerminals } from './terminals.js'
import { openTour } from './tour-view.js'

/** @typedef {import('./calls.js').World} World */
/** @typedef {import('./calls.js').About} About */
/** @typedef {import('./calls.js').Outcome} Outcome */
/** @typedef {import('./words/ru.js').Words} Words */
/** @typedef {'shop' | 'terminals' | 'phone'} Place */

/**
 * What the parts of the page may do.
 *
 * @typedef {object} Act
 * @property {(path: string, body?: object) => Promise<boolean>} post tells the world a person's wish
 * @property {(path: string) => Promise<boolean>} remove
 * @property {(qr: string) => void} scan points the phone at a QR
 * @property {(place: Place) => void} go
 */

const ASK_AGAIN_MS = 400

/** @param {string} id */
function part(id) {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`#${id}`)
  return found
}

let words = chosenLanguage()
/** @type {World | null} */
let world = null
/** @type {About | null} */
let about = null
let lastTurn = 0
let shownTurn = 0
let isLost = false
/** @type {Outcome} */
let outcome = { isDone: true }
/** @type {Place} */
let place = 'shop'

/** @type {Act} */
const act = {
  post: (path, body) => wish(send('POST', path, body)),
  remove: (path) => wish(send('DELETE', path)),
  scan: async (qr) => {
    if (!(await act.post('/phone/scan', { qr, outcome: 'leave' }))) return
    act.go('phone')
    part('phone').focus({ preventScroll: true })
  },
  go(chosen) {
    place = chosen
    document.body.dataset['place'] = chosen
    drawTabs(part('tabs'), place, words, act.go)
    part(chosen).scrollIntoView({ block: 'nearest' })
  },
}

const parts = [
  openTour(part('tour'), act),
  openShop(part('shop'), act),
  openTerminals(part('terminals'), act),
  openPhone(part('phone'), act),
]

/** @param {Promise<Outcome>} sent */
async function wish(sent) {
  outcome = await sent
  showNotice()
  await look()
  return outcome.isDone
}

async function look() {
  lastTurn += 1
  const turn = lastTurn
  const told = await askWorld()
  // An answer that was overtaken is older than what is shown.
  if (turn < shownTurn) return
  shownTurn = turn
  isLost = told === null
  if (told !== null) world = told
  showNotice()
  show()
}

function show() {
  if (world === null) return
  for (const draw of parts) draw(world, words)
}

function showNotice() {
  const notice = part('notice')
  const text = isLost ? words.lost : outcome.isDone ? '' : refusalText(outcome)
  if (notice.textContent !== text) notice.textContent = text
}

/** @param {Extract<Outcome, { isDone: false }>} refused */
function refusalText({ reason, message }) {
  const known = reason === null ? undefined : words.refusals[reason]
  return known ?? (message === null ? words.lost : words.refused(message))
}

/** @param {Words} chosen */
function speak(chosen) {
  words = chosen
  document.documentElement.lang = words.code
  document.title = words.title
  part('about').textContent = words.about
  drawLanguages(part('languages'), words, speak)
  drawTabs(part('tabs'), place, words, act.go)
  drawLinks()
  showNotice()
  show()
}

function drawLinks() {
  const { links } = words
  const link = (/** @type {string} */ href, /** @type {string} */ text) =>
    element('a', { href, target: '_blank', rel: 'noopener' }, text)
  const way =
    about === null
      ? null
      : element('span', { class: 'quiet' }, links.way(phoneText(about.admin_phone), about.sms_path))
  part('links').setAttribute('aria-label', links.title)
  fill(part('links'), [
    element('p', {}, link('/console/', links.console), way),
    element('p', {}, link('/docs', links.reference)),
  ])
}

/** `+7 700 000 00 00` @param {string} phone */
function phoneText(phone) {
  return phone.replace(/^(\+7)(\d{3})(\d{3})(\d\d)(\d\d)$/, '$1\u00a0$2\u00a0$3\u00a0$4\u00a0$5')
}

async function keepLooking() {
  for (;;) {
    if (!document.hidden) await look()
    await sleep(ASK_AGAIN_MS)
  }
}

speak(words)
void keepLooking()
about = await askAbout()
drawLinks()
