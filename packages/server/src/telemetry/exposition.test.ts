// A scrape over books that are slow, broken or asked by many at once.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AVAILABILITIES } from '@byfly-pay/core'
import { Registry } from 'prom-client'
import type { BooksStanding } from '../ports/standing-store.ts'
import { openExposition } from './exposition.ts'

const NOTHING = { count: 0, oldestMs: 0 }
const BOOKS: BooksStanding = {
  open: [
    { purpose: 'payment', state: 'live', ageMs: 59_000 },
    { purpose: 'payment', state: 'live', ageMs: 61_000 },
    { purpose: 'refund', state: 'held', ageMs: 7_200_000 },
  ],
  terminals: [
    {
      system: 'kaspi',
      byAvailability: Object.fromEntries(
        AVAILABILITIES.map((word) => [word, 1]),
      ) as BooksStanding['terminals'][number]['byAvailability'],
    },
  ],
  queue: { count: 3, oldestMs: 1_500 },
  deliveries: NOTHING,
  texts: NOTHING,
  failingEndpoints: 2,
  unfoldedDeltas: 7,
  certificateExpiresAtMs: 1_800_000_000_000,
}
const IDLE = { busy: 0, idle: 1, waiting: 0 }

interface Scraped {
  readonly scrape: () => Promise<string>
  readonly time: { nowMs: number; wake: () => void }
  readonly reads: () => number
}

function exposing(read: () => Promise<BooksStanding>): Scraped {
  let reads = 0
  const time = { nowMs: 1_000_000, wake: () => {} }
  const scrape = openExposition({
    registry: new Registry(),
    clock: {
      now: () => time.nowMs,
      sleep: () =>
        new Promise((resolve) => {
          time.wake = resolve
        }),
      timeout: () => new AbortController().signal,
    },
    standing: {
      read() {
        reads += 1
        return read()
      },
    },
    connections: () => ({ pools: { main: IDLE, wide: IDLE }, lanes: { reads: 0, creations: 0 } }),
    version: '1.2.3',
  })
  return { scrape: async () => (await scrape()).text, time, reads: () => reads }
}

test('what stands in the books is told, by state and age', async () => {
  const text = await exposing(async () => BOOKS).scrape()
  for (const line of [
    'byfly_open_attempts{purpose="payment",state="live",age="1m"} 1',
    'byfly_open_attempts{purpose="payment",state="live",age="5m"} 1',
    'byfly_open_attempts{purpose="refund",state="held",age="older"} 1',
    'byfly_open_attempt_oldest_seconds{purpose="payment",state="live"} 61',
    'byfly_queue_length 3',
    'byfly_queue_oldest_seconds 1.5',
    'byfly_endpoints_failing 2',
    'byfly_figure_deltas_unfolded 7',
    'byfly_certificate_expiry_timestamp_seconds 1800000000',
    'byfly_scrape_failed_total 0',
  ]) {
    assert.ok(text.includes(`${line}\n`), line)
  }
})

test('whoever asks within five seconds is told the same; then it is read again', async () => {
  const { reads, scrape, time } = exposing(async () => BOOKS)
  for (let n = 0; n < 3; n += 1) await scrape()
  assert.equal(reads(), 1)
  time.nowMs += 5_000
  await scrape()
  assert.equal(reads(), 2)
  time.nowMs -= 60_000
  await scrape()
  assert.equal(reads(), 3, 'a clock that was set back keeps nothing')
})

test('a database that hangs is asked once; the scrape ends without what it would say', async () => {
  const { reads, scrape, time } = exposing(() => new Promise(() => {}))
  for (let n = 1; n <= 2; n += 1) {
    const scraping = scrape()
    await new Promise(setImmediate)
    time.wake()
    const text = await scraping
    assert.ok(!text.includes('byfly_queue_length'))
    assert.ok(text.includes('byfly_database_waiting{pool="main"} 0\n'))
    assert.ok(text.includes(`byfly_scrape_failed_total ${n}\n`))
  }
  assert.equal(reads(), 1)
})

test('books that cannot be read are absent, not old', async () => {
  let isDown = false
  const { scrape, time } = exposing(async () => {
    if (isDown) throw new Error('нет базы')
    return BOOKS
  })
  assert.match(await scrape(), /byfly_queue_length 3\n/)
  isDown = true
  time.nowMs += 5_001
  assert.doesNotMatch(await scrape(), /byfly_queue_length/)
})
