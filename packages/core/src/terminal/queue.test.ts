import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SECOND_MS } from '../time.ts'
import {
  GRANT_LIFE_MS,
  grantsOf,
  isAlive,
  orderTickets,
  placeOf,
  TICKET_LIFE_MS,
  type Ticket,
  turnFor,
} from './queue.ts'

const NOW = 1_700_000_000_000

/** A ticket of source `a`, `b`, …: named after it, in the order of joining. */
function ticket(name: string, joined: number, changes: Partial<Ticket> = {}): Ticket {
  return {
    paymentId: name,
    sourceId: name.charCodeAt(0),
    enqueuedAtMs: NOW - 1_000 + joined,
    turn: 0,
    lastSeenAtMs: NOW,
    grantedUntilMs: null,
    ...changes,
  }
}

function join(tickets: readonly Ticket[], name: string, joined: number): Ticket[] {
  const turn = turnFor(tickets, name.charCodeAt(0), NOW)
  return [...tickets, ticket(name, joined, { turn })]
}

function queueOf(...names: string[]): Ticket[] {
  return names.reduce<Ticket[]>((tickets, name, index) => join(tickets, name, index), [])
}

function order(tickets: readonly Ticket[]): string[] {
  return orderTickets(tickets, NOW).map(({ paymentId }) => paymentId)
}

/** Serves the head again and again; `joins` come in after that many were served. */
function serveAll(tickets: Ticket[], joins: Readonly<Record<number, string[]>> = {}): string[] {
  const served: string[] = []
  let waiting = tickets
  for (let count = 0; ; count += 1) {
    for (const name of joins[count] ?? []) waiting = join(waiting, name, 100 + count)
    const [head] = order(waiting)
    if (head === undefined) return served
    served.push(head)
    waiting = waiting.filter(({ paymentId }) => paymentId !== head)
  }
}

test('S8: first come, first served inside one source', () => {
  assert.deepEqual(order(queueOf('a1', 'a2', 'a3')), ['a1', 'a2', 'a3'])
})

test('S8: sources take turns, whoever joined with more', () => {
  assert.deepEqual(order(queueOf('a1', 'a2', 'a3', 'b1')), ['a1', 'b1', 'a2', 'a3'])
  assert.deepEqual(order(queueOf('a1', 'a2', 'b1', 'b2', 'c1')), ['a1', 'b1', 'c1', 'a2', 'b2'])
})

test('S8: turns are kept while the queue is served, so a long queue starves nobody', () => {
  assert.deepEqual(serveAll(queueOf('a1', 'a2', 'a3', 'b1')), ['a1', 'b1', 'a2', 'a3'])
  assert.deepEqual(serveAll(queueOf('a1', 'a2', 'a3', 'b1', 'b2')), ['a1', 'b1', 'a2', 'b2', 'a3'])
})

test('S8: who joins later waits for the round that is served, and gains no turns by its absence', () => {
  const late = { 2: ['b1', 'b2', 'b3'] }
  assert.deepEqual(serveAll(queueOf('a1', 'a2', 'a3', 'a4', 'a5'), late), [
    'a1',
    'a2',
    'a3',
    'b1',
    'a4',
    'b2',
    'a5',
    'b3',
  ])
})

test('S8: between two tickets of a source every other waiting source is served at most twice', () => {
  const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(names, (sources) => {
      const counts: Record<string, number> = {}
      const numbered = sources.map((source) => {
        counts[source] = (counts[source] ?? 0) + 1
        return `${source}${String(counts[source]).padStart(2, '0')}`
      })
      const served = serveAll(queueOf(...numbered))
      assert.deepEqual([...served].sort(), [...numbered].sort())
      for (const source of 'abcd') {
        const own = served.filter((name) => name.startsWith(source))
        assert.deepEqual(own, [...own].sort(), 'first come inside')
        for (let index = 1; index < own.length; index += 1) {
          const from = served.indexOf(own[index - 1] ?? '')
          const between = served.slice(from + 1, served.indexOf(own[index] ?? ''))
          const most = Math.max(
            0,
            ...[...'abcd'].map((o) => between.filter((n) => n[0] === o).length),
          )
          assert.ok(most <= 2, served.join(' '))
        }
      }
    }),
  )
})

test('S8: a ticket is kept 60 s after its last call', () => {
  assert.equal(isAlive(ticket('a1', 0, { lastSeenAtMs: NOW - TICKET_LIFE_MS }), NOW), true)
  assert.equal(isAlive(ticket('a1', 0, { lastSeenAtMs: NOW - TICKET_LIFE_MS - 1 }), NOW), false)
  assert.equal(TICKET_LIFE_MS, 60 * SECOND_MS)
  const dead = ticket('a1', 0, { lastSeenAtMs: NOW - TICKET_LIFE_MS - 1 })
  assert.deepEqual(order([dead, ticket('b1', 1)]), ['b1'])
  assert.deepEqual(grantsOf([dead], 1, NOW), [])
})

test('S8: free terminals are granted to the first tickets, no more than there are', () => {
  const queue = queueOf('a1', 'a2', 'b1')
  assert.deepEqual(grantsOf(queue, 0, NOW), [])
  assert.deepEqual(grantsOf(queue, 2, NOW), ['a1', 'b1'])
  assert.deepEqual(grantsOf(queue, 9, NOW), ['a1', 'b1', 'a2'])
})

test('S8: a grant lives 10 s; who does not come is passed over but keeps the place', () => {
  assert.equal(GRANT_LIFE_MS, 10 * SECOND_MS)
  const granted = [ticket('a1', 0, { grantedUntilMs: NOW + 1 }), ticket('b1', 1)]
  assert.deepEqual(grantsOf(granted, 1, NOW), ['a1'], 'a grant in force is not given to another')
  const lapsed = [ticket('a1', 0, { grantedUntilMs: NOW }), ticket('b1', 1)]
  assert.deepEqual(grantsOf(lapsed, 1, NOW), ['b1'])
  assert.equal(placeOf(lapsed, 'a1', 1, 60_000, NOW)?.position, 1)
})

test('S8: a place says how many are before it and about how long that takes', () => {
  const queue = queueOf('a1', 'a2', 'a3')
  assert.deepEqual(placeOf(queue, 'a1', 1, 40_000, NOW), { position: 1, etaSeconds: 40 })
  assert.deepEqual(placeOf(queue, 'a3', 1, 40_000, NOW), { position: 3, etaSeconds: 120 })
  assert.deepEqual(placeOf(queue, 'a3', 2, 40_000, NOW), { position: 3, etaSeconds: 80 })
  assert.deepEqual(placeOf(queue, 'a1', 0, 40_500, NOW), { position: 1, etaSeconds: 41 })
  assert.equal(placeOf(queue, 'z9', 1, 40_000, NOW), null)
})

test('S8: the order does not depend on the order in which the tickets are read', () => {
  const queue = queueOf('a1', 'b1', 'a2', 'c1', 'b2', 'a3')
  fc.assert(
    fc.property(fc.shuffledSubarray(queue, { minLength: queue.length }), (shuffled) => {
      assert.deepEqual(order(shuffled), order(queue))
    }),
  )
})
