// Every line that a history may have, every status and every task has its sentence, in each of the four languages.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ATTEMPT_STATES,
  figuresOf,
  HISTORY_WHATS,
  LANGUAGES,
  PAYMENT_STATUSES,
  type PaymentStatus,
} from '@byfly-pay/core'
import {
  attemptSentence,
  auditSentence,
  historySentence,
} from '../../packages/server/src/payments/history-sentences.ts'
import { whyThisStatus } from '../../packages/server/src/payments/why-status.ts'
import { PAYMENT_WORDS } from '../../packages/server/src/payments/words/words.ts'
import type { AuditRow } from '../../packages/server/src/ports/audit-store.ts'
import type { HistoryLine, PaymentStanding } from '../../packages/server/src/ports/payment-store.ts'

const RU = PAYMENT_WORDS.ru
const NAMES = { terminal: () => 'Касса', method: (code: string) => code }
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
  const told = HISTORY_WHATS.map((what) => historySentence(line(what, facts), NAMES, RU))
  for (const sentence of told) assert.match(sentence.replace('declined', ''), RUSSIAN)
  assert.equal(new Set(told).size, HISTORY_WHATS.length, 'no two are alike')
  for (const what of HISTORY_WHATS) {
    const names = { terminal: () => null, method: () => 'способ' }
    assert.match(historySentence(line(what), names, RU), RUSSIAN)
  }
})

test('every kind of line is another sentence in every language', () => {
  for (const language of LANGUAGES) {
    const told = HISTORY_WHATS.map((what) =>
      historySentence(line(what), NAMES, PAYMENT_WORDS[language]),
    )
    assert.equal(new Set(told).size, HISTORY_WHATS.length, language)
  }
})

test('reasons are told in words, and whose word it was', () => {
  const refused = historySentence(line('start_refused', { reason: 'terminal_busy' }), NAMES, RU)
  assert.equal(refused, 'Терминал не начал операцию: на нём ещё идёт другая операция')
  const resolved = line('attempt_failed', { reason: 'resolved_by_operator', by: 'operator' })
  const failed = historySentence(resolved, NAMES, RU)
  assert.equal(failed, 'Оплата не прошла: сотрудник проверил, денег нет — со слов сотрудника')
  const taken = line('captured', {
    gross_tiyn: '114035',
    credit_tiyn: '100000',
    overpaid_tiyn: '1',
    product: 'Gold',
  })
  assert.equal(
    historySentence(taken, NAMES, RU),
    'Получено 1\u00a0140,35\u00a0₸, продукт — Gold, зачтено 1\u00a0000\u00a0₸, лишнее 0,01\u00a0₸',
  )
  assert.equal(
    historySentence(taken, NAMES, PAYMENT_WORDS.kk),
    'Алынды: 1\u00a0140,35\u00a0₸, өнім: Gold, есепке алынды: 1\u00a0000\u00a0₸, артығы: 0,01\u00a0₸',
  )
  assert.equal(historySentence(line('of_a_newer_release'), NAMES, RU), 'of_a_newer_release')
})

test('what the terminal said is told where its word is not believed', () => {
  const held = line('held_for_operator', {
    reason: 'process_forgotten',
    told: 'succeeded',
    told_tiyn: '101000',
    told_number: '77',
  })
  assert.equal(
    historySentence(held, NAMES, RU),
    'Нужно решение сотрудника: терминал забывал эту операцию и мог отдать её номер другой. ' +
      'Он сказал, что прошло 1\u00a0010\u00a0₸, операция банка № 77',
  )
})

test('every state of an attempt, every task and every audited act has its words', () => {
  for (const state of ATTEMPT_STATES) assert.doesNotMatch(attemptSentence(state, null, RU), /[a-z]/)
  assert.equal(attemptSentence('failed', 'ran_out', RU), 'не прошла: время на оплату вышло')
  for (const title of Object.values(RU.tasks)) assert.match(title, RUSSIAN)
  const row = (action: string, facts = {}) => ({ action, facts }) as unknown as AuditRow
  assert.doesNotMatch(auditSentence(row('payment.cancelled'), RU), /[a-z]/)
  assert.match(auditSentence(row('delivery.resent', { event: 'paid' }), RU), /«paid»/)
  const resolved = row('payment.attempt_resolved', {
    outcome: 'paid',
    gross_tiyn: '10000',
    evidence: 'чек',
    reason: 'клиент ждёт',
  })
  assert.equal(
    auditSentence(resolved, RU),
    'решение по попытке: деньги получены, 100\u00a0₸. Основание: чек. Причина: клиент ждёт',
  )
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
      const standing = view(status, { statusDetail, failureReason: 'declined', late: true })
      assert.match(whyThisStatus(standing, RU), /^[А-ЯЁ][^a-z]*\.$/)
    }
  }
  const expired = view('cancelled', { cancelReason: 'expired' })
  assert.match(whyThisStatus(expired, RU), /^Срок оплаты истёк/)
  const partly = whyThisStatus(view('partially_paid'), RU)
  assert.match(partly, /Зачтено 500\u00a0₸ из 1\u00a0000\u00a0₸/)
})
