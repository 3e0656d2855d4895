// A payment with all that is kept about it: attempts, money, history, webhooks, what devices said, refunds,
// tasks. Every text in it that a program could have sent carries its mark.

import type { TestCentre } from '../support/centre.ts'
import { markOf, textsOf } from './marks.ts'
import {
  attemptColumns,
  type Columns,
  deliveryColumns,
  insertRow,
  newId,
  type PaymentPlace,
  paymentColumns,
} from './payment-rows.ts'

/**
 * @param terminals those of its attempts, in their order
 * @param n the mark's number
 * @returns the ids that answers may name
 */
export async function plantPayment(
  centre: TestCentre,
  place: PaymentPlace,
  terminals: readonly number[],
  n: number,
): Promise<string[]> {
  const id = await newId(centre)
  const now = new Date()
  const put = (table: string, columns: Columns) => insertMarked(centre, table, columns, n)
  const { method, sourceId } = place
  const isPaid = method !== null
  await put('payments', {
    ...paymentColumns(id, place),
    ...(isPaid ? { status: 'paid', paid_tiyn: 1_000, credited_tiyn: 1_000, paid_at: now } : {}),
    qr_expires_at: now,
    metadata: { order_id: markOf(n, 'order') },
  })
  await put('external_ids', { source_id: sourceId, payment_id: id })
  const about = { payment_id: id, at: now }
  const line = { status_before: null, status_after: 'pending', version: 1 }
  await put('payment_history', { ...about, ...line, id: await newId(centre) })
  const deliveryId = await newId(centre)
  await put('deliveries', deliveryColumns(deliveryId, id, sourceId))
  const ids = [id, deliveryId]
  for (const terminalId of terminals) {
    const attemptId = await newId(centre)
    ids.push(attemptId)
    const ofAttempt = { payment_id: id, attempt_id: attemptId, terminal_id: terminalId }
    const attempt = attemptColumns(attemptId, id, terminalId, method ?? '')
    await put('attempts', { ...attempt, qr_expires_at: now })
    await put('captures', { ...ofAttempt, ...CAPTURE, source_id: sourceId, at: now })
    await put('device_exchanges', { ...ofAttempt, ...exchange(n), id: await newId(centre) })
    const refundId = await newId(centre)
    ids.push(refundId)
    const asked = { id: refundId, created_at: now, updated_at: now }
    await put('refunds', { ...ofAttempt, ...REFUND, ...asked })
    await put('tasks', {
      ...ofAttempt,
      ...TASK,
      source_id: sourceId,
      opened_at: now,
      closed_at: now,
    })
  }
  return ids
}

/** Called off. Why, how far and in what state are words of core's lists. */
const REFUND = {
  amount_tiyn: 100,
  credit_tiyn: 100,
  overpaid_tiyn: 0,
  bearer: 'source',
  why: 'customer_request',
  state: 'cancelled',
  reason: null,
  phase: null,
  qr_text: null,
  qr_url: null,
  stop_requested: false,
  holds_terminal: false,
  tries: 0,
}

/** Closed by hand: by whom and why are told. Its kind is a word of core's list. */
const TASK = { kind: 'start_lost', country_iso: null, payment_system: null, key: null }

const CAPTURE = {
  kind: 'qr',
  gross_tiyn: 500,
  credit_tiyn: 500,
  overpaid_tiyn: 0,
  used_method: null,
  rate_bp: 0,
  late: false,
}

function exchange(n: number) {
  const now = new Date()
  const said = { [markOf(n, 'said')]: markOf(n, 'said') }
  return { call: 'status', started_at: now, took_ms: 1, said, last_at: now }
}

/** A row whose every text that is not given carries its mark. */
async function insertMarked(
  centre: TestCentre,
  table: string,
  columns: Columns,
  n: number,
): Promise<void> {
  const texts = (await textsOf(centre, table)).filter((name) => !(name in columns))
  const device = columns['attempt_id'] === undefined ? '' : `-${columns['attempt_id']}`
  const marks = texts.map((name) => [name, `${markOf(n, name)}${device}`])
  await insertRow(centre, table, { ...Object.fromEntries(marks), ...columns })
}
