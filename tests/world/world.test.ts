// The seeded world in the everyday run: a bounded number of histories, the seeds that are kept, and the promise
// that a seed tells one history. The long run is `npm run sim`.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EVENTS, eventsOf, runHistory } from './history.ts'
import { KEPT_SEEDS } from './kept-seeds.ts'
import { runMany } from './many-seeds.ts'
import { shrink, told } from './shrink.ts'
import type { Came } from './worker.ts'

const HISTORIES = 180
const FIRST_SEED = Number(process.env['SEED'] ?? 1)

/** What is said of a seed that broke something; one over a real server does not come twice the same. */
async function why({ failure, isOverPostgres, seed }: Came): Promise<string> {
  if (failure === null) return ''
  const events = eventsOf(seed)
  return told(seed, isOverPostgres ? { events, failure } : await shrink(seed, events, failure))
}

test(`no history breaks a promise, every thirtieth over PostgreSQL (SEED=${FIRST_SEED})`, async () => {
  const came: Came[] = []
  const many = {
    seed: FIRST_SEED,
    histories: HISTORIES,
    events: EVENTS,
    workers: 1,
    hasServer: true,
  }
  await runMany(many, (one) => came.push(one))
  const broken = came.filter(({ failure }) => failure !== null)
  assert.equal(broken.length, 0, (await Promise.all(broken.slice(0, 3).map(why))).join('\n\n'))
  assert.equal(came.length, HISTORIES)
  assert.equal(came.filter(({ isOverPostgres }) => isOverPostgres).length, HISTORIES / 30)
})

for (const { seed, shows, why: keptFor } of KEPT_SEEDS) {
  test(`kept seed ${seed}: ${keptFor}`, async () => {
    const { books, failure } = await runHistory({ seed, events: eventsOf(seed) })
    assert.equal(failure, null)
    assert.ok(shows(books), 'the history no longer walks this road')
  })
}

test('one seed tells one history', async () => {
  for (const { seed } of KEPT_SEEDS.slice(0, 3)) {
    const events = eventsOf(seed)
    const [first, second] = [await runHistory({ seed, events }), await runHistory({ seed, events })]
    assert.equal(first.hash, second.hash, `зерно ${seed}`)
    assert.ok(first.log.length > events.length)
  }
  const [one] = [await runHistory({ seed: 5, events: eventsOf(5) })]
  const [other] = [await runHistory({ seed: 6, events: eventsOf(6) })]
  assert.notEqual(one?.hash, other?.hash)
})
