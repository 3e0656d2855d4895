// Kills and two instances: a refund is called once, whoever was alive when, and ends as its terminal says.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { type Killable, spawnCentre } from '../support/spawn-centre.ts'
import { bearerClient, loginAs, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'
import { ask, checkBooks, paidPayment, uuidOf } from './refund-world.ts'

const cleanUp: (() => Promise<unknown>)[] = []
after(async () => {
  await Promise.allSettled(cleanUp.reverse().map((step) => step()))
})

async function newCentre(options: Parameters<typeof startTestCentre>[0] = {}): Promise<TestCentre> {
  const centre = await startTestCentre(options)
  cleanUp.push(() => centre.stop())
  return centre
}

async function killable(beside: TestCentre): Promise<Killable> {
  const spawned = await spawnCentre(beside)
  cleanUp.push(() => spawned.kill('SIGKILL'))
  return spawned
}

function at({ url }: Killable, staff: TestStaff): TestStaff {
  return { ...staff, call: bearerClient(url, staff.token) }
}

async function stateOf(centre: TestCentre, id: string): Promise<string> {
  const [row] = await centre.sql('SELECT state FROM refunds WHERE id = $1', [uuidOf(id)])
  return row?.state ?? 'none'
}

function refundCalls({ simulator }: TestCentre): number {
  return simulator.journal.startCalls.filter(({ call }) => call === 'refund').length
}

test('kill -9 with a live refund: another instance watches it to its end, nothing is called twice', async () => {
  const keeper = await newCentre()
  const staff = await loginAs(keeper, 'super_admin')
  const id = await paidPayment(keeper)
  await keeper.running.stop()
  const doomed = await killable(keeper)
  const asked = await ask(at(doomed, staff), id)
  assert.equal(asked.body.data.not_started, null, asked.text)
  const [refund] = asked.body.data.refunds
  await doomed.kill('SIGKILL')
  keeper.simulator.phone.scan({ qr: refund.qr_code })
  const reborn = await killable(keeper)
  await until(async () => (await stateOf(keeper, refund.id)) === 'succeeded')
  assert.equal(refundCalls(keeper), 1)
  const postings = await keeper.sql(`SELECT tiyn FROM postings WHERE account = 'refunded'`)
  assert.deepEqual(
    postings.map(({ tiyn }) => Number(tiyn)),
    [101_000],
  )
  await checkBooks(keeper)
  await reborn.kill('SIGTERM')
})

test('kill -9 in the middle of the call: lost, held for a person, and never called again', async () => {
  const keeper = await newCentre({ timing: { answerMs: 1_500 } })
  const staff = await loginAs(keeper, 'super_admin')
  const id = await paidPayment(keeper)
  await keeper.running.stop()
  const doomed = await killable(keeper)
  const asked = ask(at(doomed, staff), id).catch(() => null)
  const [row] = await rowOf(keeper, 'calling')
  await doomed.kill('SIGKILL')
  await asked
  const reborn = await killable(keeper)
  await until(async () => (await stateOf(keeper, row.id.replaceAll('-', ''))) === 'lost')
  const again = await ask(at(reborn, staff), id)
  assert.equal(again.body.code, 'nothing_to_refund')
  const start = await at(reborn, staff).call('POST', `/api/admin/refunds/${hex(row.id)}/start`)
  assert.equal(start.body.code, 'refund_in_progress')
  assert.ok(refundCalls(keeper) <= 1)
  await reborn.kill('SIGTERM')
})

test('kill -9 with a terminal only reserved: it is released, and the refund may be started', async () => {
  const keeper = await newCentre()
  const staff = await loginAs(keeper, 'super_admin')
  const id = await paidPayment(keeper)
  const asked = await ask(staff, id, { start: false })
  const [refund] = asked.body.data.refunds
  await keeper.running.stop()
  // As a killed process leaves it: reserved and committed, its lease run out.
  const { payment_id: paymentId } = await reservedByHand(keeper, refund.id)
  assert.ok(paymentId)
  const reborn = await killable(keeper)
  await until(async () => (await stateOf(keeper, refund.id)) === 'approved')
  assert.equal(refundCalls(keeper), 0)
  const started = await at(reborn, staff).call('POST', `/api/admin/refunds/${refund.id}/start`)
  assert.equal(started.status, 200, started.text)
  keeper.simulator.phone.scan({ qr: started.body.data.qr_code })
  await until(async () => (await stateOf(keeper, refund.id)) === 'succeeded')
  await checkBooks(keeper)
  await reborn.kill('SIGTERM')
})

test('two instances and 24 refunds of 4 payments at once: never more than was taken, no terminal twice', async () => {
  const one = await newCentre()
  const two = await newCentre({ database: one.database, simulator: one.simulator })
  const staff = await loginAs(one, 'super_admin')
  const there: TestStaff = { ...staff, call: bearerClient(two.url, staff.token) }
  const ids: string[] = []
  for (let n = 0; n < 4; n += 1) ids.push(await paidPayment(one))
  const asks = ids.flatMap((id) => [
    ...Array.from({ length: 3 }, () => ask(staff, id, { amount: 40_000, start: false })),
    ...Array.from({ length: 3 }, () => ask(there, id, { amount: 40_000, start: false })),
  ])
  const answers = await Promise.all(asks)
  assert.equal(answers.filter(({ status }) => status === 200).length, ids.length * 2)
  const refunds = answers.flatMap(({ body, status }) =>
    status === 200 ? body.data.refunds.map((refund: { id: string }) => refund.id) : [],
  )
  const starts = await Promise.all(
    refunds.flatMap((id) =>
      [staff, there].map((by) => by.call('POST', `/api/admin/refunds/${id}/start`)),
    ),
  )
  for (const { body, status } of starts) {
    if (status !== 200)
      assert.match(body.code, /^(refund_in_progress|terminals_busy|qr_not_ready)$/)
  }
  assert.deepEqual(one.simulator.journal.overlaps(), [], 'I1')
  const called = one.simulator.journal.startCalls.filter(
    ({ accepted, call }) => call === 'refund' && accepted,
  )
  const live = await one.sql(`SELECT FROM refunds WHERE state = 'live'`)
  assert.equal(called.length, live.length, 'each was called once')
  const over = await one.sql('SELECT FROM captures WHERE returning_tiyn > gross_tiyn')
  assert.deepEqual(over, [])
})

function hex(id: string): string {
  return id.replaceAll('-', '').toUpperCase()
}

// biome-ignore lint/suspicious/noExplicitAny: a row has whatever columns the test asked for
async function rowOf(centre: TestCentre, state: string): Promise<any[]> {
  let rows: { id: string }[] = []
  await until(async () => {
    rows = await centre.sql('SELECT id FROM refunds WHERE state = $1', [state])
    return rows.length > 0
  })
  return rows
}

async function reservedByHand(centre: TestCentre, id: string) {
  const [row] = await centre.sql(
    `UPDATE refunds SET state = 'reserved', tries = 1, device = 'd',
       terminal_id = (SELECT min(id) FROM terminals)
     WHERE id = $1 RETURNING *`,
    [uuidOf(id)],
  )
  await centre.sql(
    `INSERT INTO open_attempts (attempt_id, payment_id, terminal_id, holds_terminal, holds_payment,
       state, device, source_id, lease_owner, lease_until, fence, purpose)
     VALUES ($1, $2, $3, true, false, 'reserved', 'd', 1, 'gone', now() - interval '1 second',
       1000000, 'refund')`,
    [row.id, row.payment_id, row.terminal_id],
  )
  return row
}
