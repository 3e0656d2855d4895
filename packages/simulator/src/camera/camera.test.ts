// The cameras over HTTP: every form with and without a QR, each camera fault, the earlier service.
import assert from 'node:assert/strict'
import test from 'node:test'
import type { FaultOfScope } from '../faults/catalogue.ts'
import { decode } from '../testing/decode.ts'
import { quickWorld, until, type World } from '../testing/quick-world.ts'
import { isJsonForm, JSON_SPELLINGS } from './json-spellings.ts'
import { lookAhead } from './sight.ts'

const PICTURE_FORMS = ['png', 'jpeg', 'bmp'] as const

async function look(world: World, path: string): Promise<Response> {
  return fetch(world.simulator.url + path)
}

test('a picture of the screen decodes in every format, and the idle screen has no QR', async (context) => {
  const world = await quickWorld(context, { terminals: 3 })
  for (const number of [1, 2, 3]) {
    assert.equal(await decode(await (await look(world, `/cameras/${number}/jpeg`)).blob()), null)
    const { qr } = await world.showQr(number, 10_100)
    for (const form of PICTURE_FORMS) {
      const response = await look(world, `/cameras/${number}/${form}`)
      assert.equal(response.headers.get('content-type'), `image/${form}`)
      assert.equal(await decode(await response.blob()), qr, `${form} of terminal ${number}`)
    }
    assert.equal(await decode(await (await look(world, `/capture/${number}`)).blob()), qr)
  }
})

test('no screen but that with the QR decodes, and two frames differ', async (context) => {
  const world = await quickWorld(context, { timing: { resultScreenMs: 60_000 } })
  const { processId, qr } = await world.showQr(1, 100)
  const frames = [await look(world, '/qr/1'), await look(world, '/qr/1')]
  const [first, second] = await Promise.all(frames.map((frame) => frame.arrayBuffer()))
  assert.ok(first !== undefined && second !== undefined)
  assert.equal(Buffer.from(first).equals(Buffer.from(second)), false)
  world.simulator.phone.scan({ qr, outcome: 'decline', after_ms: 300 })
  assert.equal(world.simulator.terminal(1).screen().state, 'confirming')
  assert.equal(await decode(await (await look(world, '/qr/1')).blob()), null)
  await world.final(1, processId)
  assert.equal(world.simulator.terminal(1).screen().state, 'result')
  assert.equal(await decode(await (await look(world, '/qr/1')).blob()), null)
})

test('json, text and none', async (context) => {
  const terminals = [{ camera: 'json' }, { camera: 'text' }, { camera: 'none' }] as const
  const world = await quickWorld(context, { terminals })
  assert.equal((await world.control('/qr/1')).body.success, false)
  assert.equal(await (await look(world, '/qr/2')).text(), '')
  const [first, second] = [await world.showQr(1, 100), await world.showQr(2, 100)]
  assert.deepEqual((await world.control('/qr/1')).body, { success: true, qrData: first.qr })
  assert.equal(await (await look(world, '/qr/2')).text(), second.qr)
  assert.equal((await look(world, '/qr/3')).status, 404)
  assert.equal((await look(world, '/qr/4')).status, 404)
  assert.equal((await look(world, '/cameras/1/gif')).status, 404)
})

test('every spelling of JSON carries the QR, and says in its own way that there is none', async (context) => {
  const world = await quickWorld(context)
  const spellings = Object.keys(JSON_SPELLINGS).filter(isJsonForm)
  const answers = async () => {
    const texts = spellings.map(async (form) => (await look(world, `/cameras/1/${form}`)).text())
    return new Set(await Promise.all(texts))
  }
  const idle = await answers()
  assert.equal(idle.size, spellings.length)
  const { qr } = await world.showQr(1, 100)
  const shown = await answers()
  assert.equal(shown.size, spellings.length)
  for (const text of idle) assert.doesNotMatch(text, /https:/)
  for (const text of shown) assert.equal(text.split(JSON.stringify(qr)).length, 2, text)
})

test('a camera that is polled is entered with its limit, and answers when the QR comes', async (context) => {
  const world = await quickWorld(context, { terminals: [{ camera: 'long_poll' }] })
  const { cameraUrl } = world.simulator.terminal(1)
  assert.match(cameraUrl, /\/scan-qr\/1\?timeout=\d+$/)
  const polls = [cameraUrl, `${world.simulator.url}/cameras/1/long_poll?timeout=5000`].map(
    world.get,
  )
  const { qr } = await world.showQr(1, 100)
  for (const { body } of await Promise.all(polls)) {
    assert.deepEqual(body, { success: true, qrData: qr })
  }
})

test("the earlier service's long poll waits for the QR, and ends without one", async (context) => {
  const world = await quickWorld(context)
  const late = await world.control('/scan-qr/1?timeout=30')
  assert.deepEqual([late.status, late.body.success], [200, false])
  const poll = world.control('/scan-qr/1?timeout=2000')
  const { qr } = await world.showQr(1, 100)
  assert.deepEqual((await poll).body, { success: true, qrData: qr })
  assert.equal((await world.control('/scan-qr/1?timeout=soon')).status, 400)
})

test('stop-scan ends a running long poll', async (context) => {
  const world = await quickWorld(context)
  const poll = world.control('/scan-qr/1?timeout=60000')
  await until(async () => (await world.control('/status')).body.active_scans || null)
  await world.control('/stop-scan/1', {})
  assert.match((await poll).body.message, /остановлено/)
})

type Proof = (world: World) => Promise<void>

const PROOFS: Readonly<Record<FaultOfScope<'camera'>, Proof>> = {
  stale_qr: async (world) => {
    const first = await world.showQr(1, 100)
    await world.call(1, 'cancel', { processId: first.processId })
    const second = await world.showQr(1, 100)
    world.simulator.terminal(1).armFault({ fault: 'stale_qr', times: 2 })
    assert.equal((await world.control('/cameras/1/json')).body.qrData, first.qr)
    assert.equal(await decode(await (await look(world, '/cameras/1/png')).blob()), first.qr)
    assert.equal((await world.control('/cameras/1/json')).body.qrData, second.qr)
  },
  foreign_qr: async (world) => {
    await world.showQr(1, 100)
    const qr = 'https://evil.example/pay/1'
    world.simulator.terminal(1).armFault({ fault: 'foreign_qr', qr })
    assert.equal(await decode(await (await look(world, '/cameras/1/png')).blob()), qr)
  },
  camera_down: async (world) => {
    world.simulator.terminal(1).armFault({ fault: 'camera_down' })
    assert.equal((await look(world, '/qr/1')).status, 503)
    assert.equal((await look(world, '/qr/1')).status, 200)
  },
  camera_garbage: async (world) => {
    await world.showQr(1, 100)
    world.simulator.terminal(1).armFault({ fault: 'camera_garbage', times: 2 })
    const picture = await look(world, '/cameras/1/png')
    assert.notEqual(Buffer.from(await picture.arrayBuffer()).toString('latin1', 1, 4), 'PNG')
    const json = await look(world, '/cameras/1/json')
    await assert.rejects(json.json())
  },
  camera_blurred: async (world) => {
    await world.showQr(1, 100)
    world.simulator.terminal(1).armFault({ fault: 'camera_blurred', times: 2 })
    const ahead = lookAhead(world.simulator.terminal(1))
    assert.equal(ahead.kind, 'blurred', 'looking ahead uses nothing up')
    const blurred = await (await look(world, '/cameras/1/png')).blob()
    assert.ok(blurred.size > 10_000)
    assert.equal(await decode(blurred), null)
    assert.equal((await world.control('/cameras/1/json')).body.success, false)
    assert.notEqual(await decode(await (await look(world, '/cameras/1/png')).blob()), null)
  },
  camera_blank: async (world) => {
    await world.showQr(1, 100)
    world.simulator.terminal(1).armFault({ fault: 'camera_blank', times: 2 })
    assert.equal(await decode(await (await look(world, '/cameras/1/png')).blob()), null)
    assert.equal((await world.control('/cameras/1/json')).body.success, false)
  },
}

for (const [name, proof] of Object.entries(PROOFS)) {
  test(`fault ${name}`, async (context) => proof(await quickWorld(context)))
}
