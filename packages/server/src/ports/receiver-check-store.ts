// What the doctor of webhooks found, run by run. It knows of no payment and no delivery.

import type { Diagnosis, DoctorCase, Moment } from '@byfly-pay/core'
import type { Transaction } from './transaction.ts'

export interface CheckedCase extends Diagnosis {
  readonly case: DoctorCase
  /** Null when it was not tried. */
  readonly sent: {
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
    readonly atMs: Moment
  } | null
  readonly httpStatus: number | null
  /** Why there was no answer, in the sender's word. */
  readonly reason: string | null
  readonly answer: string | null
  readonly tookMs: number | null
}

export interface ReceiverCheck {
  readonly id: string
  readonly sourceId: number
  readonly endpoint: string
  readonly askedBy: string
  readonly startedAtMs: Moment
  /** Null while it runs, or for ever when its process was killed. */
  readonly finishedAtMs: Moment | null
  readonly cases: readonly CheckedCase[]
}

export interface ReceiverCheckStore {
  /** When those of the last `withinMs` began, the newest first, and whether each has ended. */
  recent(
    tx: Transaction,
    sourceId: number,
    withinMs: number,
  ): Promise<{ readonly agoMs: number; readonly hasEnded: boolean }[]>
  begin(
    tx: Transaction,
    check: Pick<ReceiverCheck, 'sourceId' | 'endpoint' | 'askedBy'>,
  ): Promise<string>
  /** All that is known so far; `isOver` ends it. */
  save(id: string, cases: readonly CheckedCase[], isOver: boolean): Promise<void>
  /** The newest first. */
  list(sourceId: number, limit: number): Promise<ReceiverCheck[]>
  forgetOld(): Promise<void>
}
