// What a decision leaves behind. Everything that must follow is a row that is written in the same
// transaction as the state; nothing here is a call.

import type { PostingSet } from '../postings.ts'
import { type MoneyKind, PHASES, type Phase } from '../provider/observation.ts'
import type { Rejection } from '../rejection.ts'
import type { Attempt } from './attempt.ts'
import type { EventKind, Payment, PaymentStatus } from './state.ts'
import type { StatusDetail } from './status.ts'

/** Money that a terminal took, as it is booked. */
export interface Capture {
  readonly attemptId: string
  readonly terminalId: number
  readonly moneyKind: MoneyKind
  readonly providerTransactionId: string | null
  readonly grossTiyn: bigint
  readonly creditTiyn: bigint
  readonly overpaidTiyn: bigint
  /** Method whose rate was used, null for a word that nobody knows. */
  readonly usedMethod: string | null
  readonly productWord: string
  readonly rateBp: number
  readonly late: boolean
}

export type TaskKind =
  | 'late_money'
  | 'overpaid'
  | 'unknown_product'
  | 'sum_differs'
  | 'settle_by_hand'
  | 'refund_due'
  | 'start_lost'
  | 'result_unknown'
  | 'partially_paid_idle'
  /** A refund waits for a second person. */
  | 'refund_approval'
  /** Nobody can tell whether a refund went through. */
  | 'refund_unclear'

/** Why a terminal is kept out of the pool after the attempt left it. */
export type QuarantineReason = 'start_lost' | 'terminal_busy'

export type Effect =
  | { readonly kind: 'captured'; readonly capture: Capture }
  | { readonly kind: 'posted'; readonly set: PostingSet }
  /** Tell the source; a held event waits for the last attempt's final word (S4). */
  | {
      readonly kind: 'event'
      readonly event: EventKind
      readonly sequence: number
      readonly held: boolean
    }
  | { readonly kind: 'held_events'; readonly verdict: 'send' | 'supersede' }
  | {
      readonly kind: 'quarantine'
      readonly terminalId: number
      readonly reason: QuarantineReason
      /** Its time was sat out on the terminal: nothing is left but the probe. */
      readonly isServed?: true
    }
  | { readonly kind: 'task'; readonly task: TaskKind; readonly attemptId: string | null }
  /** Open tasks of the payment that there is nothing left to do about. */
  | { readonly kind: 'tasks_done'; readonly tasks: readonly TaskKind[] }
  /** A difference between the books and a device that stays listed until it is explained (I4). */
  | { readonly kind: 'reconcile'; readonly attemptId: string; readonly terminalId: number }

const STEPS = [
  'created',
  'terminal_reserved',
  'start_called',
  'start_accepted',
  'start_refused',
  'start_lost',
  'start_learned_late',
  'terminal_released',
  'attempt_abandoned',
  'qr_read',
  'stop_requested',
  'stop_withdrawn',
  'result_unknown',
  'process_forgotten',
  'attempt_failed',
  'held_for_operator',
  'captured',
  'cancelled',
  'expired',
  'refund_requested',
  'refund_approved',
  'refund_declined',
  'refund_cancelled',
  'refund_reserved',
  'refund_called',
  'refund_accepted',
  'refund_refused',
  'refund_start_lost',
  'refund_learned_late',
  'refund_released',
  'refund_qr_read',
  'refund_waiting',
  'refund_stop_requested',
  'refund_unknown',
  'refund_process_forgotten',
  'refund_ran_out',
  'refund_failed',
  'refund_held',
  'refunded',
  'brought_over',
  'former_status',
] as const

/** Everything that a line of the history may tell of; an operation's phase is told by its own name. */
export type HistoryWhat = (typeof STEPS)[number] | Phase

export const HISTORY_WHATS: readonly HistoryWhat[] = [...STEPS, ...PHASES]

/** One line of the payment's history (I10). */
export interface HistoryEntry {
  readonly what: HistoryWhat
  readonly attemptId: string | null
  readonly statusBefore: PaymentStatus
  readonly statusAfter: PaymentStatus
  readonly detail: StatusDetail | null
  readonly facts: Readonly<Record<string, string | number | boolean | null>>
}

export interface Applied {
  readonly kind: 'applied'
  readonly payment: Payment
  /** The attempt that the input was about or opened, after it. */
  readonly attempt: Attempt | null
  readonly history: HistoryEntry
  readonly effects: readonly Effect[]
}

/** The same thing was said before, or nothing changed: nothing is written. */
export interface Unchanged {
  readonly kind: 'unchanged'
  readonly payment: Payment
  readonly attempt: Attempt | null
}

export type Decision = Applied | Unchanged | Rejection
