// The whole state machine as one table: every state of an attempt × every input × what the payment has
// come to. Whoever changes a rule changes a cell here, and sees which.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  accepted,
  CANCEL,
  declined,
  EXPIRE,
  GOLD,
  live,
  lost,
  lostStart,
  markCalling,
  NOW,
  newPayment,
  observed,
  qrRead,
  refused,
  reserve,
  resolve,
  success,
  tell,
  tenge,
  took,
} from '../testing/payments.ts'
import { DAY_MS, SECOND_MS } from '../time.ts'
import {
  ATTEMPT_STATES,
  type Attempt,
  type AttemptState,
  type AttemptStateKind,
} from './attempt.ts'
import { decide } from './decide.ts'
import type { Decision } from './effect.ts'
import { PAYMENT_INPUTS, type PaymentInput } from './input.ts'
import { PAYMENT_STATUSES, type Payment, type PaymentStatus } from './state.ts'
import { statusOf } from './status.ts'

/**
 * A cell says what becomes of the attempt when the input is taken, else:
 *   =      unchanged: said before, or nothing to do
 *   ✗      refused: attempt_closed, which for a start that was released underway names the payment's
 *          reason instead (paid: already_paid, cancelled and expired: cancelled)
 *   new    another attempt, `reserved`; the one at hand stays as it is
 *   prog   refused: attempt_in_progress    paid  refused: already_paid
 *   canc   refused: cancelled              expd  refused: expired
 * A `*` after a state: money was booked, or is to be booked by hand.
 */
const TABLE = `
                      resv  call  live  unkn  lost  stray held  rlsd  refd  succ  fail  aban
  mark_calling        call  =     ✗     ✗     ✗     ✗     ✗     ✗     ✗     ✗     ✗     ✗
  accepted            ✗     live  =     =     stray =     =     ✗     ✗     =     =     stray
  accepted, no id yet ✗     live  ✗     ✗     stray ✗     held  ✗     ✗     succ  stray stray
  refused             ✗     refd  ✗     ✗     ✗     ✗     ✗     ✗     ✗     ✗     ✗     ✗
  lost                ✗     lost  ✗     ✗     =     ✗     ✗     ✗     ✗     ✗     ✗     ✗
  lost, in person     ✗     held  ✗     ✗     =     ✗     ✗     ✗     ✗     ✗     ✗     ✗
  release             rlsd  ✗     ✗     ✗     ✗     ✗     ✗     =     ✗     ✗     ✗     ✗
  qr_read             ✗     ✗     live  ✗     ✗     ✗     ✗     ✗     ✗     ✗     ✗     ✗
  waiting             ✗     ✗     live  =     ✗     stray ✗     ✗     ✗     ✗     ✗     ✗
  waiting, 251 s      ✗     ✗     unkn  =     ✗     =     ✗     ✗     ✗     ✗     ✗     ✗
  took                ✗     ✗     succ* succ* ✗     succ* ✗     ✗     ✗     =     succ* ✗
  took, unreadable    ✗     ✗     held* held* ✗     held* ✗     ✗     ✗     =     held* ✗
  took, duplicate     ✗     ✗     held* held* ✗     held* ✗     ✗     ✗     =     held* ✗
  declined            ✗     ✗     fail  fail  ✗     fail  ✗     ✗     ✗     ✗     ✗     ✗
  unknown             ✗     ✗     unkn  =     ✗     =     ✗     ✗     ✗     ✗     ✗     ✗
  not_found           ✗     ✗     unkn  unkn  ✗     stray ✗     ✗     ✗     ✗     ✗     ✗
  no_answer           ✗     ✗     =     =     ✗     =     ✗     ✗     ✗     ✗     ✗     ✗
  no_answer, 251 s    ✗     ✗     unkn  =     ✗     =     ✗     ✗     ✗     ✗     ✗     ✗
  stop                rlsd  call  live  unkn  ✗     ✗     held  ✗     ✗     ✗     ✗     ✗
  resume              ✗     ✗     =     ✗     ✗     ✗     ✗     ✗     ✗     ✗     ✗     ✗
  abandon             ✗     ✗     ✗     ✗     aban  ✗     ✗     ✗     ✗     ✗     ✗     =
  operator: money     ✗     ✗     prog  succ* succ* succ* succ* succ* succ* ✗     succ* succ*
  operator: no money  ✗     ✗     prog  fail  fail  fail  fail  =     =     ✗     =     =
  reserve   fresh     =     =     =     prog  new   new   prog  new   new   new   new   new
            failed    =     =     =     prog  new   new   prog  new   new   new   new   new
            partly    =     =     =     prog  new   new   prog  new   new   new   new   new
            overdue   =     =     =     prog  expd  expd  prog  expd  expd  expd  expd  expd
            cancelled canc  canc  canc  canc  canc  canc  canc  canc  canc  canc  canc  canc
            expired   expd  expd  expd  expd  expd  expd  expd  expd  expd  expd  expd  expd
            paid      paid  paid  paid  paid  paid  paid  paid  paid  paid  paid  paid  paid
  cancel    fresh     rlsd  call  live  unkn  lost  stray held  rlsd  refd  succ  fail  aban
            failed    rlsd  call  live  unkn  lost  stray held  rlsd  refd  succ  fail  aban
            partly    rlsd  call  live  unkn  lost  stray held  rlsd  refd  succ  fail  aban
            overdue   rlsd  call  live  unkn  lost  stray held  rlsd  refd  succ  fail  aban
            cancelled =     =     =     =     =     =     =     =     =     =     =     =
            expired   =     =     =     =     =     =     =     =     =     =     =     =
            paid      paid  paid  paid  paid  paid  paid  paid  paid  paid  paid  paid  paid
  expire    fresh     =     =     =     =     =     =     =     =     =     =     =     =
            failed    =     =     =     =     =     =     =     =     =     =     =     =
            partly    =     =     =     =     =     =     =     =     =     =     =     =
            overdue   =     =     =     =     lost  stray =     rlsd  refd  succ  fail  aban
            cancelled =     =     =     =     =     =     =     =     =     =     =     =
            expired   =     =     =     =     =     =     =     =     =     =     =     =
            paid      =     =     =     =     =     =     =     =     =     =     =     =
`

const SHORT: Readonly<Record<AttemptStateKind, string>> = {
  reserved: 'resv',
  calling: 'call',
  live: 'live',
  unknown: 'unkn',
  lost: 'lost',
  stray: 'stray',
  held: 'held',
  released: 'rlsd',
  refused: 'refd',
  succeeded: 'succ',
  failed: 'fail',
  abandoned: 'aban',
}

const BEGAN = NOW - 10 * SECOND_MS
const PAST_250_S = BEGAN + 251 * SECOND_MS

const STATES: { readonly [Kind in AttemptStateKind]: Extract<AttemptState, { kind: Kind }> } = {
  reserved: { kind: 'reserved' },
  calling: { kind: 'calling' },
  live: { kind: 'live', phase: 'starting', sinceMs: BEGAN },
  unknown: { kind: 'unknown', sinceMs: BEGAN },
  lost: { kind: 'lost', sinceMs: BEGAN },
  stray: { kind: 'stray', phase: 'starting', sinceMs: BEGAN },
  held: { kind: 'held', reason: 'sum_unreadable' },
  released: { kind: 'released' },
  refused: { kind: 'refused', reason: 'not_connected' },
  succeeded: { kind: 'succeeded' },
  failed: { kind: 'failed', reason: 'declined' },
  abandoned: { kind: 'abandoned' },
}

const HAS_PROCESS: readonly AttemptStateKind[] = [
  'live',
  'unknown',
  'stray',
  'held',
  'succeeded',
  'failed',
]
const WAS_LOST: readonly AttemptStateKind[] = ['lost', 'stray', 'abandoned']

/** What a payment may have come to beside the attempt at hand. */
const CIRCUMSTANCES = {
  fresh: {},
  failed: { failureReason: 'declined', told: 'failed', sequence: 1 },
  partly: {
    creditedTiyn: tenge(1),
    paidTiyn: tenge(2),
    chosen: GOLD,
    told: 'partially_paid',
    sequence: 1,
  },
  overdue: { expiresAtMs: NOW },
  cancelled: { cancelReason: 'requested', told: 'cancelled', sequence: 1 },
  expired: { cancelReason: 'expired', expiresAtMs: NOW - DAY_MS, told: 'cancelled', sequence: 1 },
  paid: {
    creditedTiyn: tenge(10_000),
    paidTiyn: tenge(10_100),
    paidAtMs: NOW - 60 * SECOND_MS,
    chosen: GOLD,
    told: 'paid',
    sequence: 1,
  },
} as const satisfies Record<string, Partial<Payment>>

type Circumstance = keyof typeof CIRCUMSTANCES

const CIRCUMSTANCE_NAMES = Object.keys(CIRCUMSTANCES) as Circumstance[]

interface Row {
  readonly input: PaymentInput
  readonly now?: number
  readonly attempt?: Partial<Attempt>
}

const unreadable = { kind: 'succeeded', success: success(null) } as const
const readable = { kind: 'succeeded', success: success(tenge(2)) } as const
const waiting = { kind: 'waiting', phase: 'waiting_for_scan' } as const

/** The rows of the table that do not depend on what the payment has come to. */
const ROWS: Readonly<Record<string, Row>> = {
  mark_calling: { input: markCalling('a') },
  accepted: { input: accepted('a') },
  'accepted, no id yet': { input: accepted('a'), attempt: { processId: null } },
  refused: { input: refused('a') },
  lost: { input: lost('a') },
  'lost, in person': { input: lost('a'), attempt: { presence: 'in_person' } },
  release: { input: { kind: 'release', attemptId: 'a' } },
  qr_read: { input: qrRead('a') },
  waiting: { input: observed('a', waiting) },
  'waiting, 251 s': { input: observed('a', waiting), now: PAST_250_S },
  took: { input: observed('a', readable) },
  'took, unreadable': { input: observed('a', unreadable) },
  'took, duplicate': { input: observed('a', readable, true) },
  declined: { input: declined('a') },
  unknown: { input: observed('a', { kind: 'unknown' }) },
  not_found: { input: observed('a', { kind: 'not_found' }) },
  no_answer: { input: observed('a', { kind: 'no_answer' }) },
  'no_answer, 251 s': { input: observed('a', { kind: 'no_answer' }), now: PAST_250_S },
  stop: { input: { kind: 'stop', attemptId: 'a' } },
  resume: { input: { kind: 'resume', attemptId: 'a' } },
  abandon: { input: { kind: 'abandon', attemptId: 'a' } },
  'operator: money': { input: resolve('a', { kind: 'money', success: success(tenge(2)) }) },
  'operator: no money': { input: resolve('a', { kind: 'no_money' }) },
}

/** The rows that do. */
const BY_CIRCUMSTANCE: Readonly<Record<string, Row>> = {
  reserve: { input: reserve('b') },
  cancel: { input: CANCEL },
  expire: { input: EXPIRE },
}

function attemptIn(kind: AttemptStateKind, changes: Partial<Attempt> = {}): Attempt {
  const [begun] = tell(newPayment(), [reserve('a')]).payment.attempts
  assert.ok(begun)
  return {
    ...begun,
    state: STATES[kind],
    processId: HAS_PROCESS.includes(kind) ? 'process-a' : null,
    lostAtMs: WAS_LOST.includes(kind) ? BEGAN : null,
    ...changes,
  }
}

/** A payment with one attempt, whose charge is what is due, so that the same start is asked for. */
function paymentWith(circumstance: Circumstance, attempt: Attempt): Payment {
  const bare = newPayment(CIRCUMSTANCES[circumstance])
  const chargeTiyn = circumstance === 'partly' ? tenge(10_099) : tenge(10_100)
  return { ...bare, attempts: [{ ...attempt, quote: { ...attempt.quote, chargeTiyn } }] }
}

const CODES: Readonly<Record<string, string>> = {
  attempt_closed: '✗',
  attempt_in_progress: 'prog',
  already_paid: 'paid',
  cancelled: 'canc',
  expired: 'expd',
}

function cellOf(decision: Decision): string {
  switch (decision.kind) {
    case 'rejected':
      return CODES[decision.code] ?? decision.code
    case 'unchanged':
      return '='
    case 'applied': {
      if (decision.payment.attempts.length > 1) return 'new'
      const kind = decision.payment.attempts[0]?.state.kind
      assert.ok(kind)
      const money = decision.effects.some(
        (effect) =>
          effect.kind === 'captured' ||
          (effect.kind === 'task' && decision.history.what === 'held_for_operator'),
      )
      return SHORT[kind] + (money ? '*' : '')
    }
  }
}

interface Line {
  readonly name: string
  readonly circumstance: Circumstance | null
  readonly cells: readonly string[]
}

function readTable(): Line[] {
  assert.deepEqual(Object.keys(SHORT), ATTEMPT_STATES)
  const [, head = '', ...lines] = TABLE.trimEnd().split('\n')
  assert.deepEqual(
    head.trim().split(/\s+/),
    ATTEMPT_STATES.map((kind) => SHORT[kind]),
  )
  let current = ''
  return lines.map((line) => {
    const label = line.slice(0, 22)
    const cells = line.slice(22).trim().split(/\s+/)
    assert.equal(cells.length, ATTEMPT_STATES.length, line)
    if (label.trim() in ROWS) return { name: label.trim(), circumstance: null, cells }
    current = label.slice(0, 12).trim() || current
    return { name: current, circumstance: label.slice(12).trim() as Circumstance, cells }
  })
}

/** A start that was released under its starter's hands is told why (S4, S5). */
function closedCell(name: string, circumstance: Circumstance): string {
  if (name !== 'mark_calling') return '✗'
  if (circumstance === 'paid') return 'paid'
  return circumstance === 'cancelled' || circumstance === 'expired' ? 'canc' : '✗'
}

test('the table has a row for every input, and for every circumstance where it matters', () => {
  const lines = readTable()
  const rows = { ...ROWS, ...BY_CIRCUMSTANCE }
  const kinds = new Set(lines.map(({ name }) => rows[name]?.input.kind))
  // Refunds have a table of their own: refund/refund.test.ts.
  const ofAttempts = PAYMENT_INPUTS.filter((kind) => kind !== 'refund' && kind !== 'request_refund')
  assert.deepEqual(ofAttempts.sort(), [...kinds].sort())
  assert.deepEqual(new Set(lines.map(({ name }) => name)), new Set(Object.keys(rows)))
  for (const name of Object.keys(BY_CIRCUMSTANCE)) {
    const named = lines.flatMap((line) => (line.name === name ? [line.circumstance] : []))
    assert.deepEqual(named, CIRCUMSTANCE_NAMES)
  }
})

test('I6: every state × every input × every circumstance comes to what the table says', () => {
  let cells = 0
  for (const { name, circumstance, cells: expected } of readTable()) {
    const row = ROWS[name] ?? BY_CIRCUMSTANCE[name]
    assert.ok(row)
    for (const here of circumstance === null ? CIRCUMSTANCE_NAMES : [circumstance]) {
      ATTEMPT_STATES.forEach((kind, column) => {
        const payment = paymentWith(here, attemptIn(kind, row.attempt))
        const decision = decide(payment, row.input, row.now ?? NOW)
        const wanted = expected[column] === '✗' ? closedCell(name, here) : expected[column]
        assert.equal(cellOf(decision), wanted, `${name}, ${here}, ${kind}`)
        if (decision.kind === 'unchanged') assert.equal(decision.payment, payment)
        cells += 1
      })
    }
  }
  assert.equal(cells, 12 * 7 * (23 + 3))
})

test('I5: no cell of the table takes `paid` back or moves its moment', () => {
  for (const kind of ATTEMPT_STATES) {
    for (const { input, now, attempt } of [
      ...Object.values(ROWS),
      ...Object.values(BY_CIRCUMSTANCE),
    ]) {
      const payment = paymentWith('paid', attemptIn(kind, attempt))
      const decision = decide(payment, input, now ?? NOW)
      if (decision.kind !== 'applied') continue
      assert.equal(statusOf(decision.payment), 'paid')
      assert.equal(decision.payment.paidAtMs, payment.paidAtMs)
      assert.equal(decision.payment.failureReason, null)
      assert.ok(!decision.effects.some((effect) => effect.kind === 'event'))
    }
  }
})

/**
 * What the payment has come to after an input was taken, where the attempt at hand is the only one.
 * `busy` is processing, `partly` is partially_paid.
 */
const STATUS_TABLE = `
                    fresh     failed    partly    overdue   cancelled expired   paid
  reserved          busy      busy      busy      busy      cancelled cancelled paid
  lost start        pending   failed    partly    cancelled cancelled cancelled paid
  released          pending   failed    partly    cancelled cancelled cancelled paid
  refused           pending   failed    partly    cancelled cancelled cancelled paid
  live              busy      busy      busy      busy      cancelled cancelled paid
  unknown           busy      busy      busy      busy      cancelled cancelled paid
  held              busy      busy      busy      busy      cancelled cancelled paid
  declined          failed    failed    partly    cancelled cancelled cancelled paid
  stray declined    pending   failed    partly    cancelled cancelled cancelled paid
  stray took part   partly    partly    partly    partly    partly    partly    paid
  took part         partly    partly    partly    partly    partly    partly    paid
  took all          paid      paid      paid      paid      paid      paid      paid
  no money, lost    pending   failed    partly    cancelled cancelled cancelled paid
`

const STATUS_STEPS: Readonly<Record<string, { from: AttemptStateKind; input: PaymentInput }>> = {
  reserved: { from: 'reserved', input: markCalling('a') },
  'lost start': { from: 'calling', input: lost('a') },
  released: { from: 'reserved', input: { kind: 'release', attemptId: 'a' } },
  refused: { from: 'calling', input: refused('a') },
  live: { from: 'calling', input: accepted('a') },
  unknown: { from: 'live', input: observed('a', { kind: 'unknown' }) },
  held: { from: 'live', input: observed('a', unreadable) },
  declined: { from: 'live', input: declined('a') },
  'stray declined': { from: 'stray', input: declined('a') },
  'stray took part': { from: 'stray', input: took('a', tenge(2)) },
  'took part': { from: 'live', input: took('a', tenge(2)) },
  'took all': { from: 'live', input: took('a', tenge(10_100)) },
  'no money, lost': { from: 'lost', input: resolve('a', { kind: 'no_money' }) },
}

test('S1–S5: what a payment has come to after each step', () => {
  const words: Record<string, PaymentStatus> = { busy: 'processing', partly: 'partially_paid' }
  const [, head = '', ...lines] = STATUS_TABLE.trimEnd().split('\n')
  assert.deepEqual(head.trim().split(/\s+/), CIRCUMSTANCE_NAMES)
  assert.deepEqual(
    lines.map((line) => line.slice(2, 20).trim()),
    Object.keys(STATUS_STEPS),
  )
  for (const line of lines) {
    const name = line.slice(2, 20).trim()
    const step = STATUS_STEPS[name]
    assert.ok(step)
    line
      .slice(20)
      .trim()
      .split(/\s+/)
      .forEach((word, column) => {
        const circumstance = CIRCUMSTANCE_NAMES[column]
        assert.ok(circumstance)
        const decision = decide(paymentWith(circumstance, attemptIn(step.from)), step.input, NOW)
        assert.ok(decision.kind === 'applied', `${name}, ${circumstance}`)
        const status = statusOf(decision.payment)
        assert.equal(status, words[word] ?? word, `${name}, ${circumstance}`)
        assert.equal(decision.history.statusAfter, status)
      })
  }
})

test('an input for an attempt that the payment does not have is refused', () => {
  for (const { input } of Object.values(ROWS)) {
    const decision = decide(newPayment(), input, NOW)
    assert.deepEqual(decision, { kind: 'rejected', code: 'attempt_not_found' })
  }
})

test('every attempt state and every status can be reached from a fresh payment', () => {
  const stories = [
    [reserve('a')],
    [reserve('a'), markCalling('a')],
    live('a'),
    [...live('a'), observed('a', { kind: 'unknown' })],
    lostStart('a'),
    [...lostStart('a'), accepted('a')],
    [...live('a'), observed('a', unreadable)],
    [reserve('a'), { kind: 'release', attemptId: 'a' }],
    [reserve('a'), markCalling('a'), refused('a')],
    [...live('a'), took('a', tenge(10_100))],
    [...live('a'), took('a', tenge(2))],
    [...live('a'), declined('a')],
    [...lostStart('a'), { kind: 'abandon', attemptId: 'a' }],
    [CANCEL],
    [...live('a'), CANCEL],
  ] satisfies PaymentInput[][]
  const ends = [newPayment(), ...stories.map((inputs) => tell(newPayment(), inputs).payment)]
  const reached = new Set(ends.flatMap(({ attempts }) => attempts.map(({ state }) => state.kind)))
  assert.deepEqual([...reached].sort(), [...ATTEMPT_STATES].sort())
  assert.deepEqual([...new Set(ends.map(statusOf))].sort(), [...PAYMENT_STATUSES].sort())
})
