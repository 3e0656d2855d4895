// Every line that a history may have, every status and every task has its Russian sentence.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ATTEMPT_STATES,
  figuresOf,
  HISTORY_WHATS,
  PAYMENT_STATUSES,
  type PaymentStatus,
} from '@byfly-pay/core'
import {
  attemptSentence,
  auditSentence,
  historySentence,
  TASK_TITLES,
} from '../../packages/server/src/payments/history-sentences.ts'
import { whyThisStatus } from '../../packages/server/src/payments/why-status.ts'
import type { AuditRow } from '../../packages/server/src/ports/audit-store.ts'
import type { HistoryLine, PaymentStanding } from '../../packages/server/src/ports/payment-store.ts'

const NAMES = { terminal: () => 'терминал «Касса»', method: (code: string) => code }
const RUSSIAN = /^(?:[А-ЯЁ]|QR)[^a-z]*$/

function line(what: string, facts: HistoryLine['facts'] = {}): HistoryLine {
  return {
    atMs: 0,
    what,
    attemptId: null,
    statusBefore: null,
    statusAfter: 'pending',
    detail: null,
    facts,
  }
}

test('every kind of line is told in Russian, with and without its facts', () => {
  const facts = {
    terminal: 1,
    method: 'Голд',
    reason: 'declined',
    why: 'no_answer',
    charge_tiyn: '101000',
    gross_tiyn: '101000',
    credit_tiyn: '100000',
    overpaid_tiyn: '500',
    forgiven_tiyn: '50',
    product: 'Голд',
    late: true,
  }
  const told = HISTORY_WHATS.map((what) => historySentence(line(what, facts), NAMES))
  for (const sentence of told) assert.match(sentence.replace('declined', ''), RUSSIAN)
  assert.equal(new Set(told).size, HISTORY_WHATS.length, 'no two are alike')
  for (const what of HISTORY_WHATS) {
    assert.match(historySentence(line(what), { ...NAMES, method: () => 'способ' }), RUSSIAN)
  }
})

test('reasons are told in words, and whose word it was', () => {
  const refused = historySentence(line('start_refused', { reason: 'terminal_busy' }), NAMES)
  assert.equal(refused, 'Терминал не начал операцию: на нём ещё идёт другая операция')
  const failed = historySentence(
    line('attempt_failed', { reason: 'resolved_by_operator', by: 'operator' }),
    NAMES,
  )
  assert.equal(failed, 'Оплата не прошла: сотрудник проверил, денег нет — со слов сотрудника')
  const captured = historySentence(
    line('captured', {
      gross_tiyn: '114035',
      credit_tiyn: '100000',
      overpaid_tiyn: '1',
      product: 'Gold',
    }),
    NAMES,
  )
  assert.equal(
    captured,
    'Получено 1\u00a0140,35\u00a0₸, продукт — Gold, зачтено 1\u00a0000\u00a0₸, лишнее 0,01\u00a0₸',
  )
  assert.equal(historySentence(line('of_a_newer_release'), NAMES), 'of_a_newer_release')
})

test('every state of an attempt, every task and every audited act has its words', () => {
  for (const state of ATTEMPT_STATES) assert.doesNotMatch(attemptSentence(state, null), /[a-z]/)
  assert.equal(attemptSentence('failed', 'ran_out'), 'не прошла: время на оплату вышло')
  for (const title of Object.values(TASK_TITLES)) assert.match(title, RUSSIAN)
  const row = (action: string, facts = {}) => ({ action, facts }) as unknown as AuditRow
  assert.doesNotMatch(auditSentence(row('payment.cancelled')), /[a-z]/)
  assert.match(auditSentence(row('delivery.resent', { event: 'paid' })), /«paid»/)
})

test('every status has its reason, whatever stands beside it', () => {
  const figures = figuresOf({
    originalTiyn: 100_000n,
    chosen: null,
    paidTiyn: 50_000n,
    creditedTiyn: 50_000n,
    overpaidTiyn: 500n,
    refundedTiyn: 0n,
    withheldTiyn: 0n,
    paidAtMs: null,
    cancelReason: null,
  })
  const view = (status: PaymentStatus, more: Partial<PaymentStanding> = {}): PaymentStanding => ({
    id: '',
    sourceId: 1,
    version: 1,
    status,
    statusDetail: null,
    cancelReason: null,
    failureReason: null,
    currency: 'KZT',
    figures,
    refundStatus: null,
    late: false,
    expiresAtMs: 0,
    paidAtMs: null,
    ...more,
  })
  for (const status of PAYMENT_STATUSES) {
    for (const statusDetail of [
      null,
      'waiting_for_scan',
      'watched',
      'start_lost',
      'settle_by_hand',
    ]) {
      const why = whyThisStatus(
        view(status, { statusDetail, failureReason: 'declined', late: true }),
      )
      assert.match(why, /^[А-ЯЁ][^a-z]*\.$/)
    }
  }
  assert.match(whyThisStatus(view('cancelled', { cancelReason: 'expired' })), /^Срок оплаты истёк/)
  assert.match(whyThisStatus(view('partially_paid')), /Зачтено 500\u00a0₸ из 1\u00a0000\u00a0₸/)
})
