// A paid payment and hands for the tests of refunds: real HTTP, simulated terminals.

import assert from 'node:assert/strict'
import type { TestCentre } from '../support/centre.ts'
import type { TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'

/** Paid by Gold at 1 %: 101 000 tiyn of 100 000. */
export async function paidPayment(centre: TestCentre, amount = 100_000): Promise<string> {
  const id = await centre.init(amount)
  const started = await centre.kaspi(id)
  assert.equal(started.status, 200, started.text)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
  return id
}

export function ask(staff: TestStaff, id: string, body: object = {}) {
  return staff.call('POST', `/api/admin/transactions/${id}/refunds`, {
    reason: 'customer_request',
    ...body,
  })
}

/** Asked for and on a terminal: the refund with its QR. */
export async function liveRefund(staff: TestStaff, id: string, body: object = {}) {
  const answer = await ask(staff, id, body)
  assert.equal(answer.status, 200, answer.text)
  assert.equal(answer.body.data.not_started, null, answer.text)
  const [refund] = answer.body.data.refunds
  assert.match(refund.qr_code, /^https:\/\/qr\.kaspi\.kz\//)
  return refund
}

export async function refundOf(staff: TestStaff, refundId: string) {
  const answer = await staff.call('GET', `/api/admin/refunds/${refundId}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.body.data
}

export async function untilState(staff: TestStaff, refundId: string, state: string) {
  let seen = await refundOf(staff, refundId)
  await until(async () => {
    seen = await refundOf(staff, refundId)
    return seen.state === state
  })
  return seen
}

/** M14, M15: every set adds up to zero, and no more went back than the journal of the devices says. */
export async function checkBooks(centre: TestCentre): Promise<void> {
  const unbalanced = await centre.sql(
    'SELECT set_id FROM postings GROUP BY set_id HAVING sum(tiyn) <> 0',
  )
  assert.deepEqual(unbalanced, [])
  const over = await centre.sql(
    `SELECT c.attempt_id FROM captures c WHERE c.returning_tiyn > c.gross_tiyn
      OR c.returning_tiyn <> (SELECT coalesce(sum(amount_tiyn), 0) FROM refunds r
        WHERE r.attempt_id = c.attempt_id AND state NOT IN ('failed', 'declined', 'cancelled'))`,
  )
  assert.deepEqual(over, [])
  const [{ booked }] = await centre.sql(
    `SELECT coalesce(sum(tiyn), 0)::bigint AS booked FROM postings WHERE account = 'refunded'`,
  )
  const given = centre.simulator.journal.entries
    .filter(({ kind }) => kind === 'refund')
    .reduce((sum, { amount_tenge: tenge }) => sum + tenge * 100, 0)
  assert.equal(Number(booked), given)
  assert.deepEqual(centre.simulator.journal.overlaps(), [], 'I1')
}

export function uuidOf(id: string): string {
  return id.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
