// Rows of the home of a test and of everywhere else, with a mark in each text that they may carry. A mark
// names its row, so whoever reads an answer knows whose text stands in it.

import { type Placed, transactionIdOf } from '@byfly-pay/core'
import type { TestCentre } from '../support/centre.ts'
import { markOf, textsOf } from './marks.ts'
import type { PaymentPlace } from './payment-rows.ts'
import { plantPayment } from './planted-payments.ts'

export interface Planted {
  /** A mark's number is its place in this list. */
  readonly places: readonly Placed[]
  readonly home: { readonly terminalId: number }
  readonly foreign: { readonly sourceId: number }
  readonly payments: readonly { readonly transactionId: string; readonly placed: Placed }[]
  /** Numbers that no other row has, as they are shown. */
  readonly placeOfId: ReadonlyMap<string, number>
}

const HOME = { countryIso: 'KZ', system: 'kaspi' } as const
const ELSEWHERE = [
  { countryIso: 'UZ', system: 'kaspi' },
  { countryIso: 'KZ', system: 'halyk' },
] as const

/** No answer holds such numbers by chance. */
const FIRST_IDS = { sources: 73_100_000, terminals: 73_200_000 } as const
const PLANTED_ID = /\b(?:73[12]\d{5}|[0-9A-F]{32})\b/g

/** Where the rows belong whose texts or numbers stand in this text. */
export function seenIn({ places, placeOfId }: Planted, text: string): readonly Placed[] {
  const marks = [...text.matchAll(/taint-(\d+)-/g)].map(([, place]) => Number(place))
  const ids = [...text.matchAll(PLANTED_ID)].flatMap(([id]) => placeOfId.get(id) ?? [])
  return [...marks, ...ids].flatMap((place) => places[place] ?? [])
}

export async function plant(centre: TestCentre): Promise<Planted> {
  await centre.sql("INSERT INTO payment_systems VALUES ('halyk', 'Halyk', 'KZT', 100)")
  for (const [table, first] of Object.entries(FIRST_IDS)) {
    await centre.sql(`ALTER TABLE ${table} ALTER COLUMN id RESTART WITH ${first}`)
  }
  const places: Placed[] = []
  const placeOfId = new Map<string, number>()
  const mark = async (table: string, id: number, placed: Placed) => {
    places.push(placed)
    if (id >= FIRST_IDS.sources) placeOfId.set(String(id), places.length - 1)
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
  const terminalIds = [terminalId]
  for (const [n, place] of ELSEWHERE.entries()) {
    const placed: Placed = { ...place, sourceId: null }
    terminalIds.push(await addTerminal(centre, place))
    await mark('terminals', terminalIds.at(-1) ?? 0, placed)
    const where = [place.system, place.countryIso, n + 2]
    await centre.sql(
      'UPDATE payment_methods SET payment_system = $1, country_iso = $2 WHERE id = $3',
      where,
    )
    await mark('payment_methods', n + 2, placed)
  }
  const nearby = await addTerminal(centre, HOME)
  await mark('terminals', nearby, { ...HOME, sourceId: null })
  const sources = { own: ownId, other: other.id, abroad: abroad.id }
  const [here = 0, inUzbekistan = 0, ofHalyk = 0] = terminalIds
  const terminals = { here, nearby, inUzbekistan, ofHalyk }
  const payments: Planted['payments'][number][] = []
  for (const { place, placed, at } of await paymentsToPlant(centre, sources, terminals)) {
    places.push(placed)
    const [id = '', ...others] = await plantPayment(centre, place, at, places.length - 1)
    payments.push({ transactionId: transactionIdOf(id), placed })
    for (const shown of [id, ...others]) placeOfId.set(transactionIdOf(shown), places.length - 1)
  }
  for (const place of [HOME, ...ELSEWHERE]) {
    const placed: Placed = { ...place, sourceId: null }
    await mark('statements', await addStatement(centre, place), placed)
    await addFinding(centre, place, markOf(places.push(placed) - 1, 'facts'))
  }
  for (const [place, { countryIso, sourceId, system }] of places.entries()) {
    await centre.sql(
      `INSERT INTO alerts (kind, key, severity, country_iso, payment_system, source_id, facts)
       VALUES ($1, $2, 'warning', $3, $4, $5, $6)`,
      [
        sourceId === null ? 'terminal_suspended' : 'endpoint_failing',
        `planted ${place}`,
        ...[countryIso, system, sourceId],
        { terminal: markOf(place, 'alert'), source: markOf(place, 'alert'), endpoint: 'x' },
      ],
    )
  }
  return { places, placeOfId, home: { terminalId }, foreign: { sourceId: other.id }, payments }
}

interface ToPlant {
  readonly place: PaymentPlace
  readonly placed: Placed
  /** The terminals of its attempts. */
  readonly at: readonly number[]
}

async function paymentsToPlant(
  { sql }: TestCentre,
  { own, other, abroad }: Readonly<Record<'own' | 'other' | 'abroad', number>>,
  terminals: Readonly<Record<'here' | 'nearby' | 'inUzbekistan' | 'ofHalyk', number>>,
): Promise<ToPlant[]> {
  const { here, inUzbekistan, nearby, ofHalyk } = terminals
  const methods = await sql('SELECT code FROM payment_methods WHERE id <= 3 ORDER BY id')
  const [atHome, uzbek, halyk] = methods.map(({ code }) => code)
  const payment = (
    system: string | null,
    place: PaymentPlace,
    at: readonly number[] = [],
  ): ToPlant => ({
    place,
    placed: { countryIso: place.countryIso, system, sourceId: place.sourceId },
    at,
  })
  return [
    payment('kaspi', { sourceId: own, countryIso: 'KZ', method: atHome }, [here]),
    payment('halyk', { sourceId: own, countryIso: 'KZ', method: halyk }, [ofHalyk]),
    payment(null, { sourceId: own, countryIso: 'KZ', method: null }),
    payment('kaspi', { sourceId: other, countryIso: 'KZ', method: atHome }, [here]),
    // The pool knows no borders: whoever sees this payment may be told of its first terminal only.
    payment('kaspi', { sourceId: abroad, countryIso: 'UZ', method: uzbek }, [inUzbekistan, nearby]),
  ]
}

/** Not at work, so that nothing but the API has to do with it. */
async function addTerminal(
  centre: TestCentre,
  { countryIso, system }: Pick<Placed, 'countryIso' | 'system'>,
): Promise<number> {
  const [{ id }] = await centre.sql(
    `INSERT INTO terminals (name, country_iso, payment_system, ip_address, scheme, host, port,
       is_active)
     VALUES ('x', $1, $2, '127.0.0.1', 'http', '127.0.0.1', 9, false) RETURNING id`,
    [countryIso, system],
  )
  return id
}

type Place = typeof HOME | (typeof ELSEWHERE)[number]

async function addStatement(centre: TestCentre, { countryIso, system }: Place): Promise<number> {
  const [{ id }] = await centre.sql(
    `INSERT INTO statements (payment_system, country_iso, file_hash, from_at, to_at, operations,
       repeated, uploaded_by, uploaded_at)
     VALUES ($1, $2, sha256('x'), now(), now(), 0, 0, 'x', now()) RETURNING id`,
    [system, countryIso],
  )
  return id
}

/** Of what is found, the facts are told. */
async function addFinding(
  centre: TestCentre,
  { countryIso, system }: Place,
  number: string,
): Promise<void> {
  await centre.sql(
    `INSERT INTO tasks (kind, country_iso, payment_system, facts, opened_at)
     VALUES ('sale_outside', $1, $2, $3, now())`,
    [countryIso, system, JSON.stringify({ number, tiyn: '100', at_ms: 0 })],
  )
}
