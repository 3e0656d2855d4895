// Rows of the home of a test and of everywhere else, with a mark in each text that they may carry. A mark
// names its row, so whoever reads an answer knows whose text stands in it.

import assert from 'node:assert/strict'
import type { Placed } from '@byfly-pay/core'
import type { TestCentre } from '../support/centre.ts'

export interface Planted {
  /** A mark's number is its place in this list. */
  readonly places: readonly Placed[]
  readonly home: { readonly terminalId: number }
  readonly foreign: { readonly sourceId: number }
  /** Numbers that no other row has. */
  readonly placeOfId: ReadonlyMap<number, number>
}

const HOME = { countryIso: 'KZ', system: 'kaspi' } as const
const ELSEWHERE = [
  { countryIso: 'UZ', system: 'kaspi' },
  { countryIso: 'KZ', system: 'halyk' },
] as const

/** No answer holds such numbers by chance. */
const FIRST_IDS = { sources: 73_100_000, terminals: 73_200_000 } as const
const PLANTED_ID = /\b73[12]\d{5}\b/g

/**
 * Texts whose words the database or the centre itself chooses from a list, or that it calls by; and none
 * else, so that a new text is planted or is found here.
 */
const NOT_PLANTED: Readonly<Record<string, readonly string[]>> = {
  sources: ['type', 'country_iso', 'amount_unit', 'overpaid_policy'],
  terminals: [
    ...['payment_system', 'country_iso', 'scheme', 'tls_mode', 'tls_fingerprint', 'api_version'],
    ...['quarantine_reason', 'trouble', 'host', 'ip_address', 'camera_url', 'registered_name'],
  ],
  payment_methods: ['code', 'payment_system', 'country_iso', 'commission_mode'],
}

function markOf(place: number, column: string): string {
  return `taint-${place}-${column.replaceAll('_', '')}`
}

/** Where the rows belong whose texts or numbers stand in this text. */
export function seenIn({ places, placeOfId }: Planted, text: string): readonly Placed[] {
  const marks = [...text.matchAll(/taint-(\d+)-/g)].map(([, place]) => Number(place))
  const ids = [...text.matchAll(PLANTED_ID)].flatMap(([id]) => placeOfId.get(Number(id)) ?? [])
  return [...marks, ...ids].flatMap((place) => places[place] ?? [])
}

export async function plant(centre: TestCentre): Promise<Planted> {
  await centre.sql("INSERT INTO payment_systems VALUES ('halyk', 'Halyk', 'KZT', 100)")
  for (const [table, first] of Object.entries(FIRST_IDS)) {
    await centre.sql(`ALTER TABLE ${table} ALTER COLUMN id RESTART WITH ${first}`)
  }
  const places: Placed[] = []
  const placeOfId = new Map<number, number>()
  const mark = async (table: string, id: number, placed: Placed) => {
    places.push(placed)
    if (id >= FIRST_IDS.sources) placeOfId.set(id, places.length - 1)
    const columns = await textsOf(centre, table)
    const texts = columns.map((column) => `${column} = '${markOf(places.length - 1, column)}'`)
    const whole = table === 'terminals' ? [...texts, 'taken_out_at = now()'] : texts
    await centre.sql(`UPDATE ${table} SET ${whole.join(', ')} WHERE id = $1`, [id])
  }
  const { id: ownId } = centre.source
  await mark('sources', ownId, { countryIso: 'KZ', system: null, sourceId: ownId })
  const other = await centre.addSource()
  await mark('sources', other.id, { countryIso: 'KZ', system: null, sourceId: other.id })
  const abroad = await centre.addSource({ countryIso: 'UZ' })
  await mark('sources', abroad.id, { countryIso: 'UZ', system: null, sourceId: abroad.id })
  const [{ id: terminalId }] = await centre.sql('SELECT id FROM terminals')
  await mark('terminals', terminalId, { ...HOME, sourceId: null })
  await mark('payment_methods', 1, { ...HOME, sourceId: null })
  for (const [n, place] of ELSEWHERE.entries()) {
    const placed: Placed = { ...place, sourceId: null }
    await mark('terminals', await addTerminal(centre, place), placed)
    const where = [place.system, place.countryIso, n + 2]
    await centre.sql(
      'UPDATE payment_methods SET payment_system = $1, country_iso = $2 WHERE id = $3',
      where,
    )
    await mark('payment_methods', n + 2, placed)
  }
  return { places, placeOfId, home: { terminalId }, foreign: { sourceId: other.id } }
}

/** Not at work, so that nothing but the API has to do with it. */
async function addTerminal(
  centre: TestCentre,
  { countryIso, system }: (typeof ELSEWHERE)[number],
): Promise<number> {
  const [{ id }] = await centre.sql(
    `INSERT INTO terminals (name, country_iso, payment_system, ip_address, scheme, host, port,
       is_active)
     VALUES ('x', $1, $2, '127.0.0.1', 'http', '127.0.0.1', 9, false) RETURNING id`,
    [countryIso, system],
  )
  return id
}

async function textsOf(centre: TestCentre, table: string): Promise<string[]> {
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
