// What lists of staff cost: `node bench/lists.ts` loads a million payments into an embedded database and
// measures pages, filters and searches, each with its total; prints a table and writes bench/lists.md.

import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { EVERYTHING, localTime, momentOfLocal, type Scope } from '@byfly-pay/core'
import type {
  LedgerFilter,
  LedgerPage,
  PaymentLedger,
} from '../packages/server/src/ports/payment-ledger.ts'
import { SOURCES } from './ledger-data.ts'
import { openLedgerWorld } from './ledger-world.ts'

const PAYMENTS = Number(process.env['BENCH_PAYMENTS'] ?? 1_000_000)
const RUNS = Number(process.env['BENCH_RUNS'] ?? 100)
const DAY_MS = 86_400_000
const ZONE = 'Asia/Almaty'

interface Question {
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
function dayStart(moment: number): number {
  const [year = 0, month = 0, day = 0] = localTime(moment, ZONE).slice(0, 10).split('-').map(Number)
  return momentOfLocal([year, month, day, 0, 0, 0], ZONE) ?? moment
}

function search(text: string): Partial<LedgerFilter> {
  return { search: { text, amongCustomers: true } }
}

/** The n-th drawn payment has these, see ledger-data.ts. */
const drawn = (n: number) => (n * 9_973) % PAYMENTS
const phoneOf = (n: number) => `77${String((drawn(n) * 7_919) % 1_000_000_000).padStart(9, '0')}`

const QUESTIONS: readonly Question[] = [
  { what: 'page 1' },
  { what: 'page 1 000', offset: (n) => 99_900 + n },
  { what: 'page 1 000, one country and system', scope: KZ, offset: (n) => 99_900 + n },
  { what: 'page 1 000, status paid', filter: () => ({ status: 'paid' }), offset: () => 99_900 },
  { what: 'page 9 000', offset: (n) => 899_900 + n },
  { what: 'source', filter: (n) => ({ sourceId: 1 + (n % SOURCES) }) },
  {
    what: 'source, page 400',
    filter: (n) => ({ sourceId: 1 + (n % SOURCES) }),
    offset: () => 39_900,
  },
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
  { what: 'sum range', filter: (n) => ({ fromTiyn: 1_000_000n + BigInt(n), toTiyn: 1_100_000n }) },
  { what: 'has a task', filter: () => ({ hasTask: true }) },
  { what: 'late', filter: () => ({ late: true }) },
  { what: 'overpaid', filter: () => ({ overpaid: true }) },
  { what: 'search: external_id', filter: (n) => search(`ext-${drawn(n)}`) },
  { what: 'search: order in metadata', filter: (n) => search(`T-${drawn(n)}`) },
  { what: 'search: whole phone', filter: (n) => search(`+${phoneOf(n)}`) },
  { what: 'search: last 4 digits', filter: (n) => search(phoneOf(n).slice(-4)) },
  { what: 'search: e-mail', filter: (n) => search(`customer${drawn(n) % 400_000}@example.kz`) },
  { what: 'search: whole name', filter: (n) => search(`Айгуль ${(drawn(n) * 5) % 30_000}`) },
  { what: 'search: beginning of a common name', filter: () => search('айг') },
  {
    what: 'search: Kaspi’s number',
    filter: (n) => search(String(3_000_000_001 + (drawn(n) % 700_000))),
  },
  { what: 'search: nothing found', filter: (n) => search(`нет такого ${n}`) },
]

interface Times {
  readonly what: string
  readonly rows: number
  readonly page: readonly number[]
  readonly count: readonly number[]
}

async function measure(ledger: PaymentLedger, question: Question): Promise<Times> {
  const {
    filter = () => ({}),
    offset = () => 0,
    order = NEWEST,
    scope = EVERYTHING,
    what,
  } = question
  const page: number[] = []
  const count: number[] = []
  let rows = 0
  for (let n = -3; n < RUNS; n += 1) {
    const asked = { ...ALL, ...filter(Math.abs(n)) }
    const from = { kind: 'offset', offset: offset(Math.abs(n)) } as const
    const began = performance.now()
    const { lines } = await ledger.page(scope, asked, { order, limit: 100, from })
    const paged = performance.now()
    await ledger.count(scope, asked)
    const counted = performance.now()
    // The first few only warm the connection.
    if (n < 0) continue
    rows = Math.max(rows, lines.length)
    page.push(paged - began)
    count.push(counted - paged)
  }
  return { what, rows, page, count }
}

function quantile(times: readonly number[], share: number): string {
  const sorted = [...times].sort((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return value < 10 ? value.toFixed(1) : Math.round(value).toString()
}

const world = await openLedgerWorld(PAYMENTS)
try {
  const lines = [
    '| list of 100 | rows | page p50 | p99 | total p50 | p99 |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
  ]
  for (const question of QUESTIONS) {
    const { count, page, rows, what } = await measure(world.centre.storage.ledger, question)
    const figures = [page, count].flatMap((times) => [quantile(times, 0.5), quantile(times, 0.99)])
    lines.push(`| ${what} | ${rows} | ${figures.join(' | ')} |`)
    process.stdout.write(`${lines.at(-1)}\n`)
  }
  const text = `${lines.join('\n')}

Milliseconds, ${RUNS} runs each over ${PAYMENTS.toLocaleString('en')} payments of twelve months, one question
at a time, on ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}. The total is exact but for searches.
`
  writeFileSync(
    join(import.meta.dirname, 'lists.md'),
    `# Lists\n\n\`node bench/lists.ts\`\n\n${text}`,
  )
} finally {
  await world.stop()
}
