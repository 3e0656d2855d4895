// The main road with the documented numbers: create, terminal, QR, paid, webhook.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestCentre, type TestCentre } from '../support/centre.ts'

let centre: TestCentre
before(async () => {
  centre = await startTestCentre({
    terminals: [{ camera: 'json' }, { camera: 'png' }, { camera: 'text' }],
  })
})
after(() => centre.stop())

async function startAndPay(
  id: string,
  method: string,
  product: { product?: 'Gold' | 'Red' | 'Loan'; loan_term?: number },
) {
  const started = await centre.kaspi(id, { payment_method: method })
  assert.equal(started.status, 200, started.text)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code, ...product })
  return started.body.data
}

async function webhooksOf(id: string) {
  const deadline = Date.now() + 10_000
  for (;;) {
    const received = centre.simulator.shop
      .webhooks(centre.source.webhookSecret)
      .filter(({ body }) => (body as { transaction_id: string }).transaction_id === id)
    if (received.length > 0 || Date.now() > deadline) return received
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('10 000 by Gold costs 10 100, is paid, and the shop is told by a webhook both verifiers accept', async () => {
  const id = await centre.init(1_000_000, { metadata: { order_id: '12345' }, description: 'Тур' })
  assert.match(id, /^[0-9A-F]{32}$/)
  const started = await startAndPay(id, 'kaspi_gold', { product: 'Gold' })
  assert.equal(started.transaction_id, id)
  assert.equal(started.amount, 1_010_000)
  assert.equal(started.original_amount, 1_000_000)
  assert.equal(started.commission_amount, 10_000)
  assert.equal(started.commission_percent, 1)
  assert.match(started.qr_code, /^https:\/\/qr\.kaspi\.kz\/\d+$/)
  assert.equal(started.payment_url, started.qr_code.replace('qr.kaspi.kz/', 'pay.kaspi.kz/pay/'))
  assert.equal(typeof started.terminal_id, 'number')

  const paid = await centre.until(id, 'paid')
  assert.equal(paid.amount, 1_010_000)
  assert.equal(paid.paid_amount, 1_010_000)
  assert.equal(paid.remaining_amount, 0)
  assert.match(paid.paid_at, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)

  const [webhook, ...more] = await webhooksOf(id)
  assert.ok(webhook)
  assert.deepEqual(more, [])
  assert.equal(webhook.raw_body_verified, true)
  assert.equal(webhook.parsed_body_verified, true)
  const body = webhook.body as Record<string, unknown>
  assert.equal(body['status'], 'paid')
  assert.equal(body['paid_amount'], 1_010_000)
  assert.deepEqual(body['metadata'], { order_id: '12345' })
})

test('10 000 by credit costs 11 400: commission 1 400, 14 %', async () => {
  const id = await centre.init(1_000_000)
  const started = await startAndPay(id, 'kaspi_credit', { product: 'Loan', loan_term: 6 })
  assert.equal(started.amount, 1_140_000)
  assert.equal(started.commission_amount, 140_000)
  assert.equal(started.commission_percent, 14)
  const paid = await centre.until(id, 'paid')
  assert.equal(paid.paid_amount, 1_140_000)
})

test('M6: a 12-month loan used instead of Gold leaves a rest, and a second start collects it', async () => {
  const id = await centre.init(1_000_000)
  await startAndPay(id, 'kaspi_gold', { product: 'Loan', loan_term: 12 })
  const part = await centre.until(id, 'partially_paid')
  assert.equal(part.paid_amount, 1_010_000)
  assert.equal(part.credited_amount, 885_965)
  assert.equal(part.remaining_credit, 114_035)
  assert.equal(part.remaining_amount, 115_200)
  assert.equal(part.amount, 1_125_200)
  assert.equal(part.amount, part.paid_amount + part.remaining_amount)

  const rest = await startAndPay(id, 'kaspi_gold', { product: 'Gold' })
  assert.equal(rest.charge_amount, 115_200)
  assert.equal(rest.amount, 1_125_200)
  const paid = await centre.until(id, 'paid')
  assert.equal(paid.amount, 1_125_200)
  assert.equal(paid.remaining_amount, 0)
})

test('M8: a deliberate 5 000 of 10 100 leaves exactly 5 100', async () => {
  const id = await centre.init(1_000_000)
  const started = await centre.kaspi(id, { payment_method: 'kaspi_gold', amount: 500_000 })
  assert.equal(started.status, 200, started.text)
  assert.equal(started.body.data.charge_amount, 500_000)
  assert.equal(started.body.data.amount, 1_010_000)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  const part = await centre.until(id, 'partially_paid')
  assert.equal(part.remaining_amount, 510_000)
})

test('M10: Gold used where a loan was charged is paid, with 1 300 overpaid', async () => {
  const id = await centre.init(1_000_000)
  await startAndPay(id, 'kaspi_credit', { product: 'Gold' })
  const paid = await centre.until(id, 'paid')
  assert.equal(paid.amount, 1_140_000)
  assert.equal(paid.overpaid_amount, 130_000)
})

test('S3: declined is failed, and the same payment can be started again', async () => {
  const id = await centre.init(200_000)
  const first = await centre.kaspi(id)
  centre.simulator.phone.scan({ qr: first.body.data.qr_code, outcome: 'decline' })
  const failed = await centre.until(id, 'failed')
  assert.equal(failed.failure_reason, 'declined')
  const second = await centre.kaspi(id)
  assert.equal(second.status, 200, second.text)
  assert.notEqual(second.body.data.qr_code, first.body.data.qr_code)
  centre.simulator.phone.scan({ qr: second.body.data.qr_code })
  await centre.until(id, 'paid')
})

test('M14: the figures of every payment are sums of its postings', async () => {
  const rows = await centre.sql(`
    SELECT p.id FROM payments p LEFT JOIN (
      SELECT payment_id,
        -coalesce(sum(tiyn) FILTER (WHERE account = 'customer'), 0) AS gross,
        coalesce(sum(tiyn) FILTER (WHERE account = 'source_credit' AND set_kind = 'capture'), 0) AS credit,
        coalesce(sum(tiyn) FILTER (WHERE account = 'overpaid'), 0) AS overpaid,
        sum(tiyn) AS total
      FROM postings GROUP BY payment_id) b ON b.payment_id = p.id
    WHERE p.paid_tiyn <> coalesce(b.gross, 0) OR p.credited_tiyn <> coalesce(b.credit, 0)
      OR p.overpaid_tiyn <> coalesce(b.overpaid, 0) OR coalesce(b.total, 0) <> 0`)
  assert.deepEqual(rows, [])
})

test('the look that sees the QR on the screen has it read: no second one is waited for', async () => {
  const patient = await startTestCentre({
    terminals: [{ camera: 'json' }],
    timing: { initializeMs: 0 },
    limits: { pollMs: 90_000 },
  })
  try {
    const started = await patient.kaspi(await patient.init(1_000_000))
    assert.equal(started.status, 200, started.text)
  } finally {
    await patient.stop()
  }
})
