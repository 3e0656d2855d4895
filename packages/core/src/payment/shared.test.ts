// An attempt on what carries many at once: it keeps it from nobody, whatever becomes of it, and its QR may come
// with the answer to its start.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accepted, lost, markCalling, NOW, newPayment, reserve } from '../testing/payments.ts'
import { occupiesTerminal } from './attempt.ts'
import { decide } from './decide.ts'
import type { Applied } from './effect.ts'
import type { PaymentInput } from './input.ts'

const QR = { text: 'https://qr.kaspi.kz/123456', url: 'https://pay.kaspi.kz/pay/123456' }

function shared(): PaymentInput {
  const input = reserve('a')
  assert.ok(input.kind === 'reserve')
  return { ...input, isShared: true }
}

function told(inputs: readonly PaymentInput[]): Applied {
  let payment = newPayment()
  let last: Applied | null = null
  for (const input of inputs) {
    const decision = decide(payment, input, NOW)
    assert.ok(decision.kind === 'applied', decision.kind)
    payment = decision.payment
    last = decision
  }
  assert.ok(last !== null)
  return last
}

test('a QR that comes with the answer is shown at once, in the same step', () => {
  const qr = { ...QR, expiresAtMs: NOW + 180_000 }
  const live: PaymentInput = { kind: 'start_accepted', attemptId: 'a', processId: '7', qr }
  const { attempt, payment } = told([shared(), markCalling('a'), live])
  assert.deepEqual([attempt?.state.kind, attempt?.qr, payment.qr], ['live', qr, qr])
})

test('it holds nothing: reserved, live, lost; its abandonment is listed and quarantines nobody', () => {
  const steps = [shared(), markCalling('a'), lost('a')]
  for (const count of [1, 2, 3]) {
    const { attempt } = told(steps.slice(0, count))
    assert.ok(attempt !== null && !occupiesTerminal(attempt))
  }
  const { effects } = told([...steps, { kind: 'abandon', attemptId: 'a' }])
  assert.ok(effects.some(({ kind }) => kind === 'reconcile'))
  assert.ok(effects.every(({ kind }) => kind !== 'quarantine'))
})

test('S6a: learned late it still holds nothing', () => {
  const { attempt } = told([shared(), markCalling('a'), lost('a'), accepted('a')])
  assert.deepEqual([attempt?.state.kind, attempt?.holdsTerminal], ['stray', false])
})
