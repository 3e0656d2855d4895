// One line of a terminal's test, and everything that a line is told from.

import type { ConnectionLook, DeviceCheck, QrReading } from '../ports/provider.ts'
import type { TerminalView } from '../ports/terminal-store.ts'
import type { TerminalWords } from './words/shape.ts'

export const CHECK_STATES = ['ok', 'warning', 'failed', 'skipped'] as const

export interface Line {
  readonly state: (typeof CHECK_STATES)[number]
  readonly message: string
  /** Null when nothing is to be done. */
  readonly cure: string | null
}

export interface Seen {
  readonly before: TerminalView
  /** As the test left it. */
  readonly after: TerminalView
  readonly connection: ConnectionLook
  /** Null when an operation is running: the device is not spoken to. */
  readonly check: DeviceCheck | null
  /** Null without a camera. */
  readonly screen: QrReading | null
  readonly zone: string
  readonly words: TerminalWords
}

export function ok(message: string): Line {
  return { state: 'ok', message, cure: null }
}

export function warning(message: string, cure: string): Line {
  return { state: 'warning', message, cure }
}

export function failed(message: string, cure: string): Line {
  return { state: 'failed', message, cure }
}

export function skipped(message: string): Line {
  return { state: 'skipped', message, cure: null }
}
