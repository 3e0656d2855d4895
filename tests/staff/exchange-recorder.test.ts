// What was said to devices is collected beside the work: equal polls on one line, starts each on their own,
// within a bound, and a database that is away costs nothing but lines.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ExchangeRecorder } from '../../packages/server/src/jobs/exchange-recorder.ts'
import type { Centre } from '../../packages/server/src/ports/centre.ts'
import { DatabaseUnavailable } from '../../packages/server/src/ports/database-unavailable.ts'
import type {
  Exchange,
  MoreOfSame,
  NewExchange,
} from '../../packages/server/src/ports/exchange-store.ts'
import { until } from '../support/until.ts'

interface Kept {
  readonly id: string
  readonly exchange: NewExchange
  repeats: number
}

function world() {
  const kept: Kept[] = []
  let failing: Error | null = null
  let refused = 0
  const recorder = new ExchangeRecorder()
  const keep = async (fresh: readonly NewExchange[], more: readonly MoreOfSame[]) => {
    if (failing !== null) {
      refused += 1
      throw failing
    }
    for (const { id, repeats } of more) {
      const line = kept.find((known) => known.id === id)
      assert.ok(line)
      line.repeats += repeats
    }
    return fresh.map((exchange) => {
      const line = { id: String(kept.length), exchange, repeats: exchange.repeats }
      kept.push(line)
      return line.id
    })
  }
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const sleep = () => new Promise<void>((resolve) => setTimeout(resolve, 1))
  const parts = { storage: { exchanges: { keep } }, log, clock: { sleep } }
  recorder.start(parts as unknown as Centre)
  const hear = (attemptId: string) => recorder.of({ attemptId, paymentId: 'p', terminalId: 1 })
  return {
    kept,
    hear,
    stop: () => recorder.stop(),
    fail: (error: Error | null) => {
      failing = error
    },
    isRefused: () => refused > 0,
    written: () => kept.reduce((sum, { repeats }) => sum + repeats, 0),
  }
}

function poll(said: string, startedAtMs = 1, call: Exchange['call'] = 'status'): Exchange {
  return { call, startedAtMs, tookMs: 5, httpStatus: 200, outcome: 'waiting', said }
}

test('equal polls in a row are one line with their count, written or not yet; others break the row', async () => {
  const { hear, kept, stop, written } = world()
  const note = hear('a')
  for (let n = 1; n <= 5; n += 1) note(poll('1', n))
  await until(() => written() === 5)
  for (let n = 6; n <= 9; n += 1) note(poll('1', n))
  note(poll('2', 10))
  note(poll('1', 11))
  hear('b')(poll('1', 12))
  await stop()
  assert.deepEqual(
    kept.map(({ exchange, repeats }) => [exchange.attemptId, exchange.said, repeats]),
    [
      ['a', '1', 9],
      ['a', '2', 1],
      ['a', '1', 1],
      ['b', '1', 1],
    ],
  )
})

test('each start is a line of its own', async () => {
  const { hear, kept, stop } = world()
  const note = hear('a')
  note(poll('1', 1, 'start'))
  note(poll('1', 1, 'start'))
  await stop()
  assert.equal(kept.length, 2)
})

test('while the database is away polls are dropped beyond the bound, starts never; then all is written', async () => {
  const { fail, hear, isRefused, kept, stop } = world()
  fail(new DatabaseUnavailable(new Error('away')))
  hear('first')(poll('start', 0, 'start'))
  for (let n = 0; n < 5_000; n += 1) hear('a')(poll(String(n), n))
  await until(isRefused)
  assert.equal(kept.length, 0)
  fail(null)
  await stop()
  assert.ok(kept.length <= 2_001, String(kept.length))
  assert.ok(kept.some(({ exchange }) => exchange.call === 'start'))
  assert.ok(
    kept.some(({ exchange }) => exchange.said === '4999'),
    'the newest are kept',
  )
})

test('a line that the database refuses is lost alone: the next ones are written', async () => {
  const { fail, hear, isRefused, stop, written } = world()
  fail(new Error('invalid'))
  hear('a')(poll('1'))
  await until(isRefused)
  fail(null)
  hear('b')(poll('1'))
  await stop()
  assert.equal(written(), 1)
})
