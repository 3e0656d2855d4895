// Each fault that strikes a call, once: what the client meets, and whether an operation really began.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import test from 'node:test'
import { connect as tlsConnect } from 'node:tls'
import type { SimulatorOptions } from '../simulator.ts'
import { quickWorld, until, type World } from '../testing/quick-world.ts'
import { secureGet } from '../testing/secure-get.ts'
import type { FaultOfScope } from './catalogue.ts'

type Proof = (world: World) => Promise<void>

const started = ({ simulator }: World) => simulator.terminal(1).operation() !== null
const startCalls = ({ simulator }: World) => simulator.journal.startCalls

/** What a world must have beside one plain terminal for the fault to make sense. */
const WORLDS: Readonly<Record<string, Partial<SimulatorOptions>>> = {
  token_expires: { terminals: [{ protection: true }] },
  certificate_change: { terminals: [{ https: {} }] },
}

const PROOFS: Readonly<Record<FaultOfScope<'call' | 'connection' | 'port'>, Proof>> = {
  late: async (world) => {
    world.simulator.terminal(1).armFault({ fault: 'late', delay_ms: 250 })
    const sentAt = Date.now()
    const answer = world.call(1, 'payment', { amount: '100' })
    await until(() => started(world) || null)
    assert.ok(Date.now() - sentAt < 250, 'the operation does not wait for the answer')
    assert.equal((await answer).body.statusCode, 0)
    assert.ok(Date.now() - sentAt >= 249)
  },

  no_answer: async (world) => {
    world.simulator.terminal(1).armFault({ fault: 'no_answer' })
    const url = `${world.simulator.terminal(1).url}/v2/payment?amount=100`
    await assert.rejects(fetch(url, { signal: AbortSignal.timeout(300) }), { name: 'TimeoutError' })
    assert.equal(started(world), false)
    assert.equal(startCalls(world)[0]?.fault, 'no_answer')
  },

  answer_lost: async (world) => {
    world.simulator.terminal(1).armFault({ fault: 'answer_lost' })
    await assert.rejects(world.call(1, 'payment', { amount: '100' }))
    assert.equal(started(world), true)
    assert.equal((await world.call(1, 'payment', { amount: '100' })).body.statusCode, 107)
  },

  request_lost: async (world) => {
    world.simulator.terminal(1).armFault({ fault: 'request_lost' })
    await assert.rejects(world.call(1, 'payment', { amount: '100' }))
    assert.equal(started(world), false)
    assert.deepEqual(
      startCalls(world).map(({ accepted, status_code }) => [accepted, status_code]),
      [[false, null]],
    )
  },

  half_answer: async (world) => {
    world.simulator.terminal(1).armFault({ fault: 'half_answer' })
    const text = await rawGet(world, '/v2/payment?amount=100')
    assert.match(text, /^HTTP\/1.1 200 OK/)
    assert.match(text, /\{"statusCode":0,"data":\{"proc/)
    assert.doesNotMatch(text, /\}\}$/)
    assert.equal(started(world), true)
  },

  giant_body: async (world) => {
    world.simulator.terminal(1).armFault({
      fault: 'giant_body',
      on: 'deviceinfo',
      size_bytes: 20_000_000,
    })
    const response = await fetch(`${world.simulator.terminal(1).url}/v2/deviceinfo`)
    const text = await response.text()
    assert.ok(text.length >= 20_000_000)
    assert.equal(JSON.parse(text).statusCode, 0)
  },

  refuse_code: async (world) => {
    for (const code of [100, 102, 105, 106, 107, 108, 999]) {
      world.simulator.terminal(1).armFault({ fault: 'refuse_code', code })
      assert.equal((await world.call(1, 'payment', { amount: '100' })).body.statusCode, code)
    }
    assert.equal(started(world), false)
  },

  http_error: async (world) => {
    const url = `${world.simulator.terminal(1).url}/v2/payment?amount=100`
    for (const starts of [false, true]) {
      const fault = { fault: 'http_error', on: 'payment', http_status: 502, starts } as const
      world.simulator.terminal(1).armFault(fault)
      assert.equal((await fetch(url)).status, 502)
      assert.equal(started(world), starts)
    }
  },

  reboot: async (world) => {
    const { processId, qr } = await world.showQr(1, 100)
    world.simulator.phone.scan({ qr, after_ms: 0 })
    await world.final(1, processId)
    world.simulator.terminal(1).armFault({ fault: 'reboot', closed_ms: 200 })
    await assert.rejects(world.call(1, 'status', { processId }))
    await until(() => (world.simulator.terminal(1).screen().state === 'idle' ? true : null))
    assert.equal((await world.call(1, 'status', { processId })).body.statusCode, 101)
    assert.equal(world.simulator.journal.entries.length, 1)
  },

  token_expires: async (world) => {
    const { accessToken, refreshToken } = (await world.call(1, 'register', { name: 'till' })).body
      .data
    const start = await world.call(1, 'payment', { amount: '100' }, accessToken)
    const ask = (token: string) =>
      world.call(1, 'status', { processId: start.body.data.processId }, token)
    world.simulator.terminal(1).armFault({ fault: 'token_expires', skip: 1 })
    const heard = [await ask(accessToken), await ask(accessToken), await ask(accessToken)]
    assert.deepEqual(
      heard.map(({ status }) => status),
      [200, 403, 403],
    )
    const fresh = (await world.call(1, 'revoke', { name: 'till', refreshToken })).body.data
    assert.equal((await ask(fresh.accessToken)).body.data.status, 'wait')
  },

  certificate_change: async (world) => {
    const terminal = world.simulator.terminal(1)
    const before = terminal.certificateFingerprint
    const start = await secureGet(`${terminal.url}/v2/payment?amount=100`)
    const url = `${terminal.url}/v2/status?processId=${start.body.data.processId}`
    terminal.armFault({ fault: 'certificate_change' })
    const last = await secureGet(url)
    assert.deepEqual([last.body.data.status, last.fingerprint], ['wait', before])
    await until(() => (terminal.certificateFingerprint === before ? null : true))
    const next = await secureGet(url)
    assert.deepEqual(
      [next.body.data.status, next.fingerprint],
      ['wait', terminal.certificateFingerprint],
    )
  },

  handshake_hang: async (world) => {
    const terminal = world.simulator.terminal(1)
    const url = `${terminal.url}/v2/payment?amount=100`
    terminal.armFault({ fault: 'handshake_hang' })
    await assert.rejects(fetch(url, { signal: AbortSignal.timeout(100) }), { name: 'TimeoutError' })
    assert.deepEqual(startCalls(world), [], 'the request was never read')
    assert.equal((await fetch(url)).status, 200)
  },

  refuse_connection: async (world) => {
    const { processId } = await world.showQr(1, 100)
    world.simulator.terminal(1).armFault({ fault: 'refuse_connection', closed_ms: 250 })
    await assert.rejects(world.call(1, 'status', { processId }))
    const answer = await until(() => world.call(1, 'status', { processId }).catch(() => null))
    assert.equal(answer.body.data.status, 'wait', 'the device worked on')
  },
}

for (const [name, proof] of Object.entries(PROOFS)) {
  test(`fault ${name}`, async (context) => {
    await proof(await quickWorld(context, WORLDS[name]))
  })
}

test('with HTTPS a connection that hangs hangs before the handshake', async (context) => {
  const { simulator } = await quickWorld(context, { terminals: [{ https: {} }] })
  const terminal = simulator.terminal(1)
  terminal.armFault({ fault: 'handshake_hang' })
  const socket = tlsConnect(terminal.port, terminal.host, { rejectUnauthorized: false })
  context.after(() => socket.destroy())
  let shookHands = false
  socket.once('secureConnect', () => {
    shookHands = true
  })
  await once(socket, 'connect')
  assert.equal((await secureGet(`${terminal.url}/v2/deviceinfo`)).status, 200)
  assert.equal(shookHands, false)
})

test('times, skip, for_ms and on count as they say', async (context) => {
  const world = await quickWorld(context)
  const codes = async (calls: number) => {
    const heard: number[] = []
    for (let call = 0; call < calls; call += 1) {
      heard.push((await world.call(1, 'deviceinfo')).body.statusCode)
    }
    return heard
  }
  const terminal = world.simulator.terminal(1)
  terminal.armFault({ fault: 'refuse_code', on: 'deviceinfo', code: 106, times: 2, skip: 1 })
  assert.deepEqual(await codes(4), [0, 106, 106, 0])
  terminal.armFault({ fault: 'refuse_code', on: 'deviceinfo', code: 100, for_ms: 300 })
  assert.deepEqual(await codes(3), [100, 100, 100])
  await new Promise((resolve) => setTimeout(resolve, 320))
  assert.deepEqual(await codes(1), [0])
  terminal.armFault({ fault: 'refuse_code', code: 100 })
  assert.deepEqual(await codes(1), [0], 'it waits for payment')
  assert.equal(terminal.faults.list().length, 1)
  terminal.clearFaults()
  assert.equal(terminal.faults.list().length, 0)
})

test('a fault request that is not understood is refused by name', async (context) => {
  const world = await quickWorld(context)
  const arm = (body: object) => world.control('/terminals/1/faults', body)
  assert.equal((await arm({ fault: 'late', delay_ms: 1 })).status, 200)
  for (const body of [
    {},
    { fault: 'nonsense' },
    { fault: 'late', code: 1 },
    { fault: 'late', delay_ms: '5' },
    { fault: 'late', on: 'lunch' },
    { fault: 'other_sum', on: 'status' },
    { fault: 'token_expires' },
  ]) {
    const refused = await arm(body)
    assert.equal(refused.status, 400, JSON.stringify(body))
    assert.match(refused.body.message, /[а-я]/)
  }
  assert.equal((await world.control('/terminals/9/faults', { fault: 'late' })).status, 404)
})

/** The bytes as they come: fetch would hide the half that arrived. */
function rawGet(world: World, path: string): Promise<string> {
  const { host, port } = world.simulator.terminal(1)
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () =>
      socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`),
    )
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString()
    })
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })
}
