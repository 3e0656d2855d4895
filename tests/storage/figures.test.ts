// Figures are sums of rows (M14): whatever happens to payments in whatever order, folded or not, what is
// read equals what brute force adds up, for whoever asks.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  dayNumber,
  dayText,
  EVERYTHING,
  localTime,
  momentOfLocal,
  PAYMENT_STATUSES,
  type PaymentStatus,
  type Scope,
} from '@byfly-pay/core'
import { checkFigures } from '../../packages/server/src/payments/check-figures.ts'
import type { FigureLine } from '../../packages/server/src/ports/figure-store.ts'
import { countByDays } from '../../packages/server/src/storage/figure-counts.ts'
import { sessionOf } from '../../packages/server/src/storage/session.ts'
import { factsOf, linesOf, sumsOf } from './figure-truth.ts'
import {
  type Chance,
  chanceOf,
  type FigureWorld,
  openFigureWorld,
  randomQuestion,
  SYSTEM_OF,
  ZONE,
} from './figure-world.ts'

const SEED = Number(process.env['FIGURES_SEED'] ?? Date.now() % 1_000_000)
const STEPS = 800
const LOOKS = 8

const EVERYTHING_ASKED = {
  dateField: 'created_at',
  currency: 'KZT',
  sourceId: null,
  method: null,
  product: null,
  terminalId: null,
  countryIso: null,
  system: null,
} as const

let world: FigureWorld

before(async () => {
  world = await openFigureWorld()
})
after(() => world.end())

function byKey(lines: readonly FigureLine[]) {
  const isAnything = ({ sums: { byStatus, ...sums } }: FigureLine) =>
    [...Object.values(byStatus), ...Object.values(sums)].some((sum) => sum !== 0n)
  return new Map(lines.filter(isAnything).map(({ key, sums }) => [JSON.stringify(key), sums]))
}

async function everythingAgrees(chance: Chance): Promise<void> {
  const facts = await factsOf((text) => world.sql(text), ZONE)
  for (let n = 0; n < LOOKS; n += 1) {
    const { filter, groups, scope } = randomQuestion(world, chance)
    const read = await world.storage.figures.read(scope, filter, groups, 10_000)
    const expected = linesOf(facts, SYSTEM_OF, scope, filter, groups)
    assert.deepEqual(byKey(read), byKey(expected), JSON.stringify({ filter, groups, scope }))
  }
  assert.deepEqual((await checkFigures(world)).differences, [])
}

test(`M14: random histories, seed ${SEED}`, async () => {
  const chance = chanceOf(SEED)
  for (let n = 0; n < STEPS; n += 1) {
    await world.step(chance)
    if (chance.often(0.1)) {
      await world.storage.transaction((tx) => world.storage.figures.fold(tx, 1 + chance.below(40)))
    }
    if (n % 40 === 0) await everythingAgrees(chance)
  }
  await everythingAgrees(chance)
  await everyStatusHappened()
})

/** A history in which nothing happens would prove nothing. */
async function everyStatusHappened(): Promise<void> {
  const statuses = await world.sql<{ status: string }>(
    'SELECT DISTINCT status_after AS status FROM payment_history',
  )
  const happened = statuses.map(({ status }) => status)
  // Of a payment that this world creates past the API there is no line of history.
  assert.deepEqual(
    PAYMENT_STATUSES.filter((status) => status !== 'pending' && !happened.includes(status)),
    [],
  )
}

interface Counted {
  readonly sourceId: number | null
  readonly status: PaymentStatus | null
  readonly dayFrom: string | null
  readonly dayTo: string | null
}

function count(
  scope: Scope,
  { dayFrom, dayTo, sourceId, status }: Counted,
  lateByMs = 0,
): Promise<bigint | null> {
  const period = {
    by: 'created_at' as const,
    fromMs: dayFrom === null ? null : startOf(dayFrom, 0) + lateByMs,
    beforeMs: dayTo === null ? null : startOf(dayTo, 1),
  }
  const filter = { sourceId, status, period, method: null }
  return world.storage.transaction((tx) => countByDays(sessionOf(tx), scope, filter))
}

/** The moment at which the day begins that is `daysOn` after the named one. */
function startOf(day: string, daysOn: number): number {
  const text = dayText((dayNumber(day) ?? 0) + daysOn)
  const [year = 0, month = 0, date = 0] = text.split('-').map(Number)
  return momentOfLocal([year, month, date, 0, 0, 0], ZONE) ?? 0
}

test('M6, S5, M9: a loan instead of Gold, late money, an overpaid rest, a forgiven tiyn: sums by hand', async () => {
  const fresh = await openFigureWorld()
  const { id: sourceId } = fresh.sources[0] ?? {}
  const today = dayNumber(localTime(Date.now(), ZONE).slice(0, 10)) ?? 0
  const take = async (paymentId: string, grossTiyn: bigint, methodCode: string) => {
    const attemptId = await fresh.reserve(paymentId, fresh.terminals[0] ?? 0)
    await fresh.apply(paymentId, { kind: 'mark_calling', attemptId })
    const start = { kind: 'start_accepted', attemptId, processId: attemptId } as const
    await fresh.apply(paymentId, start)
    return async () => {
      const product = { methodCode, word: methodCode }
      const paid = {
        grossTiyn,
        moneyKind: 'qr',
        providerTransactionId: attemptId,
        product,
      } as const
      const observation = { kind: 'succeeded', success: paid } as const
      await fresh.apply(paymentId, { kind: 'observed', attemptId, observation, duplicate: false })
    }
  }
  // 10 000 ₸ by Gold, paid by a loan: credited 8 859.65, then 1 152 ₸ for the rest of 1 140.35.
  const first = await fresh.create()
  await (await take(first, 1_010_000n, 'kaspi_credit'))()
  await (await take(first, 115_200n, 'kaspi_gold'))()
  // Cancelled while the customer pays, and more than was asked.
  const late = await fresh.create()
  const pay = await take(late, 1_020_000n, 'kaspi_gold')
  await fresh.apply(late, { kind: 'cancel' })
  await pay()
  // 0.50 ₸ short of 10 000 ₸, within the tolerance of 1 ₸.
  const short = await fresh.create()
  await (await take(short, 1_009_950n, 'kaspi_gold'))()
  const filter = { ...EVERYTHING_ASKED, dayFrom: dayText(today - 1), dayTo: dayText(today + 1) }
  const [line] = await fresh.storage.figures.read(EVERYTHING, filter, ['source'], 10)
  assert.deepEqual(line?.key, { source: sourceId })
  const { byStatus, payMs, ...sums } = line?.sums ?? assert.fail('нет строки')
  assert.equal(byStatus.paid, 3n)
  assert.ok(payMs > 0n)
  assert.deepEqual(sums, {
    originalTiyn: 3_000_000n,
    attemptsStarted: 4n,
    attemptsSucceeded: 4n,
    grossTiyn: 3_155_150n,
    creditedTiyn: 885_965n + 114_035n + 1_000_000n + 999_951n,
    commissionTiyn: 124_035n + 1_141n + 10_000n + 9_999n,
    roundingTiyn: 24n,
    overpaidTiyn: 10_000n,
    forgivenTiyn: 49n,
    feeTiyn: 141_400n + 1_152n + 10_200n + 10_100n,
    refundedTiyn: 0n,
  })
  const products = await fresh.storage.figures.read(EVERYTHING, filter, ['product', 'terminal'], 10)
  assert.deepEqual(
    products.map(({ key, sums: { grossTiyn } }) => [key.product, grossTiyn]),
    [
      ['kaspi_credit', 1_010_000n],
      ['kaspi_gold', 2_145_150n],
      [null, 0n],
    ],
  )
  await fresh.end()
})

test('money splits into what it was for, and what sources were credited is what payments say', async () => {
  const facts = await factsOf((text) => world.sql(text), ZONE)
  const all = sumsOf(facts)
  const { creditedTiyn, commissionTiyn, roundingTiyn, overpaidTiyn, grossTiyn } = all
  // What was overpaid and went back is no longer overpaid, and was given all the same (M10).
  const [back] = await world.sql<Record<'overpaid' | 'gross', string>>(
    `SELECT sum(overpaid_tiyn) AS overpaid, sum(amount_tiyn) AS gross FROM refunds
     WHERE state = 'succeeded'`,
  )
  const backTiyn = BigInt(back?.overpaid ?? 0)
  assert.equal(grossTiyn, creditedTiyn + commissionTiyn + roundingTiyn + overpaidTiyn + backTiyn)
  assert.ok(all.refundedTiyn > 0n)
  assert.equal(all.refundedTiyn, BigInt(back?.gross ?? 0))
  const [row] = await world.sql<Record<'paid' | 'credited' | 'overpaid' | 'forgiven', string>>(
    `SELECT sum(paid_tiyn) AS paid, sum(credited_tiyn) AS credited, sum(overpaid_tiyn) AS overpaid,
       sum(forgiven_tiyn) AS forgiven FROM payments`,
  )
  assert.deepEqual(
    [grossTiyn, creditedTiyn, overpaidTiyn, all.forgivenTiyn],
    [row?.paid, row?.credited, row?.overpaid, row?.forgiven].map((sum) => BigInt(sum ?? 0)),
  )
})

test('T4: totals of lists are exact, whoever asks and however much is folded', async () => {
  const facts = (await factsOf((text) => world.sql(text), ZONE)).filter(
    ({ status }) => status !== null,
  )
  const chance = chanceOf(SEED + 1)
  for (let n = 0; n < 60; n += 1) {
    const { filter, scope } = randomQuestion(world, chance)
    const status = chance.often(0.5) ? chance.of(PAYMENT_STATUSES) : null
    const { sourceId } = filter
    const dayFrom = chance.often(0.5) ? filter.dayFrom : null
    const dayTo = chance.often(0.5) ? filter.dayTo : null
    const asked = { sourceId, status, dayFrom, dayTo }
    const wide = { ...filter, currency: '', method: null, product: null, terminalId: null }
    const expected = facts
      .map((fact) => ({ ...fact, currency: '' }))
      .filter((fact) => status === null || fact.status === status)
    const lines = linesOf(
      expected,
      SYSTEM_OF,
      scope,
      {
        ...wide,
        countryIso: null,
        system: null,
        dateField: 'created_at',
        dayFrom: dayFrom ?? '0000',
        dayTo: dayTo ?? '9999',
      },
      ['country'],
    )
    const total = lines
      .flatMap(({ sums }) => Object.values(sums.byStatus))
      .reduce((sum, count) => sum + count, 0n)
    assert.equal(await count(scope, asked), total, JSON.stringify(asked))
    if (n % 10 === 0) {
      await world.storage.transaction((tx) => world.storage.figures.fold(tx, 30))
    }
  }
  const everything = { sourceId: null, status: null, dayFrom: null, dayTo: null }
  const [row] = await world.sql<{ count: string }>('SELECT count(*) FROM payments')
  assert.equal(await count(EVERYTHING, everything), BigInt(row?.count ?? -1))
  // A period that begins within a day of the figures is not theirs to tell.
  const today = { ...everything, dayFrom: localTime(Date.now(), ZONE).slice(0, 10) }
  assert.notEqual(await count(EVERYTHING, today), null)
  assert.equal(await count(EVERYTHING, today, 1_000), null)
})
