import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { busy, free, join, queueOf, ticket, wantedBy } from '../testing/queues.ts'
import { terminalFacts } from '../testing/terminals.ts'
import { SECOND_MS } from '../time.ts'
import type { TerminalFacts } from './availability.ts'
import {
  GRANT_LIFE_MS,
  isAlive,
  lineOf,
  matchTickets,
  orderTickets,
  placeOf,
  TICKET_LIFE_MS,
  type Ticket,
  turnFor,
} from './queue.ts'

const NOW = 1_700_000_000_000

/** Whose the free terminals are, in the order of service. */
function grantsOf(tickets: readonly Ticket[], count: number): string[] {
  return [...matchTickets(tickets, free(count), NOW).keys()]
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

test('S8: a new ticket joins the round that is served, the dead and the passed over aside', () => {
  const turnOf = (name: string, tickets: readonly Ticket[]) =>
    turnFor(tickets, name.charCodeAt(0), NOW)
  const long = NOW - TICKET_LIFE_MS - 1
  const served = ticket('b1', 1, { turn: 3 })
  assert.equal(turnOf('a', []), 0)
  assert.equal(turnOf('a', [served, ticket('b2', 2, { turn: 9 })]), 3)
  assert.equal(turnOf('a', [served, ticket('a1', 0, { lastSeenAtMs: long })]), 3)
  assert.equal(turnOf('a', [served, ticket('a1', 0, { turn: 7, lastSeenAtMs: long })]), 3)
  assert.equal(turnOf('a', [served, ticket('c1', 0, { grantedUntilMs: NOW })]), 3)
  // One's own place is kept, so the next of the same source still comes after it.
  assert.equal(turnOf('a', [served, ticket('a1', 0, { turn: 7, grantedUntilMs: NOW })]), 8)
})

test('S8: of two that joined in one moment the order is the same for everybody', () => {
  const twins = [ticket('a2', 0), ticket('a1', 0)]
  assert.deepEqual(order(twins), ['a1', 'a2'])
  assert.deepEqual(order(twins.toReversed()), ['a1', 'a2'])
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
  assert.deepEqual(grantsOf([dead], 1), [])
})

test('S8: free terminals are granted to the first tickets, no more than there are', () => {
  const queue = queueOf('a1', 'a2', 'b1')
  assert.deepEqual(grantsOf(queue, 0), [])
  assert.deepEqual(grantsOf(queue, 2), ['a1', 'b1'])
  assert.deepEqual(grantsOf(queue, 9), ['a1', 'b1', 'a2'])
})

test('S8: a grant lives 10 s; who does not come is passed over but keeps the place', () => {
  assert.equal(GRANT_LIFE_MS, 10 * SECOND_MS)
  const granted = [ticket('a1', 0, { grantedUntilMs: NOW + 1 }), ticket('b1', 1)]
  assert.deepEqual(grantsOf(granted, 1), ['a1'], 'a grant in force is not given to another')
  const lapsed = [ticket('a1', 0, { grantedUntilMs: NOW }), ticket('b1', 1)]
  assert.deepEqual(grantsOf(lapsed, 1), ['b1'])
  assert.equal(placeOf(lapsed, 'a1', busy(1), [], NOW)?.position, 1)
})

const OF_B: TerminalFacts['reservedFor'] = { sourceIds: ['b'.charCodeAt(0)], countryIso: null }

test('a terminal that is reserved is kept for its sources, who leave the others to others', () => {
  const queue = queueOf('a1', 'a2', 'b1')
  const [one, two] = [terminalFacts({ id: 1, reservedFor: OF_B }), terminalFacts({ id: 2 })]
  assert.deepEqual([...matchTickets(queue, [one], NOW)], [['b1', 1]])
  assert.deepEqual(
    [...matchTickets(queue, [one, two], NOW)],
    [
      ['a1', 2],
      ['b1', 1],
    ],
  )
  const others = { ...wantedBy('c1'), countryIso: 'UZ' }
  const abroad = terminalFacts({ reservedFor: { sourceIds: [], countryIso: 'UZ' } })
  const far = ticket('c1', 9, { wanted: others })
  assert.deepEqual([...matchTickets([...queue, far], [abroad], NOW)], [['c1', 1]])
})

test('a customer before one terminal waits for that one alone, and others do not wait for it', () => {
  const standing = ticket('b1', 2, {
    wanted: { ...wantedBy('b1'), presence: 'in_person', terminalId: 2 },
  })
  const queue = [ticket('a1', 1), standing, ticket('a2', 3)]
  assert.deepEqual(
    [...matchTickets(queue, free(2), NOW)],
    [
      ['a1', 1],
      ['b1', 2],
    ],
  )
  assert.deepEqual([...matchTickets([standing], free(1), NOW)], [])
})

test('nobody who could be served waits behind one who could not, and no terminal is kept twice', () => {
  const reservations = fc.option(
    fc.record({
      sourceIds: fc.uniqueArray(fc.constantFrom(97, 98, 99)),
      countryIso: fc.constantFrom('KZ', 'UZ', null),
    }),
    { nil: null },
  )
  const terminal = fc.record({
    reservedFor: reservations,
    isHeld: fc.boolean(),
    hasCamera: fc.boolean(),
  })
  const names = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 })
  fc.assert(
    fc.property(fc.array(terminal, { maxLength: 6 }), names, (shapes, sources) => {
      const terminals = shapes.map((shape, n) => terminalFacts({ id: n + 1, ...shape }))
      const queue = queueOf(...sources.map((source, n) => `${source}${n}`))
      const matches = matchTickets(queue, terminals, NOW)
      assert.equal(new Set(matches.values()).size, matches.size)
      const left = terminals.filter(({ id }) => ![...matches.values()].includes(id))
      for (const waiting of queue.filter(({ paymentId }) => !matches.has(paymentId))) {
        assert.deepEqual([...matchTickets([waiting], left, NOW)], [], waiting.paymentId)
      }
    }),
  )
})

test('S8: the order does not depend on the order in which the tickets are read', () => {
  const queue = queueOf('a1', 'b1', 'a2', 'c1', 'b2', 'a3')
  fc.assert(
    fc.property(fc.shuffledSubarray(queue, { minLength: queue.length }), (shuffled) => {
      assert.deepEqual(order(shuffled), order(queue))
    }),
  )
})

test('S8: the line as one who comes now would find it, before no particular terminal', () => {
  const etaOf = (tickets: readonly Ticket[], terminals: readonly TerminalFacts[]) =>
    lineOf(tickets, terminals, [], NOW).etaSeconds
  assert.deepEqual(lineOf([], [], [], NOW), { waiting: 0, etaSeconds: null })
  assert.equal(etaOf([], free(1)), 1)
  const waiting = queueOf('a1', 'b1')
  assert.equal(lineOf(waiting, busy(1), [], NOW).waiting, 2)
  assert.ok((etaOf(waiting, busy(1)) ?? 0) > (etaOf([], busy(1)) ?? 0))
  // Who has no camera or is kept for others is no help to a stranger.
  const reservedFor = { sourceIds: [7], countryIso: null }
  const others = [terminalFacts({ reservedFor }), terminalFacts({ id: 2, hasCamera: false })]
  assert.equal(etaOf(waiting, others), null)
})
