// The centre killed with a payment on a terminal, and starts whose answer never came. Money that was
// taken is booked once, whoever was alive when.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { parseTransactionId } from '@byfly-pay/core'
import { client, startTestCentre, type TestCentre } from '../support/centre.ts'
import { type Killable, spawnCentre } from '../support/spawn-centre.ts'
import { until } from '../support/until.ts'

const cleanUp: (() => Promise<unknown>)[] = []
after(async () => {
  await Promise.allSettled(cleanUp.reverse().map((step) => step()))
})

async function killable(beside: TestCentre): Promise<Killable> {
  const spawned = await spawnCentre(beside)
  cleanUp.push(() => spawned.kill('SIGKILL'))
  return spawned
}

async function newCentre(options: Parameters<typeof startTestCentre>[0] = {}): Promise<TestCentre> {
  const centre = await startTestCentre(options)
  cleanUp.push(() => centre.stop())
  return centre
}

test('kill -9 with a payment on the terminal: paid after the restart, one webhook, nothing twice', async () => {
  // The first only holds the database and the simulator; the payment runs on the killed one.
  const keeper = await newCentre()
  const { source, simulator } = keeper
  await keeper.running.stop()
  const doomed = await killable(keeper)
  const before = client(doomed.url, source.apiToken)
  const id = await before.init(500_000)
  const started = await before.kaspi(id)
  assert.equal(started.status, 200, started.text)
  await doomed.kill('SIGKILL')
  simulator.phone.scan({ qr: started.body.data.qr_code })
  await new Promise((resolve) => setTimeout(resolve, 200))

  const reborn = await killable(keeper)
  const afterwards = client(reborn.url, source.apiToken)
  const paid = await afterwards.until(id, 'paid')
  assert.equal(paid.paid_amount, 505_000)
  assert.equal(paid.amount, 505_000)
  await until(() => simulator.shop.webhooks(null).length > 0)
  await new Promise((resolve) => setTimeout(resolve, 500))
  const ids = new Set(simulator.shop.webhooks(null).map((webhook) => webhook.id))
  assert.equal(ids.size, 1)
  const captures = await keeper.sql('SELECT gross_tiyn FROM captures')
  assert.equal(captures.length, 1)
  assert.equal(simulator.journal.entries.length, 1)
  await reborn.kill('SIGTERM')
})

test('S6a: a lost start answer: never failed, the payment paid elsewhere, the terminal free again later', async () => {
  const centre = await newCentre({
    terminals: [{ camera: 'json' }, { camera: 'json' }],
    limits: { quarantineMs: 1_200 },
    timing: { scanWaitMs: 800 },
  })
  const { simulator } = centre
  simulator.terminal(1).armFault({ fault: 'answer_lost', on: 'payment' })
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id)
  assert.equal(started.status, 200, started.text)
  simulator.phone.scan({ qr: started.body.data.qr_code })
  const paid = await centre.until(id, 'paid')
  assert.equal(paid.paid_amount, 101_000)
  const [lost] = await centre.sql(`SELECT state, terminal_id FROM attempts WHERE state = 'lost'`)
  assert.ok(lost, 'потерянный старт не закрывается, пока карантин не прошёл')

  await until(async () => {
    const [closed] = await centre.sql(`SELECT 1 FROM attempts WHERE state = 'abandoned'`)
    return closed !== undefined
  })
  const reconciliation = await centre.sql('SELECT kind FROM reconciliation')
  assert.deepEqual(reconciliation, [{ kind: 'lost_start' }])
  // The next start there is the probe; with the other terminal busy it has to be taken.
  const ids = [await centre.init(100_000), await centre.init(100_000)]
  const both = await Promise.all(ids.map((next) => centre.kaspi(next)))
  assert.deepEqual(
    both.map(({ status }) => status),
    [200, 200],
  )
  assert.deepEqual(simulator.journal.overlaps(), [])
})

test('S6a: the customer somehow pays the lost start: nothing is booked by guess, the row stays listed', async () => {
  const centre = await newCentre({
    terminals: [{ camera: 'json' }],
    limits: { quarantineMs: 600 },
  })
  centre.simulator.terminal(1).armFault({ fault: 'answer_lost', on: 'payment' })
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id)
  assert.equal(started.status, 503)
  assert.equal(started.body.code, 'terminals_unavailable')
  const data = await centre.status(id)
  assert.equal(data.status, 'pending')
  assert.equal(data.status_detail, 'start_lost')
})

test('a start refused for certain goes on with the next terminal', async () => {
  const centre = await newCentre({ terminals: [{ camera: 'json' }, { camera: 'json' }] })
  centre.simulator.terminal(1).armFault({ fault: 'refuse_code', code: 106 })
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id)
  assert.equal(started.status, 200, started.text)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
})

test('S6: «unknown» is processing, never failed, and ends when the terminal learns the truth', async () => {
  const centre = await newCentre({ terminals: [{ camera: 'json' }] })
  centre.simulator.terminal(1).armFault({ fault: 'unknown', actualize_calls: 2 })
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id)
  assert.equal(started.status, 200, started.text)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  const paymentId = parseTransactionId(id) ?? ''
  await until(async () => {
    const view = await centre.running.centre.storage.payments.view(paymentId)
    return view?.statusDetail === 'unknown'
  })
  assert.equal((await centre.status(id)).status, 'processing')
  const blocked = await centre.kaspi(id)
  assert.equal(blocked.body.code, 'attempt_in_progress')
  await centre.until(id, 'paid')
})
