// The shop: it orders through the real API, leads to the payment page and shows the webhooks it was sent. Names
// and sums are whatever a visitor typed, so they go in as text.

import { moment } from '../checkout/dates.js'
import { button, element, fill } from '../checkout/element.js'
import { tenge } from '../checkout/money.js'
import { drawIfChanged } from './draw.js'

/** @typedef {import('./calls.js').World} World */
/** @typedef {import('./calls.js').Order} Order */
/** @typedef {import('./calls.js').Webhook} Webhook */
/** @typedef {import('./main.js').Act} Act */
/** @typedef {import('./words/ru.js').Words} Words */

const FIRST_TENGE = 10_000
const MAX_TENGE = 1_000_000
const SHOWN = 5

/**
 * @param {HTMLElement} place
 * @param {Act} act
 */
export function openShop(place, act) {
  const title = element('h2', { id: 'shop-title' })
  const counter = element('div', { class: 'panel', tabindex: '-1' })
  const orders = element('div', { class: 'orders', tabindex: '-1' })
  const webhooks = element('section', { class: 'panel', tabindex: '-1' })
  fill(place, [title, counter, orders, webhooks])
  /** What was typed outlives a change of the language. */
  const typed = { description: '', amountTenge: FIRST_TENGE }

  /**
   * @param {World} world
   * @param {Words} words
   */
  return (world, words) => {
    if (title.textContent !== words.places.shop) title.textContent = words.places.shop
    drawIfChanged(counter, words.code, () => [counterForm(typed, words, act)])
    const shown = world.orders.slice(0, SHOWN)
    drawIfChanged(orders, [shown, words.code], () =>
      shown.map((order) => orderCard(order, words, act)),
    )
    drawWebhooks(webhooks, world.webhooks.slice(0, SHOWN), words)
  }
}

/**
 * @param {{ description: string, amountTenge: number }} typed
 * @param {Words} words
 * @param {Act} act
 */
function counterForm(typed, words, act) {
  const says = words.shop
  const what = element('input', {
    name: 'description',
    maxlength: '120',
    value: typed.description,
    placeholder: says.tour,
  })
  const amount = element('input', {
    name: 'amount',
    type: 'number',
    min: '1',
    max: String(MAX_TENGE),
    step: '1',
    required: '',
    value: String(typed.amountTenge),
  })
  const order = element('button', { class: 'main' }, says.order)
  const form = element(
    'form',
    { class: 'counter' },
    element('label', {}, says.what, what),
    element('label', {}, says.amount, amount),
    order,
  )
  form.addEventListener('input', () => {
    typed.description = what.value
    typed.amountTenge = amount.valueAsNumber
  })
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const description = what.value.trim() || says.tour
    order.disabled = true
    await act.post('/shop/orders', { amount_tenge: amount.valueAsNumber, description })
    order.disabled = false
    order.focus()
  })
  return form
}

/**
 * @param {Order} order
 * @param {Words} words
 * @param {Act} act
 */
function orderCard(order, words, act) {
  const says = words.shop
  const isPaid = order.status === 'paid'
  const link = (/** @type {string} */ href, /** @type {string} */ text) =>
    element('a', { href, target: '_blank', rel: 'noopener' }, text)
  const left =
    order.status === 'partially_paid'
      ? element('p', { class: 'left' }, says.left(tenge(order.remaining_tiyn)))
      : null
  const back =
    order.refunded_tiyn > 0
      ? element('p', { class: 'quiet' }, says.refunded(tenge(order.refunded_tiyn)))
      : null
  return element(
    'article',
    { class: 'panel order', 'aria-label': says.orderOf(order.description) },
    element('p', { class: 'what', dir: 'auto' }, order.description),
    element('p', { class: 'price' }, tenge(order.amount_tenge * 100)),
    element('p', { class: `badge ${order.status}` }, statusName(order.status, words)),
    left,
    back,
    element(
      'p',
      { class: 'links' },
      link(order.checkout_url, says.checkout),
      link(`/console/payments/${order.id}`, says.console),
    ),
    isPaid ? refundButton(order, words, act) : null,
  )
}

/**
 * @param {Order} order
 * @param {Words} words
 * @param {Act} act
 */
function refundButton(order, words, act) {
  if (order.refund_status === 'refunded') return null
  if (order.refund_status === 'processing') return element('p', {}, words.shop.refunding)
  const sum = tenge(order.paid_tiyn - order.refunded_tiyn)
  const made = button(
    'plain',
    async () => {
      made.disabled = true
      if (await act.post(`/shop/orders/${order.id}/refund`)) act.go('terminals')
      made.disabled = false
    },
    words.shop.refund(sum),
  )
  return made
}

/**
 * @param {HTMLElement} place
 * @param {readonly Webhook[]} webhooks
 * @param {Words} words
 */
function drawWebhooks(place, webhooks, words) {
  const says = words.webhooks
  drawIfChanged(place, [webhooks, words.code], () => [
    element('h3', {}, says.title),
    webhooks.length === 0
      ? element('p', { class: 'quiet' }, says.empty)
      : element('ol', { class: 'rows' }, ...webhooks.map((webhook) => webhookRow(webhook, words))),
  ])
}

/**
 * @param {Webhook} webhook
 * @param {Words} words
 */
function webhookRow({ status, is_signed: isSigned, at, text }, words) {
  const says = words.webhooks
  return element(
    'li',
    {},
    element('b', {}, status === null ? says.odd : statusName(status, words)),
    element(
      'span',
      { class: isSigned ? 'signed' : 'unsigned' },
      isSigned ? says.signed : says.unsigned,
    ),
    element('small', {}, moment(at)),
    element(
      'details',
      {},
      element('summary', {}, says.body),
      element('pre', { tabindex: '0' }, pretty(text)),
    ),
  )
}

/**
 * @param {string} status
 * @param {Words} words
 */
function statusName(status, words) {
  const names = /** @type {Readonly<Record<string, string>>} */ (words.statuses)
  return names[status] ?? status
}

/** @param {string} text */
function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
