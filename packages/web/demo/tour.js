// The tour of one minute: which of its steps have really happened. A step is ticked by what terminals, phone
// and centre did with the newest order; nothing is ticked by a click on the tour itself.

/** @typedef {import('./calls.js').World} World */
/** @typedef {import('./calls.js').Order} Order */
/** @typedef {'order' | 'checkout' | 'scan' | 'other' | 'left' | 'webhook' | 'rest'} StepName */

/**
 * @typedef {object} Step
 * @property {StepName} name
 * @property {'shop' | 'terminals' | 'phone'} place where it is done
 * @property {boolean} isDone
 */

/** What the tour says to choose on the payment page; the phone then uses another. */
const CHOSEN = 'Gold'

/**
 * @param {World} world
 * @returns {readonly Step[]}
 */
export function stepsOf(world) {
  const order = world.orders[0]
  const isOf = (/** @type {string | null} */ qr) => qr !== null && order?.qrs.includes(qr) === true
  const payments = world.entries.filter(({ qr, kind }) => kind === 'sale' && isOf(qr))
  const isTold = world.webhooks.some((told) => told.payment === order?.id && told.is_signed)
  return [
    { name: 'order', place: 'shop', isDone: order !== undefined },
    { name: 'checkout', place: 'shop', isDone: order !== undefined && order.qrs.length > 0 },
    { name: 'scan', place: 'terminals', isDone: world.phone.scans.some(isOf) },
    { name: 'other', place: 'phone', isDone: payments.some(({ product }) => product !== CHOSEN) },
    { name: 'left', place: 'shop', isDone: order !== undefined && order.short_tiyn !== null },
    { name: 'webhook', place: 'shop', isDone: isTold },
    { name: 'rest', place: 'shop', isDone: order?.status === 'paid' && order.short_tiyn !== null },
  ]
}
