// A terminal for tests of the pool: idle and sound, but for what a test says of it.

import type { TerminalFacts } from '../terminal/availability.ts'
import type { Trial } from '../terminal/health.ts'

export function terminalFacts(changes: Partial<TerminalFacts> = {}): TerminalFacts {
  return {
    id: 1,
    way: 'terminal',
    isActive: true,
    isTakenOut: false,
    hasCamera: true,
    isHeld: false,
    needsMending: false,
    quarantinedUntilMs: null,
    needsProbe: false,
    offlineUntilMs: null,
    lastReservedAtMs: null,
    isSuspended: false,
    health: 100,
    reservedFor: null,
    ...changes,
  }
}

/** A trial that served its customer, but for what a test says of it. */
export function trial(changes: Partial<Trial> = {}): Trial {
  return {
    state: 'succeeded',
    refusal: null,
    startedAtMs: 0,
    startMs: 1_500,
    heldMs: 40_000,
    wasQrWanted: true,
    wasQrRead: true,
    ...changes,
  }
}
