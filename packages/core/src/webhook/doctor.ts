// What the doctor of webhooks tries on a receiver, and what an answer says of it. It judges by status and
// time alone: what a receiver did inside, only its owner can see.

import { type AmountUnit, inUnit } from '../money.ts'
import { localTime, SECOND_MS, utcTime } from '../time.ts'

/** In the order in which they are sent; each later one means something only where `good` was taken. */
export const DOCTOR_CASES = ['good', 'duplicate', 'forged', 'late', 'unknown_event'] as const
export type DoctorCase = (typeof DOCTOR_CASES)[number]

/** Longer than this, and a busy day would bring timeouts (W4 gives 10 s). */
export const QUICK_ANSWER_MS = 3 * SECOND_MS
/** How old the late one says it is: twice what Standard Webhooks lets pass. */
export const LATE_BY_SECONDS = 600
/** An event that no release of the centre sends. */
export const UNKNOWN_EVENT = 'byfly_doctor'

export const VERDICTS = ['well', 'warning', 'bad', 'skipped'] as const
export type Verdict = (typeof VERDICTS)[number]

export const DOCTOR_FINDINGS = [
  'taken',
  'taken_slowly',
  'not_taken',
  'no_answer',
  'duplicate_taken',
  'duplicate_refused',
  'forgery_refused',
  'forgery_taken',
  'late_refused',
  'late_taken',
  'broke_down',
  'unknown_taken',
  'unknown_refused',
  'not_tried',
] as const
export type DoctorFinding = (typeof DOCTOR_FINDINGS)[number]

export interface Diagnosis {
  readonly verdict: Verdict
  readonly finding: DoctorFinding
}

export interface Seen {
  /** Null when there was no answer in time. */
  readonly httpStatus: number | null
  readonly tookMs: number
}

export const NOT_TRIED: Diagnosis = { verdict: 'skipped', finding: 'not_tried' }

export function diagnose(doctorCase: DoctorCase, { httpStatus, tookMs }: Seen): Diagnosis {
  if (httpStatus === null) return { verdict: 'bad', finding: 'no_answer' }
  const isTaken = httpStatus >= 200 && httpStatus < 300
  switch (doctorCase) {
    case 'good':
      if (!isTaken) return { verdict: 'bad', finding: 'not_taken' }
      return tookMs > QUICK_ANSWER_MS
        ? { verdict: 'warning', finding: 'taken_slowly' }
        : { verdict: 'well', finding: 'taken' }
    case 'duplicate':
      return isTaken
        ? { verdict: 'well', finding: 'duplicate_taken' }
        : { verdict: 'bad', finding: 'duplicate_refused' }
    case 'forged':
      if (isTaken) return { verdict: 'bad', finding: 'forgery_taken' }
      return refusedBy(httpStatus, 'forgery_refused')
    case 'late':
      // The documented header carries no time, so its verifiers cannot tell: no fault, but a weakness.
      if (isTaken) return { verdict: 'warning', finding: 'late_taken' }
      return refusedBy(httpStatus, 'late_refused')
    case 'unknown_event':
      return isTaken
        ? { verdict: 'well', finding: 'unknown_taken' }
        : { verdict: 'bad', finding: 'unknown_refused' }
  }
}

/** A receiver that breaks down did not take it either, but nobody knows how far it came. */
function refusedBy(httpStatus: number, finding: DoctorFinding): Diagnosis {
  return httpStatus >= 400 && httpStatus < 500
    ? { verdict: 'well', finding }
    : { verdict: 'warning', finding: 'broke_down' }
}

export function worstOf(verdicts: readonly Verdict[]): Verdict {
  const order: readonly Verdict[] = ['bad', 'warning', 'well', 'skipped']
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'skipped'
}

export interface TestEvent {
  /** Of no payment: drawn for this one event. */
  readonly transactionId: string
  readonly event: 'paid' | typeof UNKNOWN_EVENT
  readonly unit: AmountUnit
  readonly zone: string
  readonly atMs: number
}

/** 10 000 tenge by Gold. */
const ORIGINAL_TIYN = 1_000_000n
const COMMISSION_TIYN = 10_000n

/**
 * A body of the shape of every webhook (W2) with `test: true` at its end. It names no order and no payment
 * that exists, so that a receiver which does not know the mark finds nothing to change.
 */
export function testWebhookBody({ atMs, event, transactionId, unit, zone }: TestEvent): string {
  const sum = (tiyn: bigint) => inUnit(tiyn, unit)
  return JSON.stringify({
    transaction_id: transactionId,
    status: 'paid',
    amount: sum(ORIGINAL_TIYN + COMMISSION_TIYN),
    paid_amount: sum(ORIGINAL_TIYN + COMMISSION_TIYN),
    currency: 'KZT',
    description: 'Проверка приёмника вебхуков',
    metadata: {},
    paid_at: localTime(atMs, zone),
    event,
    sequence: 1,
    external_id: null,
    original_amount: sum(ORIGINAL_TIYN),
    commission_amount: sum(COMMISSION_TIYN),
    commission_percent: 1,
    remaining_amount: 0,
    credited_amount: sum(ORIGINAL_TIYN),
    remaining_credit: 0,
    overpaid_amount: 0,
    refunded_amount: 0,
    refund_status: null,
    late: false,
    status_detail: null,
    cancel_reason: null,
    failure_reason: null,
    paid_at_utc: utcTime(atMs),
    test: true,
  })
}
