// Random histories: a payment, and whatever may happen to it in whatever order, sense or nonsense. After
// every step the invariants are checked against a ledger that the test keeps for itself.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkStep, newLedger } from '../testing/invariants.ts'
import { LOAN, NOW, newPayment, RATES, success, tenge, terms } from '../testing/payments.ts'
import { HOUR_MS, SECOND_MS } from '../time.ts'
import {
  type Attempt,
  type AttemptState,
  type AttemptStateKind,
  occupiesTerminal,
} from './attempt.ts'
import { decide } from './decide.ts'
import { figuresOf } from './figures.ts'
import type { PaymentInput } from './input.ts'
import type { Payment } from './state.ts'
import { statusOf } from './status.ts'

/** One thing to happen; `pick` chooses the attempt, `size` the sum. */
interface Event {
  readonly what: What | 'sensible'
  readonly pick: number
  readonly size: 'asked' | 'less' | 'more' | 'tiny' | 'unreadable'
  readonly product: string | null
  readonly method: number
  readonly road: number
  readonly inPerson: boolean
  readonly waitMs: number
}

const WHATS = [
  'reserve',
  'reserve_part',
  'mark_calling',
  'start_accepted',
  'start_refused',
  'start_lost',
  'release',
  'qr_read',
  'waiting',
  'succeeded',
  'duplicate',
  'failed',
  'unknown',
  'not_found',
  'no_answer',
  'stop',
  'resume',
  'abandon',
  'resolve_money',
  'resolve_none',
  'cancel',
  'expire',
] as const

type What = (typeof WHATS)[number]

/** What may well happen next to an attempt in this state, or to a payment that has none. */
const SENSIBLE: Readonly<Record<AttemptStateKind | 'none', readonly What[]>> = {
  none: ['reserve', 'reserve', 'reserve_part'],
  reserved: ['mark_calling', 'mark_calling', 'release'],
  calling: ['start_accepted', 'start_accepted', 'start_lost', 'start_refused'],
  live: [
    'waiting',
    'qr_read',
    'succeeded',
    'succeeded',
    'duplicate',
    'failed',
    'unknown',
    'stop',
    'resume',
  ],
  unknown: ['succeeded', 'failed', 'resolve_money', 'resolve_none'],
  lost: ['start_accepted', 'abandon', 'reserve', 'reserve'],
  stray: ['succeeded', 'succeeded', 'failed', 'reserve'],
  held: ['resolve_money', 'resolve_none', 'start_accepted', 'reserve'],
  released: ['reserve'],
  refused: ['reserve'],
  succeeded: ['reserve', 'reserve_part'],
  failed: ['reserve', 'cancel', 'expire'],
  abandoned: ['reserve', 'start_accepted', 'resolve_money'],
}

const METHODS = [
  terms('kaspi_gold'),
  terms('kaspi_red', { mode: 'none' }),
  LOAN,
  terms('kaspi_credit', { mode: 'gross_up' }),
  terms('card', { stepTiyn: 1n }),
]

const events: fc.Arbitrary<Event> = fc.record({
  // Sense, so that long roads are walked, as often as anything at all.
  what: fc.oneof(fc.constant('sensible' as const), fc.constantFrom(...WHATS)),
  // Mostly the newest attempt.
  pick: fc.oneof(fc.constant(0), fc.constant(0), fc.nat(5)),
  size: fc.constantFrom('asked', 'asked', 'less', 'more', 'tiny', 'unreadable'),
  product: fc.constantFrom('kaspi_gold', 'kaspi_credit', 'card', 'gone', null),
  method: fc.nat(METHODS.length - 1),
  road: fc.nat(7),
  inPerson: fc.nat(5).map((n) => n === 0),
  waitMs: fc.constantFrom(0, 0, 0, 0, 0, 0, SECOND_MS, SECOND_MS, 251 * SECOND_MS, HOUR_MS),
})

const payments = fc.record({
  originalTiyn: fc.oneof(
    fc.constant(tenge(10_000)),
    fc.bigInt({ min: tenge(10), max: tenge(1_000_000) }),
  ),
  toleranceTiyn: fc.constantFrom(0n, 100n, 5_000n),
  overpaidPolicy: fc.constantFrom('task' as const, 'keep' as const),
})

function grossOf(size: Event['size'], asked: bigint): bigint | null {
  switch (size) {
    case 'asked':
      return asked
    case 'less':
      return (asked * 2n) / 3n + 1n
    case 'more':
      return asked + 12_345n
    case 'tiny':
      return 1n
    case 'unreadable':
      return null
  }
}

/** A terminal that nothing of the payment holds: the storage's claim sees to that. */
function freeTerminal({ attempts }: Payment): number {
  const held = attempts.filter(occupiesTerminal).map(({ terminalId }) => terminalId)
  return [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].find((id) => !held.includes(id)) ?? 11 + attempts.length
}

function inputOf(payment: Payment, event: Event, count: number): PaymentInput {
  const { attempts } = payment
  const attempt = attempts.at(-1 - (event.pick % Math.max(attempts.length, 1)))
  const attemptId = attempt?.id ?? 'none'
  const gross = grossOf(event.size, attempt?.quote.chargeTiyn ?? 100n)
  const report = {
    ...success(gross, event.product),
    providerTransactionId: `t${count}`,
  }
  const observe = (observation: Extract<PaymentInput, { kind: 'observed' }>['observation']) =>
    ({ kind: 'observed', attemptId, observation, duplicate: false }) as const
  const next = SENSIBLE[attempt?.state.kind ?? 'none']
  const what = event.what === 'sensible' ? (next[event.road % next.length] ?? 'expire') : event.what
  switch (what) {
    case 'reserve':
    case 'reserve_part': {
      const asked = METHODS[event.method] ?? LOAN
      const half = figuresOf(payment).remainingTiyn / 200n
      return {
        kind: 'reserve',
        attemptId: `a${count}`,
        terminalId: freeTerminal(payment),
        request: {
          terms: asked,
          partTiyn: what === 'reserve' ? null : half * 100n,
          presence: event.inPerson ? 'in_person' : 'remote',
        },
      }
    }
    case 'mark_calling':
    case 'start_lost':
    case 'release':
    case 'stop':
    case 'resume':
    case 'abandon':
      return { kind: what, attemptId }
    case 'start_accepted':
      return { kind: 'start_accepted', attemptId, processId: `p${count}` }
    case 'start_refused':
      return { kind: 'start_refused', attemptId, reason: 'terminal_busy' }
    case 'qr_read':
      return {
        kind: 'qr_read',
        attemptId,
        qr: { text: `q${count}`, url: `u${count}`, expiresAtMs: NOW },
      }
    case 'waiting':
      return observe({ kind: 'waiting', phase: 'waiting_for_scan' })
    case 'succeeded':
      return observe({ kind: 'succeeded', success: report })
    case 'duplicate':
      return { ...observe({ kind: 'succeeded', success: report }), duplicate: true }
    case 'failed':
      return observe({ kind: 'failed', reason: 'ran_out' })
    case 'unknown':
    case 'not_found':
    case 'no_answer':
      return observe({ kind: what })
    case 'resolve_money':
      return {
        kind: 'resolve',
        attemptId,
        resolution: { kind: 'money', success: { ...report, grossTiyn: gross ?? 777n } },
      }
    case 'resolve_none':
      return { kind: 'resolve', attemptId, resolution: { kind: 'no_money' } }
    case 'cancel':
    case 'expire':
      return { kind: what }
  }
}

/** Freezes what a rule could change by mistake. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  Object.values(value).forEach(frozen)
  return value
}

test('I2, I3, I5, I6, I7, I14: any history of a payment, sense or nonsense', () => {
  const seen = { statuses: new Set<string>(), states: new Set<string>(), taken: 0, refused: 0 }
  fc.assert(
    fc.property(
      payments,
      fc.array(events, { minLength: 1, maxLength: 60, size: 'max' }),
      (facts, row) => {
        let payment: Payment = newPayment(facts)
        let now = NOW
        const ledger = newLedger()
        row.forEach((event, count) => {
          now += event.waitMs
          const input = inputOf(payment, event, count)
          const decision = decide(frozen(payment), frozen(input), now)
          assert.deepEqual(decide(payment, input, now), decision, 'the same facts decide the same')
          if (decision.kind === 'unchanged') assert.equal(decision.payment, payment)
          if (decision.kind !== 'applied') {
            seen.refused += 1
            return
          }
          seen.taken += 1
          checkStep(payment, decision, ledger)
          payment = decision.payment
          seen.statuses.add(statusOf(payment))
          for (const { state } of payment.attempts) seen.states.add(state.kind)
        })
      },
    ),
    { numRuns: 2_500 },
  )
  // A generator that walks nowhere would prove nothing.
  assert.equal(seen.statuses.size, 6)
  assert.equal(seen.states.size, 12)
  assert.ok(seen.taken > 10_000, `only ${seen.taken} inputs were taken`)
})

const states: fc.Arbitrary<AttemptState> = fc.constantFrom<AttemptState[]>(
  { kind: 'reserved' },
  { kind: 'calling' },
  { kind: 'live', phase: 'waiting_for_scan', sinceMs: NOW },
  { kind: 'unknown', sinceMs: NOW },
  { kind: 'lost', sinceMs: NOW },
  { kind: 'stray', phase: 'starting', sinceMs: NOW },
  { kind: 'held', reason: 'possible_duplicate' },
  { kind: 'released' },
  { kind: 'refused', reason: 'bad_request' },
  { kind: 'failed', reason: 'declined' },
  { kind: 'abandoned' },
)

const strangeAttempts = fc.array(
  fc.record({
    state: states,
    hasProcess: fc.boolean(),
    isStopped: fc.boolean(),
    wasLost: fc.boolean(),
    holdsTerminal: fc.boolean(),
  }),
  { maxLength: 4 },
)

/** Points that the rules alone would never lead to, as a repaired database might hold. */
function strange(
  attempts: readonly (typeof strangeAttempts extends fc.Arbitrary<infer T> ? T : never)[number][],
): Attempt[] {
  return attempts.map(({ state, hasProcess, isStopped, wasLost, holdsTerminal }, index) => ({
    id: `s${index}`,
    terminalId: 100 + index,
    presence: 'remote',
    quote: {
      method: 'kaspi_gold',
      mode: 'markup',
      rateBp: 100,
      stepTiyn: 100n,
      chargeTiyn: tenge(10_100),
      originalTiyn: tenge(10_000),
      rates: RATES,
    },
    state,
    processId: hasProcess ? `p${index}` : null,
    forgotten: isStopped && hasProcess,
    qr: null,
    stopRequested: isStopped,
    holdsTerminal,
    lostAtMs: wasLost ? NOW - SECOND_MS : null,
  }))
}

test('I5, M7, M14: from any point, also an illegal one, no rule throws, forgets money or takes back `paid`', () => {
  fc.assert(
    fc.property(
      strangeAttempts,
      fc.array(events, { maxLength: 20, size: 'max' }),
      (attempts, row) => {
        let payment: Payment = newPayment({ attempts: strange(attempts) })
        let now = NOW
        row.forEach((event, count) => {
          now += event.waitMs
          const decision = decide(payment, inputOf(payment, event, count), now)
          if (decision.kind !== 'applied') return
          const before = payment
          payment = decision.payment
          assert.ok(before.paidAtMs === null || payment.paidAtMs === before.paidAtMs)
          const { amountTiyn, paidTiyn, remainingTiyn } = figuresOf(payment)
          assert.equal(amountTiyn, paidTiyn + remainingTiyn)
          let gross = 0n
          for (const effect of decision.effects) {
            if (effect.kind === 'captured') gross += effect.capture.grossTiyn
            if (effect.kind !== 'posted') continue
            assert.equal(
              effect.set.postings.reduce((sum, { tiyn }) => sum + tiyn, 0n),
              0n,
            )
          }
          assert.equal(payment.paidTiyn, before.paidTiyn + gross)
        })
      },
    ),
    { numRuns: 1_500 },
  )
})

test('I4: a readable success of a watched attempt is booked, whatever the payment has come to', () => {
  fc.assert(
    fc.property(payments, fc.array(events, { maxLength: 40, size: 'max' }), (facts, row) => {
      let payment: Payment = newPayment(facts)
      row.forEach((event, count) => {
        const decision = decide(payment, inputOf(payment, event, count), NOW)
        if (decision.kind === 'applied') payment = decision.payment
      })
      for (const { forgotten, id, state, quote } of payment.attempts) {
        if (forgotten || !['live', 'unknown', 'stray'].includes(state.kind)) continue
        const took: PaymentInput = {
          kind: 'observed',
          attemptId: id,
          observation: { kind: 'succeeded', success: success(quote.chargeTiyn) },
          duplicate: false,
        }
        const decision = decide(payment, took, NOW)
        assert.ok(decision.kind === 'applied')
        assert.equal(decision.payment.paidTiyn, payment.paidTiyn + quote.chargeTiyn)
        assert.notEqual(statusOf(decision.payment), 'failed')
        assert.notEqual(statusOf(decision.payment), 'cancelled')
        payment = decision.payment
      }
    }),
    { numRuns: 500 },
  )
})
