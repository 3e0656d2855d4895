// What must hold after every step of any history (invariants.md): checked on the decision alone, and
// against a ledger that the test keeps for itself from what the decisions leave behind.

import { assert } from '../assert.ts'
import { priceOf } from '../commission.ts'
import {
  type Attempt,
  type AttemptStateKind,
  isAtWork,
  isOpen,
  occupiesTerminal,
} from '../payment/attempt.ts'
import { usedPricing } from '../payment/capture.ts'
import type { Applied, Capture } from '../payment/effect.ts'
import { dueOf, figuresOf } from '../payment/figures.ts'
import type { EventKind, Payment } from '../payment/state.ts'
import { openAttemptOf, statusOf } from '../payment/status.ts'
import type { Account } from '../postings.ts'

/** What a bookkeeper beside the centre would know. */
export interface Ledger {
  readonly balances: Map<Account, bigint>
  readonly captures: Capture[]
  readonly events: EventKind[]
  /** An event is kept back until a verdict (S4). */
  isHolding: boolean
}

export function newLedger(): Ledger {
  return { balances: new Map(), captures: [], events: [], isHolding: false }
}

/** State → states that one input may lead to (I6); its own is always allowed. */
const NEXT: Readonly<Record<AttemptStateKind, readonly AttemptStateKind[]>> = {
  reserved: ['calling', 'released'],
  calling: ['live', 'refused', 'lost', 'held'],
  live: ['unknown', 'succeeded', 'failed', 'held'],
  unknown: ['succeeded', 'failed', 'held'],
  lost: ['stray', 'abandoned', 'succeeded', 'failed'],
  stray: ['succeeded', 'failed', 'held'],
  held: ['live', 'succeeded', 'failed'],
  // Closed ones open again only for late money, or for a process that is learned of late.
  released: ['succeeded'],
  refused: ['succeeded'],
  failed: ['succeeded', 'held', 'stray'],
  abandoned: ['succeeded', 'stray'],
  succeeded: [],
}

/** Checks one applied step and enters it into the ledger. */
export function checkStep(before: Payment, step: Applied, ledger: Ledger): void {
  const after = step.payment
  checkFixedFacts(before, after)
  checkAttempts(before, after)
  checkCaptures(before, step)
  enter(step, ledger)
  checkBooks(after, ledger)
  checkTold(step, ledger)
}

/** I5: what was promised, and what was once true. */
function checkFixedFacts(before: Payment, after: Payment): void {
  for (const key of ['id', 'currency', 'originalTiyn', 'toleranceTiyn', 'expiresAtMs'] as const) {
    assert(before[key] === after[key], `I5: ${key} изменилось`)
  }
  assert(before.paidAtMs === null || after.paidAtMs === before.paidAtMs, 'I5: paid_at сдвинулось')
  assert(statusOf(before) !== 'paid' || statusOf(after) === 'paid', 'I5: paid отменён')
  assert(!before.late || after.late, 'S5: late забыто')
  for (const key of ['paidTiyn', 'creditedTiyn', 'overpaidTiyn', 'forgivenTiyn'] as const) {
    assert(after[key] >= before[key], `I5: ${key} уменьшилось`)
  }
}

/** I1 within the payment, I2, I6; a quote and a process id never change. */
function checkAttempts(before: Payment, after: Payment): void {
  assert(after.attempts.length >= before.attempts.length, 'попытка пропала')
  before.attempts.forEach((old, index) => {
    const now = after.attempts[index]
    assert(now !== undefined && now.id === old.id, 'попытки переставлены')
    checkAttempt(old, now)
  })
  assert(after.attempts.filter(isAtWork).length <= 1, 'I2: две попытки в работе')
  const terminals = after.attempts.filter(occupiesTerminal).map(({ terminalId }) => terminalId)
  assert(new Set(terminals).size === terminals.length, 'I1: терминал занят дважды')
}

function checkAttempt(old: Attempt, now: Attempt): void {
  const [from, to] = [old.state.kind, now.state.kind]
  assert(from === to || NEXT[from].includes(to), `I6: переход ${from} → ${to}`)
  assert(now.quote === old.quote, 'котировка изменилась')
  assert(old.processId === null || now.processId === old.processId, 'processId потерян')
  assert(old.lostAtMs === null || now.lostAtMs === old.lostAtMs, 'потерянный старт забыт')
  assert(old.qr === null || now.qr === old.qr, 'I17: QR попытки изменился')
  assert(now.state.kind !== 'reserved' || !now.stopRequested, 'остановлен, но не отпущен')
}

/** M6, M10, I14: each capture against the price of what was due before it. */
function checkCaptures(before: Payment, { payment, effects, attempt }: Applied): void {
  for (const effect of effects) {
    if (effect.kind !== 'captured') continue
    const { capture } = effect
    assert(attempt !== null && attempt.id === capture.attemptId, 'деньги чужой попытки')
    assert(attempt.state.kind === 'succeeded', 'деньги без закрытой попытки')
    const due = dueOf(before)
    const { usedMethod: methodCode, productWord: word } = capture
    const price = priceOf(due, usedPricing(attempt.quote, { methodCode, word }))
    assert(capture.creditTiyn <= due, 'M6: зачтено больше, чем оставалось')
    const isFlagged = capture.overpaidTiyn > 0n || capture.late
    assert(capture.grossTiyn <= price || isFlagged, 'I14: больше цены без отметки')
    assert(payment.paidTiyn === before.paidTiyn + capture.grossTiyn, 'M7: сумма захвата')
    assert(before.paidAtMs === null || capture.late, 'M10: деньги после оплаты не помечены')
  }
}

function enter({ effects }: Applied, ledger: Ledger): void {
  for (const effect of effects) {
    switch (effect.kind) {
      case 'captured':
        ledger.captures.push(effect.capture)
        break
      case 'posted': {
        let sum = 0n
        for (const { account, tiyn } of effect.set.postings) {
          ledger.balances.set(account, (ledger.balances.get(account) ?? 0n) + tiyn)
          sum += tiyn
        }
        assert(sum === 0n, 'M14: проводки не сходятся')
        break
      }
      case 'event':
        ledger.events.push(effect.event)
        assert(effect.sequence === ledger.events.length, 'W4: номер события не следующий')
        ledger.isHolding ||= effect.held
        break
      case 'held_events':
        ledger.isHolding = false
        break
      default:
        break
    }
  }
}

/** I3, I7, M7, M9, M14: every figure is a sum of captures and of postings. */
function checkBooks(payment: Payment, { balances, captures }: Ledger): void {
  const sumOf = (pick: (capture: Capture) => bigint) =>
    captures.reduce((sum, capture) => sum + pick(capture), 0n)
  assert(payment.paidTiyn === sumOf(({ grossTiyn }) => grossTiyn), 'I3: Σ gross')
  assert(payment.creditedTiyn === sumOf(({ creditTiyn }) => creditTiyn), 'I3: Σ credit')
  assert(payment.overpaidTiyn === sumOf(({ overpaidTiyn }) => overpaidTiyn), 'I3: Σ overpaid')
  const ids = captures.map(({ attemptId }) => attemptId)
  assert(new Set(ids).size === ids.length, 'I8: одна попытка зачтена дважды')

  const of = (account: Account) => balances.get(account) ?? 0n
  assert(of('customer') === -payment.paidTiyn, 'M14: customer')
  assert(of('source_credit') === payment.creditedTiyn + payment.forgivenTiyn, 'M14: credit')
  assert(of('forgiven') === -payment.forgivenTiyn, 'M14: forgiven')
  assert(of('overpaid') === payment.overpaidTiyn, 'M14: overpaid')
  assert(of('rounding') >= 0n && of('commission_charged') >= 0n, 'M14: знак')
  assert(of('provider_receivable') === -of('provider_fee_expected'), 'M14: комиссия банка')

  const { amountTiyn, paidTiyn, remainingTiyn } = figuresOf(payment)
  assert(amountTiyn === paidTiyn + remainingTiyn, 'M7: amount = paid + remaining')
  assert(payment.forgivenTiyn <= payment.toleranceTiyn, 'M9: прощено больше допуска')
  const isEnough = payment.creditedTiyn >= payment.originalTiyn - payment.toleranceTiyn
  const isPaid = payment.creditedTiyn > 0n && isEnough
  assert(isPaid === (statusOf(payment) === 'paid'), 'I7: paid ⇔ зачтено достаточно')
}

/** W3, S4: each thing once, `paid` once for ever, and nothing kept back without a reason. */
function checkTold({ payment, history }: Applied, { events, isHolding }: Ledger): void {
  const status = statusOf(payment)
  assert(history.statusAfter === status, 'I10: история говорит другое')
  assert(payment.sequence === events.length, 'W4: счётчик событий')
  const timesPaid = events.filter((event) => event === 'paid').length
  assert(timesPaid === (status === 'paid' ? 1 : 0), 'W3: paid сообщается один раз')
  if (status !== 'pending' && status !== 'processing') {
    assert(events.at(-1) === status, `W3: о статусе ${status} не сообщено`)
  }
  const isWatched = status === 'cancelled' && openAttemptOf(payment) !== null
  assert(!isHolding || isWatched, 'S4: событие задержано без причины')
  if (status === 'failed') {
    const isProved = payment.attempts.some(({ state }) => state.kind === 'failed')
    assert(isProved, 'I6: failed без доказательства')
  }
}

/** True when nothing is left to be learned, so that nothing may be kept back. */
export function isQuiet({ attempts }: Payment): boolean {
  return !attempts.some(isOpen)
}
