// Every invariant bites: the books of a good history are spoiled in one place, and the one invariant that is
// meant says so. What cannot be spoiled in the books is spoiled in the world beside them.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AttemptState } from '@byfly-pay/core'
import { Operation } from './devices/operation.ts'
import { perform } from './events/perform.ts'
import { eventsOf } from './history.ts'
import { checkAlways, checkAtRest } from './invariants/all.ts'
import { acknowledgedIsKept, sameKeySameAnswer } from './invariants/answers.ts'
import { noMoneyTwice } from './invariants/money.ts'
import {
  bankGivesNoMore,
  everyRefundIsBookedOrNamed,
  noRefundIsForgotten,
} from './invariants/refunds.ts'
import { noOverlapOnTerminals } from './invariants/terminals.ts'
import { Violation } from './invariants/violation.ts'
import type { Books } from './storage/books.ts'
import { openMemoryWorld } from './storage/world-storage.ts'
import { Chance } from './time/chance.ts'
import { settingOf, World } from './world.ts'

/** Its history has money, some of it given back, deliveries, and attempts still open after these events. */
const SEED = 27

async function liveAWhile(): Promise<{ world: World; books: Books }> {
  const setting = settingOf(SEED)
  const storage = await openMemoryWorld(setting, new Chance(SEED, 'database'), [])
  const world = new World(SEED, setting, storage, null)
  await world.startInstance()
  for (const event of eventsOf(SEED)) await perform(world, event)
  await world.time.pass(400_000)
  return { world, books: await storage.books() }
}

const { world, books } = await liveAWhile()

/** The same rows, the first that fits changed. */
function spoilt<Name extends keyof Books>(
  table: Name,
  change: (rows: readonly never[]) => readonly unknown[],
): Books {
  return { ...books, [table]: change(books[table] as readonly never[]) }
}

function first<Row>(rows: readonly Row[], change: (row: Row) => Row): Row[] {
  const [head, ...rest] = rows
  assert.ok(head, 'there is nothing to spoil')
  return [change(head), ...rest]
}

interface Spoiling {
  readonly invariant: string
  readonly how: string
  readonly books: () => Books
}

const SPOILINGS: readonly Spoiling[] = [
  {
    invariant: 'I3',
    how: 'a payment’s sum is above its captures',
    books: () => ({
      ...books,
      payments: books.payments.map((row) =>
        row.facts.paidTiyn === 0n
          ? row
          : { ...row, facts: { ...row.facts, paidTiyn: row.facts.paidTiyn + 1n } },
      ),
    }),
  },
  {
    invariant: 'I3',
    how: 'more is counted as asked back than was',
    books: () => ({
      ...books,
      captures: first(books.captures, (row) => ({ ...row, returningTiyn: row.grossTiyn + 1n })),
    }),
  },
  {
    invariant: 'I3',
    how: 'a refund is done in the books, and no posting says so',
    books: () => ({ ...books, postings: books.postings.filter(({ kind }) => kind !== 'refund') }),
  },
  {
    invariant: 'I6',
    how: 'a refund was begun that nobody had taken a terminal for',
    books: () => ({
      ...books,
      history: books.history.map((line) =>
        line.what === 'refund_reserved' ? { ...line, what: 'refund_start_lost' } : line,
      ),
    }),
  },
  {
    invariant: 'I4',
    how: 'a capture without a sale',
    books: () => {
      const [capture] = books.captures
      assert.ok(capture)
      const [foreign] = books.attempts.filter(({ attempt }) => attempt.id !== capture.attemptId)
      assert.ok(foreign)
      const moved = { ...capture, attemptId: '00000000-0000-7000-8000-000000000000' }
      return { ...books, captures: [moved, ...books.captures.slice(1)] }
    },
  },
  {
    invariant: 'I10',
    how: 'a line of history is gone',
    books: () => spoilt('history', (rows) => rows.slice(1)),
  },
  {
    invariant: 'I10',
    how: 'a delivery is gone',
    books: () => spoilt('deliveries', (rows) => rows.slice(1)),
  },
  {
    invariant: 'I11',
    how: 'a delivery’s text was rewritten',
    books: () => ({
      ...books,
      deliveries: first(books.deliveries, (row) => ({ ...row, body: `${row.body} ` })),
    }),
  },
  {
    invariant: 'I16',
    how: 'an event went to another source',
    books: () => ({
      ...books,
      deliveries: first(books.deliveries, (row) => ({ ...row, sourceId: row.sourceId + 1 })),
    }),
  },
  {
    invariant: 'I17',
    how: 'two attempts have one QR',
    books: () => ({
      ...books,
      attempts: books.attempts.map((row) => ({
        ...row,
        attempt: { ...row.attempt, qr: { text: 'один', url: 'один', expiresAtMs: 0 } },
      })),
    }),
  },
  {
    invariant: 'I6',
    how: 'an attempt is not where its history has led it',
    books: () => ({
      ...books,
      attempts: first(books.attempts, (row) => ({
        ...row,
        attempt: { ...row.attempt, state: { kind: 'refused', reason: 'no_internet' } },
      })),
    }),
  },
]

function brokenBy(check: () => void): string | null {
  try {
    check()
    return null
  } catch (error) {
    if (error instanceof Violation) return error.invariant
    throw error
  }
}

test('unspoiled, the books hold', () => {
  assert.ok(books.captures.length > 0 && books.deliveries.length > 0)
  assert.ok(books.refunds.some(({ refund }) => refund.state.kind === 'succeeded'))
  assert.equal(
    brokenBy(() => checkAlways(world, books, books)),
    null,
  )
})

for (const { invariant, how, books: spoil } of SPOILINGS) {
  test(`${invariant}: ${how}`, () => {
    assert.equal(
      brokenBy(() => checkAlways(world, null, spoil())),
      invariant,
    )
  })
}

test('I5: paid_at has moved', () => {
  const moved = books.payments.map((row) => {
    const { paidAtMs } = row.facts
    return { ...row, facts: { ...row.facts, paidAtMs: paidAtMs === null ? null : paidAtMs + 1 } }
  })
  assert.equal(
    brokenBy(() => checkAlways(world, { ...books, payments: moved }, books)),
    'I5',
  )
})

test('I8: one transaction of the bank twice', () => {
  const twice = { ...books, captures: books.captures.flatMap((row) => [row, row]) }
  assert.equal(
    brokenBy(() => noMoneyTwice(world, twice)),
    'I8',
  )
})

test('I1: a start beside an operation that lives on at the bank, though the books say it is over', () => {
  const { nowMs } = world.time
  const begin = (processId: string) =>
    new Operation({
      processId,
      amountTenge: 100,
      qr: processId,
      terminalId: 1,
      askedAtMs: nowMs,
      readyAtMs: nowMs,
      refundOf: null,
    })
  const [row] = books.attempts
  const [terminal] = world.terminals
  assert.ok(row && terminal)
  const begun = { ...row, createdAtMs: nowMs }
  const beside = (state: AttemptState) => {
    const attempt = { ...row.attempt, id: 'первая', terminalId: 1, processId: 'p', state }
    const attempts = [{ ...begun, attempt }]
    const journals = {
      time: world.time,
      keyedSales: new Set<string>(),
      terminals: [Object.create(terminal, { journal: { value: [begin('p'), begin('q')] } })],
    }
    return brokenBy(() => noOverlapOnTerminals(journals, { ...books, attempts, refunds: [] }))
  }
  assert.equal(beside({ kind: 'failed', reason: 'declined' }), 'I1')
  assert.equal(beside({ kind: 'unknown', sinceMs: nowMs }), 'I1')
  assert.equal(beside({ kind: 'abandoned' }), null, 'nobody could know')
})

test('I4: less was taken than went back at the bank', () => {
  const less = books.captures.map((row) => ({ ...row, grossTiyn: 1n }))
  assert.equal(
    brokenBy(() => bankGivesNoMore(world, { ...books, captures: less })),
    'I4',
  )
})

test('I4: a card’s purchase may have the number of a QR’s, and what went back of that is not its own', () => {
  const cards = books.captures.map((row) => ({
    ...row,
    attemptId: `${row.attemptId} by card`,
    paymentId: 'another',
    moneyKind: 'card' as const,
  }))
  const both = { ...books, captures: [...books.captures, ...cards] }
  assert.equal(
    brokenBy(() => everyRefundIsBookedOrNamed(world, both)),
    null,
  )
  const unbooked = { ...both, refunds: [], tasks: [] }
  assert.equal(
    brokenBy(() => everyRefundIsBookedOrNamed(world, unbooked)),
    'I4',
  )
})

test('I13: a refund that nobody can tell of is on no desk', () => {
  const held = { kind: 'held', reason: 'start_lost' } as const
  const refunds = books.refunds.map((row) => ({ ...row, refund: { ...row.refund, state: held } }))
  assert.equal(
    brokenBy(() => noRefundIsForgotten(world, { ...books, refunds, open: [], tasks: [] })),
    'I13',
  )
})

test('I9: an acknowledged payment is gone', () => {
  const without = { ...books, payments: books.payments.slice(1) }
  assert.equal(
    brokenBy(() => acknowledgedIsKept(world, without)),
    'I9',
  )
})

test('I12: two answers under one key', () => {
  const [call] = world.calls.filter(({ reply }) => reply.kind === 'answered' && reply.isKept)
  assert.ok(call && call.reply.kind === 'answered')
  const keyed = { ...call, key: 'k' }
  const other = { ...keyed, reply: { ...call.reply, body: `${call.reply.body} ` } }
  assert.equal(
    brokenBy(() => sameKeySameAnswer({ calls: [keyed, keyed] })),
    null,
  )
  assert.equal(
    brokenBy(() => sameKeySameAnswer({ calls: [keyed, other] })),
    'I12',
  )
})

test('I4, I10 at rest: money that nobody names, an event that was not told', () => {
  const unbooked = { ...books, captures: [], tasks: [], reconciliation: [] }
  assert.equal(
    brokenBy(() => checkAtRest(world, unbooked)),
    'I4',
  )
  const deliveries = first(books.deliveries, (row) => ({ ...row, state: 'waiting' as const }))
  const untold = { ...books, deliveries }
  assert.equal(
    brokenBy(() => checkAtRest(world, untold)),
    'I10',
  )
})
