// The phone as its owner sees it: each screen, the network that goes and comes back. And the card that
// leaves the phone out of it.
import assert from 'node:assert/strict'
import test from 'node:test'
import { quickWorld, until, type World } from '../testing/quick-world.ts'

const screenOf = (world: World) => world.simulator.phone.screen()

async function shows(world: World, state: string) {
  await until(() => (screenOf(world).state === state ? true : null))
}

test('a question, an answer on its way, paid, put away', async (context) => {
  const world = await quickWorld(context)
  const { phone } = world.simulator
  assert.deepEqual(screenOf(world), { state: 'ready' })
  const { qr } = await world.showQr(1, 500)
  phone.scan({ qr, outcome: 'leave' })
  assert.deepEqual(screenOf(world), { state: 'question', qr, kind: 'sale', amount_tenge: 500 })
  phone.decide({ qr, product: 'Credit', after_ms: 60 })
  assert.partialDeepStrictEqual(screenOf(world), { state: 'answering', outcome: 'confirm' })
  await shows(world, 'paid')
  assert.partialDeepStrictEqual(screenOf(world), { product: 'Credit', loan_term: 0 })
  phone.putAway()
  assert.deepEqual(screenOf(world), { state: 'ready' })
})

test('declined, walked away, and too late', async (context) => {
  const world = await quickWorld(context, { timing: { confirmWaitMs: 80 } })
  const { phone } = world.simulator
  const first = await world.showQr(1, 500)
  phone.scan({ qr: first.qr, outcome: 'decline', after_ms: 0 })
  await shows(world, 'declined')
  const second = await world.showQr(1, 500)
  phone.scan({ qr: second.qr, outcome: 'leave' })
  phone.decide({ qr: second.qr, outcome: 'leave' })
  assert.equal(screenOf(world).state, 'left')
  await shows(world, 'over')
})

test('without a network nothing is scanned and nothing learned; an answer leaves when it is back', async (context) => {
  const world = await quickWorld(context)
  const { phone, journal } = world.simulator
  const { processId, qr } = await world.showQr(1, 500)
  phone.scan({ qr, after_ms: 20 })
  phone.setNetwork(false)
  assert.equal((await world.control('/phone/scan', { qr })).body.reason, 'no_network')
  await new Promise((resolve) => setTimeout(resolve, 60))
  assert.equal(screenOf(world).state, 'answering')
  assert.equal(journal.entries.length, 0)
  await world.control('/phone/network', { is_online: true })
  assert.equal((await world.final(1, processId)).status, 'success')
  assert.equal(screenOf(world).state, 'paid')
  await world.control('/phone/network', { is_online: false })
  await world.control('/phone/put-away', {})
  assert.equal(screenOf(world).state, 'ready')
})

test('a card instead of the phone: read, its PIN typed, paid as a card', async (context) => {
  const world = await quickWorld(context)
  const terminal = world.simulator.terminal(1)
  const [hasty, endless] = [{ cardMs: 5 }, { cardMs: 60_000 }]
  assert.equal((await world.control('/terminals/1/card', {})).status, 409)
  terminal.setTiming(endless)
  const read = await world.showQr(1, 500)
  assert.equal((await world.control('/terminals/1/card', {})).status, 200)
  assert.equal((await world.status(1, read.processId)).subStatus, 'ProcessingCard')
  assert.deepEqual(terminal.screen(), { state: 'card', amount_tenge: 500 })
  assert.equal((await world.control('/phone/scan', { qr: read.qr })).body.reason, 'over')
  terminal.reboot(0)
  await until(() => terminal.isReachable || null)

  terminal.setTiming(hasty)
  const typed = await world.showQr(1, 500)
  terminal.presentCard()
  terminal.setTiming(endless)
  await until(() => (terminal.screen().state === 'pin' ? true : null))
  assert.equal((await world.status(1, typed.processId)).subStatus, 'WaitForPinCode')
  terminal.reboot(0)
  await until(() => terminal.isReachable || null)

  terminal.setTiming(hasty)
  const { processId } = await world.showQr(1, 500)
  terminal.presentCard()
  const paid = await world.final(1, processId)
  assert.equal(paid.subStatus, 'CardTransactionSuccess')
  assert.partialDeepStrictEqual(paid, { chequeInfo: { method: 'card', rrn: paid.transactionId } })
  assert.equal('addInfo' in paid, false)
  assert.deepEqual(
    world.simulator.journal.entries.map(({ product }) => product),
    ['Card'],
  )
})
