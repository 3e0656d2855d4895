// Payments and what belongs to them as bare rows, written past the API: for tests that need many of them,
// or with texts that no program would send.

import type { TestCentre } from '../support/centre.ts'

type Sql = Pick<TestCentre, 'sql'>
export type Columns = Readonly<Record<string, unknown>>

export interface PaymentPlace {
  readonly sourceId: number
  readonly countryIso: string
  /** Code of the chosen method; null before one is chosen. */
  readonly method: string | null
}

export async function insertRow({ sql }: Sql, table: string, columns: Columns): Promise<void> {
  const names = Object.keys(columns)
  const places = names.map((_, place) => `$${place + 1}`)
  await sql(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${places.join(', ')})`,
    Object.values(columns),
  )
}

export async function newId({ sql }: Sql): Promise<string> {
  const [{ id }] = await sql('SELECT new_id() AS id')
  return id
}

/** One that nobody has paid and that does not expire in a test. */
export function paymentColumns(id: string, { countryIso, method, sourceId }: PaymentPlace) {
  const now = new Date()
  return {
    id,
    source_id: sourceId,
    country_iso: countryIso,
    currency: 'KZT',
    original_tiyn: 1_000,
    tolerance_tiyn: 100,
    status: 'pending',
    cancel_reason: null,
    chosen_method: method,
    chosen_mode: method === null ? null : 'none',
    chosen_rate_bp: method === null ? null : 0,
    chosen_step_tiyn: method === null ? null : 100,
    used_method: null,
    refund_status: null,
    created_at: now,
    expires_at: new Date(now.getTime() + 86_400_000),
    updated_at: now,
  }
}

/** An attempt that is over. */
export function attemptColumns(id: string, paymentId: string, terminalId: number, method: string) {
  const now = new Date()
  return {
    id,
    payment_id: paymentId,
    terminal_id: terminalId,
    presence: 'remote',
    state: 'succeeded',
    method,
    mode: 'none',
    rate_bp: 0,
    step_tiyn: 100,
    charge_tiyn: 1_000,
    original_tiyn: 1_000,
    rates: {},
    created_at: now,
    updated_at: now,
    ended_at: now,
  }
}

export function deliveryColumns(id: string, paymentId: string, sourceId: number) {
  const now = new Date()
  return {
    id,
    payment_id: paymentId,
    source_id: sourceId,
    sequence: 1,
    state: 'parked',
    created_at: now,
  }
}
