// A refund of the centre's own in the bank's statement is no refund past the centre (I4, M15).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { checkFigures } from '../../packages/server/src/payments/check-figures.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { csvOf, nameColumns, upload } from '../support/statement.ts'
import { checkBooks, liveRefund, paidPayment, untilState, uuidOf } from './refund-world.ts'

let centre: TestCentre
let admin: TestStaff

before(async () => {
  centre = await startTestCentre()
  admin = await loginAs(centre, 'super_admin')
})
after(() => centre.stop())

async function refunded(payment: string, tiyn: number) {
  const { id, qr_code: qr } = await liveRefund(admin, payment, { amount: tiyn })
  centre.simulator.phone.scan({ qr })
  await untilState(admin, id, 'succeeded')
  const [row] = await centre.sql(
    `SELECT r.refunded_at, c.provider_transaction_id AS number, a.created_at, c.gross_tiyn
     FROM refunds r JOIN captures c USING (attempt_id) JOIN attempts a ON a.id = r.attempt_id
     WHERE r.id = $1`,
    [uuidOf(id)],
  )
  return { id, at: row.refunded_at.getTime(), number: row.number, sale: row }
}

async function outside(): Promise<string[]> {
  const { body } = await admin.call('GET', '/api/admin/desks/outside')
  return body.data.entries.map(({ kind }: { kind: string }) => kind)
}

test('one refund goes by its purchase’s number; a stranger’s is found; a fee that is not told is booked by nobody', async () => {
  const { at, number, sale } = await refunded(await paidPayment(centre), 101_000)
  const bought = { at: sale.created_at.getTime(), number, tiyn: Number(sale.gross_tiyn) }
  const file = csvOf([
    { ...bought, product: 'Kaspi Gold' },
    { at, number, tiyn: -101_000 },
    { at, number: '888000888', tiyn: -77_700 },
  ])
  await upload(centre, admin, file)
  assert.equal((await nameColumns(admin)).status, 200)
  const answer = await upload(centre, admin, file)
  assert.equal(answer.status, 200, answer.text)
  const verdicts = answer.body.data.statement.verdicts.map(
    ({ operations, verdict }: { operations: number; verdict: string }) => [verdict, operations],
  )
  assert.deepEqual(Object.fromEntries(verdicts), { matched: 2, missing_here: 1 })
  assert.deepEqual(await outside(), ['refund_outside'])
  const fees = await centre.sql(
    'SELECT f.attempt_id FROM real_fees f JOIN refunds r ON r.id = f.attempt_id',
  )
  assert.deepEqual(fees, [])
})

test('two refunds of one purchase go by sum and time', async () => {
  const payment = await paidPayment(centre, 200_000)
  const first = await refunded(payment, 50_000)
  const second = await refunded(payment, 70_000)
  const lines = [
    { at: first.at, number: first.number, tiyn: -50_000 },
    { at: second.at, number: second.number, tiyn: -70_000 },
  ]
  const answer = await upload(centre, admin, csvOf(lines))
  assert.equal(answer.status, 200, answer.text)
  const [matched, ...others] = answer.body.data.statement.verdicts
  assert.deepEqual([matched.verdict, matched.operations, others], ['matched', 2, []])
})

test('0016: what the bank gives back of its fee is what its statement says, once, and to zero', async () => {
  const { at, id, number, sale } = await refunded(await paidPayment(centre), 101_000)
  const bought = { at: sale.created_at.getTime(), number, tiyn: 101_000 }
  const silent = csvOf([
    { ...bought, fee: 1_010, payout: 99_990 },
    { at, number, tiyn: -101_000, fee: 1_010 },
  ])
  const first = await upload(centre, admin, silent)
  assert.equal(first.status, 200, first.text)
  const booked = ({ body }: typeof first) => [body.data.fees_booked, body.data.payouts_booked]
  // The refund's fee alone does not say whether it was given back or charged.
  assert.deepEqual(booked(first), [1, 1])
  const other = await refunded(await paidPayment(centre, 200_000), 202_000)
  const line = { at: other.at, number: other.number, tiyn: -202_000, fee: 2_020, payout: -199_980 }
  const told = await upload(centre, admin, csvOf([line]))
  assert.equal(told.status, 200, told.text)
  assert.deepEqual(booked(told), [1, 1])
  const again = await upload(centre, admin, csvOf([line]))
  assert.deepEqual(booked(again), [0, 0])
  const books = async (refundId: string) => {
    const rows = await centre.sql(
      `SELECT account, sum(tiyn)::integer AS tiyn FROM postings
       WHERE attempt_id = $1 AND account LIKE 'p%' GROUP BY account ORDER BY account`,
      [uuidOf(refundId)],
    )
    return Object.fromEntries(rows.map(({ account, tiyn }) => [account, tiyn]))
  }
  assert.deepEqual(await books(id), {})
  assert.deepEqual(await books(other.id), {
    payout_received: -199_980,
    provider_fee_difference: -2_020,
    // It owes so much less: all that went back to the customer.
    provider_receivable: 202_000,
  })
  await checkBooks(centre)
  assert.deepEqual((await checkFigures(centre.running.centre)).differences, [])
})
