import assert from 'node:assert/strict'
import { test } from 'node:test'
import { terminalFacts as terminal } from '../testing/terminals.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.ts'
import {
  AVAILABILITIES,
  type Availability,
  availabilityOf,
  nextCheckAfterMs,
  QUARANTINE_EXTENSION_MS,
  QUARANTINE_MS,
  type TerminalFacts,
} from './availability.ts'

const NOW = 1_700_000_000_000

test('I1: a terminal is busy exactly while an attempt holds it', () => {
  assert.equal(availabilityOf(terminal(), NOW), 'free')
  assert.equal(availabilityOf(terminal({ isHeld: true }), NOW), 'busy')
})

test('S6a: quarantine and absence end at their moment, not a millisecond before', () => {
  for (const [field, word] of [
    ['quarantinedUntilMs', 'quarantined'],
    ['offlineUntilMs', 'offline'],
  ] as const) {
    assert.equal(availabilityOf(terminal({ [field]: NOW + 1 }), NOW), word)
    assert.equal(availabilityOf(terminal({ [field]: NOW }), NOW), 'free')
    assert.equal(availabilityOf(terminal({ [field]: NOW - 1 }), NOW), 'free')
  }
})

test('what is worse is named first', () => {
  const causes: readonly (readonly [Partial<TerminalFacts>, Availability])[] = [
    [{ isActive: false }, 'disabled'],
    [{ isHeld: true }, 'busy'],
    [{ isTakenOut: true }, 'taken_out'],
    [{ needsMending: true }, 'error'],
    [{ quarantinedUntilMs: NOW + 1 }, 'quarantined'],
    [{ isSuspended: true }, 'suspended'],
    [{ offlineUntilMs: NOW + 1 }, 'offline'],
    [{}, 'free'],
  ]
  const words = causes.map(([, word], index) => {
    const left = Object.assign({}, ...causes.slice(index).map(([cause]) => cause))
    assert.equal(availabilityOf(terminal(left), NOW), word)
    return word
  })
  assert.deepEqual(words.sort(), [...AVAILABILITIES].sort())
})

test('one that staff took out is not free, and carries what it has to the end', () => {
  const out = terminal({ isTakenOut: true, needsMending: true })
  assert.equal(availabilityOf(out, NOW), 'taken_out')
  assert.equal(availabilityOf({ ...out, isHeld: true }, NOW), 'busy')
  assert.equal(availabilityOf({ ...out, isActive: false }, NOW), 'disabled')
})

test('a quarantine is 300 s, and half a minute more while a QR is still on the screen', () => {
  assert.equal(QUARANTINE_MS, 300 * SECOND_MS)
  assert.equal(QUARANTINE_EXTENSION_MS, 30 * SECOND_MS)
})

test('S6: an unknown result is asked for at least 10 s apart, then every 1 min, 5 min, 1 h, for ever', () => {
  assert.equal(nextCheckAfterMs(0), 10 * SECOND_MS)
  assert.equal(nextCheckAfterMs(5 * MINUTE_MS), MINUTE_MS)
  assert.equal(nextCheckAfterMs(HOUR_MS), 5 * MINUTE_MS)
  assert.equal(nextCheckAfterMs(6 * HOUR_MS), HOUR_MS)
  assert.equal(nextCheckAfterMs(365 * DAY_MS), HOUR_MS)
  const justBefore = [5 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS].map((ms) => nextCheckAfterMs(ms - 1))
  assert.deepEqual(justBefore, [10 * SECOND_MS, MINUTE_MS, 5 * MINUTE_MS])
  let longest = 0
  for (let unknownFor = 0; unknownFor < DAY_MS; unknownFor += 7 * SECOND_MS) {
    const next = nextCheckAfterMs(unknownFor)
    assert.ok(next >= 10 * SECOND_MS && next >= longest)
    longest = next
  }
})
