// Every form in which a camera of the field may answer, over real HTTP on loopback: what the protocol
// lists, what content types lie about, and what never ends.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { encode as encodeJpeg } from 'jpeg-js'
import QRCode from 'qrcode'
import { CAMERA_LIMITS } from '../../packages/server/src/providers/camera/limits.ts'
import { openCameras } from '../../packages/server/src/providers/camera/look-at-screen.ts'
import { createDeviceNetworks } from '../../packages/server/src/providers/device-networks.ts'
import { patience } from './driver-under-test.ts'
import {
  answer,
  type Behaviour,
  chunkedAnswer,
  drip,
  type FakeDevice,
  flood,
  partOf,
  startFakeDevice,
} from './fake-device.ts'

const LINK = 'https://qr.kaspi.kz/40000000000000000000'
const SEEN = { kind: 'texts', texts: [LINK] }
const FAILED = { kind: 'failed' }
const NO_PICTURE = { kind: 'nothing', hint: null }
const NO_CODE = { kind: 'nothing', hint: 'no_code' }

const cameras = openCameras(createDeviceNetworks({ allowed: ['127.0.0.0/8'] }), {
  ...CAMERA_LIMITS,
  lookMs: 5_000,
})
let fake: FakeDevice
let png: Buffer
let blank: Buffer

before(async () => {
  fake = await startFakeDevice(answer(''))
  png = await QRCode.toBuffer(LINK, { width: 400, margin: 4 })
  blank = grey(320, 240)
})

after(async () => {
  await cameras.close()
  await fake.close()
})

/** Nothing but a grey wall with a window in it. */
function grey(width: number, height: number): Buffer {
  const data = Buffer.alloc(width * height * 4, 120)
  for (let y = 40; y < 120; y += 1) data.fill(180, (y * width + 60) * 4, (y * width + 160) * 4)
  return encodeJpeg({ width, height, data }, 80).data
}

async function lookAt(behaviour: Behaviour, path = '/') {
  fake.behave(behaviour)
  return cameras.look(`http://127.0.0.1:${fake.port}${path}`, null, patience(20_000))
}

function typed(type: string): readonly string[] {
  return [`content-type: ${type}`]
}

function stream(type: string, begin: string, frames: readonly Buffer[]): Behaviour {
  return (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\n\r\n${begin}`)
    for (const frame of frames) {
      socket.write(`--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${frame.length}\r\n\r\n`)
      socket.write(frame)
      socket.write('\r\n')
    }
  }
}

describe('texts', () => {
  test('JSON of every spelling, whatever the content type says', async () => {
    const bodies = [
      ...['qrData', 'qr', 'data', 'text', 'url'].map((name) => ({ success: true, [name]: LINK })),
      { data: [LINK] },
      { data: [{ text: LINK }] },
      { result: { qr: { data: LINK } } },
      [{ type: 'qrcode', symbol: [{ data: LINK }] }],
      LINK,
      `"${LINK}"`,
      `code: 1\r\n${LINK}\r\n`,
    ]
    for (const body of bodies) {
      for (const type of ['application/json', 'image/jpeg', 'text/html; charset=cp1251']) {
        assert.deepEqual(await lookAt(answer(body, 200, typed(type))), SEEN, JSON.stringify(body))
      }
    }
  })

  test('a long poll that sees nothing, and one that sees it late', async () => {
    const none = { success: false, message: 'QR-код не найден' }
    assert.deepEqual(await lookAt(answer(none), '/scan-qr/1?timeout=100'), NO_PICTURE)
    const late: Behaviour = (socket, request) =>
      setTimeout(() => answer({ success: true, qrData: LINK })(socket, request), 200)
    assert.deepEqual(await lookAt(late, '/scan-qr/1?timeout=1000'), SEEN)
  })

  test('in pieces, byte by byte, cut short', async () => {
    assert.deepEqual(await lookAt(chunkedAnswer({ qrData: LINK }, 1)), SEEN)
    assert.deepEqual(await lookAt(drip({ qrData: LINK }, 1)), SEEN)
    assert.deepEqual(await lookAt(partOf({ qrData: LINK }, 0.9, (socket) => socket.end())), FAILED)
  })
})

describe('pictures', () => {
  test('a picture inside JSON or text', async () => {
    const uri = `data:image/png;base64,${png.toString('base64')}`
    for (const body of [{ success: true, image: uri }, { data: uri }, uri]) {
      assert.deepEqual(await lookAt(answer(body)), SEEN)
    }
    const empty = `data:image/jpeg;base64,${blank.toString('base64')}`
    assert.deepEqual(await lookAt(answer({ image: empty })), NO_CODE)
    assert.deepEqual(await lookAt(answer({ image: 'data:image/gif;base64,R0lGODlh' })), FAILED)
  })

  test('in pieces, byte by byte, cut short, too large', async () => {
    assert.deepEqual(await lookAt(chunkedAnswer(png, 333)), SEEN)
    assert.deepEqual(await lookAt(partOf(png, 0.5, (socket) => socket.end())), FAILED)
    const head = 'HTTP/1.1 200 OK\r\ncontent-type: image/jpeg\r\n\r\n\xff\xd8\xff'
    assert.deepEqual(await lookAt(flood(head, () => {})), FAILED)
  })

  test('of any status but 2xx nothing counts', async () => {
    for (const httpStatus of [301, 302, 304, 400, 401, 403, 404, 500, 503]) {
      assert.deepEqual(await lookAt(answer(png, httpStatus, ['location: /2'])), FAILED)
      assert.deepEqual(await lookAt(answer({ qrData: LINK }, httpStatus)), FAILED)
    }
    assert.deepEqual(await lookAt(answer('', 204)), NO_PICTURE)
  })
})

describe('streams', () => {
  const jpeg = () => codeJpeg()

  async function codeJpeg(): Promise<Buffer> {
    const size = 296
    const { modules } = QRCode.create(LINK, { errorCorrectionLevel: 'M' })
    const scale = size / (modules.size + 8)
    const data = Buffer.alloc(size * size * 4, 255)
    for (let y = 0; y < size; y += 1) {
      for (let x = 0; x < size; x += 1) {
        const [row, column] = [Math.floor(y / scale) - 4, Math.floor(x / scale) - 4]
        const isInside = Math.min(row, column) >= 0 && Math.max(row, column) < modules.size
        if (isInside && modules.get(row, column))
          data.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3)
      }
    }
    return encodeJpeg({ width: size, height: size, data }, 80).data
  }

  test('with the right content type, a wrong one, or an empty line before', async () => {
    const frames = [blank, await jpeg()]
    const types = ['multipart/x-mixed-replace; boundary=frame', 'video/x-motion-jpeg']
    for (const type of [...types, 'image/jpeg', 'text/plain', 'application/octet-stream']) {
      assert.deepEqual(await lookAt(stream(type, '', frames)), SEEN, type)
      assert.deepEqual(await lookAt(stream(type, '\r\n', frames)), SEEN, type)
    }
  })

  test('a stream type over one lone picture', async () => {
    const lone = answer(await jpeg(), 200, typed('multipart/x-mixed-replace; boundary=f'))
    assert.deepEqual(await lookAt(lone), SEEN)
  })

  test('a stream that never shows a code ends after its frames, one without frames at its limit', async () => {
    const type = 'multipart/x-mixed-replace; boundary=frame'
    const frames = Array(CAMERA_LIMITS.streamFrames + 5).fill(blank)
    assert.deepEqual(await lookAt(stream(type, '', frames)), NO_CODE)
    let sentBytes = 0
    const endless = flood(`HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\n\r\n`, (bytes) => {
      sentBytes += bytes
    })
    assert.deepEqual(await lookAt(endless), FAILED)
    assert.ok(sentBytes < 30_000_000, `${sentBytes} bytes`)
  })

  test('a stream that falls silent is told by the frames that came', async () => {
    const silent = stream('multipart/x-mixed-replace', '', [blank])
    fake.behave(silent)
    const look = await cameras.look(`http://127.0.0.1:${fake.port}/`, 1_500, patience())
    assert.deepEqual(look, NO_CODE)
  })
})
