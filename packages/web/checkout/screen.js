// Which screen a payment is. Pure: the server's state decides; what was done here and the server has not
// seen yet (a method chosen a moment ago) fills in, and no clock is asked.

import { kaspiLink } from './kaspi-link.js'

/** @typedef {import('./calls.js').PayState} PayState */
/** @typedef {import('./calls.js').Place} Place */
/** @typedef {PayState['methods'][number]} Offer */

/** @typedef {{ readonly code: string, readonly method: string }} Refusal */

/**
 * What is known here only.
 *
 * @typedef {object} Here
 * @property {string} base address of the payment's page
 * @property {boolean} onPhone a phone cannot scan its own screen
 * @property {string | null} wish the method chosen, while its payment has not begun
 * @property {Place | null} place of the wish in the queue
 * @property {Refusal | null} refusal what the last start came to, when it came to nothing
 * @property {string | null} spentQr the QR of an attempt that is over
 */

/**
 * @typedef {object} QrShown
 * @property {string} src address of the picture
 * @property {string | null} link opens Kaspi on this phone
 * @property {string | null} expiresAt ISO 8601, UTC
 * @property {boolean} onPhone
 */

/**
 * @typedef {object} Confirmation
 * @property {string} number
 * @property {string} seller
 * @property {string | null} subject
 * @property {number} paid in tiyn, as all sums here
 * @property {number} overpaid
 * @property {number} refunded
 * @property {string} paidAt ISO 8601, UTC
 */

/**
 * @typedef {object} Rest
 * @property {string | null} used the other method that was used, when one was
 * @property {number | null} usedPercent
 * @property {number} original
 * @property {number} paid
 * @property {number} credited
 */

/**
 * @typedef {{ readonly kind: 'choose', readonly offers: readonly Offer[], readonly expiresAt: string }
 *   | { readonly kind: 'failed', readonly reason: string, readonly again: Offer | null,
 *       readonly offers: readonly Offer[] }
 *   | { readonly kind: 'refused', readonly code: string, readonly again: Offer | null,
 *       readonly offers: readonly Offer[] }
 *   | { readonly kind: 'rest', readonly rest: Rest, readonly reason: string | null,
 *       readonly again: Offer | null, readonly offers: readonly Offer[] }
 *   | { readonly kind: 'queue', readonly place: Place, readonly isHere: boolean,
 *       readonly offers: readonly Offer[] }
 *   | { readonly kind: 'preparing', readonly step: 0 | 1 | 2 }
 *   | { readonly kind: 'qr', readonly qr: QrShown, readonly method: string | null }
 *   | { readonly kind: 'qr_over' }
 *   | { readonly kind: 'confirm' }
 *   | { readonly kind: 'unknown' }
 *   | { readonly kind: 'paid', readonly confirmation: Confirmation }
 *   | { readonly kind: 'refund', readonly phase: RefundPhase, readonly qr: QrShown | null }
 *   | { readonly kind: 'cancelled', readonly isExpired: boolean, readonly paid: number,
 *       readonly refunded: number }} Screen
 */

/** @typedef {'preparing' | 'scan' | 'confirm' | 'unknown'} RefundPhase */

/**
 * @param {PayState} state
 * @param {Here} here
 * @returns {Screen}
 */
export function screenOf(state, here) {
  if (state.refund !== null) return refundScreen(state.refund, here)
  switch (state.status) {
    case 'paid':
      return { kind: 'paid', confirmation: confirmationOf(state) }
    case 'cancelled':
      return {
        kind: 'cancelled',
        isExpired: state.cancel_reason === 'expired',
        paid: state.paid_amount,
        refunded: state.refunded_amount,
      }
    case 'processing':
      return processingScreen(state, here)
    case 'pending':
    case 'failed':
    case 'partially_paid':
      return idleScreen(state, here)
    default:
      // A word of a newer server: waiting is always true.
      return { kind: 'preparing', step: 0 }
  }
}

/**
 * The sum that the screen is about.
 *
 * @param {PayState} state
 * @param {Here} here
 * @returns {number} in tiyn
 */
export function sumOf(state, here) {
  if (state.refund !== null) return state.refund.amount
  if (state.status === 'paid') return state.paid_amount
  const wished = state.methods.find(({ code }) => code === here.wish)
  if (wished !== undefined && state.status !== 'processing') return wished.price
  return state.status === 'cancelled' ? state.amount : state.remaining_amount
}

/**
 * @param {PayState} state
 * @param {Here} here
 * @returns {Screen}
 */
function idleScreen(state, here) {
  const offers = cheapestFirst(state.methods)
  const before = here.refusal?.method ?? state.payment_method
  const again = offers.find(({ code, is_available }) => is_available && code === before)
  const choice = { again: again ?? null, offers }
  if (here.wish !== null) {
    const place = here.place ?? state.queue
    return place === null
      ? { kind: 'preparing', step: 0 }
      : { kind: 'queue', place, isHere: true, offers }
  }
  if (here.refusal !== null) return { kind: 'refused', code: here.refusal.code, ...choice }
  if (state.queue !== null) return { kind: 'queue', place: state.queue, isHere: false, offers }
  const reason = state.failure_reason
  if (state.status === 'partially_paid') {
    return { kind: 'rest', rest: restOf(state), reason, ...choice }
  }
  if (state.status === 'failed') return { kind: 'failed', reason: reason ?? '', ...choice }
  return { kind: 'choose', offers, expiresAt: state.expires_at_utc }
}

/**
 * @param {PayState} state
 * @param {Here} here
 * @returns {Screen}
 */
function processingScreen(state, here) {
  switch (state.status_detail) {
    case 'starting':
      return { kind: 'preparing', step: 1 }
    case 'waiting_for_confirmation':
    case 'processing_card':
      return { kind: 'confirm' }
    case 'waiting_for_scan':
      break
    default:
      // What nobody knows yet must not be paid twice.
      return { kind: 'unknown' }
  }
  if (state.qr_code === null || state.qr_code === here.spentQr)
    return { kind: 'preparing', step: 2 }
  if (state.qr_expired) return { kind: 'qr_over' }
  return { kind: 'qr', qr: qrOf(state, 'qr', here), method: state.payment_method }
}

/**
 * @param {NonNullable<PayState['refund']>} refund
 * @param {Here} here
 * @returns {Screen}
 */
function refundScreen(refund, here) {
  const phase = refundPhase(refund)
  const qr = phase === 'scan' ? qrOf(refund, 'refund-qr', here) : null
  return { kind: 'refund', phase, qr }
}

/**
 * @param {NonNullable<PayState['refund']>} refund
 * @returns {RefundPhase}
 */
function refundPhase({ phase, qr_code }) {
  switch (phase) {
    case 'reserved':
    case 'calling':
    case 'starting':
      return 'preparing'
    case 'waiting_for_scan':
      return qr_code === null ? 'preparing' : 'scan'
    case 'waiting_for_confirmation':
    case 'processing_card':
      return 'confirm'
    default:
      return 'unknown'
  }
}

/**
 * @param {{ readonly qr_image_url: string | null, readonly payment_url: string | null,
 *   readonly qr_expires_at_utc: string | null }} given
 * @param {'qr' | 'refund-qr'} name
 * @param {Here} here
 * @returns {QrShown}
 */
function qrOf(given, name, { base, onPhone }) {
  // Of this page's own address, whatever name the customer reached it by.
  const search = /\?.*$/.exec(given.qr_image_url ?? '')?.[0] ?? ''
  return {
    src: `${base}/${name}.svg${search}`,
    link: kaspiLink(given.payment_url),
    expiresAt: given.qr_expires_at_utc,
    onPhone,
  }
}

/**
 * @param {PayState} state
 * @returns {Confirmation}
 */
function confirmationOf(state) {
  return {
    number: state.transaction_id,
    seller: state.seller,
    subject: state.description,
    paid: state.paid_amount,
    overpaid: state.overpaid_amount,
    refunded: state.refunded_amount,
    paidAt: state.paid_at_utc ?? state.now_utc,
  }
}

/**
 * @param {PayState} state
 * @returns {Rest}
 */
function restOf(state) {
  const used = state.methods.find(({ code }) => code === state.used_method)
  return {
    used: state.used_method,
    usedPercent: used?.percent ?? null,
    original: state.original_amount,
    paid: state.paid_amount,
    credited: state.credited_amount,
  }
}

/**
 * @param {readonly Offer[]} offers
 * @returns {readonly Offer[]}
 */
function cheapestFirst(offers) {
  return [...offers].sort((a, b) => a.price - b.price)
}
