// The mark that each text of a planted row carries, and which texts there are: the database is asked, so
// that a new one is marked too, or is found here.

import assert from 'node:assert/strict'
import type { TestCentre } from '../support/centre.ts'

/**
 * Texts whose words the database or the centre itself chooses from a list, or that it calls by; and none
 * else, so that a new text is planted or is found here.
 */
const NOT_PLANTED: Readonly<Record<string, readonly string[]>> = {
  sources: ['type', 'country_iso', 'amount_unit', 'overpaid_policy', 'refund_commission'],
  terminals: [
    ...['payment_system', 'country_iso', 'scheme', 'tls_mode', 'tls_fingerprint', 'api_version'],
    ...['quarantine_reason', 'trouble', 'host', 'ip_address', 'camera_url', 'registered_name'],
    'reserved_country',
    'way',
  ],
  statements: ['payment_system', 'country_iso'],
  payment_methods: ['code', 'payment_system', 'country_iso', 'commission_mode', 'route'],
}

export function markOf(place: number, column: string): string {
  return `taint-${place}-${column.replaceAll('_', '')}`
}

export async function textsOf(centre: TestCentre, table: string): Promise<string[]> {
  const columns = await centre.sql(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND data_type = 'text'`,
    [table],
  )
  const names: string[] = columns.map(({ name }) => name)
  const left = NOT_PLANTED[table] ?? []
  assert.deepEqual(
    left.filter((name) => !names.includes(name)),
    [],
  )
  return names.filter((name) => !left.includes(name))
}
