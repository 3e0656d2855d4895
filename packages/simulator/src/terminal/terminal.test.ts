// The rules of one terminal over its own port: one operation at a time, what it refuses, refunds,
// cancels, keyed sales, a reboot.
import assert from 'node:assert/strict'
import test from 'node:test'
import { quickWorld, until } from '../testing/quick-world.ts'

test('of fifty starts at once one is accepted and 49 hear 107', async (context) => {
  const world = await quickWorld(context)
  const starts = Array.from({ length: 50 }, () => world.call(1, 'payment', { amount: '700' }))
  const codes = (await Promise.all(starts)).map(({ body }) => body.statusCode)
  assert.equal(codes.filter((code) => code === 0).length, 1)
  assert.equal(codes.filter((code) => code === 107).length, 49)
  const { journal } = world.simulator
  assert.equal(journal.startCalls.filter((call) => call.accepted).length, 1)
  assert.equal(journal.startCalls.length, 50)
  assert.equal(journal.operations.length, 1)
})

test('operations that follow each other do not overlap in the journal', async (context) => {
  const world = await quickWorld(context)
  for (const amount of [100, 200, 300]) {
    const { processId, qr } = await world.showQr(1, amount)
    world.simulator.phone.scan({ qr, after_ms: 0 })
    await world.final(1, processId)
  }
  assert.deepEqual(world.simulator.journal.overlaps(), [])
  const numbers = world.simulator.journal.operations.map((operation) => operation.process_id)
  assert.equal(new Set(numbers).size, 3)
})

test('what the wire refuses with 999, 101, 103 and 104', async (context) => {
  const world = await quickWorld(context)
  for (const amount of ['', '0', '-5', '10.5', '1e3', '010', 'abc']) {
    assert.equal((await world.call(1, 'payment', { amount })).body.statusCode, 999, amount)
  }
  assert.equal((await world.call(1, 'payment')).body.statusCode, 999)
  assert.equal((await world.call(1, 'nothing')).body.statusCode, 999)
  assert.equal((await world.call(1, 'status', { processId: '1' })).body.statusCode, 101)
  const refund = { method: 'qr', amount: '1', transactionId: '1' }
  assert.equal((await world.call(1, 'refund', refund)).body.statusCode, 104)
  assert.equal((await world.call(1, 'refund', { ...refund, method: 'card' })).body.statusCode, 102)
  const { processId } = await world.showQr(1, 100)
  assert.equal((await world.call(1, 'actualize', { processId })).body.statusCode, 103)
})

test('a refund shows its own QR, takes the terminal and gives back no more than was paid', async (context) => {
  const world = await quickWorld(context)
  const sale = await world.showQr(1, 505)
  world.simulator.phone.scan({ qr: sale.qr, product: 'Red', after_ms: 0 })
  const { transactionId } = await world.final(1, sale.processId)

  const query = { method: 'qr', transactionId, amount: '505' }
  const { body } = await world.call(1, 'refund', query)
  const { processId } = body.data
  const screen = await until(() => {
    const seen = world.simulator.terminal(1).screen()
    return seen.state === 'qr' ? seen : null
  })
  assert.equal(screen.purpose, 'refund')
  assert.equal((await world.status(1, processId)).subStatus, 'ProcessRefund')
  assert.equal((await world.call(1, 'payment', { amount: '1' })).body.statusCode, 107)
  world.simulator.phone.scan({ qr: screen.qr, after_ms: 0 })
  const done = await world.final(1, processId)
  assert.equal(done.chequeInfo.type, 'refund')
  assert.match(done.chequeInfo.amount, /^- 505[ \u00a0]₸$/)
  assert.notEqual(done.transactionId, transactionId)
  const entry = world.simulator.journal.entries.at(-1)
  assert.deepEqual(
    [entry?.kind, entry?.refund_of, entry?.amount_tenge, entry?.product],
    ['refund', transactionId, 505, 'Red'],
  )
  assert.equal((await world.call(1, 'refund', { ...query, amount: '1' })).body.statusCode, 105)
})

test('a cancel stops an operation only before the scan', async (context) => {
  const world = await quickWorld(context)
  const first = await world.showQr(1, 100)
  await world.call(1, 'cancel', { processId: first.processId })
  assert.equal((await world.status(1, first.processId)).subStatus, 'ProcessCancelled')
  const second = await world.showQr(1, 100)
  world.simulator.phone.scan({ qr: second.qr, after_ms: 300 })
  const { body } = await world.call(1, 'cancel', { processId: second.processId })
  assert.equal(body.statusCode, 105)
  assert.equal((await world.final(1, second.processId)).status, 'success')
})

test('a device that cannot cancel says so in its own way, and its operation lives on', async (context) => {
  for (const [cancel, status, code] of [
    ['ignored', 200, 0],
    ['http_400', 400, undefined],
    ['not_found', 404, undefined],
    ['not_supported', 200, 102],
  ] as const) {
    const world = await quickWorld(context, { terminals: [{ cancel }] })
    const { processId } = await world.showQr(1, 100)
    const answer = await world.call(1, 'cancel', { processId })
    assert.deepEqual([answer.status, answer.body.statusCode], [status, code], cancel)
    assert.equal((await world.status(1, processId)).status, 'wait')
    assert.equal(world.simulator.terminal(1).screen().state, 'qr')
  }
})

test('a sale keyed on the device holds it and is in the journal', async (context) => {
  const world = await quickWorld(context)
  const keyed = await world.control('/terminals/1/key-sale', { amount_tenge: 900 })
  assert.equal(keyed.status, 200)
  assert.equal((await world.control('/terminals/1/key-sale', { amount_tenge: 1 })).status, 409)
  assert.equal((await world.call(1, 'payment', { amount: '1' })).body.statusCode, 107)
  const qr = await until(() => {
    const screen = world.simulator.terminal(1).screen()
    return screen.state === 'qr' ? screen.qr : null
  })
  world.simulator.phone.scan({ qr, after_ms: 0 })
  await until(() => world.simulator.journal.entries[0] ?? null)
  assert.equal(world.simulator.journal.entries[0]?.kind, 'keyed_sale')
})

test('a reboot forgets; a customer who had scanned still pays', async (context) => {
  const world = await quickWorld(context)
  const { processId, qr } = await world.showQr(1, 100)
  world.simulator.phone.scan({ qr, after_ms: 250 })
  await world.control('/terminals/1/reboot', { closed_ms: 200 })
  await assert.rejects(world.call(1, 'status', { processId }), 'the port is closed')
  await until(() => (world.simulator.terminal(1).screen().state === 'idle' ? true : null))
  assert.equal((await world.call(1, 'status', { processId })).body.statusCode, 101)
  await until(() => world.simulator.journal.entries[0] ?? null)
  assert.equal(world.simulator.journal.operations[0]?.outcome, 'forgotten')
  assert.equal((await world.call(1, 'payment', { amount: '1' })).body.statusCode, 0)
})

test('results are forgotten after their life', async (context) => {
  const world = await quickWorld(context, { timing: { resultLifeMs: 200 } })
  const { processId } = await world.showQr(1, 100)
  await world.call(1, 'cancel', { processId })
  assert.equal((await world.status(1, processId)).status, 'fail')
  await new Promise((resolve) => setTimeout(resolve, 220))
  assert.equal((await world.call(1, 'status', { processId })).body.statusCode, 101)
})
