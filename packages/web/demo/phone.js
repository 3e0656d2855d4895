// The drawn phone. Its screen is the simulator's; only what a finger is about to choose is the page's own.

import { button, element, fill } from '../checkout/element.js'
import { tenge } from '../checkout/money.js'
import { drawIfChanged } from './draw.js'
import { openLens } from './lens.js'
import { MONTHS, productName } from './products.js'

/** @typedef {import('./calls.js').World} World */
/** @typedef {World['phone']['screen']} Screen */
/** @typedef {Extract<Screen, { state: 'question' }>} Question */
/** @typedef {import('./main.js').Act} Act */
/** @typedef {import('./words/ru.js').Words} Words */

const DELAYS_MS = [0, 5_000, 30_000, 90_000]
const PRODUCTS = /** @type {const} */ (['Gold', 'Red', 'Credit', 'Loan'])

/**
 * @param {HTMLElement} place
 * @param {Act} act
 */
export function openPhone(place, act) {
  const title = element('h2', { id: 'phone-title' })
  const bar = element('div', { class: 'phone-bar' })
  const screen = element('div', { class: 'phone-screen', tabindex: '-1' })
  const foot = element('div', { class: 'phone-foot' })
  const handset = element('div', { class: 'handset' }, bar, screen, foot)
  const announcer = element('p', { class: 'unseen', role: 'status' })
  fill(place, [title, handset, announcer])
  const { lens, isHeld } = openLens(act)

  /**
   * @param {World} world
   * @param {Words} words
   */
  return (world, words) => {
    const { is_online: isOnline, screen: shown } = world.phone
    if (title.textContent !== words.places.phone) title.textContent = words.places.phone
    const network = words.phone.network
    drawIfChanged(bar, [isOnline, words.code], () => [
      element('span', { 'aria-hidden': 'true' }, 'Kaspi'),
      element(
        'span',
        { class: isOnline ? 'network' : 'network lost' },
        isOnline ? network.is : network.isNot,
      ),
    ])
    drawIfChanged(foot, [isOnline, words.code], () => [
      button(
        'plain',
        () => void act.post('/phone/network', { is_online: !isOnline }),
        isOnline ? network.lose : network.bringBack,
      ),
    ])
    const near = shown.state === 'ready' ? nearOf(world) : null
    if (isHeld()) return
    if (lens.textContent !== words.phone.ready.scan) lens.textContent = words.phone.ready.scan
    drawIfChanged(screen, [shown, near, words.code], () =>
      shown.state === 'ready'
        ? readyParts(nearOf(world), words, act, lens)
        : screenParts(shown, words, act),
    )
    const said = shown.state === 'ready' ? '' : words.phone.said[shown.state]
    if (announcer.textContent !== said) announcer.textContent = said
  }
}

/** What a phone in this room can be pointed at, and the links that were sent to it. @param {World} world */
function nearOf({ terminals, orders }) {
  return {
    qrs: terminals.flatMap(({ number, screen }) => {
      if (screen.state !== 'qr') return []
      return [{ number, qr: screen.qr, amountTenge: screen.amount_tenge, purpose: screen.purpose }]
    }),
    links: orders
      .filter(({ status }) => !['paid', 'cancelled'].includes(status))
      .slice(0, 2)
      .map(({ description, checkout_url: checkout, payment_url: kaspi, status }) => {
        return { description, checkout, kaspi: status === 'processing' ? kaspi : null }
      }),
  }
}

/**
 * @param {ReturnType<typeof nearOf>} near
 * @param {Words} words
 * @param {Act} act
 * @param {HTMLElement} lens
 * @returns {readonly Node[]}
 */
function readyParts({ qrs, links }, words, act, lens) {
  const says = words.phone.ready
  return [
    element('p', { class: 'headline' }, says.headline),
    lens,
    element('p', { class: 'quiet' }, qrs.length === 0 ? says.nothing : says.advice),
    ...qrs.map(({ number, qr, amountTenge, purpose }) =>
      button(
        'plain near',
        () => act.scan(qr),
        element('span', {}, purpose === 'refund' ? says.refundAt(number) : says.qrAt(number)),
        element('b', {}, tenge(amountTenge * 100)),
      ),
    ),
    ...links.map(({ description, checkout, kaspi }) =>
      element(
        'div',
        { class: 'letter' },
        element('p', { class: 'quiet' }, says.letter),
        element('p', { dir: 'auto' }, description),
        element('a', { href: checkout, target: '_blank', rel: 'noopener' }, says.checkout),
        kaspi === null ? null : button('plain', () => act.scan(kaspi), says.kaspi),
      ),
    ),
    linkForm(words, act),
  ]
}

/**
 * @param {Words} words
 * @param {Act} act
 */
function linkForm(words, act) {
  const says = words.phone.ready
  const link = element('input', {
    type: 'url',
    required: '',
    maxlength: '200',
    placeholder: 'https://pay.kaspi.kz/pay/…',
    'aria-label': says.link,
  })
  const form = element('form', {}, link, element('button', { class: 'plain' }, says.open))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    act.scan(link.value)
  })
  return element('details', {}, element('summary', {}, says.paste), form)
}

/**
 * @param {Exclude<Screen, { state: 'ready' }>} screen
 * @param {Words} words
 * @param {Act} act
 * @returns {readonly Node[]}
 */
function screenParts(screen, words, act) {
  const says = words.phone
  if (screen.state === 'question') return questionParts(screen, words, act)
  const isRefund = screen.kind === 'refund'
  const away = button('main', () => void act.post('/phone/put-away'), says.again)
  const amount = element('p', { class: 'sum' }, tenge(screen.amount_tenge * 100))
  const headline = element(
    'p',
    { class: 'headline' },
    screen.state === 'paid' && isRefund ? says.refunded : says.said[screen.state],
  )
  const quiet = (/** @type {string} */ text) => element('p', { class: 'quiet' }, text)
  switch (screen.state) {
    case 'answering': {
      const text = screen.outcome === 'decline' ? says.decliningSoon : says.confirmingSoon
      return [
        element('span', { class: 'wait', 'aria-hidden': 'true' }),
        headline,
        amount,
        quiet(text),
      ]
    }
    case 'paid': {
      const how = isRefund ? says.refundedHow : productName(screen.product, screen.loan_term, words)
      return [sign('✓', 'good'), headline, amount, quiet(how), away]
    }
    case 'left':
      return [headline, amount, quiet(says.leftAdvice), away]
    case 'declined':
      return [sign('×', 'bad'), headline, amount, quiet(says.declinedAdvice), away]
    case 'over':
      return [sign('!', 'bad'), headline, amount, quiet(says.overAdvice), away]
  }
}

/**
 * @param {Question} question
 * @param {Words} words
 * @param {Act} act
 * @returns {readonly Node[]}
 */
function questionParts({ qr, kind, amount_tenge: amountTenge }, words, act) {
  const says = words.phone
  const isRefund = kind === 'refund'
  const sum = tenge(amountTenge * 100)
  const choice = isRefund ? null : products(words)
  const delay = element(
    'select',
    {},
    ...DELAYS_MS.map((ms, index) =>
      element('option', { value: String(ms) }, says.delays[index] ?? ''),
    ),
  )
  const decide = (/** @type {string} */ outcome) => () =>
    void act.post('/phone/decide', {
      qr,
      outcome,
      after_ms: Number(delay.value),
      ...(choice === null ? {} : choice.chosen()),
    })
  return [
    element('p', { class: 'quiet' }, isRefund ? says.toGet : says.toPay),
    element('p', { class: 'sum' }, sum),
    ...(choice === null ? [] : [choice.field]),
    button('main', decide('confirm'), isRefund ? says.get(sum) : says.pay(sum)),
    button('plain', decide('decline'), says.decline),
    element(
      'details',
      {},
      element('summary', {}, says.otherwise),
      element('label', { class: 'delay' }, says.delay, delay),
      button('plain wide', decide('leave'), says.leave),
    ),
  ]
}

/** @param {Words} words */
function products(words) {
  const months = element(
    'select',
    { 'aria-label': words.phone.months },
    ...MONTHS.map((count) => element('option', { value: String(count) }, String(count))),
  )
  months.value = '12'
  const radios = PRODUCTS.map((product, index) => {
    const radio = element('input', { type: 'radio', name: 'product', value: product })
    radio.checked = index === 0
    return radio
  })
  const loan = radios.at(-1)
  months.addEventListener('change', () => {
    if (loan !== undefined) loan.checked = true
  })
  const rows = PRODUCTS.map((product, index) => {
    const isLoan = product === 'Loan'
    const name = isLoan ? words.products.loan : productName(product, 0, words)
    const label = element('label', { class: 'choice' }, radios[index] ?? null, name)
    return isLoan ? element('div', { class: 'loan' }, label, months) : label
  })
  const legend = element('legend', { class: 'quiet' }, words.phone.how)
  return {
    field: element('fieldset', {}, legend, ...rows),
    chosen: () => {
      const product = radios.find(({ checked }) => checked)?.value ?? 'Gold'
      return product === 'Loan' ? { product, loan_term: Number(months.value) } : { product }
    },
  }
}

/**
 * @param {string} character
 * @param {'good' | 'bad'} kind
 */
function sign(character, kind) {
  return element('span', { class: `sign ${kind}`, 'aria-hidden': 'true' }, character)
}
