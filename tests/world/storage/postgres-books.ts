// The books as PostgreSQL has them, by plain questions beside the storage's own: what is checked is what is
// written, not what the storage says of it.

import type { Payment, PaymentStatus } from '@byfly-pay/core'
import type pg from 'pg'
import type { LockedPayment } from '../../../packages/server/src/ports/payment-store.ts'
import type { Storage } from '../../../packages/server/src/ports/storage.ts'
import { typeParsers } from '../../../packages/server/src/storage/type-parsers.ts'
import type { BookedPayment, Books } from './books.ts'
import type {
  AttemptRow,
  CaptureRow,
  DeliveryRow,
  HistoryRow,
  OpenRow,
  PostingRow,
  ReconciliationRow,
  RefundRow,
  TaskRow,
} from './rows.ts'

interface PaymentColumns {
  readonly id: string
  readonly source_id: number
  readonly external_id: string | null
  readonly status: PaymentStatus
  readonly status_detail: string | null
  readonly version: number
  readonly created_at: number
  readonly updated_at: number
}

interface AttemptColumns {
  readonly id: string
  readonly device: string
  readonly created_at: number
  readonly ended_at: number | null
  readonly live_at: number | null
  readonly qr_at: number | null
}

interface RefundColumns {
  readonly id: string
  readonly device: string | null
  readonly created_at: number
  readonly updated_at: number
  readonly refunded_at: number | null
}

/** Payments as they were read last: whole ones cost most, and few have changed since. */
export type Known = Map<string, { readonly version: number; readonly locked: LockedPayment }>

export async function postgresBooks(
  pool: pg.Pool,
  { payments }: Storage,
  nowMs: number,
  known: Known,
): Promise<Books> {
  const told = await askAll(pool)
  const whole = await Promise.all(
    told.payments.map(async ({ id, version }) => {
      const before = known.get(id)
      if (before?.version === version) return before.locked
      const locked = await payments.peek(id)
      if (locked !== null) known.set(id, { version, locked })
      return locked
    }),
  )
  return {
    nowMs,
    payments: told.payments.flatMap((row, index) => {
      const payment = whole[index]?.payment
      return payment === undefined ? [] : [bookedOf(row, payment)]
    }),
    attempts: whole
      .flatMap((locked) => attemptsOf(locked, told.attempts))
      .sort((a, b) => (a.attempt.id < b.attempt.id ? -1 : 1)),
    refunds: whole
      .flatMap((locked) => refundsOf(locked, told.refunds))
      .sort((a, b) => (a.refund.id < b.refund.id ? -1 : 1)),
    open: told.open,
    history: told.history,
    captures: told.captures,
    postings: postingsOf(told.postings),
    deliveries: told.deliveries,
    tasks: told.tasks,
    reconciliation: told.reconciliation,
    audit: told.audit,
  }
}

/** Each prepared once: planning a question over all partitions costs more than its answer. */
async function askAll(pool: pg.Pool) {
  const answers = await Promise.all(
    Object.entries(QUESTIONS).map(async ([name, text]) => {
      const { rows } = await pool.query({ name: `books_${name}`, text, types: typeParsers })
      return [name, rows] as const
    }),
  )
  return Object.fromEntries(answers) as unknown as Answers
}

interface Answers {
  readonly payments: PaymentColumns[]
  readonly attempts: AttemptColumns[]
  readonly refunds: RefundColumns[]
  readonly open: OpenRow[]
  readonly history: HistoryRow[]
  readonly captures: CaptureRow[]
  readonly postings: PostingColumns[]
  readonly deliveries: DeliveryRow[]
  readonly tasks: TaskRow[]
  readonly reconciliation: ReconciliationRow[]
  readonly audit: Books['audit'][number][]
}

function bookedOf(row: PaymentColumns, payment: Payment): BookedPayment {
  const { attempts: _, captures: __, refunds: ___, ...facts } = payment
  return {
    facts,
    sourceId: row.source_id,
    externalId: row.external_id,
    status: row.status,
    statusDetail: row.status_detail,
    version: row.version,
    createdAtMs: row.created_at,
    updatedAtMs: row.updated_at,
  }
}

function attemptsOf(locked: LockedPayment | null, told: readonly AttemptColumns[]): AttemptRow[] {
  return (locked?.payment.attempts ?? []).flatMap((attempt) => {
    const row = told.find(({ id }) => id === attempt.id)
    if (locked === null || row === undefined) return []
    return [
      {
        attempt,
        paymentId: locked.payment.id,
        device: row.device,
        createdAtMs: row.created_at,
        endedAtMs: row.ended_at,
        liveAtMs: row.live_at,
        qrAtMs: row.qr_at,
      },
    ]
  })
}

function refundsOf(locked: LockedPayment | null, told: readonly RefundColumns[]): RefundRow[] {
  return (locked?.payment.refunds ?? []).flatMap((refund) => {
    const row = told.find(({ id }) => id === refund.id)
    if (locked === null || row === undefined) return []
    return [
      {
        refund,
        paymentId: locked.payment.id,
        device: row.device,
        createdAtMs: row.created_at,
        updatedAtMs: row.updated_at,
        refundedAtMs: row.refunded_at,
      },
    ]
  })
}

const QUESTIONS: Readonly<Record<keyof Answers, string>> = {
  payments: `
    SELECT id, source_id, external_id, status, status_detail, version, created_at, updated_at
    FROM payments ORDER BY id`,
  attempts: 'SELECT id, device, created_at, ended_at, live_at, qr_at FROM attempts',
  refunds: 'SELECT id, device, created_at, updated_at, refunded_at FROM refunds',
  open: `
    SELECT attempt_id AS "attemptId", payment_id AS "paymentId", terminal_id AS "terminalId",
      holds_terminal AS "holdsTerminal", holds_payment AS "holdsPayment", state, device,
      process_id AS "processId", forgotten, source_id AS "sourceId", lease_owner AS "leaseOwner",
      lease_until AS "leaseUntilMs", fence, purpose
    FROM open_attempts`,
  history: `
    SELECT payment_id AS "paymentId", version, at AS "atMs", what, attempt_id AS "attemptId",
      status_before AS "statusBefore", status_after AS "statusAfter", detail, facts
    FROM payment_history ORDER BY payment_id, version`,
  captures: `
    SELECT attempt_id AS "attemptId", payment_id AS "paymentId", terminal_id AS "terminalId", device,
      kind AS "moneyKind", provider_transaction_id AS "providerTransactionId",
      gross_tiyn AS "grossTiyn", credit_tiyn AS "creditTiyn", overpaid_tiyn AS "overpaidTiyn",
      used_method AS "usedMethod", product_word AS "productWord", rate_bp AS "rateBp", late,
      returning_tiyn AS "returningTiyn",
      at AS "atMs", returning_tiyn AS "returningTiyn"
    FROM captures ORDER BY at`,
  postings: 'SELECT set_id, set_kind, payment_id, account, tiyn FROM postings',
  deliveries: `
    SELECT id, payment_id AS "paymentId", source_id AS "sourceId", event, sequence, url, endpoint,
      body, state, tries, next_at AS "nextAtMs", last_http_status AS "lastHttpStatus",
      last_reason AS "lastReason", created_at AS "createdAtMs", delivered_at AS "deliveredAtMs"
    FROM deliveries`,
  tasks: `
    SELECT kind, payment_id AS "paymentId", attempt_id AS "attemptId", terminal_id AS "terminalId",
      opened_at AS "openedAtMs", closed_at IS NULL AS "isOpen"
    FROM tasks`,
  reconciliation: `
    SELECT attempt_id AS "attemptId", payment_id AS "paymentId", terminal_id AS "terminalId"
    FROM reconciliation`,
  audit: 'SELECT action FROM audit_log ORDER BY seq',
}

interface PostingColumns {
  readonly set_id: string
  readonly set_kind: PostingRow['kind']
  readonly payment_id: string
  readonly account: PostingRow['postings'][number]['account']
  readonly tiyn: bigint
}

function postingsOf(lines: readonly PostingColumns[]): PostingRow[] {
  const sets = Map.groupBy(lines, ({ set_id }) => set_id)
  return [...sets.values()].flatMap((set): PostingRow[] => {
    const [first] = set
    if (first === undefined) return []
    const postings = set.map(({ account, tiyn }) => ({ account, tiyn }))
    return [{ kind: first.set_kind, paymentId: first.payment_id, postings }]
  })
}
