// The rules of refunds: every state × every step, what a request comes to, and the books (M14, M15, S5).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide } from '../payment/decide.ts'
import type { Decision } from '../payment/effect.ts'
import { figuresOf } from '../payment/figures.ts'
import { planStart } from '../payment/start.ts'
import type { Payment } from '../payment/state.ts'
import { statusOf } from '../payment/status.ts'
import {
  balancesOf,
  eventsOf,
  GOLD,
  LOAN,
  live,
  NOW,
  newPayment,
  success,
  tell,
  tenge,
  took,
} from '../testing/payments.ts'
import {
  ASKER,
  ask,
  gaveBack,
  inState,
  LIVE,
  OTHER,
  PAID,
  QR,
  request,
} from '../testing/refunds.ts'
import { refundStatusOf } from './figures.ts'
import type { RefundStep } from './input.ts'
import { planRefund } from './plan.ts'
import { type CommissionBearer, holdsSum, REFUND_STATES } from './state.ts'

const OBSERVED = (observation: Extract<RefundStep, { kind: 'observed' }>['observation']) =>
  ({ kind: 'observed', observation }) as const

const STEPS: Readonly<Record<string, RefundStep>> = {
  approve: { kind: 'approve', by: OTHER },
  decline: { kind: 'decline', by: OTHER },
  cancel: { kind: 'cancel' },
  reserve: { kind: 'reserve', terminalId: 1 },
  mark_calling: { kind: 'mark_calling' },
  start_accepted: { kind: 'start_accepted', processId: 'p' },
  start_refused: { kind: 'start_refused', reason: 'purchase_not_found' },
  start_lost: { kind: 'start_lost' },
  release: { kind: 'release' },
  qr_read: { kind: 'qr_read', qr: QR },
  waiting: OBSERVED({ kind: 'waiting', phase: 'waiting_for_confirmation' }),
  gave_back: gaveBack(tenge(10_100)),
  unreadable: OBSERVED({ kind: 'succeeded', success: success(tenge(10_100)) }),
  declined: OBSERVED({ kind: 'failed', reason: 'declined' }),
  ran_out: OBSERVED({ kind: 'failed', reason: 'ran_out' }),
  unknown: OBSERVED({ kind: 'unknown' }),
  not_found: OBSERVED({ kind: 'not_found' }),
  no_answer: OBSERVED({ kind: 'no_answer' }),
  abandon: { kind: 'abandon' },
  resolve_yes: { kind: 'resolve', resolution: { kind: 'refunded', amountTiyn: tenge(10_100) } },
  resolve_no: { kind: 'resolve', resolution: { kind: 'not_refunded' } },
}

/**
 * Where a step leads; `=` nothing changes. Refused: `✗` attempt_closed, `end` refund_settled, `busy`
 * refund_in_progress, `yet` refund_not_approved. The columns are REFUND_STATES.
 */
const TABLE = `
                await    approv   reserv   call     live     unkn     lost     held     succ     fail     decl     canc
approve         approved end      end      end      end      end      end      end      end      end      end      end
decline         declined end      end      end      end      end      end      end      end      end      =        end
cancel          cancelled cancelled cancelled calling live   busy     busy     busy     end      end      end      =
reserve         yet      reserved =        =        =        =        busy     busy     end      end      end      end
mark_calling    ✗        ✗        calling  =        ✗        ✗        ✗        ✗        ✗        ✗        ✗        ✗
start_accepted  ✗        ✗        ✗        live     ✗        ✗        live     live     ✗        live     ✗        ✗
start_refused   ✗        ✗        ✗        approved ✗        ✗        ✗        ✗        ✗        ✗        ✗        ✗
start_lost      ✗        ✗        ✗        lost     ✗        ✗        =        ✗        ✗        ✗        ✗        ✗
release         ✗        =        approved ✗        ✗        ✗        ✗        ✗        ✗        ✗        ✗        ✗
qr_read         ✗        ✗        ✗        ✗        live     ✗        ✗        ✗        ✗        ✗        ✗        ✗
waiting         ✗        ✗        ✗        ✗        live     =        ✗        ✗        ✗        ✗        ✗        ✗
gave_back       ✗        ✗        ✗        ✗        succeeded succeeded ✗      ✗        ✗        ✗        ✗        ✗
unreadable      ✗        ✗        ✗        ✗        held     held     ✗        ✗        ✗        ✗        ✗        ✗
declined        ✗        ✗        ✗        ✗        failed   failed   ✗        ✗        ✗        ✗        ✗        ✗
ran_out         ✗        ✗        ✗        ✗        approved approved ✗        ✗        ✗        ✗        ✗        ✗
unknown         ✗        ✗        ✗        ✗        unknown  =        ✗        ✗        ✗        ✗        ✗        ✗
not_found       ✗        ✗        ✗        ✗        unknown  unknown  ✗        ✗        ✗        ✗        ✗        ✗
no_answer       ✗        ✗        ✗        ✗        =        =        ✗        ✗        ✗        ✗        ✗        ✗
abandon         ✗        ✗        ✗        ✗        ✗        ✗        held     =        ✗        ✗        ✗        ✗
resolve_yes     end      end      busy     busy     busy     succeeded succeeded succeeded end   end      end      end
resolve_no      end      end      busy     busy     busy     failed   failed   failed   end      end      end      end`

const CODES: Readonly<Record<string, string>> = {
  attempt_closed: '✗',
  refund_settled: 'end',
  refund_in_progress: 'busy',
  refund_not_approved: 'yet',
}

function cellOf(decision: Decision): string {
  if (decision.kind === 'rejected') return CODES[decision.code] ?? decision.code
  if (decision.kind === 'unchanged') return '='
  return decision.payment.refunds[0]?.state.kind ?? '?'
}

test('M15: every state × every step comes to what the table says, and paid stays', () => {
  const lines = TABLE.trim().split('\n').slice(1)
  assert.deepEqual(lines.map((line) => line.split(/\s+/)[0]).sort(), Object.keys(STEPS).sort())
  const kinds = new Set(Object.values(STEPS).map(({ kind }) => kind))
  assert.equal(kinds.size, 13, 'every kind of step has its row')
  for (const line of lines) {
    const [name = '', ...cells] = line.trim().split(/\s+/)
    const step = STEPS[name]
    assert.ok(step)
    assert.equal(cells.length, REFUND_STATES.length, name)
    REFUND_STATES.forEach((kind, column) => {
      const before = inState(kind)
      const decision = decide(before, ask(step), NOW)
      assert.equal(cellOf(decision), cells[column], `${name}, ${kind}`)
      if (decision.kind === 'unchanged') assert.equal(decision.payment, before)
      if (decision.kind !== 'applied') return
      assert.equal(statusOf(decision.payment), 'paid')
      assert.equal(decision.payment.paidTiyn, before.paidTiyn)
      checkBound(decision.payment)
    })
  }
})

function checkBound({ captures, refunds }: Payment): void {
  for (const capture of captures) {
    const held = refunds
      .filter((one) => one.attemptId === capture.attemptId && holdsSum(one))
      .reduce((sum, { amountTiyn }) => sum + amountTiyn, 0n)
    assert.ok(held <= capture.grossTiyn, 'M15: возвращается больше, чем взято')
  }
}

test('every refund that no step names exists for nobody', () => {
  const decision = decide(PAID, ask({ kind: 'cancel' }, 'none'), NOW)
  assert.deepEqual(decision, { kind: 'rejected', code: 'refund_not_found' })
})

test('a whole refund books the customer’s gross against its bearer, and is told once', () => {
  const parts: Readonly<Record<CommissionBearer, Record<string, bigint>>> = {
    source: { refunded: tenge(10_100), source_credit: -tenge(100) },
    customer: { refunded: tenge(10_000), commission_charged: tenge(100), source_credit: 0n },
    centre: { refunded: tenge(10_100), commission_charged: 0n, source_credit: 0n },
  }
  for (const bearer of ['source', 'customer', 'centre'] as const) {
    const asked = tell(PAID, [request(null, { bearer }), ...LIVE.map((step) => ask(step))])
    const sum = asked.payment.refunds[0]?.amountTiyn ?? 0n
    const done = tell(asked.payment, [ask(gaveBack(sum))])
    const taken = tell(newPayment(), [...live('a'), took('a', tenge(10_100))])
    const balances = balancesOf({ effects: [...taken.effects, ...done.effects] })
    for (const [account, tiyn] of Object.entries(parts[bearer])) {
      assert.equal(balances[account] ?? 0n, tiyn, `${bearer}: ${account}`)
    }
    assert.equal(
      Object.values(balances).reduce((all, tiyn) => all + tiyn, 0n),
      0n,
    )
    assert.deepEqual(eventsOf(done), ['refunded'])
    assert.equal(refundStatusOf(done.payment), 'refunded')
    assert.equal(figuresOf(done.payment).refundedTiyn, sum)
    assert.equal(figuresOf(done.payment).paidTiyn, tenge(10_100))
  }
})

test('M15: what was overpaid goes first, without credit; parts add up to the capture exactly', () => {
  const overpaid = tell(newPayment(), [
    ...live('a', { terms: LOAN }),
    took('a', tenge(11_400), 'kaspi_gold'),
  ]).payment
  const part = planRefund(overpaid, { attemptId: null, amountTiyn: tenge(1_300), bearer: 'source' })
  assert.equal(part.kind, 'planned')
  if (part.kind !== 'planned') return
  assert.deepEqual(
    part.parts.map(({ creditTiyn, overpaidTiyn }) => [creditTiyn, overpaidTiyn]),
    [[0n, tenge(1_300)]],
  )
  let payment = PAID
  const sums = [tenge(33), tenge(1), tenge(4_999), null]
  sums.forEach((sum, index) => {
    const id = `r${index}`
    payment = tell(payment, [
      { ...request(sum), refundIds: [id] },
      ...LIVE.map((step) => ask(step, id)),
    ]).payment
    const amount = payment.refunds.at(-1)?.amountTiyn ?? 0n
    payment = tell(payment, [ask(gaveBack(amount), id)]).payment
  })
  const credit = payment.refunds.reduce((all, { creditTiyn }) => all + creditTiyn, 0n)
  assert.equal(credit, tenge(10_000))
  assert.equal(payment.refundedTiyn, tenge(10_100))
  assert.deepEqual(planRefund(payment, { attemptId: null, amountTiyn: null, bearer: 'source' }), {
    kind: 'rejected',
    code: 'nothing_to_refund',
  })
})

test('above the sum a second person approves; pieces are weighed together, oneself is no second', () => {
  const terms = { approvalAboveTiyn: tenge(5_000) }
  const first = tell(PAID, [request(tenge(3_000), terms)]).payment
  assert.equal(first.refunds[0]?.state.kind, 'approved')
  const split = { ...request(tenge(3_000), terms), refundIds: ['s'] }
  const both = tell(first, [split]).payment
  assert.equal(both.refunds[1]?.state.kind, 'awaiting_approval')
  const own = decide(both, ask({ kind: 'approve', by: ASKER }, 's'), NOW)
  assert.deepEqual(own, { kind: 'rejected', code: 'refund_same_person' })
  const started = decide(both, ask({ kind: 'reserve', terminalId: 1 }, 's'), NOW)
  assert.deepEqual(started, { kind: 'rejected', code: 'refund_not_approved' })
  const approved = tell(both, [ask({ kind: 'approve', by: OTHER }, 's')]).payment
  assert.deepEqual(approved.refunds[1]?.approvedBy, OTHER)
})

test('one refund that is settled leaves another that nobody can tell of on its desk', () => {
  const asked = tell(PAID, [request(tenge(100)), { ...request(tenge(200)), refundIds: ['s1'] }])
  const lost = [...LIVE.slice(0, 2), { kind: 'start_lost' } as const].map((step) => ask(step))
  const unknown = [...LIVE, OBSERVED({ kind: 'not_found' })].map((step) => ask(step, 's1'))
  const { payment } = tell(asked.payment, [...lost, ...unknown])
  const resolve = { kind: 'resolve', resolution: { kind: 'not_refunded' } } as const
  const second = decide(payment, ask(resolve, 's1'), NOW)
  assert.equal(second.kind, 'applied')
  const done = { kind: 'tasks_done', tasks: ['refund_unclear'] }
  assert.deepEqual(second.effects, [], 'the first is still lost')
  const first = decide(second.payment, ask(resolve), NOW)
  assert.equal(first.kind, 'applied')
  assert.deepEqual(first.effects, [done])
})

test('a refund that was called off no longer waits for a second person', () => {
  const above = { approvalAboveTiyn: tenge(1) }
  const asked = tell(PAID, [
    request(tenge(100), above),
    { ...request(tenge(100), above), refundIds: ['s1'] },
  ])
  const first = decide(asked.payment, ask({ kind: 'cancel' }), NOW)
  assert.equal(first.kind, 'applied')
  assert.deepEqual(first.effects, [])
  const last = decide(first.payment, ask({ kind: 'cancel' }, 's1'), NOW)
  assert.equal(last.kind, 'applied')
  assert.deepEqual(last.effects, [{ kind: 'tasks_done', tasks: ['refund_approval'] }])
})

test('a terminal that gave back another sum is booked as it says; too much is held for a person', () => {
  const running = tell(PAID, [request(tenge(5_000)), ...LIVE.map((step) => ask(step))]).payment
  const less = tell(running, [ask(gaveBack(tenge(4_000)))])
  assert.equal(less.payment.refundedTiyn, tenge(4_000))
  assert.ok(less.effects.some((one) => one.kind === 'task' && one.task === 'sum_differs'))
  const more = tell(running, [ask(gaveBack(tenge(10_101)))]).payment
  assert.deepEqual(more.refunds[0]?.state, { kind: 'held', reason: 'sum_too_large' })
})

test('S5: credits that are asked back count towards no paid; when nothing went back they do again', () => {
  const part = tell(newPayment(), [
    ...live('a', { partTiyn: tenge(5_000) }),
    took('a', tenge(5_000)),
  ]).payment
  assert.equal(statusOf(part), 'partially_paid')
  const asked = tell(part, [request()]).payment
  const again = { terms: GOLD, partTiyn: null, presence: 'remote' } as const
  const plan = planStart(asked, again, NOW)
  assert.equal(plan.kind === 'start' && plan.quote.originalTiyn, tenge(10_000))
  const rest = tell(asked, [...live('b', { partTiyn: tenge(5_100) }), took('b', tenge(5_100))])
  assert.equal(statusOf(rest.payment), 'partially_paid')
  const kept = tell(rest.payment, [ask({ kind: 'cancel' })])
  assert.equal(statusOf(kept.payment), 'paid')
  assert.deepEqual(eventsOf(kept), ['paid'])
  const atWork = tell(asked, [ask({ kind: 'reserve', terminalId: 1 })]).payment
  assert.deepEqual(planStart(atWork, again, NOW), { kind: 'rejected', code: 'refund_in_progress' })
})

test('a refund found after a person’s word, whose sum was asked back since, waits for its own word', () => {
  const others = { ...request(tenge(200)), refundIds: ['s1'] }
  const taken = tell(inState('failed'), [others]).payment
  const accepted = ask({ kind: 'start_accepted', processId: 'p' })
  const run = [...LIVE, OBSERVED({ kind: 'unknown' })].map((step) => ask(step, 's1'))
  const { payment } = tell(taken, [accepted, ...run])
  const no = { kind: 'resolve', resolution: { kind: 'not_refunded' } } as const
  const done = { kind: 'tasks_done', tasks: ['refund_unclear'] }
  for (const settled of [ask(gaveBack(tenge(200)), 's1'), ask(no, 's1')]) {
    const other = tell(payment, [settled])
    assert.ok(!other.effects.some(({ kind }) => kind === 'tasks_done'), 'nobody has looked at it')
    const { effects, payment: after } = tell(other.payment, [ask(no)])
    assert.deepEqual(effects, [done])
    assert.deepEqual(after.refunds[0]?.state, { kind: 'failed', reason: 'resolved_by_operator' })
    const again = decide(after, ask(no), NOW)
    assert.deepEqual(again, { kind: 'rejected', code: 'refund_settled' })
  }
  const whole = { kind: 'refunded', amountTiyn: tenge(10_100) } as const
  const tooLarge = decide(payment, ask({ kind: 'resolve', resolution: whole }), NOW)
  assert.deepEqual(tooLarge, { kind: 'rejected', code: 'refund_too_large' })
  const rest = { kind: 'refunded', amountTiyn: tenge(9_900) } as const
  const both = tell(payment, [ask({ kind: 'resolve', resolution: rest })]).payment
  assert.equal(both.refundedTiyn, tenge(9_900))
})
