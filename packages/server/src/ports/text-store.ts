// SMS on their way and what became of them. Number and text are sealed, and forgotten once it has ended.

import type { Moment } from '@byfly-pay/core'
import type { KeptTextSettings, TextFault } from './text-sender.ts'
import type { Transaction } from './transaction.ts'

export type TextState =
  | 'waiting'
  | 'sending'
  | 'accepted'
  | 'refused'
  /** Nobody can tell whether it was taken, so it is not sent again. */
  | 'unknown'
  /** No try reached the gateway. */
  | 'given_up'
  | 'expired'
  /** A newer code made it useless before it was sent. */
  | 'superseded'

export interface DueText {
  readonly id: string
  readonly to: string
  readonly text: string
  /** This one included. */
  readonly tries: number
  /** How long it is still of use. */
  readonly leftMs: number
}

/** What is kept of a try. */
export interface TextTrace {
  readonly provider: string
  readonly providerId: string | null
  readonly fault: TextFault | null
  readonly word: string | null
}

export interface TextRow {
  readonly id: string
  readonly kind: 'login_code' | 'alert' | 'payment_link'
  /** To whom; of a link, who sent it. */
  readonly adminId: number
  readonly maskedTo: string
  readonly state: TextState
  readonly tries: number
  readonly provider: string | null
  readonly providerId: string | null
  readonly fault: TextFault | null
  readonly word: string | null
  readonly createdAtMs: Moment
  readonly endedAtMs: Moment | null
}

export interface TextStore {
  /**
   * Writes a text to whoever of the active admins has the phone, and to nobody where none has. A code that
   * still waits for them is superseded.
   */
  addLoginCode(
    tx: Transaction,
    login: {
      readonly phone: string
      readonly maskedPhone: string
      readonly text: string
      readonly lifeMs: number
    },
  ): Promise<void>
  /** Writes a payment's link to a customer. */
  addLink(
    tx: Transaction,
    link: {
      readonly adminId: number
      readonly paymentId: string
      readonly phone: string
      readonly text: string
      readonly lifeMs: number
    },
  ): Promise<void>
  /** Takes texts to send. One that is not settled within a minute is `unknown`: it may have gone out. */
  claimDue(limit: number): Promise<DueText[]>
  /** Ends a text that this process was sending. */
  settle(
    id: string,
    state: 'accepted' | 'refused' | 'unknown' | 'given_up',
    trace: TextTrace,
  ): Promise<void>
  sendAgain(id: string, nextInMs: number, trace: TextTrace): Promise<void>
  /** Ends what was not sent in time, and what was left by a process that died. */
  closeOverdue(): Promise<void>
  /** As staff set the sending up; null where nobody has. */
  settings(): Promise<KeptTextSettings | null>
  keepSettings(tx: Transaction, settings: KeptTextSettings): Promise<void>
  /** The newest first, older than `beforeId` where that is given. */
  page(beforeId: string | null, limit: number): Promise<TextRow[]>
  /** The newest that had a fault. */
  lastFault(): Promise<TextRow | null>
  forgetOld(): Promise<void>
}
