// What each state of an attempt holds (I1, I2).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NOW, newPayment, reserve, tell } from '../testing/payments.ts'
import {
  ATTEMPT_STATES,
  type Attempt,
  type AttemptState,
  type AttemptStateKind,
  isAtWork,
  isOpen,
  isWatched,
  occupiesPayment,
  occupiesTerminal,
  stopped,
} from './attempt.ts'

/** o: is open · t: its terminal · p: its payment · a: is at work · w: a process to ask about. */
const HOLDS: Readonly<Record<AttemptStateKind, string>> = {
  reserved: 'otpa-',
  calling: 'otpa-',
  live: 'otpaw',
  unknown: 'otpaw',
  lost: 'ot---',
  stray: 'ot--w',
  held: 'o-p--',
  released: '-----',
  refused: '-----',
  succeeded: '-----',
  failed: '-----',
  abandoned: '-----',
}

const HELD_BY = [
  ['o', isOpen],
  ['t', occupiesTerminal],
  ['p', occupiesPayment],
  ['a', isAtWork],
  ['w', isWatched],
] as const

const [BEGUN] = tell(newPayment(), [reserve('a')]).payment.attempts
assert.ok(BEGUN)
const SAID = { phase: 'starting', sinceMs: NOW, reason: 'declined' }

function attemptIn(kind: AttemptStateKind): Attempt {
  return { ...(BEGUN as Attempt), state: { ...SAID, kind } as AttemptState }
}

test('I1, I2: what each state holds', () => {
  for (const kind of ATTEMPT_STATES) {
    const held = HELD_BY.map(([letter, holds]) => (holds(attemptIn(kind)) ? letter : '-'))
    assert.equal(held.join(''), HOLDS[kind], kind)
    assert.equal(occupiesTerminal({ ...attemptIn(kind), holdsTerminal: false }), false)
  }
})

test('S4: one that is stopped ends at once if nothing was called, and is left alone once closed', () => {
  for (const kind of ATTEMPT_STATES) {
    const attempt = attemptIn(kind)
    const after = stopped(attempt)
    if (kind === 'reserved') assert.deepEqual(after, { ...attempt, state: { kind: 'released' } })
    else if (isOpen(attempt)) assert.deepEqual(after, { ...attempt, stopRequested: true })
    else assert.equal(after, attempt)
  }
})
