// What staff ask of lists, for measurements of what lists cost: pages, filters, orders and searches over the
// payments of ledger-data.ts.

import { DAY_MS, EVERYTHING, localTime, momentOfLocal, type Scope } from '@byfly-pay/core'
import type { LedgerFilter, LedgerPage } from '../packages/server/src/ports/payment-ledger.ts'
import { SOURCES } from './ledger-data.ts'

export const ZONE = 'Asia/Almaty'
const PAGE = 100

export interface Question {
  readonly what: string
  readonly scope?: Scope
  /** Of the n-th run, so that no answer is in the cache by luck alone. */
  readonly filter?: (n: number) => Partial<LedgerFilter>
  readonly order?: LedgerPage['order']
  readonly offset?: (n: number) => number
}

const ALL: LedgerFilter = {
  sourceId: null,
  status: null,
  period: { by: 'created_at', fromMs: null, beforeMs: null },
  search: null,
  method: null,
  usedMethod: null,
  terminalId: null,
  fromTiyn: null,
  toTiyn: null,
  hasTask: null,
  late: null,
  overpaid: null,
  wasPaid: null,
}

const NEWEST = { by: 'created_at', direction: 'desc' } as const
const KZ: Scope = { countries: ['KZ'], systems: ['kaspi'], sources: null }

function daysAgo(by: 'created_at' | 'paid_at', from: number, days: number): Partial<LedgerFilter> {
  const fromMs = dayStart(Date.now() - from * DAY_MS)
  return { period: { by, fromMs, beforeMs: fromMs + days * DAY_MS } }
}

/** As staff ask: whole days of the centre's zone, which has had no change of clocks since 2024. */
export function dayStart(moment: number): number {
  const [year = 0, month = 0, day = 0] = localTime(moment, ZONE).slice(0, 10).split('-').map(Number)
  return momentOfLocal([year, month, day, 0, 0, 0], ZONE) ?? moment
}

function search(text: string): Partial<LedgerFilter> {
  return { search: { text, amongCustomers: true } }
}

const FILTERED: readonly Question[] = [
  { what: 'source', filter: (n) => ({ sourceId: 1 + (n % SOURCES) }) },
  { what: 'status paid', filter: () => ({ status: 'paid' }) },
  { what: 'status partially_paid', filter: () => ({ status: 'partially_paid' }) },
  { what: 'status processing (none)', filter: () => ({ status: 'processing' }) },
  {
    what: 'source, status, a week',
    filter: (n) => ({
      sourceId: 1 + (n % SOURCES),
      status: 'paid',
      ...daysAgo('created_at', 7 + n, 7),
    }),
  },
  { what: 'a day', filter: (n) => daysAgo('created_at', 2 + (n % 300), 1) },
  { what: 'a month', filter: (n) => daysAgo('created_at', 31 + (n % 300), 31) },
  { what: 'a month by paid_at', filter: (n) => daysAgo('paid_at', 31 + (n % 300), 31) },
  {
    what: 'sort by paid_at',
    filter: () => ({ wasPaid: true }),
    order: { by: 'paid_at', direction: 'desc' },
  },
  { what: 'sort by amount', order: { by: 'amount', direction: 'desc' } },
  {
    what: 'sort by amount, a month',
    filter: (n) => daysAgo('created_at', 31 + (n % 300), 31),
    order: { by: 'amount', direction: 'desc' },
  },
  { what: 'method', filter: () => ({ method: 'kaspi_red' }) },
  { what: 'used method', filter: () => ({ usedMethod: 'kaspi_red' }) },
  { what: 'terminal', filter: (n) => ({ terminalId: 1 + (n % 60) }) },
  {
    what: 'sum range',
    filter: (n) => ({ fromTiyn: 1_000_000n + BigInt(n), toTiyn: 1_100_000n }),
  },
  { what: 'has a task', filter: () => ({ hasTask: true }) },
  { what: 'late', filter: () => ({ late: true }) },
  { what: 'overpaid', filter: () => ({ overpaid: true }) },
]

/** Where a list of so many drawn payments ends sooner than a question's page, its last page is asked for. */
function pagesOf(payments: number): readonly Question[] {
  const far = (offset: number, share = 1) =>
    Math.max(Math.min(offset, Math.floor(payments * share) - PAGE), 0)
  return [
    { what: 'page 1' },
    { what: 'page 1 000', offset: (n) => far(99_900 + n) },
    { what: 'page 1 000, one country and system', scope: KZ, offset: (n) => far(99_900 + n, 0.9) },
    {
      what: 'page 1 000, status paid',
      filter: () => ({ status: 'paid' }),
      offset: () => far(99_900, 0.7),
    },
    { what: 'page 9 000', offset: (n) => far(899_900 + n) },
    {
      what: 'source, page 400',
      filter: (n) => ({ sourceId: 1 + (n % SOURCES) }),
      offset: () => far(39_900, 1 / SOURCES),
    },
  ]
}

function searchesOf(payments: number): readonly Question[] {
  /** The n-th drawn payment has these, see ledger-data.ts. */
  const drawn = (n: number) => (n * 9_973) % payments
  const phoneOf = (n: number) => `77${String((drawn(n) * 7_919) % 1_000_000_000).padStart(9, '0')}`
  return [
    { what: 'search: external_id', filter: (n) => search(`ext-${drawn(n)}`) },
    { what: 'search: order in metadata', filter: (n) => search(`T-${drawn(n)}`) },
    { what: 'search: whole phone', filter: (n) => search(`+${phoneOf(n)}`) },
    { what: 'search: last 4 digits', filter: (n) => search(phoneOf(n).slice(-4)) },
    { what: 'search: e-mail', filter: (n) => search(`customer${drawn(n) % 400_000}@example.kz`) },
    { what: 'search: whole name', filter: (n) => search(`Айгуль ${(drawn(n) * 5) % 30_000}`) },
    { what: 'search: beginning of a common name', filter: () => search('айг') },
    {
      what: 'search: Kaspi’s number',
      filter: (n) => search(String(3_000_000_000 + drawn(n) - (drawn(n) % 100))),
    },
    { what: 'search: nothing found', filter: (n) => search(`нет такого ${n}`) },
  ]
}

export function questionsOf(payments: number): readonly Question[] {
  return [...pagesOf(payments), ...FILTERED, ...searchesOf(payments)]
}

interface Asked {
  readonly scope: Scope
  readonly filter: LedgerFilter
  readonly page: LedgerPage
}

/** The n-th time that a question is asked. */
export function askedOf(question: Question, n: number): Asked {
  const { filter = () => ({}), offset = () => 0, order = NEWEST, scope = EVERYTHING } = question
  const from = { kind: 'offset', offset: offset(n) } as const
  return { scope, filter: { ...ALL, ...filter(n) }, page: { order, limit: PAGE, from } }
}
