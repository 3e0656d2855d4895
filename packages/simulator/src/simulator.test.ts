// The happy road and its unhappy ends, spoken over HTTP as the centre and a person would.
import assert from 'node:assert/strict'
import test from 'node:test'
import { startSimulator } from './simulator.ts'
import { quickWorld, until } from './testing/quick-world.ts'

test('a payment goes through every word of the wire and into the journal', async (context) => {
  const world = await quickWorld(context, { timing: { initializeMs: 150, customerMs: 150 } })
  const { body } = await world.call(1, 'payment', { amount: '10100' })
  const { processId } = body.data
  assert.deepEqual(body, { statusCode: 0, data: { processId, status: 'wait' } })
  assert.match(processId, /^\d{13}$/)
  assert.equal((await world.status(1, processId)).subStatus, 'Initialize')

  const qr = await until(async () => {
    const seen = await world.control('/cameras/1/json')
    return seen.body.success ? String(seen.body.qrData) : null
  })
  assert.match(qr, /^https:\/\/qr\.kaspi\.kz\/\d{20}$/)
  assert.equal((await world.status(1, processId)).subStatus, 'WaitUser')

  const scan = await world.control('/phone/scan', { qr, product: 'Loan', loan_term: 12 })
  assert.equal(scan.status, 200)
  assert.equal(scan.body.terminal, 1)
  assert.equal(scan.body.amount_tenge, 10_100)
  assert.equal((await world.status(1, processId)).subStatus, 'WaitForQrConfirmation')

  const paid = await world.final(1, processId)
  assert.equal(paid.status, 'success')
  assert.equal(paid.subStatus, 'QrTransactionSuccess')
  assert.equal(paid.transactionId, paid.chequeInfo.orderNumber)
  assert.deepEqual([paid.addInfo.ProductType, paid.addInfo.LoanTerm], ['Loan', 12])
  assert.match(paid.chequeInfo.amount, /^10[\s\u00a0\u202f]?100[ \u00a0]₸$/)
  assert.match(paid.chequeInfo.date, /^\d\d\.\d\d\.\d\d \d\d:\d\d:\d\d$/)
  assert.deepEqual(await world.status(1, processId), paid, 'the same answer when asked again')

  const journal = await world.control('/journal')
  assert.equal(journal.body.entries.length, 1)
  assert.partialDeepStrictEqual(journal.body.entries[0], {
    terminal: 1,
    serial: 'SIM000000001',
    process_id: processId,
    transaction_id: paid.transactionId,
    kind: 'sale',
    amount_tenge: 10_100,
    product: 'Loan',
    loan_term: 12,
    refund_of: null,
  })
  assert.equal(journal.body.operations[0]?.outcome, 'paid')
  assert.equal(journal.body.start_calls[0]?.accepted, true)
  await until(() => (world.simulator.terminal(1).screen().state === 'idle' ? true : null))
})

test('the link that a checkout page gives to a phone is scanned too', async (context) => {
  const world = await quickWorld(context)
  const { processId, qr } = await world.showQr(1, 500)
  const link = qr.replace('https://qr.kaspi.kz/', 'https://pay.kaspi.kz/pay/')
  const result = world.simulator.phone.scan({ qr: link, product: 'Red', after_ms: 0 })
  assert.equal(result.seen, true)
  assert.equal((await world.final(1, processId)).addInfo.ProductType, 'Red')
})

test('a customer who declines, and no money moves', async (context) => {
  const world = await quickWorld(context)
  const { processId, qr } = await world.showQr(1, 500)
  world.simulator.phone.scan({ qr, outcome: 'decline' })
  const ended = await world.final(1, processId)
  assert.deepEqual([ended.status, ended.subStatus], ['fail', 'QrTransactionFailure'])
  assert.match(ended.message, /[а-я]/)
  assert.equal(world.simulator.journal.entries.length, 0)
})

test('a customer who walks away after the scan: the confirmation runs out', async (context) => {
  const world = await quickWorld(context, { timing: { confirmWaitMs: 150 } })
  const { processId, qr } = await world.showQr(1, 500)
  world.simulator.phone.scan({ qr, outcome: 'leave' })
  assert.equal((await world.status(1, processId)).subStatus, 'WaitForQrConfirmation')
  assert.match((await world.final(1, processId)).message, /подтверждения истекло/)
})

test('nobody scans: the QR runs out, and a phone that comes late is told so', async (context) => {
  const world = await quickWorld(context, { timing: { scanWaitMs: 150 } })
  const { processId, qr } = await world.showQr(1, 500)
  assert.match((await world.final(1, processId)).message, /сканирования QR истекло/)
  const late = await world.control('/phone/scan', { qr })
  assert.deepEqual([late.status, late.body.reason], [404, 'over'])
})

test('a customer who confirms after the time is over pays nothing', async (context) => {
  const world = await quickWorld(context, { timing: { confirmWaitMs: 20 } })
  const { processId, qr } = await world.showQr(1, 500)
  world.simulator.phone.scan({ qr, after_ms: 60 })
  assert.equal((await world.final(1, processId)).status, 'fail')
  await new Promise((resolve) => setTimeout(resolve, 80))
  assert.equal(world.simulator.journal.entries.length, 0)
})

test('a wrong QR, a second phone and bad bodies are refused in Russian', async (context) => {
  const world = await quickWorld(context)
  const { qr } = await world.showQr(1, 500)
  const refusals: readonly (readonly [object, number])[] = [
    [{ qr: 'https://qr.kaspi.kz/12345678901234567890' }, 404],
    [{ qr: 'https://qr.kaspi.kz.example.com/12345678901234567890' }, 404],
    [{}, 400],
    [{ qr, product: 'Silver' }, 400],
    [{ qr, product: 'Loan' }, 400],
    [{ qr, product: 'Gold', loan_term: 12 }, 400],
    [{ qr, after_ms: -1 }, 400],
    [{ qr, misspelt: 1 }, 400],
    [{ qr: 'x'.repeat(70_000) }, 413],
  ]
  for (const [body, status] of refusals) {
    const refused = await world.control('/phone/scan', body)
    assert.equal(refused.status, status, JSON.stringify(body).slice(0, 100))
    assert.match(refused.body.message, /[а-я]/)
  }
  assert.equal((await world.control('/phone/scan', { qr, outcome: 'leave' })).status, 200)
  assert.equal((await world.control('/phone/scan', { qr })).status, 409)
})

test('a customer who scans first and decides later', async (context) => {
  const world = await quickWorld(context)
  const { processId, qr } = await world.showQr(1, 500)
  assert.equal((await world.control('/phone/decide', { qr })).body.reason, 'not_scanned')
  assert.equal((await world.control('/phone/scan', { qr, outcome: 'leave' })).status, 200)
  assert.equal((await world.status(1, processId)).subStatus, 'WaitForQrConfirmation')
  const decision = { qr, product: 'Loan', loan_term: 24, after_ms: 0 }
  assert.equal((await world.control('/phone/decide', decision)).status, 200)
  assert.equal((await world.final(1, processId)).addInfo.LoanTerm, 24)
  const late = await world.control('/phone/decide', { qr, outcome: 'decline' })
  assert.deepEqual([late.status, late.body.reason], [404, 'over'])
})

test('the same seed gives the same QR codes, and no seed gives new ones', async (context) => {
  const firstQr = async (seed?: number) => {
    const simulator = await startSimulator({
      terminals: 2,
      timing: { initializeMs: 0 },
      ...(seed === undefined ? {} : { seed }),
    })
    context.after(() => simulator.close())
    simulator.terminal(2).keySale(100)
    return until(() => {
      const screen = simulator.terminal(2).screen()
      return screen.state === 'qr' ? screen.qr : null
    })
  }
  assert.equal(await firstQr(7), await firstQr(7))
  assert.notEqual(await firstQr(7), await firstQr(8))
  const unseeded = await firstQr()
  await new Promise((resolve) => setTimeout(resolve, 2))
  assert.notEqual(unseeded, await firstQr())
})
