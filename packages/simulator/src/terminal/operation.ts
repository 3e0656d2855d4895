// One operation of a terminal, from the start call to its final word: its shape and its phases. The
// transitions are the device's (device.ts); nothing here acts.
import type { StopTimer } from '../clock.ts'
import type { JournalEntry, OperationKind } from '../journal/journal.ts'

/** What the device is asked to do; `refundOf` is the sale that a refund gives back. */
export interface Order {
  readonly kind: OperationKind
  readonly amountTenge: number
  readonly ownCheque: boolean
  readonly refundOf: JournalEntry | null
}

export type Phase =
  | { readonly at: 'initialize' }
  | { readonly at: 'wait_user' }
  | { readonly at: 'wait_confirmation' }
  /** A card was put to the reader instead of a phone to the QR. */
  | { readonly at: 'card' }
  | { readonly at: 'pin' }
  | {
      readonly at: 'paid'
      readonly product: string
      readonly loanTerm: number
      readonly atMs: number
    }
  | { readonly at: 'failed'; readonly message: string; readonly atMs: number }
  | { readonly at: 'cancelled'; readonly atMs: number }

/**
 * How a success is told. It is fixed at the moment of success, so that asking twice gives the same
 * answer; the faults that lie about the money change this and never the operation.
 */
export interface SuccessReport {
  /** `chequeInfo.amount` as displayed; null leaves the field out. */
  readonly amountText: string | null
  readonly method: 'qr' | 'card'
  readonly product: string
  readonly loanTerm: number
  readonly transactionId: string
}

export interface Operation extends Order {
  readonly processId: string
  readonly transactionId: string
  readonly qr: string
  readonly startedAtMs: number
  phase: Phase
  report: SuccessReport | null
  /** While above zero the terminal says `unknown`: so many `/v2/actualize` calls reveal the truth. */
  actualizeCallsLeft: number
  /** A reboot wiped it from the terminal. A customer who had scanned can still pay it. */
  forgotten: boolean
  stopTimer: StopTimer
}

export function endedAtMs(operation: Operation): number | null {
  return 'atMs' in operation.phase ? operation.phase.atMs : null
}

/** A terminal takes no other operation while this holds, `unknown` included. */
export function holdsTerminal(operation: Operation): boolean {
  return endedAtMs(operation) === null || operation.actualizeCallsLeft > 0
}
