// Devices, databases and processes that misbehave in the middle of a payment: nothing is lost, doubled
// or guessed, and one of them delays no other.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { client, startTestCentre } from '../support/centre.ts'
import { spawnCentre } from '../support/spawn-centre.ts'
import { until } from '../support/until.ts'

test('S6a: a process stopped in mid-call and woken saves the process id it learned, and nothing twice', async (t) => {
  const keeper = await startTestCentre({ terminals: [{ camera: 'json' }, { camera: 'json' }] })
  t.after(() => keeper.stop())
  const sleeper = await spawnCentre(keeper)
  t.after(() => sleeper.kill('SIGKILL'))
  const { simulator, source } = keeper
  simulator.terminal(1).armFault({ fault: 'late', on: 'payment', delay_ms: 1_000 })
  const id = await keeper.init(100_000)
  const asleep = client(sleeper.url, source.apiToken).kaspi(id)
  await until(async () => simulator.journal.startCalls.length === 1)
  sleeper.signal('SIGSTOP')
  await until(async () => {
    const [lost] = await keeper.sql(`SELECT 1 FROM attempts WHERE state = 'lost'`)
    return lost !== undefined
  })
  const started = await keeper.kaspi(id)
  assert.equal(started.status, 200, started.text)
  sleeper.signal('SIGCONT')
  await until(async () => {
    const [stray] = await keeper.sql(`SELECT process_id FROM attempts WHERE state = 'stray'`)
    return stray?.process_id !== undefined && stray.process_id !== null
  })
  // Who slept says what is so now: the QR of the attempt that took over.
  const woken = await asleep
  assert.equal(woken.body.data.qr_code, started.body.data.qr_code, woken.text)
  simulator.phone.scan({ qr: started.body.data.qr_code })
  await keeper.until(id, 'paid')
  assert.equal(simulator.journal.startCalls.length, 2)
  assert.equal((await keeper.sql('SELECT 1 FROM captures')).length, 1)
  assert.deepEqual(simulator.journal.overlaps(), [])
})

test('one hanging terminal delays no other', async (t) => {
  const centre = await startTestCentre({ terminals: [{ camera: 'json' }, { camera: 'json' }] })
  t.after(() => centre.stop())
  const [stuck, free] = [await centre.init(100_000), await centre.init(200_000)]
  const first = await centre.kaspi(stuck)
  assert.equal(first.body.data.terminal_id, 1)
  centre.simulator.terminal(1).armFault({ fault: 'no_answer', on: 'status', for_ms: 4_000 })
  const second = await centre.kaspi(free)
  centre.simulator.phone.scan({ qr: second.body.data.qr_code })
  centre.simulator.phone.scan({ qr: first.body.data.qr_code })
  await centre.until(free, 'paid')
  assert.equal((await centre.status(stuck)).status, 'processing')
  await centre.until(stuck, 'paid')
})

test('every connection to the database cut with a payment on the terminal: still paid, once', async (t) => {
  const centre = await startTestCentre({ terminals: [{ camera: 'json' }] })
  t.after(() => centre.stop())
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id)
  assert.equal(started.status, 200, started.text)
  const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  for (let n = 0; n < 5; n += 1) {
    await centre.sql(cut)
    await sleep(30)
  }
  await centre.until(id, 'paid')
  assert.equal((await centre.sql('SELECT 1 FROM captures')).length, 1)
  await until(async () => {
    const [row] = await centre.sql(`SELECT state FROM deliveries`)
    return row?.state === 'delivered'
  })
})

test('S6b: a success whose sum cannot be read is held, and frees the terminal', async (t) => {
  const centre = await startTestCentre({ terminals: [{ camera: 'json' }] })
  t.after(() => centre.stop())
  centre.simulator.terminal(1).armFault({ fault: 'unreadable_sum' })
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await until(async () => (await centre.status(id)).status_detail === 'settle_by_hand')
  const held = await centre.status(id)
  assert.equal(held.status, 'processing')
  assert.equal(held.paid_amount, 0)
  assert.equal((await centre.kaspi(id)).body.code, 'attempt_in_progress')
  const next = await centre.init(100_000)
  assert.equal((await centre.kaspi(next)).status, 200)
  assert.deepEqual(await centre.sql(`SELECT kind FROM tasks`), [{ kind: 'settle_by_hand' }])
})

test('rule 6: an answer about another process is nobody’s word, and the next one is believed', async (t) => {
  const centre = await startTestCentre({ terminals: [{ camera: 'json' }] })
  t.after(() => centre.stop())
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id)
  centre.simulator.terminal(1).armFault({ fault: 'other_process_id', times: 2 })
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
  assert.deepEqual(await centre.sql('SELECT kind FROM tasks'), [])
})

test('rule 6, M11: another sum and an unknown product are booked as reported, and flagged', async (t) => {
  const centre = await startTestCentre({ terminals: [{ camera: 'json' }] })
  t.after(() => centre.stop())
  centre.simulator.terminal(1).armFault({ fault: 'other_sum', amount_tenge: 500 })
  const less = await centre.init(100_000)
  const started = await centre.kaspi(less)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  const part = await centre.until(less, 'partially_paid')
  assert.equal(part.paid_amount, 50_000)
  centre.simulator.terminal(1).armFault({ fault: 'odd_product', product: 'Крипта' })
  const odd = await centre.init(100_000)
  const next = await centre.kaspi(odd)
  centre.simulator.phone.scan({ qr: next.body.data.qr_code })
  // 1 010 ₸ at the dearest rate of 14 % are worth 885,97 ₸ of the 1 000 ₸.
  const credited = await centre.until(odd, 'partially_paid')
  assert.equal(credited.credited_amount, 88_597)
  const kinds = await centre.sql('SELECT kind FROM tasks ORDER BY id')
  assert.deepEqual(
    kinds.map(({ kind }) => kind),
    ['sum_differs', 'unknown_product'],
  )
})

test('A31: a device that streams without end, and a camera that shows a foreign QR', async (t) => {
  const centre = await startTestCentre({ terminals: [{ camera: 'json' }] })
  t.after(() => centre.stop())
  const terminal = centre.simulator.terminal(1)
  terminal.armFault({ fault: 'foreign_qr', times: 3 })
  terminal.armFault({ fault: 'giant_body', on: 'status', times: 2 })
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id)
  assert.equal(started.status, 200, started.text)
  assert.match(started.body.data.qr_code, /^https:\/\/qr\.kaspi\.kz\//)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
})
