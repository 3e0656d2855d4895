// Everything that can happen in the world, as data: what, how long after the last one, and the dice that
// all its details are thrown with. Leaving an event out changes nothing of the others, which is what makes
// a failing history shrink.

import type { Chance } from '../time/chance.ts'

/** How often each happens; a share of the sum. */
export const WEIGHTS = {
  // People
  create: 8,
  start: 16,
  start_again: 6,
  start_other_method: 3,
  start_part: 3,
  start_in_person: 4,
  repeat_key: 5,
  cancel: 5,
  passer_by: 6,
  refund: 4,
  refund_start: 2,
  // Devices
  fault_at_start: 7,
  fault_at_question: 6,
  reboot: 3,
  unsure: 3,
  no_internet: 1,
  cut_line: 2,
  sale_oddity: 6,
  key_sale: 2,
  camera: 3,
  stale_qr: 3,
  // Receivers
  receiver: 4,
  // Processes
  crash: 4,
  crash_soon: 6,
  stop: 3,
  stop_soon: 5,
  new_instance: 3,
  // The database
  commit_fault: 4,
  statement_lost: 3,
  database_away: 2,
  // Operators
  resolve_attempt: 3,
  resolve_quarantine: 2,
  refund_by_staff: 3,
  refund_judge: 3,
  refund_cancel: 2,
  refund_resolve: 2,
  take_out: 1,
  bring_back: 2,
  // Time alone
  wait: 6,
  wait_long: 3,
} as const

export type EventKind = keyof typeof WEIGHTS

/** Some histories are mostly about money on its way back, which elsewhere has mostly not come yet. */
const WEIGHTS_OF_REFUNDS: Readonly<Record<EventKind, number>> = {
  ...WEIGHTS,
  start: 10,
  fault_at_start: 25,
  wait: 10,
  refund: 20,
  refund_start: 14,
  refund_by_staff: 14,
  refund_judge: 5,
  refund_cancel: 4,
  refund_resolve: 4,
}
const SHARE_OF_REFUNDS = 0.4

export interface Event {
  readonly kind: EventKind
  readonly afterMs: number
  readonly dice: number
}

export function drawEvents(chance: Chance, count: number): Event[] {
  const events: Event[] = []
  const isOfRefunds = chance.isLucky(SHARE_OF_REFUNDS)
  const weights = isOfRefunds ? WEIGHTS_OF_REFUNDS : WEIGHTS
  while (events.length < count) {
    // Nothing can happen to money before somebody has begun to pay.
    const beginning: readonly EventKind[] = isOfRefunds
      ? ['create', 'start', 'wait', 'create', 'start', 'wait', 'refund']
      : ['create', 'start']
    const kind = beginning[events.length] ?? chance.weighted<EventKind>(weights)
    events.push({ kind, afterMs: pauseBefore(chance), dice: chance.between(0, 2 ** 31) })
  }
  return events
}

/** Mostly close together, so that things happen beside each other. */
function pauseBefore(chance: Chance): number {
  return chance.isLucky(0.5) ? chance.between(0, 400) : chance.between(400, 15_000)
}
