import assert from 'node:assert/strict'
import { test } from 'node:test'
import { terminalFacts } from '../testing/terminals.ts'
import { matchTickets, type Ticket } from './queue.ts'
import { hasHope, rankTerminals, type Wanted } from './rank.ts'
import type { Route } from './way.ts'

const NOW = 1_700_000_000_000

const DEVICE = terminalFacts({ id: 1 })
const BANK = terminalFacts({ id: 2, way: 'qr_api', hasCamera: false })

function wanted(route: Route, changes: Partial<Wanted> = {}): Wanted {
  const rest = { presence: 'remote', tried: [], terminalId: null, sourceId: 1 } as const
  return { ...rest, countryIso: 'KZ', route, ...changes }
}

function ranked(route: Route, isBusy = false, changes: Partial<Wanted> = {}): number[] {
  const terminals = [BANK, { ...DEVICE, isHeld: isBusy }]
  return rankTerminals(terminals, wanted(route, changes), NOW).map(({ id }) => id)
}

test('a route says which ways the money may go, and terminals come first', () => {
  assert.deepEqual(ranked('terminals_first'), [1, 2])
  assert.deepEqual(ranked('terminals_first', true), [2])
  assert.deepEqual(ranked('terminals_only'), [1])
  assert.deepEqual(ranked('terminals_only', true), [])
  assert.deepEqual(ranked('qr_api_only'), [2])
})

test('who waits for terminals alone has no hope in the bank, nor has who stands before one', () => {
  assert.equal(hasHope([BANK], wanted('terminals_only'), NOW), false)
  assert.equal(hasHope([BANK], wanted('terminals_first'), NOW), true)
  assert.deepEqual(ranked('terminals_first', true, { presence: 'in_person', terminalId: 2 }), [])
  assert.deepEqual(ranked('terminals_first', false, { presence: 'in_person', terminalId: 1 }), [1])
})

test('one device is kept for one ticket, the bank for as many as come', () => {
  const tickets = ['a', 'b', 'c'].map(
    (paymentId, turn): Ticket => ({
      paymentId,
      wanted: wanted('terminals_first'),
      enqueuedAtMs: NOW,
      turn,
      lastSeenAtMs: NOW,
      grantedUntilMs: null,
    }),
  )
  const kept = matchTickets(tickets, [BANK, DEVICE], NOW)
  assert.deepEqual([...kept], Object.entries({ a: 1, b: 2, c: 2 }))
})
