// One payment of a list as columns and back: what a payment is, with the names of what it is tied to.

import type { Scope } from '@byfly-pay/core'
import { sql } from 'kysely'
import type { LedgerLine } from '../ports/payment-ledger.ts'
import { PAYMENT_COLUMNS, type PaymentRow, paymentViewOf } from './payment-rows.ts'
import { rowsOfSql } from './query-builder.ts'
import { paymentsIn, terminalsIn } from './scope.ts'
import type { Session } from './session.ts'

/** A payment that is to be shown, and the sorted column as a cursor carries it. */
export interface Found {
  readonly id: string
  readonly place: bigint | null
}

export interface LedgerRow extends PaymentRow {
  /** The sorted column as a cursor carries it. */
  readonly place: bigint | null
  readonly source_name: string
  readonly customer_phone: string | null
  readonly customer_email: string | null
  readonly customer_name: string | null
  readonly customer_forgotten_at: number | null
  readonly order_name: string | null
  readonly method_name: string | null
  readonly used_methods: readonly string[]
  readonly provider_transaction_ids: readonly string[]
  readonly terminal_id: number | null
  readonly terminal_name: string | null
  readonly last_refund_at: number | null
  readonly has_task: boolean
}

/**
 * The rows of `found` that are in the scope, in its order. Their ids are said twice: joined alone they leave the
 * planner to guess at their partitions, and of few years it would rather read all payments whole.
 */
export function readRows(
  session: Session,
  scope: Scope,
  found: readonly Found[],
): Promise<LedgerRow[]> {
  const ids = found.map(({ id }) => id)
  const places = found.map(({ place }) => place)
  const rows = sql`
    SELECT ${sql.raw(PAYMENT_COLUMNS)}, page.place, s.name AS source_name,
      p.customer_phone, p.customer_email, p.customer_name, p.customer_forgotten_at,
      order_of(p.metadata) AS order_name,
      m.name AS method_name, money.used_methods, money.provider_transaction_ids,
      t.id AS terminal_id, t.name AS terminal_name,
      CASE WHEN p.refunded_tiyn > 0
        THEN (SELECT max(r.refunded_at) FROM refunds r WHERE r.payment_id = p.id)
      END AS last_refund_at,
      EXISTS (
        SELECT FROM tasks WHERE tasks.payment_id = p.id AND tasks.closed_at IS NULL) AS has_task
    FROM unnest(${ids}::uuid[], ${places}::bigint[]) WITH ORDINALITY AS page (id, place, line)
    JOIN payments p ON p.id = page.id AND p.id = ANY(${ids}::uuid[]) AND ${paymentsIn(scope)}
    JOIN sources s ON s.id = p.source_id
    LEFT JOIN payment_methods m ON m.code = p.chosen_method
    CROSS JOIN LATERAL (
      SELECT
        coalesce(array_agg(DISTINCT c.used_method) FILTER (WHERE c.used_method IS NOT NULL), '{}')
          AS used_methods,
        coalesce(array_agg(c.provider_transaction_id ORDER BY c.at)
          FILTER (WHERE c.provider_transaction_id IS NOT NULL), '{}') AS provider_transaction_ids
      FROM captures c WHERE c.payment_id = p.id
    ) AS money
    LEFT JOIN terminals t ON t.id = p.terminal_id AND ${terminalsIn(scope)}
    ORDER BY page.line`
  return rowsOfSql<LedgerRow>(session, rows, 'kept')
}

export function lineOf(row: LedgerRow): LedgerLine {
  return {
    ...paymentViewOf(row),
    countryIso: row.country_iso,
    source: { id: row.source_id, name: row.source_name },
    customerForgottenAtMs: row.customer_forgotten_at,
    customer: {
      phone: row.customer_phone,
      email: row.customer_email,
      name: row.customer_name,
    },
    order: row.order_name,
    chosenMethodName: row.method_name,
    usedMethods: row.used_methods,
    providerTransactionIds: row.provider_transaction_ids,
    terminal: thingOf(row.terminal_id, row.terminal_name),
    lastRefundAtMs: row.last_refund_at,
    hasTask: row.has_task,
  }
}

export function thingOf(id: number | null, name: string | null) {
  return id === null || name === null ? null : { id, name }
}
