// The rows of the payment road as memory keeps them, in core's words. What PostgreSQL keeps of the same
// things is read into the same shapes by `postgres-books.ts`, so that one set of invariants serves both.

import type {
  Attempt,
  Breaker,
  Capture,
  EventKind,
  Health,
  Moment,
  Payment,
  PaymentStatus,
  PostingSet,
  QuarantineReason,
  Refund,
  Route,
} from '@byfly-pay/core'
import type { Source } from '../../../packages/server/src/ports/account-store.ts'
import type { AuditLine } from '../../../packages/server/src/ports/audit-store.ts'
import type {
  KeyRequest,
  StoredReply,
} from '../../../packages/server/src/ports/idempotency-store.ts'
import type { HistoryLine, NewPayment } from '../../../packages/server/src/ports/payment-store.ts'
import type { Purpose } from '../../../packages/server/src/ports/pool-store.ts'
import type {
  LastingTrouble,
  NewTerminal,
  TakenOut,
} from '../../../packages/server/src/ports/terminal-store.ts'

/** A payment without its attempts, captures and refunds, which are rows of their own. */
export interface PaymentRow {
  readonly facts: Omit<Payment, 'attempts' | 'captures' | 'refunds'>
  readonly asked: NewPayment
  readonly status: PaymentStatus
  readonly statusDetail: string | null
  readonly version: number
  readonly createdAtMs: Moment
  readonly updatedAtMs: Moment
}

export interface AttemptRow {
  readonly attempt: Attempt
  readonly paymentId: string
  readonly device: string
  readonly createdAtMs: Moment
  readonly endedAtMs: Moment | null
  readonly liveAtMs: Moment | null
  readonly qrAtMs: Moment | null
}

export interface RefundRow {
  readonly refund: Refund
  readonly paymentId: string
  /** Of its newest try; null before there was one. */
  readonly device: string | null
  readonly createdAtMs: Moment
  readonly updatedAtMs: Moment
  readonly refundedAtMs: Moment | null
}

/** What the lease table of open attempts says; see `open_attempts` of the schema. */
export interface OpenRow {
  readonly purpose: Purpose
  /** The refund's id where it is one. */
  readonly attemptId: string
  readonly paymentId: string
  readonly terminalId: number
  readonly holdsTerminal: boolean
  readonly holdsPayment: boolean
  readonly state: Attempt['state']['kind'] | Refund['state']['kind']
  readonly device: string
  readonly processId: string | null
  readonly forgotten: boolean
  readonly sourceId: number
  readonly leaseOwner: string
  readonly leaseUntilMs: Moment
  readonly fence: bigint
}

export interface HistoryRow extends HistoryLine {
  readonly paymentId: string
  readonly version: number
}

export interface CaptureRow extends Capture {
  readonly paymentId: string
  readonly device: string
  readonly atMs: Moment
  /** Σ of its refunds requested, running, unknown or done. */
  readonly returningTiyn: bigint
}

export interface PostingRow extends PostingSet {
  readonly paymentId: string
}

export interface DeliveryRow {
  readonly id: string
  readonly paymentId: string
  readonly sourceId: number
  readonly event: EventKind
  readonly sequence: number
  readonly url: string
  readonly endpoint: string
  readonly body: string
  readonly state: 'held' | 'waiting' | 'delivered' | 'parked' | 'superseded'
  readonly tries: number
  readonly nextAtMs: Moment | null
  readonly lastHttpStatus: number | null
  readonly lastReason: string | null
  readonly createdAtMs: Moment
  readonly deliveredAtMs: Moment | null
}

export interface EndpointRow {
  readonly failingSinceMs: Moment | null
  readonly warnedAtMs: Moment | null
  readonly switchedOffAtMs: Moment | null
}

export interface KeyRow {
  readonly request: KeyRequest
  readonly effectId: string | null
  readonly reply: StoredReply | null
  readonly busyUntilMs: Moment
  readonly createdAtMs: Moment
}

export interface TicketRow {
  readonly paymentId: string
  readonly sourceId: number
  readonly terminalId: number | null
  readonly route: Route
  readonly enqueuedAtMs: Moment
  readonly turn: number
  readonly lastSeenAtMs: Moment
  readonly grantedUntilMs: Moment | null
}

export interface TerminalRow extends NewTerminal {
  readonly id: number
  readonly canStop: boolean | null
  readonly trouble: LastingTrouble | null
  readonly takenOut: TakenOut | null
  readonly quarantinedUntilMs: Moment | null
  readonly quarantineReason: QuarantineReason | null
  readonly needsProbe: boolean
  readonly offlineUntilMs: Moment | null
  readonly offlineSinceMs: Moment | null
  readonly lastReservedAtMs: Moment | null
  readonly lastSeenAtMs: Moment | null
  readonly createdAtMs: Moment
}

export interface HealthRow {
  readonly health: Health
  readonly timesMs: readonly number[]
  readonly breaker: Breaker
  /** When it came back last. */
  readonly returnedAtMs: Moment | null
}

export interface TaskRow {
  readonly kind: string
  readonly paymentId: string | null
  readonly attemptId: string | null
  readonly terminalId: number | null
  readonly openedAtMs: Moment
  readonly isOpen: boolean
}

export interface ReconciliationRow {
  readonly attemptId: string
  readonly paymentId: string
  readonly terminalId: number
}

export interface SourceRow extends Source {
  readonly webhookEvents: readonly string[]
  readonly sealedSecret: Buffer
}

export interface LeaseRow {
  readonly owner: string
  readonly untilMs: Moment
}

/** Every table by its name. */
export interface Rows {
  payments: PaymentRow
  attempts: AttemptRow
  refunds: RefundRow
  open_attempts: OpenRow
  payment_history: HistoryRow
  captures: CaptureRow
  postings: PostingRow
  deliveries: DeliveryRow
  webhook_endpoints: EndpointRow
  /** By the text itself. */
  qr_seen: { readonly attemptId: string }
  external_ids: { readonly paymentId: string }
  idempotency_keys: KeyRow
  queue_tickets: TicketRow
  terminals: TerminalRow
  terminal_health: HealthRow
  tasks: TaskRow
  reconciliation: ReconciliationRow
  sources: SourceRow
  leases: LeaseRow
  audit: AuditLine
}

export type TableName = keyof Rows
