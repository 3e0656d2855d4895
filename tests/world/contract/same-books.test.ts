// The same story told to both stores leaves the same books, row for row: random inputs, sense or nonsense, saved as
// the middle saves them. Only ids and the moment of the beginning are each store's own.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Attempt, PaymentInput, Refund, RefundStep } from '@byfly-pay/core'
import type { Books } from '../storage/books.ts'
import { openPostgresWorld } from '../storage/postgres-world.ts'
import { openMemoryWorld, type WorldStorage } from '../storage/world-storage.ts'
import { Chance } from '../time/chance.ts'
import { GOLD, Kept, paid, SETTING } from './kept.ts'

const STORIES = 4
const STEPS = 120
const PAYMENTS = 3
const FIRST_SEED = Number(process.env['SEED'] ?? 1)

/** What may happen to an attempt, by its number in its payment. */
const DEEDS = {
  reserve: 6,
  mark_calling: 6,
  start_accepted: 6,
  start_refused: 1,
  start_lost: 2,
  release: 1,
  waiting: 2,
  paid: 3,
  paid_oddly: 2,
  failed: 2,
  unknown: 1,
  stop: 1,
  abandon: 2,
  resolve: 1,
  cancel: 1,
  expire: 1,
  qr_read: 2,
  ask_refund: 4,
} as const
type Deed = keyof typeof DEEDS

/** What may happen to a refund, sense or nonsense. */
const REFUND_DEEDS = {
  approve: 2,
  cancel: 1,
  reserve: 8,
  mark_calling: 8,
  start_accepted: 7,
  start_lost: 2,
  start_refused: 1,
  given_back: 6,
  ran_out: 1,
  unknown: 2,
  abandon: 2,
  not_refunded: 1,
  qr_read: 2,
} as const
type RefundDeed = keyof typeof REFUND_DEEDS

const SENSIBLE_OF_REFUNDS: Partial<Record<Refund['state']['kind'], readonly RefundDeed[]>> = {
  awaiting_approval: ['approve', 'approve', 'cancel'],
  approved: ['reserve'],
  reserved: ['mark_calling'],
  calling: ['start_accepted', 'start_accepted', 'start_lost', 'start_refused'],
  live: ['given_back', 'given_back', 'ran_out', 'unknown', 'qr_read'],
  unknown: ['given_back', 'not_refunded'],
  lost: ['abandon', 'start_accepted'],
  held: ['not_refunded', 'start_accepted'],
}

/** What may well happen next, so that long roads are walked too. */
const SENSIBLE: Partial<Readonly<Record<Attempt['state']['kind'], readonly Deed[]>>> = {
  reserved: ['mark_calling', 'mark_calling', 'release'],
  calling: ['start_accepted', 'start_accepted', 'start_accepted', 'start_lost', 'start_refused'],
  live: ['waiting', 'qr_read', 'paid', 'paid_oddly', 'failed', 'unknown'],
  unknown: ['paid', 'failed', 'resolve'],
  lost: ['reserve', 'abandon', 'start_accepted'],
  stray: ['paid', 'failed'],
  held: ['resolve'],
}

function deedFor(dice: Chance, attempt: Attempt | undefined): Deed {
  if (attempt === undefined) return 'reserve'
  const sensible = SENSIBLE[attempt.state.kind] ?? ['reserve']
  return dice.isLucky(0.7) ? dice.of(sensible) : dice.weighted<Deed>(DEEDS)
}

class Teller {
  readonly kept: Kept
  readonly beganMs: number
  readonly payments: string[] = []

  constructor(kept: Kept) {
    this.kept = kept
    this.beganMs = kept.time.nowMs
  }

  static async over(world: WorldStorage): Promise<Teller> {
    const teller = new Teller(await Kept.over(world))
    for (let n = 0; n < PAYMENTS; n += 1) {
      teller.payments.push(await teller.kept.create({ lifetimeSeconds: 1_200 }))
      // Ids of one moment have no order of their own.
      await teller.kept.time.pass(1)
    }
    return teller
  }

  /** One step; what the store refuses is part of the story. */
  async step(dice: Chance): Promise<string> {
    const paymentId = this.payments[dice.between(0, PAYMENTS - 1)] ?? ''
    const { freshId, payment } = await this.kept.peek(paymentId)
    const back = dice.isLucky(0.7) ? 1 : dice.between(1, 3)
    const refund = payment.refunds.at(-back) ?? payment.refunds.at(-1)
    const input =
      refund !== undefined && dice.isLucky(0.6)
        ? refundInput(dice, refund)
        : inputOf(dice, freshId, payment.attempts.at(-back) ?? payment.attempts.at(-1))
    const came = await this.kept.apply(paymentId, input).then(
      (decision) => (decision.kind === 'rejected' ? decision.code : decision.kind),
      () => 'refused by the store',
    )
    await this.kept.time.pass(dice.of([1, 7, 1_000, 5_000, 60_000]))
    return `${input.kind}: ${came}`
  }
}

function inputOf(dice: Chance, freshId: string, attempt: Attempt | undefined): PaymentInput {
  const deed = deedFor(dice, attempt)
  // Thrown whatever comes of it, so that both stores throw alike.
  const terminalId = dice.between(1, 3)
  const number = dice.between(1, 4)
  const attemptId = attempt?.id ?? freshId
  const observed = { kind: 'observed', attemptId, duplicate: false } as const
  switch (deed) {
    case 'reserve':
      return {
        kind: 'reserve',
        attemptId: freshId,
        terminalId,
        request: { terms: GOLD, partTiyn: null, presence: number === 1 ? 'in_person' : 'remote' },
      }
    case 'start_accepted':
      return { kind: deed, attemptId, processId: String(number) }
    case 'start_refused':
      return { kind: deed, attemptId, reason: number === 1 ? 'terminal_busy' : 'not_connected' }
    case 'waiting':
      return { ...observed, observation: { kind: 'waiting', phase: 'waiting_for_scan' } }
    case 'paid':
      return paid(attemptId, `T${number}`)
    case 'paid_oddly':
      return paid(attemptId, `T${number}`, BigInt(number) * 300_000n)
    case 'failed':
      return { ...observed, observation: { kind: 'failed', reason: 'declined' } }
    case 'unknown':
      return { ...observed, observation: { kind: 'unknown' } }
    case 'resolve':
      return { kind: deed, attemptId, resolution: { kind: 'no_money' } }
    case 'qr_read': {
      const text = `https://qr.kaspi.kz/${attemptId.slice(-6)}`
      return { kind: deed, attemptId, qr: { text: 'qr', url: text.slice(0, 5), expiresAtMs: 0 } }
    }
    case 'ask_refund':
      return requestOf(freshId, number)
    case 'cancel':
    case 'expire':
      return { kind: deed }
    default:
      return { kind: deed, attemptId }
  }
}

function requestOf(refundId: string, number: number): PaymentInput {
  return {
    kind: 'request_refund',
    // As many as there may be captures; who has more than these refuses alike.
    refundIds: [refundId],
    request: {
      attemptId: null,
      amountTiyn: number === 4 ? null : BigInt(number) * 100_000n,
      bearer: number === 1 ? 'customer' : 'source',
      reason: 'customer_request',
      note: null,
      requestedBy: { id: 'admin:1', name: 'Айгерим' },
      approvalAboveTiyn: number === 2 ? 150_000n : null,
    },
  }
}

function refundInput(dice: Chance, { amountTiyn, id: refundId, state }: Refund): PaymentInput {
  const sensible = SENSIBLE_OF_REFUNDS[state.kind]
  const isSensible = sensible !== undefined && dice.isLucky(0.8)
  const deed = isSensible ? dice.of(sensible) : dice.weighted<RefundDeed>(REFUND_DEEDS)
  const number = dice.between(1, 4)
  return { kind: 'refund', refundId, step: stepOf(deed, number, amountTiyn) }
}

function stepOf(deed: RefundDeed, number: number, amountTiyn: bigint): RefundStep {
  switch (deed) {
    case 'approve':
      return { kind: deed, by: { id: `admin:${number}`, name: 'Бауыржан' } }
    case 'reserve':
      return { kind: deed, terminalId: Math.min(number, 3) }
    case 'start_accepted':
      return { kind: deed, processId: `r${number}` }
    case 'start_refused':
      return { kind: deed, reason: number === 1 ? 'terminal_busy' : 'purchase_not_found' }
    case 'given_back': {
      const { observation } = paid('', 'R')
      const refundTiyn = number === 1 ? amountTiyn / 2n : amountTiyn
      const success = { ...observation.success, refundTiyn }
      return { kind: 'observed', observation: { kind: 'succeeded', success } }
    }
    case 'ran_out':
      return { kind: 'observed', observation: { kind: 'failed', reason: deed } }
    case 'unknown':
      return { kind: 'observed', observation: { kind: deed } }
    case 'not_refunded':
      return { kind: 'resolve', resolution: { kind: deed } }
    case 'qr_read':
      return { kind: deed, qr: { text: `r${number}`, url: 'r', expiresAtMs: 0 } }
    default:
      return { kind: deed }
  }
}

/** The books with ids by their number and moments since the beginning. */
function plain(books: Books, { beganMs, payments }: Teller): unknown {
  const names = new Map(payments.map((id, index) => [id, `платёж ${index + 1}`]))
  books.attempts.forEach(({ attempt }, index) => {
    names.set(attempt.id, `попытка ${index + 1}`)
  })
  books.refunds.forEach(({ refund }, index) => {
    names.set(refund.id, `возврат ${index + 1}`)
  })
  const shown = JSON.parse(
    JSON.stringify(withoutOwnIds(books), (key, value: unknown) => {
      if (typeof value === 'bigint') return `${value}n`
      if (typeof value === 'string') return names.get(value) ?? value
      return typeof value === 'number' && key.endsWith('Ms') && value > 0 ? value - beganMs : value
    }),
  ) as Record<string, unknown>
  // Rows without an order of their own are compared as sets.
  return Object.fromEntries(
    Object.entries(shown).map(([table, rows]) => [
      table,
      Array.isArray(rows) ? rows.map((row) => JSON.stringify(sorted(row))).sort() : rows,
    ]),
  )
}

function withoutOwnIds(books: Books) {
  const { nowMs: _, deliveries, postings, ...others } = books
  return {
    ...others,
    deliveries: deliveries.map(({ id: __, ...row }) => row),
    postings: postings.map(({ postings: set, ...row }) => ({
      ...row,
      set: [...set].sort((a, b) => (a.account < b.account ? -1 : 1)),
    })),
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, part]) => [name, sorted(part)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

test(`one story leaves the same books in memory and in PostgreSQL (SEED=${FIRST_SEED})`, async () => {
  let refunds = 0
  for (let seed = FIRST_SEED; seed < FIRST_SEED + STORIES; seed += 1) {
    const memory = await openMemoryWorld(SETTING, new Chance(seed, 'same'), [])
    const postgres = await openPostgresWorld(SETTING)
    try {
      const [one, other] = [await Teller.over(memory), await Teller.over(postgres)]
      const [dice, same] = [new Chance(seed, 'story'), new Chance(seed, 'story')]
      for (let step = 1; step <= STEPS; step += 1) {
        const came = await one.step(dice)
        assert.equal(await other.step(same), came, `зерно ${seed}, шаг ${step}`)
      }
      const told = plain(await memory.books(), one)
      assert.deepEqual(plain(await postgres.books(), other), told, `зерно ${seed}`)
      assert.ok((await memory.books()).history.length > STEPS / 6)
      refunds += (await memory.books()).refunds.length
    } finally {
      await postgres.end()
    }
  }
  assert.ok(refunds > 0, 'no story told of money on its way back')
})
