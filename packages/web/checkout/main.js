// The customer's page put together: the server's state, and what was tapped here, become a screen. What the
// page can do without is a feature that loads and fails by itself.

import { elapsedMs } from './clock.js'
import { chosenLanguage } from './language.js'
import { followPayment } from './live.js'
import { rememberedWish, rememberLanguage } from './memory.js'
import { tenge } from './money.js'
import { redraw } from './redraw.js'
import { screenOf, sumOf } from './screen.js'
import { draw } from './views/draw.js'
import { openWishes } from './wish.js'

/** @typedef {import('./calls.js').PayState} PayState */
/** @typedef {import('./screen.js').Screen} Screen */
/** @typedef {import('./words/ru.js').Words} Words */

/**
 * What a feature may ask of the page.
 *
 * @typedef {object} Page
 * @property {() => Words} words
 * @property {() => number} serverMs the server's time now, as milliseconds since 1970
 * @property {() => void} look asks for the newest state
 * @property {(words: Words) => void} speak
 */

/**
 * @typedef {object} Feature
 * @property {(screen: Screen, words: Words) => void} drawn called after each change of the screen
 */

const base = location.pathname.replace(/\/+$/, '')

/** @param {string} id */
function part(id) {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`#${id}`)
  return found
}

/** @type {import('./screen.js').Here} */
const here = {
  base,
  onPhone: matchMedia('(pointer: coarse)').matches,
  wish: null,
  place: null,
  refusal: null,
  spentQr: null,
}
let words = chosenLanguage()
/** @type {PayState | null} */
let state = null
let heardMs = 0
let isMissing = false
let isLineLost = false
let shown = ''
/** @type {Screen['kind'] | 'missing' | null} */
let shownKind = null
/** @type {Feature[]} */
const features = []

const live = followPayment(base, {
  onState(heard) {
    state = heard
    heardMs = elapsedMs()
    if (heard.status !== 'processing') here.spentQr = heard.qr_code
    show()
  },
  onLine(isThere) {
    isLineLost = !isThere
    showLine()
  },
  onMissing() {
    isMissing = true
    show()
  },
})
const wishes = openWishes(
  base,
  (wished) => {
    Object.assign(here, wished)
    show()
  },
  live.look,
)

function show() {
  if (isMissing) return showMissing()
  if (state === null) return
  const screen = screenOf(state, here)
  // Rewriting equal words would make a screen reader read them again and a tap miss its button.
  const key = JSON.stringify([screen, words.code, state.seller, state.description])
  showSum(state)
  if (key === shown) return
  shown = key
  const { headline, advice, body } = draw(screen, words, wishes)
  part('seller').textContent = state.seller
  part('subject').textContent = state.description ?? ''
  say(headline, advice)
  redraw(part('body'), part('headline'), body, screen.kind === shownKind)
  shownKind = screen.kind
  document.body.setAttribute('data-screen', screen.kind)
  for (const feature of [...features]) tell(feature, screen)
}

/** @param {PayState} now */
function showSum(now) {
  const sum = tenge(sumOf(now, here))
  if (part('sum').textContent !== sum) part('sum').textContent = sum
}

function showMissing() {
  part('sum').textContent = ''
  say(words.missing.headline, words.missing.advice)
  redraw(part('body'), part('headline'), [], false)
  document.body.setAttribute('data-screen', 'missing')
}

/**
 * @param {string} headline
 * @param {string} advice
 */
function say(headline, advice) {
  document.getElementById('stuck')?.remove()
  part('screen').removeAttribute('aria-busy')
  document.title = headline
  part('headline').textContent = headline
  part('advice').textContent = advice
  part('announcer').textContent = `${headline}. ${advice}`
}

function showLine() {
  const line = part('line')
  const text = isLineLost ? words.line.lost : ''
  if (line.textContent !== text) line.textContent = text
}

/**
 * A feature that fails costs itself and nothing else.
 *
 * @param {Feature} feature
 * @param {Screen} screen
 */
function tell(feature, screen) {
  try {
    feature.drawn(screen, words)
  } catch {
    features.splice(features.indexOf(feature), 1)
  }
}

/** @type {Page} */
const page = {
  words: () => words,
  serverMs: () => (state === null ? 0 : Date.parse(state.now_utc) + elapsedMs() - heardMs),
  look: () => void live.look(),
  speak(chosen) {
    words = chosen
    rememberLanguage(chosen.code)
    document.documentElement.lang = chosen.code
    show()
    showLine()
  },
}

/** @param {Promise<{ open(page: Page): Feature }>} loading */
async function add(loading) {
  try {
    const feature = (await loading).open(page)
    features.push(feature)
    if (state !== null) tell(feature, screenOf(state, here))
  } catch {
    // The page does without it.
  }
}

document.documentElement.lang = words.code
part('headline').textContent = words.line.loading
const wished = rememberedWish(base)
if (wished !== null) wishes.choose(wished)
void add(import('./features/languages.js'))
void add(import('./features/countdown.js'))
void add(import('./features/keep.js'))
