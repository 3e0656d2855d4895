import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Observation } from '@byfly-pay/core'
import fc from 'fast-check'
import type { ApiVersion } from '../../ports/provider.ts'
import { type StatusReport, statusReport } from './status-report.ts'
import { STATUSES, SUB_STATUSES } from './status-words.ts'

const PROCESS = '1685890325386'

function report(body: unknown, httpStatus = 200, version: ApiVersion = 'v2'): StatusReport {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return statusReport({ kind: 'answered', httpStatus, body: Buffer.from(text) }, version, PROCESS)
}

function observe(data: unknown): Observation {
  return report({ statusCode: 0, data }).observation
}

function success(change: object = {}, cheque: object = {}): object {
  return {
    processId: PROCESS,
    status: 'success',
    subStatus: 'QrTransactionSuccess',
    transactionId: '3699352521',
    addInfo: { IsOffer: false, ProductType: 'Gold', LoanTerm: 0, LoanOfferName: '' },
    chequeInfo: { method: 'qr', type: 'payment', amount: '505 ₸', ...cheque },
    ...change,
  }
}

/** What each pair of words says, in one letter; columns are STATUSES: wait, success, fail, unknown. */
const TABLE: Readonly<Record<string, string>> = {
  Initialize: 's + e ?',
  WaitUser: 'q + e ?',
  WaitForQrConfirmation: 'c + e ?',
  ProcessingCard: 'p + e ?',
  WaitForPinCode: 'p + e ?',
  ProcessRefund: 'q + e ?',
  QrTransactionSuccess: 'c + ? ?',
  QrTransactionFailure: 'c ? d ?',
  CardTransactionSuccess: 'p + ? ?',
  CardTransactionFailure: 'p ? d ?',
  ProcessCancelled: 'c ? x ?',
}

const LETTERS: Readonly<Record<string, string>> = {
  s: 'starting',
  q: 'waiting_for_scan',
  c: 'waiting_for_confirmation',
  p: 'processing_card',
  '+': 'succeeded',
  d: 'declined',
  e: 'device_error',
  x: 'cancelled_on_device',
  '?': 'unknown',
}

function word(observation: Observation): string {
  if (observation.kind === 'waiting') return observation.phase
  return observation.kind === 'failed' ? observation.reason : observation.kind
}

test('every status with every subStatus has its one meaning', () => {
  assert.deepEqual(Object.keys(TABLE), [...SUB_STATUSES])
  for (const subStatus of SUB_STATUSES) {
    const letters = TABLE[subStatus]?.split(' ') ?? []
    STATUSES.forEach((status, column) => {
      const expected = LETTERS[letters[column] ?? '']
      assert.equal(word(observe({ status, subStatus })), expected, `${status} ${subStatus}`)
    })
  }
})

test('an unknown or absent word is waiting, and told once it is there', () => {
  const strange = report({ statusCode: 0, data: { status: 'paused', subStatus: 'WaitUser' } })
  assert.deepEqual(strange.observation, { kind: 'waiting', phase: 'waiting_for_scan' })
  assert.deepEqual(strange.oddities, [{ what: 'status', word: 'paused' }])
  const sub = report({ statusCode: 0, data: { status: 'wait', subStatus: 'Dancing' } })
  assert.deepEqual(sub.observation, { kind: 'waiting', phase: 'starting' })
  assert.deepEqual(sub.oddities, [{ what: 'sub_status', word: 'Dancing' }])
  assert.deepEqual(observe({ status: 'wait' }), { kind: 'waiting', phase: 'starting' })
  assert.equal(word(observe({ status: 'toString', subStatus: '__proto__' })), 'starting')
})

test('the success of the protocol page', () => {
  const { observation, oddities } = report({ statusCode: 0, data: success() })
  assert.deepEqual(oddities, [])
  assert.deepEqual(observation, {
    kind: 'succeeded',
    success: {
      grossTiyn: 50_500n,
      moneyKind: 'qr',
      providerTransactionId: '3699352521',
      product: { methodCode: 'kaspi_gold', word: 'Gold' },
    },
  })
})

function gross(change: object, cheque: object = {}): bigint | null | undefined {
  const observation = observe(success(change, cheque))
  return observation.kind === 'succeeded' ? observation.success.grossTiyn : undefined
}

test('S6b: a success whose sum cannot be read stays a success, with no sum', () => {
  assert.equal(gross({ chequeInfo: null }), null)
  assert.equal(gross({ chequeInfo: undefined, amount: 505 }), null)
  assert.equal(gross({ amount: 505 }, { amount: undefined }), null)
  for (const amount of ['', '0 ₸', '- 505 ₸', 'пятьсот', '1,234 ₸', null, [], -5, 0]) {
    assert.equal(gross({}, { amount }), null, String(amount))
  }
  assert.equal(gross({}, { type: 'refund' }), null)
  assert.equal(gross({ amount: 0 }), 50_500n)
  assert.equal(gross({}, { amount: 505 }), 50_500n)
  assert.equal(gross({}, { type: undefined }), 50_500n)
})

test('the transaction number: transactionId, orderNumber of qr and alaqan, rrn of a card', () => {
  const rows: [object, object, string | null][] = [
    [{}, { orderNumber: '9' }, '3699352521'],
    [{ transactionId: 3699352521 }, {}, '3699352521'],
    [{ transactionId: '0' }, { orderNumber: 9 }, '9'],
    [{ transactionId: undefined }, { method: 'alaqan', orderNumber: '9', rrn: '8' }, '9'],
    [{ transactionId: '' }, { method: 'card', orderNumber: '9', rrn: '8' }, '8'],
    [{ transactionId: null }, {}, null],
  ]
  for (const [change, cheque, expected] of rows) {
    const observation = observe(success(change, cheque))
    assert.ok(observation.kind === 'succeeded')
    assert.equal(observation.success.providerTransactionId, expected)
  }
})

test('how the money moved: the receipt first, then the subStatus', () => {
  const rows: [unknown, string, string][] = [
    ['card', 'QrTransactionSuccess', 'card'],
    ['Alaqan', 'QrTransactionSuccess', 'alaqan'],
    [undefined, 'CardTransactionSuccess', 'card'],
    ['cheque', 'QrTransactionSuccess', 'qr'],
  ]
  for (const [method, subStatus, expected] of rows) {
    const observation = observe(success({ subStatus }, { method }))
    assert.ok(observation.kind === 'succeeded')
    assert.equal(observation.success.moneyKind, expected)
  }
})

test('rule 6: an answer about another process is no answer', () => {
  const { observation, oddities } = report({ statusCode: 0, data: success({ processId: '7' }) })
  assert.deepEqual(observation, { kind: 'no_answer' })
  assert.deepEqual(oddities, [{ what: 'other_process', word: '7' }])
  assert.equal(observe(success({ processId: Number(PROCESS) })).kind, 'succeeded')
  assert.equal(observe(success({ processId: undefined })).kind, 'succeeded')
})

test('the message only chooses between reasons without money', () => {
  const rows: [string, string, string][] = [
    ['QrTransactionFailure', 'Время ожидания истекло', 'ran_out'],
    ['ProcessCancelled', 'Истёк срок действия QR', 'ran_out'],
    ['WaitUser', 'Operation timed out', 'ran_out'],
    ['QrTransactionFailure', 'Недостаточно средств', 'declined'],
    ['ProcessCancelled', 'Операция отменена', 'cancelled_on_device'],
  ]
  for (const [subStatus, message, reason] of rows) {
    assert.deepEqual(observe({ status: 'fail', subStatus, message }), { kind: 'failed', reason })
  }
  const unsure = { status: 'unknown', message: 'Время ожидания истекло' }
  assert.deepEqual(observe(unsure), { kind: 'unknown' })
})

test('NO ANSWER IS NOT A NO: codes other than 0 and 101, and nonsense, say nothing', () => {
  for (let statusCode = -10; statusCode <= 1_100; statusCode += 1) {
    if (statusCode === 0) continue
    const expected = statusCode === 101 ? 'not_found' : 'no_answer'
    assert.equal(report({ statusCode, data: success() }).observation.kind, expected)
  }
  for (const body of ['', '{', '[]', '<html>', '{"status":"success"}', '{"statusCode":0}']) {
    for (const httpStatus of [200, 401, 403, 404, 500]) {
      assert.equal(report(body, httpStatus).observation.kind, 'no_answer')
    }
  }
  assert.equal(report({ statusCode: 0, data: success() }, 500).observation.kind, 'succeeded')
  assert.equal(observe({ processId: PROCESS }).kind, 'no_answer')
  assert.equal(
    statusReport({ kind: 'no_answer', cause: 'x' }, 'v2', PROCESS).observation.kind,
    'no_answer',
  )
})

test('no JSON makes it throw; only the word success succeeds and only fail fails', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (data, status) => {
      const { observation } = report({ statusCode: 0, data: { ...Object(data), status } })
      if (status !== 'success') assert.notEqual(observation.kind, 'succeeded')
      if (status !== 'fail') assert.notEqual(observation.kind, 'failed')
    }),
  )
})

test('v1: flat data is believed with a 2xx only, its failures say nothing', () => {
  assert.equal(report(success(), 200, 'v1').observation.kind, 'succeeded')
  assert.equal(report(success(), 500, 'v1').observation.kind, 'no_answer')
  assert.equal(report({ message: 'Ошибка' }, 500, 'v1').observation.kind, 'no_answer')
  assert.equal(report({ message: 'Ошибка' }, 200, 'v1').observation.kind, 'no_answer')
  assert.equal(report({ statusCode: 101 }, 200, 'v1').observation.kind, 'not_found')
})
