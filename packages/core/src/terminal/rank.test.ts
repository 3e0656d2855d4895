import assert from 'node:assert/strict'
import { test } from 'node:test'
import { terminalFacts } from '../testing/terminals.ts'
import type { TerminalFacts } from './availability.ts'
import { hasHope, rankTerminals, type Wanted } from './rank.ts'

const NOW = 1_700_000_000_000

function terminal(id: number, changes: Partial<TerminalFacts> = {}): TerminalFacts {
  return terminalFacts({ id, ...changes })
}

const ANY: Wanted = {
  route: 'terminals_first',
  presence: 'remote',
  tried: [],
  terminalId: null,
  sourceId: 1,
  countryIso: 'KZ',
}

function ranked(terminals: readonly TerminalFacts[], wanted: Partial<Wanted> = {}): number[] {
  return rankTerminals(terminals, { ...ANY, ...wanted }, NOW).map(({ id }) => id)
}

test('the terminal that rested longest comes first, one never used before all', () => {
  const used = [
    terminal(1, { lastReservedAtMs: NOW - 1 }),
    terminal(2, { lastReservedAtMs: NOW - 9 }),
  ]
  assert.deepEqual(ranked([...used, terminal(3)]), [3, 2, 1])
  assert.deepEqual(ranked([terminal(2), terminal(1)]), [1, 2])
})

test('S6a: a terminal whose next start is a probe comes last, however long it rested', () => {
  assert.deepEqual(
    ranked([terminal(1, { needsProbe: true }), terminal(2, { lastReservedAtMs: NOW })]),
    [2, 1],
  )
})

test('only free ones are tried, and none that refused this call already', () => {
  const all = [
    terminal(1, { isHeld: true }),
    terminal(2, { isActive: false }),
    terminal(3, { quarantinedUntilMs: NOW + 1 }),
    terminal(4, { offlineUntilMs: NOW + 1 }),
    terminal(5),
    terminal(6),
  ]
  assert.deepEqual(ranked(all), [5, 6])
  assert.deepEqual(ranked(all, { tried: [5] }), [6])
})

test('S9a: without a camera a terminal takes only who stands before it', () => {
  const blind = [terminal(1, { hasCamera: false })]
  assert.deepEqual(ranked(blind), [])
  assert.deepEqual(ranked(blind, { presence: 'in_person', terminalId: 1 }), [1])
  assert.deepEqual(ranked(blind, { presence: 'in_person' }), [1])
})

test('S6a: in person names its terminal, and no other will do', () => {
  const pool = [terminal(1), terminal(2)]
  assert.deepEqual(ranked(pool, { presence: 'in_person', terminalId: 2 }), [2])
  assert.deepEqual(ranked(pool, { presence: 'in_person', terminalId: 9 }), [])
})

test('S8: waiting has hope while some terminal is only busy; none, or all offline, has none', () => {
  const hope = (terminals: readonly TerminalFacts[], wanted: Partial<Wanted> = {}) =>
    hasHope(terminals, { ...ANY, ...wanted }, NOW)
  assert.equal(hope([]), false)
  assert.equal(
    hope([terminal(1, { offlineUntilMs: NOW + 1 }), terminal(2, { isActive: false })]),
    false,
  )
  assert.equal(hope([terminal(1, { isHeld: true })]), true)
  assert.equal(hope([terminal(1)]), true)
  assert.equal(hope([terminal(1)], { tried: [1] }), false)
  assert.equal(hope([terminal(1, { hasCamera: false, isHeld: true })]), false)
  assert.equal(hope([terminal(1), terminal(2)], { presence: 'in_person', terminalId: 3 }), false)
})

test('one that staff took out is offered to nobody, and gives no hope', () => {
  const terminals = [terminal(1, { isTakenOut: true })]
  assert.deepEqual(ranked(terminals), [])
  assert.deepEqual(ranked(terminals, { presence: 'in_person', terminalId: 1 }), [])
  assert.equal(hasHope(terminals, ANY, NOW), false)
})

test('an ailing terminal is taken when no better one is free, a slightly worse one takes its turn', () => {
  const all = [
    terminal(1, { health: 30 }),
    terminal(2, { health: 85, lastReservedAtMs: NOW - 1 }),
    terminal(3, { health: 100, lastReservedAtMs: NOW }),
    terminal(4, { health: 60 }),
  ]
  assert.deepEqual(ranked(all), [2, 3, 4, 1])
})

test('a terminal is reserved for sources, or for all of a country; its own come to it first', () => {
  const all = [
    terminal(1),
    terminal(2, { reservedFor: { sourceIds: [7], countryIso: null }, lastReservedAtMs: NOW }),
    terminal(3, { reservedFor: { sourceIds: [], countryIso: 'UZ' } }),
    terminal(4, { reservedFor: { sourceIds: [7], countryIso: 'UZ' }, lastReservedAtMs: NOW }),
  ]
  assert.deepEqual(ranked(all), [1])
  assert.deepEqual(ranked(all, { sourceId: 7 }), [2, 4, 1])
  assert.deepEqual(ranked(all, { countryIso: 'UZ' }), [3, 4, 1])
  assert.equal(
    hasHope([terminal(2, { reservedFor: { sourceIds: [7], countryIso: null } })], ANY, NOW),
    false,
  )
})

test('a suspended terminal takes nothing and gives no hope', () => {
  assert.deepEqual(ranked([terminal(1, { isSuspended: true })]), [])
  assert.equal(hasHope([terminal(1, { isSuspended: true })], ANY, NOW), false)
})
