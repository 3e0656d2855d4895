// What figures must be, worked out of the rows by brute force: every row is read and added up here, with
// nothing of the storage's own SQL for figures.

import { isInScope, localTime, type PaymentStatus, type Scope } from '@byfly-pay/core'
import type {
  FigureFilter,
  FigureGroup,
  FigureLine,
  FigureSums,
} from '../../packages/server/src/ports/figure-store.ts'

type Sql = (text: string) => Promise<readonly Row[]>
// biome-ignore lint/suspicious/noExplicitAny: a row has whatever columns the query asked for
type Row = any

interface Terminal {
  readonly id: number
  readonly country_iso: string
  readonly payment_system: string
}

/** One thing that counts, wherever it belongs. */
export interface Fact {
  readonly day: string
  readonly moneyDay: string | null
  readonly source: number
  readonly country: string
  readonly currency: string
  readonly method: string | null
  readonly product: string | null
  readonly terminal: Terminal | null
  readonly status: PaymentStatus | null
  readonly sums: Partial<Record<Measure, bigint>>
}

type Measure = Exclude<keyof FigureSums, 'byStatus'>

const MEASURES: readonly Measure[] = [
  'originalTiyn',
  'payMs',
  'attemptsStarted',
  'attemptsSucceeded',
  'grossTiyn',
  'creditedTiyn',
  'commissionTiyn',
  'roundingTiyn',
  'overpaidTiyn',
  'forgivenTiyn',
  'feeTiyn',
  'refundedTiyn',
]

export async function factsOf(sql: Sql, zone: string): Promise<Fact[]> {
  const dayOf = (at: Date) => localTime(at.getTime(), zone).slice(0, 10)
  const payments = await sql('SELECT * FROM payments')
  const attempts = new Map((await sql('SELECT * FROM attempts')).map((row) => [row.id, row]))
  const terminals = new Map((await sql('SELECT * FROM terminals')).map((row) => [row.id, row]))
  const terminalOf = (attempt: Row): Terminal | null =>
    attempt === undefined ? null : at(terminals, attempt.terminal_id)
  const captures = await sql('SELECT * FROM captures ORDER BY at, attempt_id')
  const usedBy = new Map(captures.map((row) => [row.attempt_id, row.used_method]))
  const placeOf = new Map(
    payments.map((row) => [row.id, { ...placed(row), day: dayOf(row.created_at) }]),
  )
  const facts = payments.map((row): Fact => {
    const own = [...attempts.values()].filter(({ payment_id: id }) => id === row.id)
    const last = own.sort((a, b) => (a.id < b.id ? -1 : 1)).at(-1)
    const used = captures.filter(
      ({ payment_id: id, used_method: method }) => id === row.id && method !== null,
    )
    return {
      ...at(placeOf, row.id),
      moneyDay: row.paid_at === null ? null : dayOf(row.paid_at),
      method: row.chosen_method,
      product: used.at(-1)?.used_method ?? null,
      terminal: terminalOf(last),
      status: row.status,
      sums: {
        originalTiyn: BigInt(row.original_tiyn),
        payMs: row.paid_at === null ? 0n : BigInt(row.paid_at - row.created_at),
      },
    }
  })
  for (const attempt of attempts.values()) {
    const { method, payment_id, state } = attempt
    if (state === 'reserved' || state === 'released') continue
    const terminal = terminalOf(attempt)
    const attemptsSucceeded = state === 'succeeded' ? 1n : 0n
    const sums = { attemptsStarted: 1n, attemptsSucceeded }
    const place = at(placeOf, payment_id)
    facts.push({ ...place, moneyDay: null, method, product: null, terminal, status: null, sums })
  }
  for (const posting of await sql('SELECT * FROM postings')) {
    const attempt = attempts.get(posting.attempt_id)
    facts.push({
      ...at(placeOf, posting.payment_id),
      moneyDay: dayOf(posting.at),
      method: attempt?.method ?? null,
      product: usedBy.get(posting.attempt_id) ?? null,
      terminal: terminalOf(attempt),
      status: null,
      sums: moneyOf(posting),
    })
  }
  return facts
}

function placed({ source_id: source, country_iso: country, currency }: Row) {
  return { source, country, currency } as { source: number; country: string; currency: string }
}

function at<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = map.get(key)
  if (value === undefined) throw new Error(`нет ${key}`)
  return value
}

function moneyOf({ account, set_kind: kind, tiyn: text }: Row): Fact['sums'] {
  const tiyn = BigInt(text)
  switch (account) {
    case 'customer':
      return { grossTiyn: -tiyn }
    case 'source_credit':
      return kind === 'capture' ? { creditedTiyn: tiyn } : {}
    case 'commission_charged':
      return { commissionTiyn: tiyn }
    case 'rounding':
      return { roundingTiyn: tiyn }
    case 'overpaid':
      return { overpaidTiyn: tiyn }
    case 'forgiven':
      return { forgivenTiyn: -tiyn }
    case 'provider_fee_expected':
      return { feeTiyn: tiyn }
    case 'refunded':
      return { refundedTiyn: tiyn }
    default:
      return {}
  }
}

interface Line {
  readonly key: FigureLine['key']
  readonly facts: Fact[]
}

export function linesOf(
  facts: readonly Fact[],
  systemOf: Readonly<Record<string, string>>,
  scope: Scope,
  filter: FigureFilter,
  groups: readonly FigureGroup[],
): FigureLine[] {
  const lines = new Map<string, Line>()
  for (const fact of facts) {
    const day = filter.dateField === 'created_at' ? fact.day : fact.moneyDay
    const system = fact.method === null ? null : (systemOf[fact.method] ?? null)
    if (day === null || day < filter.dayFrom || day > filter.dayTo) continue
    if (!isInScope(scope, { countryIso: fact.country, system, sourceId: fact.source })) continue
    const terminal = terminalFor(scope, fact.terminal)
    const all = { ...fact, day, system, terminal }
    if (!isWanted(all, filter)) continue
    const key = Object.fromEntries(groups.map((group) => [group, all[group]]))
    const name = JSON.stringify(key)
    const line: Line = lines.get(name) ?? { key, facts: [] }
    line.facts.push(fact)
    lines.set(name, line)
  }
  return [...lines.values()].map((line) => ({ key: line.key, sums: sumsOf(line.facts) }))
}

/** Its number, for those for whom there is such a terminal (L4). */
function terminalFor(scope: Scope, terminal: Terminal | null): number | null {
  if (terminal === null) return null
  const { country_iso: countryIso, id, payment_system: system } = terminal
  return isInScope(scope, { countryIso, system, sourceId: null }) ? id : null
}

interface Seen extends Omit<Fact, 'terminal'> {
  readonly terminal: number | null
  readonly system: string | null
}

function isWanted(fact: Seen, filter: FigureFilter): boolean {
  const wanted = [
    [filter.currency, fact.currency],
    [filter.sourceId, fact.source],
    [filter.method, fact.method],
    [filter.product, fact.product],
    [filter.terminalId, fact.terminal],
    [filter.countryIso, fact.country],
    [filter.system, fact.system],
  ]
  return wanted.every(([asked, is]) => asked === null || asked === is)
}

export function sumsOf(facts: readonly Fact[]): FigureSums {
  const byStatus = {
    pending: 0n,
    processing: 0n,
    paid: 0n,
    partially_paid: 0n,
    cancelled: 0n,
    failed: 0n,
  }
  for (const { status } of facts) if (status !== null) byStatus[status] += 1n
  const total = (name: Measure) => facts.reduce((sum, fact) => sum + (fact.sums[name] ?? 0n), 0n)
  const sums = Object.fromEntries(MEASURES.map((name) => [name, total(name)]))
  return { byStatus, ...(sums as Record<Measure, bigint>) }
}
