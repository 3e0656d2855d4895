// A terminal for tests of the pool: idle and sound, but for what a test says of it.

import type { TerminalFacts } from '../terminal/availability.ts'

export function terminalFacts(changes: Partial<TerminalFacts> = {}): TerminalFacts {
  return {
    id: 1,
    isActive: true,
    isTakenOut: false,
    hasCamera: true,
    isHeld: false,
    needsMending: false,
    quarantinedUntilMs: null,
    needsProbe: false,
    offlineUntilMs: null,
    lastReservedAtMs: null,
    ...changes,
  }
}
