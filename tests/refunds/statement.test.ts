// A refund of the centre's own in the bank's statement is no refund past the centre (I4, M15).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { csvOf, nameColumns, upload } from '../support/statement.ts'
import { liveRefund, paidPayment, untilState, uuidOf } from './refund-world.ts'

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

test('one refund goes by its purchase’s number; a stranger’s is found; its fee is booked by nobody', async () => {
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
