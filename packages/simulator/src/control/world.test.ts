// The pretend world as a page looks at it: what its state tells, and that looking changes nothing.
import assert from 'node:assert/strict'
import test from 'node:test'
import { decode } from '../testing/decode.ts'
import { quickWorld, until } from '../testing/quick-world.ts'

test('the state tells screens, faults, newest payments and webhooks first', async (context) => {
  const world = await quickWorld(context, { terminals: [{ protection: true, https: {} }, {}] })
  const { simulator } = world
  simulator.terminal(2).armFault({ fault: 'camera_down' })
  const qrs: string[] = []
  for (const amount of [100, 200]) {
    const { processId, qr } = await world.showQr(2, amount)
    qrs.push(qr)
    simulator.phone.scan({ qr, after_ms: 0 })
    await world.final(2, processId)
  }
  for (const body of [{ transaction_id: 'A', status: 'paid' }, null, [1], 'text']) {
    await fetch(`${simulator.url}/shop/webhook`, { method: 'POST', body: JSON.stringify(body) })
  }
  assert.partialDeepStrictEqual((await world.control('/state')).body, {
    terminals: [
      { number: 1, is_secure: true, protection: true, is_reachable: true, sight: 'screen' },
      { number: 2, is_secure: false, protection: false, faults: ['camera_down'], sight: 'down' },
    ],
    phone: { is_online: true, screen: { state: 'paid', amount_tenge: 200 }, scans: qrs.reverse() },
    entries: [
      { amount_tenge: 200, qr: qrs[0] },
      { amount_tenge: 100, qr: qrs[1] },
    ],
    orders: [],
    webhooks: [
      { text: '"text"', status: null, is_signed: false },
      { text: '[1]' },
      { text: 'null' },
      { status: 'paid', payment: 'A' },
    ],
  })
})

test("a terminal's QR is a picture while it is on the screen, and only then", async (context) => {
  const world = await quickWorld(context)
  const url = `${world.simulator.url}/terminals/1/qr.svg`
  assert.equal((await fetch(url)).status, 404)
  await world.showQr(1, 100)
  const response = await fetch(url)
  assert.equal(response.headers.get('content-type'), 'image/svg+xml')
  assert.match(await response.text(), /^<svg .*<path /s)
})

test('what the camera sees is shown as often as wanted, and no fault is used up by it', async (context) => {
  const world = await quickWorld(context)
  const sight = () => fetch(`${world.simulator.url}/terminals/1/sight.png`)
  const { qr } = await world.showQr(1, 100)
  assert.equal(await decode(await (await sight()).blob()), qr)
  world.simulator.terminal(1).armFault({ fault: 'camera_blank' })
  for (const _ of [1, 2]) assert.equal(await decode(await (await sight()).blob()), null)
  assert.equal((await world.control('/cameras/1/json')).body.success, false)
  assert.equal((await world.control('/cameras/1/json')).body.success, true)
})

test('one fault for all terminals strikes at the first that is used, once', async (context) => {
  const world = await quickWorld(context, { terminals: 3 })
  const armed = await world.control('/faults', { fault: 'refuse_code', code: 106 })
  assert.equal(armed.status, 200)
  const codes = []
  for (const number of [2, 1, 3]) {
    codes.push((await world.call(number, 'payment', { amount: '100' })).body.statusCode)
  }
  assert.deepEqual(codes, [106, 0, 0])
  for (const body of [{ fault: 'refuse_connection' }, { fault: 'token_expires' }, {}]) {
    assert.equal((await world.control('/faults', body)).status, 400)
  }
  await world.control('/faults', { fault: 'unknown' })
  await fetch(`${world.simulator.url}/faults`, { method: 'DELETE' })
  assert.deepEqual(world.simulator.terminal(3).faults.list(), [])
})

test('a terminal whose network is away says so, and comes back', async (context) => {
  const world = await quickWorld(context)
  const terminal = world.simulator.terminal(1)
  terminal.armFault({ fault: 'refuse_connection', closed_ms: 50 })
  assert.equal(terminal.isReachable, false)
  await until(() => terminal.isReachable || null)
  assert.equal((await world.call(1, 'deviceinfo')).status, 200)
})
