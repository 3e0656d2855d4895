// A world of two countries, two payment systems and several sources, in which seeded chance pays, cancels,
// loses, overpays and comes late. Time is the test's own, so that money and creation fall on many days.

import {
  decide,
  HOUR_MS,
  type Payment,
  type PaymentInput,
  type RefundStep,
  type Scope,
} from '@byfly-pay/core'
import type { FigureFilter, FigureGroup } from '../../packages/server/src/ports/figure-store.ts'
import { GOLD, INSTANCE, openWorld, type StorageWorld } from './storage-world.ts'

export const ZONE = 'Asia/Almaty'
export const SYSTEM_OF = {
  kaspi_gold: 'kaspi',
  kaspi_red: 'kaspi',
  kaspi_credit: 'kaspi',
  halyk_qr: 'halyk',
} as const
const METHODS = Object.keys(SYSTEM_OF)
const RATES = { kaspi_gold: 100, kaspi_red: 100, kaspi_credit: 1400, halyk_qr: 200 } as const
const RECENT = 10
const START = Date.now() - 72 * HOUR_MS

/** Mulberry32: the same numbers for the same seed everywhere. */
export function chanceOf(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    /** @throws RangeError when there is nothing to choose from */
    of<T>(values: readonly T[]): T {
      const value = values[below(values.length)]
      if (value === undefined) throw new RangeError('выбирать не из чего')
      return value
    },
    often: (share: number) => next() < share,
  }
}
export type Chance = ReturnType<typeof chanceOf>

export interface FigureWorld extends StorageWorld {
  readonly sources: readonly { readonly id: number; readonly country: string }[]
  readonly terminals: readonly number[]
  /** Whatever chance has next; most of it makes sense. */
  step(chance: Chance, withRefunds?: boolean): Promise<void>
}

export async function openFigureWorld(): Promise<FigureWorld> {
  const world = await openWorld()
  await world.sql("INSERT INTO payment_systems VALUES ('halyk', 'Halyk', 'KZT', 100)")
  await world.sql(
    `INSERT INTO payment_methods (id, code, name, payment_system)
     VALUES (90, 'halyk_qr', 'QR', 'halyk')`,
  )
  const sources = await world.sql<{ id: number; country: string }>(
    `WITH added AS (
       INSERT INTO sources (name, type, country_iso) VALUES ('B', 'other', 'KZ'), ('C', 'other', 'UZ')
       RETURNING id, country_iso
     )
     SELECT id, country_iso AS country FROM sources UNION ALL SELECT * FROM added ORDER BY id`,
  )
  const terminals: number[] = []
  for (let n = 0; n < 8; n += 1) terminals.push(await world.addTerminal())
  // Payments know no borders, so that many of them come by a terminal that their reader may not know.
  await world.sql(
    `UPDATE terminals SET country_iso = CASE WHEN id % 3 = 0 THEN 'UZ' ELSE 'KZ' END,
       payment_system = CASE WHEN id % 4 = 0 THEN 'halyk' ELSE 'kaspi' END`,
  )
  const payments: string[] = []
  let now = START
  let told = 0

  async function create(chance: Chance): Promise<void> {
    const { id: sourceId, country } = chance.of(sources)
    const currency = chance.often(0.1) ? 'USD' : 'KZT'
    const [row] = await world.sql<{ id: string }>(
      `INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn,
         created_at, expires_at, updated_at)
       SELECT uuid7_at(at), $2, $3, $4, $5, 100, at, at + interval '20 hours', at
       FROM (SELECT to_timestamp($1::bigint / 1000.0) AS at) AS moment RETURNING id`,
      [now, sourceId, country, currency, 1_000 + chance.below(1_000_000)],
    )
    if (row !== undefined) payments.push(row.id)
  }

  async function apply(paymentId: string, inputOf: (locked: Locked) => PaymentInput) {
    await world.storage.transaction(async (tx) => {
      const locked = await world.storage.payments.lock(tx, paymentId)
      if (locked === null) return
      const moved = { ...locked, now }
      const decision = decide(moved.payment, inputOf(moved), now)
      if (decision.kind === 'applied') {
        await world.storage.payments.save(tx, moved, decision, [], INSTANCE)
      }
    })
  }

  async function step(chance: Chance, withRefunds = true): Promise<void> {
    now += chance.below(HOUR_MS / 3)
    if (payments.length === 0 || chance.often(0.08)) return create(chance)
    const open = await world.sql<{ payment_id: string; terminal_id: number }>(
      'SELECT payment_id, terminal_id FROM open_attempts ORDER BY attempt_id',
    )
    // What is under way goes on most of the time, so that roads are walked to their ends.
    const busy = open.map(({ payment_id: id }) => id)
    const among = busy.length > 0 && chance.often(0.7) ? busy : payments.slice(-RECENT)
    const free = terminals.filter((id) => !open.some(({ terminal_id: held }) => held === id))
    const terminalId = free.length === 0 ? null : chance.of(free)
    told += 1
    await apply(chance.of(among), (locked) => {
      const { freshId, payment } = locked
      const isRefund = withRefunds && payment.captures.length > 0 && chance.often(0.4)
      return isRefund
        ? refundInput(payment, freshId, chance, terminalId, told)
        : inputFor(locked, chance, terminalId, told)
    })
  }

  return {
    ...world,
    sources,
    terminals,
    step,
  }
}

type Locked = Parameters<StorageWorld['save']>[1] extends (locked: infer L) => unknown ? L : never

function inputFor(
  { freshId, payment }: Locked,
  chance: Chance,
  terminalId: number | null,
  told: number,
): PaymentInput {
  const attempt = payment.attempts.at(-1)
  if (chance.often(0.04)) return { kind: 'cancel' }
  if (chance.often(0.05)) return { kind: 'expire' }
  const attemptId = attempt?.id ?? freshId
  switch (attempt?.state.kind) {
    case 'reserved':
      return { kind: chance.often(0.9) ? 'mark_calling' : 'release', attemptId }
    case 'calling':
      if (chance.often(0.1)) return { kind: 'start_lost', attemptId }
      if (chance.often(0.1)) return { kind: 'start_refused', attemptId, reason: 'not_connected' }
      return { kind: 'start_accepted', attemptId, processId: `p${told}` }
    case 'lost':
      if (chance.often(0.5)) return { kind: 'abandon', attemptId }
      return { kind: 'start_accepted', attemptId, processId: `p${told}` }
    case 'live':
    case 'stray':
    case 'unknown':
      return observation(attemptId, attempt.quote.chargeTiyn, chance, told)
    default: {
      if (terminalId === null) return { kind: 'expire' }
      const method = chance.of(METHODS)
      const terms = { ...GOLD, method, rateBp: RATES[method as keyof typeof RATES], rates: RATES }
      const partTiyn = chance.often(0.2) ? 100_000n : null
      const request = { terms, partTiyn, presence: 'remote' } as const
      return { kind: 'reserve', attemptId: freshId, terminalId, request }
    }
  }
}

/** A new refund, or the next step of the newest; whatever does not fit is refused. */
function refundInput(
  payment: Payment,
  freshId: string,
  chance: Chance,
  terminalId: number | null,
  told: number,
): PaymentInput {
  const refund = payment.refunds.at(-1)
  const next = (step: RefundStep): PaymentInput => ({
    kind: 'refund',
    refundId: refund?.id ?? freshId,
    step,
  })
  switch (refund?.state.kind) {
    case 'approved':
      return next(terminalId === null ? { kind: 'cancel' } : { kind: 'reserve', terminalId })
    case 'reserved':
      return next({ kind: terminalId === null ? 'release' : 'mark_calling' })
    case 'calling':
      return next({ kind: 'start_accepted', processId: `r${told}` })
    case 'live': {
      const failed = { kind: 'failed', reason: 'declined' } as const
      if (chance.often(0.2)) return next({ kind: 'observed', observation: failed })
      const success = {
        grossTiyn: null,
        refundTiyn: refund.amountTiyn,
        moneyKind: 'qr',
        providerTransactionId: `r${told}`,
        product: { methodCode: null, word: '' },
      } as const
      return next({ kind: 'observed', observation: { kind: 'succeeded', success } })
    }
    default: {
      const [capture] = payment.captures
      const wish = {
        attemptId: capture?.attemptId ?? null,
        amountTiyn: chance.often(0.5) ? 10_000n : null,
        bearer: 'source',
      } as const
      const asker = { id: 'admin:1', name: 'Тест' }
      const request = { ...wish, reason: 'other', note: null, requestedBy: asker } as const
      return {
        kind: 'request_refund',
        refundIds: [freshId],
        request: { ...request, approvalAboveTiyn: null },
      }
    }
  }
}

function observation(
  attemptId: string,
  chargeTiyn: bigint,
  chance: Chance,
  told: number,
): PaymentInput {
  if (chance.often(0.2)) {
    const failed = { kind: 'failed', reason: 'declined' } as const
    return { kind: 'observed', attemptId, observation: failed, duplicate: false }
  }
  const grossTiyn = chance.of([chargeTiyn, chargeTiyn, chargeTiyn / 2n + 1n, chargeTiyn + 12_345n])
  const methodCode = chance.of([...METHODS, null])
  const product = { methodCode, word: methodCode ?? 'Platinum' }
  const success = {
    grossTiyn,
    moneyKind: 'qr',
    providerTransactionId: `t${told}`,
    product,
  } as const
  const succeeded = { kind: 'succeeded', success } as const
  return { kind: 'observed', attemptId, observation: succeeded, duplicate: false }
}

const GROUPS: readonly FigureGroup[] = [
  'day',
  'source',
  'method',
  'product',
  'terminal',
  'country',
  'system',
]

/** Some question that somebody may ask. */
export function randomQuestion(world: FigureWorld, chance: Chance) {
  const maybe = <T>(values: readonly T[]) => (chance.often(0.15) ? chance.of(values) : null)
  const some = <T>(values: readonly T[]) =>
    chance.often(0.4) ? values.filter(() => chance.often(0.6)) : null
  // Of some days; or of months, whose whole ones are kept as such.
  const reach = chance.often(0.3) ? 140 : 10
  const days = [chance.below(reach) - 0.4 * reach, chance.below(reach) - 0.4 * reach].sort(
    (a, b) => a - b,
  )
  const dayOf = (n = 0) => new Date(START + n * 24 * HOUR_MS).toISOString().slice(0, 10)
  const filter: FigureFilter = {
    dayFrom: dayOf(days[0]),
    dayTo: dayOf(days[1]),
    dateField: chance.often(0.6) ? 'created_at' : 'paid_at',
    currency: chance.often(0.9) ? 'KZT' : 'USD',
    sourceId: maybe(world.sources.map(({ id }) => id)),
    method: maybe(METHODS),
    product: maybe(METHODS),
    terminalId: maybe(world.terminals),
    countryIso: maybe(['KZ', 'UZ']),
    system: maybe(['kaspi', 'halyk']),
  }
  const scope: Scope = {
    countries: some(['KZ', 'UZ']),
    systems: some(['kaspi', 'halyk']),
    sources: some(world.sources.map(({ id }) => id)),
  }
  const first = chance.of(GROUPS)
  const second = chance.of(GROUPS)
  return { filter, scope, groups: first === second ? [first] : [first, second] }
}
