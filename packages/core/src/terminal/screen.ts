// What must be on a device's screen, by the last word of the device that the centre accepted. Of its own words
// nothing is kept. Pure.

import type { AttemptStateKind } from '../payment/attempt.ts'
import type { Phase } from '../provider/observation.ts'

export const SCREENS = ['idle', 'starting', 'qr', 'confirming', 'card', 'unclear'] as const
export type Screen = (typeof SCREENS)[number]

const BY_PHASE: Readonly<Record<Phase, Screen>> = {
  starting: 'starting',
  waiting_for_scan: 'qr',
  waiting_for_confirmation: 'confirming',
  processing_card: 'card',
}

/** @param state of the operation that holds the terminal; null when nothing does */
export function screenOf(state: AttemptStateKind | null, phase: Phase | null): Screen {
  switch (state) {
    case null:
      return 'idle'
    case 'reserved':
    case 'calling':
      return 'starting'
    case 'live':
    case 'stray':
      return phase === null ? 'starting' : BY_PHASE[phase]
    case 'unknown':
    case 'lost':
    case 'held':
      return 'unclear'
    case 'released':
    case 'refused':
    case 'succeeded':
    case 'failed':
    case 'abandoned':
      return 'idle'
  }
}
