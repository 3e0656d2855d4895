import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CANCEL, live, newPayment, tell, tenge, took } from '../testing/payments.ts'
import { type EventSubject, webhookBody } from './event.ts'

const ZONE = 'Asia/Almaty'

const PAID = tell(newPayment(), [...live('a'), took('a', tenge(10_100))]).payment

function subject(changes: Partial<EventSubject> = {}): EventSubject {
  const metadata = { order_id: '12345', tour_id: 'DXB-001' }
  return {
    payment: PAID,
    description: 'Оплата за тур',
    metadata,
    externalId: null,
    formerId: null,
    ...changes,
  }
}

function bodyOf(changes: Partial<EventSubject> = {}, unit: 'tiyn' | 'tenge' = 'tiyn'): string {
  return webhookBody(subject(changes), 'paid', 1, { unit, zone: ZONE })
}

test('W2, W3: the documented fields come first, in the documented order, with their meaning', () => {
  const documented = {
    transaction_id: '019B000000007000800000000000000A',
    status: 'paid',
    amount: 10_100,
    paid_amount: 10_100,
    currency: 'KZT',
    description: 'Оплата за тур',
    metadata: { order_id: '12345', tour_id: 'DXB-001' },
    paid_at: '2026-01-15 15:00:00',
  }
  const text = JSON.stringify(documented)
  assert.equal(bodyOf({}, 'tenge').slice(0, text.length - 1), text.slice(0, -1))
})

test('W2: the additive fields follow', () => {
  const body = JSON.parse(bodyOf())
  const { original_amount, commission_amount, commission_percent, remaining_amount } = body
  assert.deepEqual(
    [original_amount, commission_amount, commission_percent, remaining_amount],
    [1_000_000, 10_000, 1, 0],
  )
  assert.equal(body.event, 'paid')
  assert.equal(body.sequence, 1)
  assert.equal(body.late, false)
  assert.equal(body.paid_at_utc, '2026-01-15T10:00:00.000Z')
  assert.equal(body.status_detail, null)
})

test('M1: the numbers are in the unit of the source', () => {
  assert.equal(JSON.parse(bodyOf({}, 'tiyn')).amount, 1_010_000)
  assert.equal(JSON.parse(bodyOf({}, 'tenge')).amount, 10_100)
  const part = tell(newPayment(), [...live('a'), took('a', tenge(10_100), 'kaspi_credit')]).payment
  const inTenge = JSON.parse(bodyOf({ payment: part }, 'tenge'))
  assert.equal(inTenge.credited_amount, 8_859.65)
  assert.equal(inTenge.remaining_credit, 1_140.35)
  assert.equal(inTenge.remaining_amount, 1_152)
  assert.equal(inTenge.amount, inTenge.paid_amount + inTenge.remaining_amount)
})

test('T7: what is absent is null, and metadata an empty object', () => {
  const body = JSON.parse(bodyOf({ description: null, metadata: {} }))
  assert.equal(body.description, null)
  assert.deepEqual(body.metadata, {})
  const cancelled = tell(newPayment(), [CANCEL]).payment
  const told = JSON.parse(
    webhookBody(subject({ payment: cancelled }), 'cancelled', 1, { unit: 'tiyn', zone: ZONE }),
  )
  assert.equal(told.paid_at, null)
  assert.equal(told.paid_at_utc, null)
  assert.equal(told.status, 'cancelled')
  assert.equal(told.cancel_reason, 'requested')
})

test('W2: who parses the body and prints it again gets the same bytes, for odd keys too', () => {
  const odd = JSON.parse(
    '{"__proto__":{"x":1},"constructor":"c","toJSON":"no","10":"ten","2":"two","":"empty",' +
      '"кл\\u044eч":"значение","emoji \\ud83d\\ude00":[1.5,-0,1e21,true,null],"\\u2028":"/"}',
  )
  const text = bodyOf({ metadata: odd, description: '"quoted" \\ \u2028 </script>' })
  assert.equal(JSON.stringify(JSON.parse(text)), text)
})

test('W2: the same for any metadata that JSON can carry', () => {
  const metadata = fc.jsonValue({ maxDepth: 5 }).map((value) => ({
    value: JSON.parse(JSON.stringify(value)),
  }))
  const keyed = fc
    .dictionary(fc.string({ unit: 'binary', maxLength: 6 }), fc.jsonValue({ maxDepth: 2 }))
    .map((value) => JSON.parse(JSON.stringify(value)))
  fc.assert(
    fc.property(fc.oneof(metadata, keyed), fc.string({ unit: 'binary' }), (odd, description) => {
      const text = bodyOf({ metadata: odd, description })
      assert.equal(JSON.stringify(JSON.parse(text)), text)
    }),
    { numRuns: 200 },
  )
})
