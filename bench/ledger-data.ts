// Payments for the measurements of lists, exports and size, made by SQL: sources, customers, orders, attempts,
// captures and a few open tasks, spread evenly over whole days. Never for a real database.

import { DAY_MS } from '@byfly-pay/core'
import type pg from 'pg'

export const SOURCES = 20
export const TERMINALS = 60

/** The n-th of `payments`, from 0, is as far into the days as it is into the payments. */
export interface Ledger {
  readonly payments: number
  readonly days: number
  readonly untilMs: number
}

/** One row of every kind for each `n`; what is not paid is expired, declined, part paid or pending. */
const PAYMENTS = `
  INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn, status,
    cancel_reason, failure_reason, description, customer_phone, customer_email, customer_name, metadata,
    external_id, chosen_method, chosen_mode, chosen_rate_bp, chosen_step_tiyn, terminal_id, used_method,
    paid_tiyn, credited_tiyn, overpaid_tiyn, paid_at, late, created_at, expires_at, updated_at)
  SELECT uuid7_at(at), 1 + n % ${SOURCES}, CASE WHEN n % 50 = 7 THEN 'UZ' ELSE 'KZ' END, 'KZT', original,
    100, status, CASE WHEN status = 'cancelled' THEN 'expired' END,
    CASE WHEN status = 'failed' THEN 'declined' END, 'Тур № ' || n,
    '+77' || lpad((n * 7919::bigint % 1000000000)::text, 9, '0'),
    'customer' || n % 400000 || '@example.kz',
    (ARRAY['Айгуль', 'Ерлан', 'Мария', 'Данияр', 'Асель'])[1 + n % 5] || ' ' || n % 30000,
    json_build_object('order_id', 'T-' || n, 'seats', n % 4), 'ext-' || n,
    method, CASE WHEN is_chosen THEN 'markup' END, CASE WHEN is_chosen THEN 100 END,
    CASE WHEN is_chosen THEN 100 END, CASE WHEN is_chosen THEN 1 + n / ${SOURCES} % ${TERMINALS} END,
    CASE WHEN status IN ('paid', 'partially_paid') THEN method END,
    CASE status WHEN 'paid' THEN original + original / 100 WHEN 'partially_paid' THEN original / 2
      ELSE 0 END + overpaid,
    CASE status WHEN 'paid' THEN original WHEN 'partially_paid' THEN original / 2 ELSE 0 END,
    overpaid, CASE WHEN status = 'paid' THEN at + interval '2 minutes' END, n % 997 = 5, at,
    at + interval '1 hour', at
  FROM (
    SELECT n, at, original, status, is_chosen,
      CASE WHEN is_chosen
        THEN (ARRAY['kaspi_gold', 'kaspi_red', 'kaspi_installment_12'])[1 + n % 3] END AS method,
      CASE WHEN status = 'paid' AND n % 500 = 3 THEN 50000 ELSE 0 END AS overpaid
    FROM (
      SELECT n, at, original, status, status NOT IN ('pending', 'cancelled') AS is_chosen
      FROM (
        SELECT n, to_timestamp(($5::bigint - ($2::bigint - n) * $4::bigint / $2) / 1000.0) AS at,
          100000 + n * 104729::bigint % 90000000 AS original,
          CASE WHEN n % 100 < 70 THEN 'paid' WHEN n % 100 < 92 THEN 'cancelled'
            WHEN n % 100 < 97 THEN 'failed' WHEN n % 100 < 98 THEN 'partially_paid'
            ELSE 'pending' END AS status
        FROM generate_series($1::integer, $1 + $3::integer - 1) AS n
      ) AS drawn
    ) AS chosen
  ) AS row`

/** Both ends of a range of payments are named: without them every partition would be looked into. */
const IN_RANGE = `p.id >= uuid7_floor($1::timestamptz) AND p.id < uuid7_floor($2::timestamptz)`

/** Of the payments created from $1 until before $2. */
const OF_PAYMENTS = [
  `INSERT INTO external_ids SELECT source_id, external_id, id FROM payments p WHERE ${IN_RANGE}`,
  `INSERT INTO attempts (id, payment_id, terminal_id, device, presence, state, process_id, method, mode,
     rate_bp, step_tiyn, charge_tiyn, original_tiyn, rates, created_at, updated_at, ended_at)
   SELECT uuid7_at(created_at + interval '5 seconds'), id, terminal_id, 't' || terminal_id, 'remote',
     CASE WHEN paid_tiyn > 0 THEN 'succeeded' ELSE 'failed' END, 'p', chosen_method,
     'markup', 100, 100, original_tiyn + original_tiyn / 100, original_tiyn, '{}', created_at, created_at,
     created_at
   FROM payments p WHERE chosen_method IS NOT NULL AND ${IN_RANGE}`,
  `INSERT INTO captures (attempt_id, payment_id, source_id, terminal_id, device, kind,
     provider_transaction_id, gross_tiyn, credit_tiyn, overpaid_tiyn, used_method, product_word, rate_bp,
     late, at)
   SELECT a.id, p.id, p.source_id, a.terminal_id, a.device, 'qr',
     (3000000000 + substr(p.external_id, 5)::bigint)::text, p.paid_tiyn, p.credited_tiyn,
     p.overpaid_tiyn, a.method, 'Gold', 100, p.late, p.created_at + interval '2 minutes'
   FROM payments p JOIN attempts a ON a.payment_id = p.id
   WHERE p.paid_tiyn > 0 AND ${IN_RANGE} AND a.id >= uuid7_floor($1::timestamptz)
     AND a.id < uuid7_floor($2::timestamptz + interval '1 minute')`,
]

const TASKS = `
  INSERT INTO tasks (kind, payment_id, source_id, opened_at)
  SELECT 'overpaid', id, source_id, created_at FROM payments
  WHERE overpaid_tiyn > 0 ORDER BY id DESC LIMIT 300`

const BATCH = 50_000

/** An empty ledger with its months, sources and terminals. */
export async function openLedger(client: pg.Client, { days, untilMs }: Ledger): Promise<void> {
  const months = Math.ceil(days / 30) + 2
  await client.query(
    `SELECT ensure_partitions(($1::timestamptz AT TIME ZONE 'UTC')::date, $2::integer)`,
    [new Date(untilMs - (days + 1) * DAY_MS), months],
  )
  await client.query(
    `INSERT INTO sources (name, type, country_iso)
     SELECT 'Источник ' || n, 'website', 'KZ' FROM generate_series(1, ${SOURCES}) AS n`,
  )
  await client.query(
    `INSERT INTO terminals (name, ip_address, scheme, host, port)
     SELECT 'Касса ' || n, '10.0.0.1', 'http', '10.0.0.1', 8080
     FROM generate_series(1, ${TERMINALS}) AS n`,
  )
}

/** The payments from the `first` until before the `end`, with what hangs on them; the days of both are told. */
export async function drawPayments(
  client: pg.Client,
  ledger: Ledger,
  first: number,
  end: number,
): Promise<readonly [from: Date, before: Date]> {
  const { days, payments, untilMs } = ledger
  for (let n = first; n < end; n += BATCH) {
    const count = Math.min(BATCH, end - n)
    await client.query(PAYMENTS, [n, payments, count, days * DAY_MS, untilMs])
  }
  const range = [momentOf(ledger, first), momentOf(ledger, end)] as const
  for (const statement of OF_PAYMENTS) await client.query(statement, [...range])
  return range
}

/** In the statement's own whole numbers, so that no payment falls between two ranges. */
function momentOf({ days, payments, untilMs }: Ledger, n: number): Date {
  const before = (BigInt(payments - n) * BigInt(days * DAY_MS)) / BigInt(payments)
  return new Date(untilMs - Number(before))
}

/** Leaves all as autovacuum would after a quiet minute, and then opens what is to be worked. */
export async function settleLedger(client: pg.Client): Promise<void> {
  await client.query('VACUUM ANALYZE')
  await client.query(TASKS)
  await client.query('VACUUM ANALYZE tasks')
}

/** Fills an empty database as its owner: 360 days that end now. */
export async function fillLedger(client: pg.Client, payments: number): Promise<void> {
  const ledger = { payments, days: 360, untilMs: Date.now() }
  await openLedger(client, ledger)
  await drawPayments(client, ledger, 0, payments)
  await settleLedger(client)
}
