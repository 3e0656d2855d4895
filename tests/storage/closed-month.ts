// A month long closed, with something in each of its tables: a paid payment, a cancelled one, texts that a
// file of lines could trip over. Written past the storage, whose clock knows only now.

import type { StorageWorld } from './storage-world.ts'

export const MONTH = '2025-01'
export const NEXT_MONTH = '2025-02'

export interface ClosedMonth {
  readonly paid: string
  readonly cancelled: string
}

const ODD = 'таб\tперенос\nвозврат\r\\. косая \\N 💳'

/** Sums that make a payment whole: 10 000 ₸ and 1 % on top. */
const POSTINGS = `
  INSERT INTO postings (id, set_id, set_kind, payment_id, attempt_id, account, tiyn, at)
  SELECT uuid7_at($1), $2::uuid, 'capture', $2, $3, account, tiyn, $1
  FROM (VALUES ('customer', -1010000), ('source_credit', 1000000), ('commission_charged', 10000))
    AS sums (account, tiyn)`

export async function closeMonth(
  world: Pick<StorageWorld, 'sql' | 'sourceId'>,
  terminalId: number,
  month = MONTH,
): Promise<ClosedMonth> {
  const { sql } = world
  const at = `${month}-15T10:00:00Z`
  // Of the next day in Almaty, whose figures two months share.
  const late = `${month}-31T22:00:00Z`
  await sql('SELECT ensure_partitions($1, 1)', [`${month}-01`])
  const [ids] = await sql<{ paid: string; cancelled: string; attempt: string }>(
    'SELECT uuid7_at($1) AS paid, uuid7_at($2) AS cancelled, uuid7_at($1) AS attempt',
    [at, month === MONTH ? late : at],
  )
  if (ids === undefined) throw new Error('нет номеров')
  const { attempt, cancelled, paid } = ids
  await sql(
    `INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn, status,
       description, chosen_method, chosen_mode, chosen_rate_bp, chosen_step_tiyn, paid_tiyn,
       credited_tiyn, paid_at, metadata, created_at, expires_at, updated_at, terminal_id, used_method)
     VALUES ($1, $2, 'KZ', 'KZT', 1000000, 100, 'paid', $3, 'kaspi_gold', 'markup', 100, 100, 1010000,
       1000000, $4, $5, $4, $4, $4, $6, 'kaspi_gold')`,
    [paid, world.sourceId, ODD, at, JSON.stringify({ order: ODD }), terminalId],
  )
  await sql(
    `INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn, status,
       cancel_reason, created_at, expires_at, updated_at)
     SELECT $1, $2, 'KZ', 'KZT', 500000, 100, 'cancelled', 'expired', at, at, at
     FROM (VALUES ($3::timestamptz)) AS moment (at)`,
    [cancelled, world.sourceId, month === MONTH ? late : at],
  )
  await sql(
    `INSERT INTO attempts (id, payment_id, terminal_id, device, presence, state, method, mode, rate_bp,
       step_tiyn, charge_tiyn, original_tiyn, rates, created_at, updated_at, ended_at, holds_terminal)
     VALUES ($1, $2, $3, 'POS-1', 'remote', 'succeeded', 'kaspi_gold', 'markup', 100, 100, 1010000,
       1000000, '{"kaspi_gold": 100}', $4, $4, $4, false)`,
    [attempt, paid, terminalId, at],
  )
  await sql(
    `INSERT INTO captures (attempt_id, payment_id, source_id, terminal_id, device, kind,
       provider_transaction_id, gross_tiyn, credit_tiyn, overpaid_tiyn, used_method, product_word,
       rate_bp, late, at)
     VALUES ($1, $2, $3, $4, 'POS-1', 'qr', $6, 1010000, 1000000, 0, 'kaspi_gold', 'Gold', 100, false,
       $5)`,
    [attempt, paid, world.sourceId, terminalId, at, `T-${month}`],
  )
  await sql(POSTINGS, [at, paid, attempt])
  await sql(
    `INSERT INTO payment_history (id, payment_id, version, at, what, status_after, facts)
     SELECT uuid7_at($2), $1, n, $2, 'step', 'paid', jsonb_build_object('text', $3::text)
     FROM generate_series(1, 3) AS n`,
    [paid, at, ODD],
  )
  await sql(
    `WITH told AS (
       INSERT INTO deliveries (id, payment_id, source_id, event, sequence, url, endpoint, body, state,
         tries, created_at, delivered_at)
       VALUES (uuid7_at($3), $1, $2, 'paid', 1, 'https://shop.kz/h', 'https://shop.kz/h', $4,
         'delivered', 1, $3, $3)
       RETURNING id, source_id)
     INSERT INTO delivery_tries (id, delivery_id, source_id, started_at, took_ms, http_status, headers)
     SELECT uuid7_at($3), id, source_id, $3, 5, 200, '{}' FROM told`,
    [paid, world.sourceId, at, JSON.stringify({ text: ODD })],
  )
  await sql(
    `INSERT INTO device_exchanges (id, payment_id, attempt_id, terminal_id, call, started_at, took_ms,
       outcome, said, last_at)
     VALUES (uuid7_at($4), $1, $2, $3, 'status', $4, 7, 'answered', '{"status": "success"}', $4)`,
    [paid, attempt, terminalId, at],
  )
  return { paid, cancelled }
}
