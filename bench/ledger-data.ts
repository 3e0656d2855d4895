// A year of payments for the measurements of lists and exports, made by SQL: sources, customers, orders,
// attempts, captures and a few open tasks, spread evenly over twelve months. Never for a real database.

import type pg from 'pg'

export const SOURCES = 20
const DAYS = 360

/** One row of every kind for each `n`; what is not paid is expired, declined, part paid or pending. */
const PAYMENTS = `
  INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn, status,
    cancel_reason, failure_reason, description, customer_phone, customer_email, customer_name, metadata,
    external_id, chosen_method, chosen_mode, chosen_rate_bp, chosen_step_tiyn, paid_tiyn, credited_tiyn,
    overpaid_tiyn, paid_at, late, created_at, expires_at, updated_at)
  SELECT uuid7_at(at), 1 + n % ${SOURCES}, CASE WHEN n % 50 = 7 THEN 'UZ' ELSE 'KZ' END, 'KZT', original,
    100, status, CASE WHEN status = 'cancelled' THEN 'expired' END,
    CASE WHEN status = 'failed' THEN 'declined' END, 'Тур № ' || n,
    '+77' || lpad((n * 7919::bigint % 1000000000)::text, 9, '0'),
    'customer' || n % 400000 || '@example.kz',
    (ARRAY['Айгуль', 'Ерлан', 'Мария', 'Данияр', 'Асель'])[1 + n % 5] || ' ' || n % 30000,
    json_build_object('order_id', 'T-' || n, 'seats', n % 4), 'ext-' || n,
    CASE WHEN is_chosen THEN (ARRAY['kaspi_gold', 'kaspi_red', 'kaspi_installment_12'])[1 + n % 3] END,
    CASE WHEN is_chosen THEN 'markup' END, CASE WHEN is_chosen THEN 100 END,
    CASE WHEN is_chosen THEN 100 END,
    CASE status WHEN 'paid' THEN original + original / 100 WHEN 'partially_paid' THEN original / 2
      ELSE 0 END + overpaid,
    CASE status WHEN 'paid' THEN original WHEN 'partially_paid' THEN original / 2 ELSE 0 END,
    overpaid, CASE WHEN status = 'paid' THEN at + interval '2 minutes' END, n % 997 = 5, at,
    at + interval '1 hour', at
  FROM (
    SELECT n, at, original, status, status NOT IN ('pending', 'cancelled') AS is_chosen,
      CASE WHEN status = 'paid' AND n % 500 = 3 THEN 50000 ELSE 0 END AS overpaid
    FROM (
      SELECT n,
        date_trunc('milliseconds', now() - interval '${DAYS} days' * (1 - n / $2::double precision)) AS at,
        100000 + n * 104729::bigint % 90000000 AS original,
        CASE WHEN n % 100 < 70 THEN 'paid' WHEN n % 100 < 92 THEN 'cancelled'
          WHEN n % 100 < 97 THEN 'failed' WHEN n % 100 < 98 THEN 'partially_paid'
          ELSE 'pending' END AS status
      FROM generate_series($1::integer, $1 + $3::integer - 1) AS n
    ) AS drawn
  ) AS row`

const REST = [
  `INSERT INTO external_ids SELECT source_id, external_id, id FROM payments`,
  `INSERT INTO attempts (id, payment_id, terminal_id, device, presence, state, process_id, method, mode,
     rate_bp, step_tiyn, charge_tiyn, original_tiyn, rates, created_at, updated_at, ended_at)
   SELECT uuid7_at(created_at + interval '5 seconds'), id, 1 + abs(hashtext(id::text)) % 60, 't', 'remote',
     CASE WHEN status IN ('paid', 'partially_paid') THEN 'succeeded' ELSE 'failed' END, 'p', chosen_method,
     'markup', 100, 100, original_tiyn + original_tiyn / 100, original_tiyn, '{}', created_at, created_at,
     created_at
   FROM payments WHERE chosen_method IS NOT NULL`,
  `INSERT INTO captures (attempt_id, payment_id, source_id, terminal_id, device, kind,
     provider_transaction_id, gross_tiyn, credit_tiyn, overpaid_tiyn, used_method, product_word, rate_bp,
     late, at)
   SELECT a.id, p.id, p.source_id, a.terminal_id, 't' || a.terminal_id, 'qr',
     (3000000000 + row_number() OVER ())::text, p.paid_tiyn, p.credited_tiyn, p.overpaid_tiyn, a.method,
     'Gold', 100, p.late, a.created_at
   FROM payments p JOIN attempts a ON a.payment_id = p.id WHERE p.paid_tiyn > 0`,
  `INSERT INTO tasks (kind, payment_id, source_id, opened_at)
   SELECT 'overpaid', id, source_id, created_at FROM payments
   WHERE overpaid_tiyn > 0 ORDER BY id DESC LIMIT 300`,
]

const BATCH = 50_000

/** Fills an empty database as its owner, and leaves it as autovacuum would after a quiet minute. */
export async function fillLedger(client: pg.Client, payments: number): Promise<void> {
  await client.query(
    `SELECT ensure_partitions((date_trunc('month', now()) - interval '13 months')::date, 15)`,
  )
  await client.query(
    `INSERT INTO sources (name, type, country_iso)
     SELECT 'Источник ' || n, 'website', 'KZ' FROM generate_series(1, ${SOURCES}) AS n`,
  )
  await client.query(
    `INSERT INTO terminals (name, ip_address, scheme, host, port)
     SELECT 'Касса ' || n, '10.0.0.1', 'http', '10.0.0.1', 8080 FROM generate_series(1, 60) AS n`,
  )
  for (let first = 0; first < payments; first += BATCH) {
    await client.query(PAYMENTS, [first, payments, Math.min(BATCH, payments - first)])
  }
  for (const statement of REST) await client.query(statement)
  for (const table of ['payments', 'attempts', 'captures', 'external_ids', 'tasks', 'sources']) {
    await client.query(`VACUUM ANALYZE ${table}`)
  }
}
