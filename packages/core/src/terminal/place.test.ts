// The place in the queue that somebody is told (S8), and the wait. Whether such waits come true is
// rush-hour.test.ts.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { busy, queueOf, ticket } from '../testing/queues.ts'
import { terminalFacts } from '../testing/terminals.ts'
import type { TerminalFacts } from './availability.ts'
import { placeOf, type Ticket } from './queue.ts'

const NOW = 1_700_000_000_000

const EVEN = Array.from({ length: 5 }, () => 40_000)

function placeIn(queue: readonly Ticket[], name: string, terminals: readonly TerminalFacts[]) {
  const place = placeOf(queue, name, terminals, EVEN, NOW)
  return place && { ...place, etaSeconds: 10 * Math.round(place.etaSeconds / 10) }
}

test('S8: a place says how many are before it and about how long that takes', () => {
  const queue = queueOf('a1', 'a2', 'a3')
  assert.deepEqual(placeIn(queue, 'a1', busy(1)), { position: 1, etaSeconds: 40 })
  assert.deepEqual(placeIn(queue, 'a3', busy(1)), { position: 3, etaSeconds: 120 })
  assert.deepEqual(placeIn(queue, 'a3', busy(2)), { position: 3, etaSeconds: 80 })
  assert.deepEqual(placeIn(queue, 'a2', [terminalFacts({ isTakenOut: true })]), {
    position: 2,
    etaSeconds: 120,
  })
  assert.equal(placeIn(queue, 'z9', busy(1)), null)
})

/** The wait that is told, to the second. */
function etaOf(queue: readonly Ticket[], name: string, terminals: readonly TerminalFacts[]) {
  return placeOf(queue, name, terminals, EVEN, NOW)?.etaSeconds ?? Number.NaN
}

test('S8: a wait is counted from what each terminal is at, and from nothing where nobody can tell', () => {
  const at = (...shapes: Partial<TerminalFacts>[]) =>
    etaOf(
      queueOf('a1'),
      'a1',
      shapes.map((shape, n) => terminalFacts({ id: n + 1, ...shape })),
    )
  assert.equal(at({}), 1)
  assert.equal(at({ isHeld: true, lastReservedAtMs: NOW - 30_000 }), 10)
  assert.equal(at({ isHeld: true }), 40, 'taken just now, for all that is known')
  assert.equal(at({ quarantinedUntilMs: NOW + 20_000 }), 20)
  const gone = [
    { isTakenOut: true },
    { needsMending: true },
    { isSuspended: true },
    { offlineUntilMs: NOW + 1 },
    { isActive: false },
  ]
  for (const shape of gone) assert.equal(at(shape), 60)
  assert.equal(at(...gone, { isHeld: true, lastReservedAtMs: NOW - 30_000 }), 10)
  assert.equal(at({ quarantinedUntilMs: NOW + 20_000, hasCamera: false }), 60, 'not for this one')
})

test('S8: who was passed over is before me by place, but costs no time', () => {
  const queue = [ticket('a1', 0, { grantedUntilMs: NOW }), ticket('b1', 1)]
  const place = placeOf(queue, 'b1', busy(1), EVEN, NOW)
  assert.deepEqual(place, { position: 2, etaSeconds: 40 })
})

test('S8: sources that come meanwhile with earlier turns are counted as fast as they have come', () => {
  const own = queueOf('a1', 'a2', 'a3', 'a4')
  const rival = (name: string, joinedAgoMs: number) =>
    ticket(name, 0, { enqueuedAtMs: NOW - joinedAgoMs })
  const eta = (...rivals: Ticket[]) => etaOf([...own, ...rivals], 'a4', busy(1))
  assert.equal(eta(rival('b1', 0)), 200, 'of one that has just come nothing is known')
  // One in 10 s would bring 20 meanwhile, but only the two rounds before mine go first.
  assert.equal(eta(rival('b1', 10_000)), 280)
  assert.equal(eta(rival('b1', 200_000)), 240, 'one more in those 200 s')
  // Six before the wait of 240 s, and the two sources bring 0.6 each during it.
  assert.equal(eta(rival('b1', 400_000), rival('c1', 400_000)), 280)
  const two = [rival('b1', 300_000), { ...rival('b2', 0), turn: 1 }]
  // Two in 300 s would bring more than one in 240 s, but one round before mine is left.
  assert.equal(eta(...two), 280)
  // Nobody overtakes the head of the next round.
  assert.equal(etaOf([...own, rival('b1', 10_000)], 'a2', busy(1)), 120)
})

test('S8: a source that keeps coming with earlier turns makes the others wait longer', () => {
  const queue = queueOf('a1', 'a2', 'a3', 'a4', 'b1')
  const alone = placeIn(queueOf('a1', 'a2', 'a3', 'a4'), 'a4', busy(1))
  assert.ok((placeIn(queue, 'a4', busy(1))?.etaSeconds ?? 0) > 40 + (alone?.etaSeconds ?? 0))
})

const OF_B: TerminalFacts['reservedFor'] = { sourceIds: ['b'.charCodeAt(0)], countryIso: null }

test('who waits for other terminals is not before me', () => {
  const own = {
    ...terminalFacts({ id: 1, isHeld: true, reservedFor: OF_B }),
    lastReservedAtMs: NOW,
  }
  const queue = queueOf('a1', 'a2', 'b1')
  assert.equal(placeOf(queue, 'b1', [own], EVEN, NOW)?.position, 1)
  const shared = [own, ...busy(2).slice(1)]
  assert.equal(placeOf(queue, 'b1', shared, EVEN, NOW)?.position, 2)
})
