// Payments of every kind for tests of lists, drawn from a seed and written by SQL, and what each of them is
// as a plain object, so that a list can be worked out a second time without a database.

import { transactionIdOf } from '@byfly-pay/core'
import type { TestCentre } from '../support/centre.ts'

export const COUNTRIES = ['KZ', 'UZ', 'RU'] as const
export const METHODS = [null, 'kaspi_gold', 'kaspi_red', 'halyk_qr'] as const
export const SYSTEM_OF: Readonly<Record<string, string>> = {
  kaspi_gold: 'kaspi',
  kaspi_red: 'kaspi',
  halyk_qr: 'halyk',
}
const STATUSES = ['pending', 'failed', 'cancelled', 'paid', 'partially_paid'] as const
const NAMES = ['Айгуль Сатпаева', 'Ерлан', 'мария 100%', 'O_Neil', null]

export interface DrawnPayment {
  readonly transactionId: string
  readonly sourceId: number
  readonly country: string
  readonly status: (typeof STATUSES)[number]
  readonly originalTiyn: number
  readonly method: string | null
  readonly usedMethod: string | null
  readonly terminalId: number | null
  readonly overpaidTiyn: number
  readonly late: boolean
  readonly hasTask: boolean
  readonly createdAtMs: number
  readonly paidAtMs: number | null
  readonly phone: string | null
  readonly email: string | null
  readonly name: string | null
  readonly externalId: string | null
  readonly order: string | null
  readonly providerTransactionId: string | null
}

const DAY_MS = 86_400_000

/** The same numbers for the same seed (mulberry32). */
export function drawer(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Sources of each country, terminals of both systems, and `count` payments of the last weeks. */
export async function drawPayments(
  centre: Pick<TestCentre, 'sql'>,
  seed: number,
  count: number,
): Promise<DrawnPayment[]> {
  await centre.sql(`INSERT INTO payment_systems VALUES ('halyk', 'Halyk', 'KZT', 100)`)
  await centre.sql(
    `INSERT INTO payment_methods (id, code, name, payment_system) VALUES (90, 'halyk_qr', 'QR', 'halyk')`,
  )
  const sources = await centre.sql(
    `INSERT INTO sources (name, type, country_iso)
     SELECT 'Источник ' || iso, 'other', iso FROM unnest($1::text[]) AS iso RETURNING id, country_iso`,
    [[...COUNTRIES]],
  )
  const terminals = await centre.sql(
    `INSERT INTO terminals (name, payment_system, country_iso, ip_address, scheme, host, port)
     SELECT system || ' ' || iso, system, iso, '10.0.0.1', 'http', '10.0.0.1', 8080
     FROM unnest(ARRAY['kaspi', 'halyk']) AS system, unnest($1::text[]) AS iso
     RETURNING id, payment_system`,
    [[...COUNTRIES]],
  )
  const draw = drawer(seed)
  const drawn: DrawnPayment[] = []
  for (let n = 0; n < count; n += 1) {
    drawn.push(await drawOne(centre, draw, n, sources, terminals))
  }
  return drawn
}

interface Row {
  readonly id: number
  readonly country_iso: string
  readonly payment_system: string
}

async function drawOne(
  centre: Pick<TestCentre, 'sql'>,
  draw: () => number,
  n: number,
  sources: readonly Row[],
  terminals: readonly Row[],
): Promise<DrawnPayment> {
  const one = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T
  const source = one(sources)
  const status = one(STATUSES)
  const hasMoney = status === 'paid' || status === 'partially_paid'
  const method = hasMoney ? one(METHODS.filter((code) => code !== null)) : one(METHODS)
  const terminal =
    method === null
      ? null
      : one(terminals.filter((row) => row.payment_system === SYSTEM_OF[method]))
  const originalTiyn = 1_000 + Math.floor(draw() * 20) * 500
  const createdAtMs = Date.now() - Math.floor(draw() * 25 * DAY_MS)
  const paidAtMs = status === 'paid' ? createdAtMs + Math.floor(draw() * 2 * DAY_MS) : null
  const overpaidTiyn = status === 'paid' && draw() < 0.3 ? 700 : 0
  const drawn = {
    sourceId: source.id,
    country: source.country_iso,
    status,
    originalTiyn,
    method,
    usedMethod: hasMoney ? (draw() < 0.2 ? 'kaspi_red' : method) : null,
    terminalId: terminal?.id ?? null,
    overpaidTiyn,
    late: hasMoney && draw() < 0.3,
    hasTask: draw() < 0.2,
    createdAtMs,
    paidAtMs,
    phone: draw() < 0.7 ? `+7701${String(Math.floor(draw() * 40)).padStart(7, '0')}` : null,
    email: draw() < 0.5 ? `User${Math.floor(draw() * 9)}@Example.kz` : null,
    name: one(NAMES),
    externalId: draw() < 0.5 ? `order-${n}` : null,
    order: draw() < 0.5 ? `T-${Math.floor(draw() * 50)}` : null,
    providerTransactionId: hasMoney ? String(3_000_000 + n) : null,
  }
  return { ...drawn, transactionId: transactionIdOf(await write(centre, drawn)) }
}

async function write(
  { sql }: Pick<TestCentre, 'sql'>,
  row: Omit<DrawnPayment, 'transactionId'>,
): Promise<string> {
  const credited =
    row.status === 'paid' ? row.originalTiyn : row.status === 'partially_paid' ? 500 : 0
  const [{ id }] = await sql(
    `INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn, status,
       cancel_reason, chosen_method, chosen_mode, chosen_rate_bp, chosen_step_tiyn, paid_tiyn,
       credited_tiyn, overpaid_tiyn, paid_at, late, customer_phone, customer_email, customer_name,
       external_id, metadata, created_at, expires_at, updated_at, terminal_id)
     VALUES (uuid7_at($1), $2, $3, 'KZT', $4, 100, $5, CASE WHEN $5 = 'cancelled' THEN 'expired' END,
       $6, CASE WHEN $6::text IS NOT NULL THEN 'none' END, CASE WHEN $6::text IS NOT NULL THEN 0 END,
       CASE WHEN $6::text IS NOT NULL THEN 100 END, $7, $8, $9, $10, $11, $12, $13, $14, $15::text,
       CASE WHEN $16::text IS NULL THEN '{}' ELSE json_build_object('orderId', $16::text) END,
       $1, now() + interval '1 day', $1, $17)
     RETURNING id`,
    [
      new Date(row.createdAtMs).toISOString(),
      row.sourceId,
      row.country,
      row.originalTiyn,
      row.status,
      row.method,
      credited + row.overpaidTiyn,
      credited,
      row.overpaidTiyn,
      row.paidAtMs === null ? null : new Date(row.paidAtMs).toISOString(),
      row.late,
      row.phone,
      row.email,
      row.name,
      row.externalId,
      row.order,
      row.terminalId,
    ],
  )
  if (row.externalId !== null) {
    await sql('INSERT INTO external_ids VALUES ($1, $2, $3)', [row.sourceId, row.externalId, id])
  }
  if (row.hasTask) {
    await sql(`INSERT INTO tasks (kind, payment_id, opened_at) VALUES ('overpaid', $1, now())`, [
      id,
    ])
  }
  if (row.terminalId !== null) {
    const [attempt] = await sql(
      `INSERT INTO attempts (id, payment_id, terminal_id, device, presence, state, method, mode, rate_bp,
         step_tiyn, charge_tiyn, original_tiyn, rates, created_at, updated_at)
       SELECT uuid7_at(created_at), id, $2, 'd', 'remote', 'failed', $3, 'none', 0, 100, original_tiyn,
         original_tiyn, '{}', created_at, created_at
       FROM payments WHERE id = $1 RETURNING id`,
      [id, row.terminalId, row.method],
    )
    if (row.usedMethod !== null) {
      await sql(
        `INSERT INTO captures (attempt_id, payment_id, source_id, terminal_id, device, kind,
           provider_transaction_id, gross_tiyn, credit_tiyn, overpaid_tiyn, used_method, product_word,
           rate_bp, late, at)
         VALUES ($1, $2, $3, $4, 'd', 'qr', $5, 100, 100, 0, $6, 'Gold', 0, false, now())`,
        [attempt.id, id, row.sourceId, row.terminalId, row.providerTransactionId, row.usedMethod],
      )
    }
  }
  return id
}
