// What a look for people shows of a picture: a copy drawn anew, where the code is, the light, the focus and
// from how far aside the camera looks. The pictures are the simulator's, over the wire.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { decode } from 'jpeg-js'
import { FRAME_BYTES } from '../../packages/server/src/ports/camera-frame.ts'
import type { Sight } from '../../packages/server/src/ports/provider.ts'
import { tiltDegrees } from '../../packages/server/src/providers/camera/pictures/tilt.ts'
import { type Simulator, startSimulator } from '../../packages/simulator/src/index.ts'
import { QUICK_TIMING } from '../support/centre.ts'
import { until } from '../support/until.ts'
import { deviceAt, driverUnderTest, patience } from './driver-under-test.ts'

const SEE_MS = 10_000

const { driver } = driverUnderTest()
let simulator: Simulator
before(async () => {
  simulator = await startSimulator({
    terminals: [{ camera: 'jpeg' }, { camera: 'png' }, { camera: 'bmp' }, { camera: 'json' }],
    timing: QUICK_TIMING,
  })
})
after(async () => {
  await driver.close()
  await simulator.close()
})

function see(number: number): Promise<Sight> {
  const { cameraUrl } = simulator.terminals[number - 1] ?? assert.fail()
  return driver.see(deviceAt(8080, { cameraUrl }), patience(), SEE_MS)
}

async function showQr(number: number): Promise<void> {
  const terminal = simulator.terminal(number)
  const { url } = simulator.terminals[number - 1] ?? assert.fail()
  await fetch(`${url}/v2/payment?amount=500`)
  await until(() => terminal.screen().state === 'qr')
}

for (const [number, form] of [
  [1, 'jpeg'],
  [2, 'png'],
  [3, 'bmp'],
] as const) {
  test(`a ${form} with a code: the copy is the centre's own and small, the code has its place`, async () => {
    await showQr(number)
    const { frame, reading } = await see(number)
    assert.equal(reading.kind, 'read')
    assert.ok(frame !== null)
    assert.ok(frame.jpeg.length < FRAME_BYTES)
    const drawn = decode(frame.jpeg)
    assert.deepEqual([drawn.width, drawn.height], [frame.width, frame.height])
    assert.ok(frame.width <= 480)
    const [corners = []] = frame.codes
    assert.equal(corners.length, 4)
    for (const { x, y } of corners) assert.ok(x > 0 && x < 1 && y > 0 && y < 1)
    const across = corners.map(({ x }) => x)
    assert.ok(Math.max(...across) - Math.min(...across) > 0.1)
    assert.notEqual(frame.light, 'too_dark')
    assert.notEqual(frame.focus, 'blurred')
    assert.ok((frame.tiltDegrees ?? 90) < 30)
    assert.ok(frame.decodeMs >= 0)
  })
}

test('a covered lens is said to be too dark, and the black frame is shown', async () => {
  simulator.terminal(1).armFault({ fault: 'camera_blank' })
  const { frame, reading } = await see(1)
  assert.deepEqual(reading, { kind: 'nothing', hint: 'too_dark' })
  assert.equal(frame?.light, 'too_dark')
  assert.equal(frame?.tiltDegrees, null)
  assert.deepEqual(frame?.codes, [])
})

test('garbage and a camera that is down show nothing', async () => {
  for (const fault of ['camera_garbage', 'camera_down'] as const) {
    simulator.terminal(1).armFault({ fault })
    assert.deepEqual(await see(1), { reading: { kind: 'camera_failed' }, frame: null })
  }
})

test('a camera that answers with text has no picture to show', async () => {
  await showQr(4)
  const { frame, reading } = await see(4)
  assert.equal(reading.kind, 'read')
  assert.equal(frame, null)
})

test('the angle is that of the square, whichever way it is turned', () => {
  const size = { width: 200, height: 100 }
  const quad = (turn: number, squeeze: number) =>
    [-1, 1, 3, 5].map((eighth) => {
      const at = (eighth * Math.PI) / 4
      const [x, y] = [Math.cos(at) * squeeze, Math.sin(at)]
      return {
        x: 0.5 + (30 * (x * Math.cos(turn) - y * Math.sin(turn))) / size.width,
        y: 0.5 + (30 * (x * Math.sin(turn) + y * Math.cos(turn))) / size.height,
      }
    })
  for (const turn of [0, 0.4, 1.1, 2.9]) {
    assert.equal(tiltDegrees(quad(turn, 1), size), 0)
    assert.equal(tiltDegrees(quad(turn, Math.cos(Math.PI / 4)), size), 45)
  }
})
