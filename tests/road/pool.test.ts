// Many payments at once over few terminals, on one instance and on two. The simulator's journal, which
// shares nothing with the centre, says what really happened.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { client, startTestCentre, type TestCentre } from '../support/centre.ts'

let first: TestCentre
let second: TestCentre
before(async () => {
  // As behind one load balancer: whoever answers gives out the same addresses.
  const env = { BYFLY_PUBLIC_URL: 'https://pay.example' }
  first = await startTestCentre({ env })
  const { database, simulator } = first
  second = await startTestCentre({ env, database, simulator })
})
after(async () => {
  await second.stop()
  await first.stop()
})

test('A11: 50 parallel starts of one payment on two instances: one start call, 50 equal answers', async () => {
  const id = await first.init(300_000)
  const before = first.simulator.journal.startCalls.length
  const other = client(second.url, first.source.apiToken)
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? first : other).kaspi(id)),
  )
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
  assert.equal(new Set(answers.map(({ body }) => JSON.stringify(body.data))).size, 1)
  assert.equal(first.simulator.journal.startCalls.length - before, 1)
  first.simulator.phone.scan({ qr: answers[0]?.body.data.qr_code })
  await first.until(id, 'paid')
})

test('3 terminals and 10 payments at once: no overlap, all served in order', async () => {
  const ids: string[] = []
  for (let n = 0; n < 10; n += 1) ids.push(await first.init(100_000 + n * 200))
  const { journal } = first.simulator
  const before = journal.operations.length
  await Promise.all(
    ids.map(async (id, index) => {
      // A human's few moments apart, so that there is an order to keep.
      await new Promise((resolve) => setTimeout(resolve, index * 60))
      const started = await first.kaspi(id)
      assert.equal(started.status, 200, started.text)
      first.simulator.phone.scan({ qr: started.body.data.qr_code, after_ms: 300 })
      await first.until(id, 'paid')
    }),
  )
  const sums = journal.operations.slice(before).map(({ amount_tenge }) => amount_tenge)
  assert.equal(sums.length, ids.length)
  // Two terminals freed at once are granted to the first two in line, who may come in either order.
  const overtaken = sums.toSorted((a, b) => a - b).map((sum, place) => sums.indexOf(sum) - place)
  assert.ok(
    overtaken.every((places) => Math.abs(places) <= 2),
    `порядок обслуживания: ${sums}`,
  )
  assert.deepEqual(journal.overlaps(), [])
})

test('S8: with every terminal busy the call says its place, and keeps it', async (t) => {
  const impatient = await startTestCentre({
    limits: { queueWaitMs: 300 },
    terminals: [{ camera: 'json' }],
  })
  t.after(() => impatient.stop())
  const holder = await impatient.init(100_000)
  const held = await impatient.kaspi(holder)
  assert.equal(held.status, 200, held.text)
  const [a, b] = [await impatient.init(100_000), await impatient.init(100_000)]
  const queuedA = await impatient.kaspi(a)
  assert.equal(queuedA.status, 503)
  assert.equal(queuedA.body.code, 'terminals_busy')
  assert.ok(Number(queuedA.headers.get('retry-after')) > 0)
  assert.equal(queuedA.body.queue.position, 1)
  assert.ok(queuedA.body.queue.eta_seconds > 0)
  assert.equal((await impatient.kaspi(b)).body.queue.position, 2)
  assert.equal((await impatient.kaspi(a)).body.queue.position, 1)
  impatient.simulator.phone.scan({ qr: held.body.data.qr_code })
  await impatient.until(holder, 'paid')
  // The freed terminal is kept for the first in line, whoever asks first.
  assert.equal((await impatient.kaspi(b)).status, 503)
  assert.equal((await impatient.kaspi(a)).status, 200)
})

test('S8: sources take turns', async (t) => {
  const centre = await startTestCentre({ terminals: [{ camera: 'json' }] })
  t.after(() => centre.stop())
  const other = client(centre.url, (await centre.addSource()).apiToken)
  const holder = await centre.init(100_000)
  const held = await centre.kaspi(holder)
  const order: string[] = []
  const wait = async (name: string, who: Pick<TestCentre, 'init' | 'kaspi'>) => {
    const id = await who.init(100_000)
    const started = await who.kaspi(id)
    assert.equal(started.status, 200, started.text)
    order.push(name)
    centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  }
  const waiting: Promise<void>[] = []
  for (const [name, who] of [
    ['a1', centre],
    ['a2', centre],
    ['a3', centre],
    ['b1', other],
  ] as const) {
    waiting.push(wait(name, who))
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
  centre.simulator.phone.scan({ qr: held.body.data.qr_code })
  await Promise.all(waiting)
  assert.deepEqual(order, ['a1', 'b1', 'a2', 'a3'])
})

test('A30: a source with a cap of open attempts cannot take every terminal', async () => {
  await first.sql('UPDATE sources SET open_attempts_limit = 1 WHERE id = $1', [first.source.id])
  await new Promise((resolve) => setTimeout(resolve, 600))
  const [a, b] = [await first.init(100_000), await first.init(100_000)]
  const started = await first.kaspi(a)
  assert.equal(started.status, 200, started.text)
  const refused = await first.kaspi(b)
  assert.equal(refused.status, 403)
  assert.equal(refused.body.code, 'limit_reached')
  first.simulator.phone.scan({ qr: started.body.data.qr_code })
  await first.until(a, 'paid')
})
