// What the wall of terminals shows beside what is entered of them: what each is at work on, what its camera saw,
// who waits.

import type { AttemptStateKind, Moment, Phase, Scope } from '@byfly-pay/core'
import type { Purpose, QueueSight } from './pool-store.ts'
import type { QrReading } from './provider.ts'

/** What a terminal is at work on, for who may see that payment. */
export interface Work {
  readonly paymentId: string
  readonly purpose: Purpose
  readonly amountTiyn: bigint
  readonly currency: string
  readonly sinceMs: Moment
}

export interface WallSight {
  readonly terminalId: number
  readonly state: AttemptStateKind | null
  readonly phase: Phase | null
  readonly isQrRead: boolean
  /** Null when it is idle, and for who may not see the payment. */
  readonly work: Work | null
  /** The last look through its camera; null before the first. */
  readonly camera: CameraSight | null
  readonly nowMs: Moment
}

export interface CameraSight {
  readonly outcome: QrReading['kind']
  readonly lookedAtMs: Moment
  /** When the last picture was taken; null without one that the viewer may see. */
  readonly seenAtMs: Moment | null
}

export interface WallStore {
  /** One for each terminal of the scope. */
  sights(scope: Scope): Promise<WallSight[]>
  /** The pool of a payment system as it is, without a lock: to be told, never to be decided on. */
  pool(system: string): Promise<QueueSight>
}
