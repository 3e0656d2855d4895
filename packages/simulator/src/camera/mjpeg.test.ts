// The endless camera: its frames decode, no two cameras of a seed need be alike, and it stops when
// nobody looks.
import assert from 'node:assert/strict'
import test from 'node:test'
import { decode } from '../testing/decode.ts'
import { quickWorld, until } from '../testing/quick-world.ts'

const MJPEG = { terminals: [{ camera: 'mjpeg' }] } as const
const BEGIN = Buffer.from([0xff, 0xd8, 0xff])
const END = Buffer.from([0xff, 0xd9])

/** Whole JPEGs as they come, with what stood before each. */
async function* framesOf(response: Response) {
  assert.ok(response.body)
  let pending = Buffer.alloc(0)
  for await (const chunk of response.body) {
    pending = Buffer.concat([pending, chunk])
    const [begin, end] = [pending.indexOf(BEGIN), pending.indexOf(END)]
    if (begin === -1 || end === -1) continue
    const [head, picture] = [pending.subarray(0, begin), pending.subarray(begin, end + 2)]
    yield { head: head.toString().trim(), picture: Uint8Array.from(picture) }
    pending = pending.subarray(end + 2)
  }
}

test('frames follow the screen: no QR yet, then the QR; the stream never ends by itself', async (context) => {
  const world = await quickWorld(context, MJPEG)
  const response = await fetch(world.simulator.terminal(1).cameraUrl)
  assert.match(response.headers.get('content-type') ?? '', /^multipart\/x-mixed-replace; boundary=/)
  let qr: string | null = null
  let frames = 0
  for await (const { picture } of framesOf(response)) {
    const seen = await decode(picture)
    frames += 1
    if (qr === null) {
      assert.equal(seen, null)
      if (frames === 5) qr = (await world.showQr(1, 100)).qr
    } else if (seen !== null) {
      assert.equal(seen, qr)
      break
    }
  }
  assert.ok(frames > 5)
})

test('nothing is drawn for a client that has left', async (context) => {
  const { simulator } = await quickWorld(context, MJPEG)
  const terminal = simulator.terminal(1)
  const looks = context.mock.method(terminal, 'screen')
  const leave = new AbortController()
  const response = await fetch(terminal.cameraUrl, { signal: leave.signal })
  for await (const _ of framesOf(response)) if (looks.mock.callCount() > 2) break
  leave.abort()
  await until(async () => {
    const before = looks.mock.callCount()
    await new Promise((resolve) => setTimeout(resolve, 50))
    return looks.mock.callCount() === before ? true : null
  })
})

test('boundary, headers and first frames differ from seed to seed', async (context) => {
  const heads = new Set<string>()
  const types = new Set<string>()
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const world = await quickWorld(context, { ...MJPEG, seed })
    const { qr } = await world.showQr(1, 100)
    const response = await fetch(world.simulator.terminal(1).cameraUrl)
    types.add(response.headers.get('content-type') ?? '')
    for await (const { head, picture } of framesOf(response)) {
      heads.add(head.replaceAll(/\d+/g, 'N'))
      const seen = await decode(picture)
      if (seen === null) continue
      assert.equal(seen, qr, `seed ${seed}`)
      break
    }
  }
  assert.ok(types.size > 1 && heads.size > 2, [...types, ...heads].join('\n'))
})

test('camera faults strike streams too', async (context) => {
  const { simulator } = await quickWorld(context, MJPEG)
  const terminal = simulator.terminal(1)
  terminal.armFault({ fault: 'camera_down' })
  assert.equal((await fetch(terminal.cameraUrl)).status, 503)
  terminal.armFault({ fault: 'camera_down', skip: 2 })
  let frames = 0
  for await (const _ of framesOf(await fetch(terminal.cameraUrl))) frames += 1
  assert.ok(frames > 0, 'it went down in mid-stream, and the stream ended')
})
