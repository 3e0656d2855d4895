import assert from 'node:assert/strict'
import { test } from 'node:test'
import { terminalFacts as terminal } from '../testing/terminals.ts'
import { standingOf, statusOfTerminal } from './status.ts'

const NOW = 1_700_000_000_000

test('T6: an idle device is what it answers', () => {
  assert.equal(statusOfTerminal(terminal(), null, 'well', NOW), 'online')
  assert.equal(statusOfTerminal(terminal(), null, 'wrong', NOW), 'error')
  assert.equal(statusOfTerminal(terminal(), null, 'silent', NOW), 'offline')
  assert.equal(statusOfTerminal(terminal({ needsMending: true }), null, 'silent', NOW), 'error')
})

test('T6: the look counts, not what the pool remembers or what staff decided', () => {
  const away = terminal({ offlineUntilMs: NOW + 1, isTakenOut: true, isActive: false })
  assert.equal(statusOfTerminal(away, null, 'well', NOW), 'online')
})

test('S6, S6a: an operation in doubt is a quarantine, any other keeps the terminal busy', () => {
  const held = terminal({ isHeld: true, needsMending: true })
  for (const holder of ['reserved', 'calling', 'live', 'stray'] as const) {
    assert.equal(statusOfTerminal(held, holder, 'silent', NOW), 'busy')
    assert.equal(standingOf(held, holder, NOW), 'busy')
  }
  for (const holder of ['lost', 'unknown'] as const) {
    assert.equal(statusOfTerminal(held, holder, 'well', NOW), 'quarantined')
    assert.equal(standingOf(held, holder, NOW), 'quarantined')
    assert.equal(standingOf({ ...held, isActive: false }, holder, NOW), 'disabled')
  }
})

test('a quarantine ends at its moment', () => {
  const quarantined = terminal({ quarantinedUntilMs: NOW + 1 })
  assert.equal(statusOfTerminal(quarantined, null, 'well', NOW), 'quarantined')
  assert.equal(statusOfTerminal(quarantined, null, 'well', NOW + 1), 'online')
  assert.equal(standingOf(quarantined, null, NOW), 'quarantined')
})
