// A11, A12: a start from many at once through two processes, and a customer who pays in the moment in which
// the shop cancels. Who won is asked of the terminals' own journal. RACES=1000 by hand; SEED repeats a run.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseTransactionId } from '@byfly-pay/core'
import { newSeed, seeded } from '../crash/seeded.ts'
import { client, startTestCentre, type TestCentre } from '../support/centre.ts'
import { type Killable, spawnCentre } from '../support/spawn-centre.ts'
import { until } from '../support/until.ts'

const RACES = Number(process.env['RACES'] ?? 100)
const SEED = newSeed()
const TERMINALS = 8
/** A window in which the tap and the cancel meet: the phone needs 20 ms after its scan. */
const WINDOW_MS = 60

let centre: TestCentre
let other: Killable
before(async () => {
  centre = await startTestCentre({
    terminals: Array.from({ length: TERMINALS }, () => ({ camera: 'json' as const })),
    env: { BYFLY_PUBLIC_URL: 'https://pay.example' },
  })
  other = await spawnCentre(centre, { BYFLY_PUBLIC_URL: 'https://pay.example' })
})
after(async () => {
  await other.kill('SIGTERM')
  await centre.stop()
})

test('A11: 50 parallel starts through two processes: one start call, 50 equal answers', async () => {
  const id = await centre.init(300_000)
  const { journal } = centre.simulator
  const before = journal.startCalls.length
  const elsewhere = client(other.url, centre.source.apiToken)
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, at) => (at % 2 === 0 ? centre : elsewhere).kaspi(id)),
  )
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
  assert.equal(new Set(answers.map(({ body }) => JSON.stringify(body.data))).size, 1)
  assert.equal(journal.startCalls.length - before, 1)
  centre.simulator.phone.scan({ qr: answers[0]?.body.data.qr_code })
  await centre.until(id, 'paid')
})

test(`A12: ${RACES} races of a cancel and a payment: the terminal has the last word (seed ${SEED})`, async () => {
  const chance = seeded(SEED)
  const calls = [centre, client(other.url, centre.source.apiToken)]
  const outcomes = { paid: 0, cancelled: 0 }
  /** A whole tenge of its own for each race, to be known by in the journal. */
  async function race(number: number): Promise<void> {
    const tenge = 1_000 + number
    const id = await centre.init(tenge * 100)
    const started = await centre.kaspi(id, { payment_method: 'kaspi_gold' })
    assert.equal(started.status, 200, started.text)
    const gross = started.body.data.amount / 100
    const tap = sleep(chance() * WINDOW_MS).then(() => {
      const outcome = chance() < 0.8 ? 'confirm' : 'decline'
      centre.simulator.phone.scan({ qr: started.body.data.qr_code, outcome })
    })
    const cancel = sleep(chance() * WINDOW_MS).then(() =>
      calls[number % 2]?.call('POST', `/api/payment/${id}/cancel`),
    )
    await Promise.all([tap, cancel])
    const operation = () =>
      centre.simulator.journal.operations.find((each) => each.amount_tenge === gross)
    await until(() => operation()?.outcome != null)
    const took = operation()?.outcome === 'paid'
    const paymentId = parseTransactionId(id) ?? ''
    await until(async () => {
      // Past the API, whose limit on polling would hold a race up.
      const standing = await centre.running.centre.storage.payments.view(paymentId)
      const isOver = standing?.status === (took ? 'paid' : 'cancelled')
      return isOver && standing.statusDetail === null
    })
    const { paid_amount: paid } = await centre.status(id)
    assert.equal(paid, took ? gross * 100 : 0)
    outcomes[took ? 'paid' : 'cancelled'] += 1
  }
  let next = 0
  async function runner(): Promise<void> {
    for (let number = next++; number < RACES; number = next++) await race(number)
  }
  await Promise.all(Array.from({ length: TERMINALS }, runner))
  assert.ok(outcomes.paid > 0 && outcomes.cancelled > 0, JSON.stringify(outcomes))
  const [{ captured }] = await centre.sql(
    'SELECT coalesce(sum(gross_tiyn), 0)::bigint AS captured FROM captures',
  )
  const taken = centre.simulator.journal.operations
    .filter(({ outcome }) => outcome === 'paid')
    .reduce((sum, { amount_tenge: tenge }) => sum + tenge * 100, 0)
  assert.equal(Number(captured), taken)
})
