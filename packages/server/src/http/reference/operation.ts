// What people are told about one route beside its schemas: words, and which refusals it can give.

import type { ErrorCode } from '@byfly-pay/contract'
import type { Tag } from './tags.ts'

export interface Operation {
  readonly operationId: string
  readonly tag: Tag
  readonly summary: string
  /** Markdown. */
  readonly description: string
  /** Whose token is asked for. */
  readonly token: 'source' | 'staff' | null
  /** Whether an `Idempotency-Key` makes its repetition safe (T9). */
  readonly isKeyed?: boolean
  /** Whether it answers with Server-Sent Events (S11). */
  readonly isStream?: boolean
  /** Beside those that the right of a route and its schemas tell already: staff-access.ts. */
  readonly refusals: readonly ErrorCode[]
  /** The examples in docs/examples that show it, by file name without its ending. */
  readonly examples?: readonly string[]
  /** A success that is no JSON of a schema, in any of these forms. */
  readonly plainAnswer?: {
    readonly mediaTypes: readonly string[]
    readonly description: string
    readonly example?: unknown
  }
}

/** Keys are the method and the path as the reference shows it. */
export type Operations = Readonly<Record<string, Operation>>

/** An operation of the administration, whose right tells most of its refusals: staff-access.ts. */
export interface StaffOperation
  extends Pick<
    Operation,
    'operationId' | 'summary' | 'description' | 'isKeyed' | 'isStream' | 'examples' | 'plainAnswer'
  > {
  readonly refusals?: readonly ErrorCode[]
}

export function ofStaff(
  tag: Tag,
  operations: Readonly<Record<string, StaffOperation>>,
): Operations {
  return Object.fromEntries(
    Object.entries(operations).map(([key, { refusals = [], ...operation }]) => [
      key,
      { ...operation, tag, token: 'staff', refusals },
    ]),
  )
}

/** Any route can meet these. */
export const ALWAYS: readonly ErrorCode[] = ['broken_request', 'database_unavailable', 'internal']

export const OF_TOKEN: readonly ErrorCode[] = [
  'unauthorized',
  'source_disabled',
  'address_not_allowed',
]

/** What a body can be refused for before its fields are looked at. */
export const OF_BODY: readonly ErrorCode[] = [
  'validation',
  'broken_json',
  'duplicate_key',
  'forbidden_key',
  'too_complex',
  'too_large',
  'wrong_content_type',
  'wrong_content_encoding',
]

export const OF_KEY: readonly ErrorCode[] = ['idempotency_mismatch', 'idempotency_in_progress']

/** What a start can be refused for by anybody, source or customer. */
export const OF_START: readonly ErrorCode[] = [
  'payment_method_required',
  'unknown_method',
  'already_paid',
  'cancelled',
  'expired',
  'currency_not_supported',
  'amount_too_small',
  'amount_too_large',
  'too_many_attempts',
  'attempt_in_progress',
  'refund_in_progress',
  'limit_reached',
  'taking_money_is_off',
  'terminals_busy',
  'terminals_unavailable',
  'qr_not_ready',
]
