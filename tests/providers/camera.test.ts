// Reading the QR of a terminal's screen: every form of answer, and everything that only looks like one.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { decode } from 'fast-png'
import { encode as encodeJpeg } from 'jpeg-js'
import QRCode from 'qrcode'
import { createDeviceNetworks } from '../../packages/server/src/providers/device-networks.ts'
import { deviceAt, driverUnderTest, patience } from './driver-under-test.ts'
import {
  answer,
  type Behaviour,
  chunkedAnswer,
  drip,
  type FakeDevice,
  flood,
  partOf,
  startFakeDevice,
  wholeAnswer,
} from './fake-device.ts'

const TOKEN = '40000000000000000000'
const LINK = `https://qr.kaspi.kz/${TOKEN}`
const READ = { kind: 'read', text: LINK, url: `https://pay.kaspi.kz/pay/${TOKEN}` }
const FOREIGN = { kind: 'foreign' }
const NOTHING = { kind: 'nothing', hint: null }
/** What a wall that is white all over looks like. */
const WHITE = { kind: 'nothing', hint: 'too_bright' }
const FAILED = { kind: 'camera_failed' }

interface Rgba {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** A white wall with these codes side by side. */
async function wallWith(...texts: readonly string[]): Promise<Rgba> {
  const [width, height] = [200 + 300 * texts.length, 400]
  const data = new Uint8Array(width * height * 4).fill(255)
  for (const [index, text] of texts.entries()) {
    const code = decode(await QRCode.toBuffer(text, { width: 260, margin: 4 }))
    for (let y = 0; y < code.height; y += 1) {
      for (let x = 0; x < code.width; x += 1) {
        const light = code.data[(y * code.width + x) * code.channels] ?? 255
        const at = ((y + 60) * width + x + 100 + 300 * index) * 4
        data.set([light, light, light], at)
      }
    }
  }
  return { width, height, data }
}

function jpeg(picture: Rgba): Buffer {
  return Buffer.from(encodeJpeg({ ...picture, data: Buffer.from(picture.data) }, 80).data)
}

/** Rows from the bottom or, with `topDown`, from the top; three or four bytes a pixel. */
function bmp(picture: Rgba, pixelBytes: 3 | 4, topDown: boolean): Buffer {
  const { width, height, data } = picture
  const rowBytes = Math.ceil((width * pixelBytes) / 4) * 4
  const file = Buffer.alloc(54 + rowBytes * height)
  file.write('BM')
  file.writeUInt32LE(file.length, 2)
  file.writeUInt32LE(54, 10)
  file.writeUInt32LE(40, 14)
  file.writeInt32LE(width, 18)
  file.writeInt32LE(topDown ? -height : height, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(pixelBytes * 8, 28)
  for (let y = 0; y < height; y += 1) {
    const row = topDown ? y : height - 1 - y
    for (let x = 0; x < width; x += 1) {
      const [red = 0, green = 0, blue = 0] = data.subarray((row * width + x) * 4)
      file.set([blue, green, red], 54 + y * rowBytes + x * pixelBytes)
    }
  }
  return file
}

/** A PNG of this declared size whose pixels are not there. */
function hollowPng(width: number, height: number): Buffer {
  const file = Buffer.alloc(64)
  file.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])
  file.write('IHDR', 12)
  file.writeUInt32BE(width, 16)
  file.writeUInt32BE(height, 20)
  file.set([8, 0], 24)
  return file
}

function multipart(frames: readonly Buffer[], isEndless: boolean): Behaviour {
  return (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: multipart/x-mixed-replace; boundary=f\r\n\r\n')
    for (const frame of frames) {
      socket.write('--f\r\ncontent-type: image/jpeg\r\n\r\n')
      // Cut where a marker may be cut: the reader must not depend on where chunks end.
      for (let at = 0; at < frame.length; at += 999) socket.write(frame.subarray(at, at + 999))
      socket.write('\r\n')
    }
    if (!isEndless) socket.end()
  }
}

const { driver } = driverUnderTest()
let fake: FakeDevice
let elsewhere: FakeDevice

before(async () => {
  fake = await startFakeDevice(answer(''))
  elsewhere = await startFakeDevice(answer(LINK))
})

after(async () => {
  await driver.close()
  await Promise.all([fake.close(), elsewhere.close()])
})

function readFrom(behaviour: Behaviour, path = '/qr/1') {
  fake.behave(behaviour)
  const cameraUrl = `http://127.0.0.1:${fake.port}${path}`
  return driver.readQr(deviceAt(8080, { cameraUrl }), patience())
}

describe('pictures', () => {
  test('PNG, JPEG and BMP of each kind, whatever the content type says', async () => {
    const screen = await wallWith(LINK)
    const png = await QRCode.toBuffer(LINK, { width: 400, margin: 4 })
    const bmps = [bmp(screen, 3, false), bmp(screen, 3, true), bmp(screen, 4, false)]
    for (const picture of [png, jpeg(screen), ...bmps]) {
      for (const type of ['image/gif', 'text/plain', 'application/json']) {
        assert.deepEqual(await readFrom(answer(picture, 200, [`content-type: ${type}`])), READ)
      }
    }
    assert.deepEqual(await readFrom(chunkedAnswer(jpeg(screen), 1_000)), READ)
  })

  test('a blank wall is nothing, a foreign code is foreign, of two the right one counts', async () => {
    const see = async (...texts: string[]) => readFrom(answer(jpeg(await wallWith(...texts))))
    assert.deepEqual(await see(), WHITE)
    assert.deepEqual(await see('https://qr.kaspi.kz.example.com/123456789'), FOREIGN)
    assert.deepEqual(await see('WIFI:S:guest;P:1;;'), FOREIGN)
    assert.deepEqual(await see('https://example.com/menu', LINK), READ)
    assert.deepEqual(await see(LINK, 'https://example.com/menu'), READ)
    assert.deepEqual(await see(LINK, 'https://qr.kaspi.kz/50000000000000000000'), FOREIGN)
  })

  test('A31: bytes that only begin like a picture, and bombs', async () => {
    const screen = jpeg(await wallWith(LINK))
    const bombs = [hollowPng(60_000, 60_000), hollowPng(0, 0), hollowPng(100, 100)]
    const broken = [
      screen.subarray(0, 100),
      Buffer.from('BM\0\0\0\0\0\0\0\0'),
      Buffer.from([0xff, 0xd8, 0xff]),
    ]
    for (const picture of [...bombs, ...broken]) {
      assert.deepEqual(await readFrom(answer(picture)), FAILED)
    }
    // The decoder still works afterwards.
    assert.deepEqual(await readFrom(answer(screen)), READ)
  })
})

describe('an endless stream', () => {
  test('frames are taken until one shows a code', async () => {
    const [blank, screen] = [jpeg(await wallWith()), jpeg(await wallWith(LINK))]
    assert.deepEqual(await readFrom(multipart([blank, blank, screen], true)), READ)
    assert.deepEqual(await readFrom(multipart([screen.subarray(0, 300), screen], false)), READ)
    assert.deepEqual(await readFrom(multipart([blank, blank], false)), WHITE)
    assert.deepEqual(await readFrom(multipart(Array(30).fill(blank), true)), WHITE)
    assert.deepEqual(await readFrom(multipart([], false)), FAILED)
  })
})

describe('texts', () => {
  test('JSON and plain text, links of both hosts', async () => {
    const bodies = [{ success: true, qrData: LINK }, { data: { text: LINK } }, LINK, READ.url]
    for (const body of bodies) assert.deepEqual(await readFrom(answer(body)), READ)
  })

  test('no code, a foreign code, nonsense', async () => {
    assert.deepEqual(await readFrom(answer({ success: false, message: 'нет' })), NOTHING)
    assert.deepEqual(await readFrom(answer('')), NOTHING)
    assert.deepEqual(await readFrom(answer({ qr: 'https://evil.kz/123456' })), FOREIGN)
    assert.deepEqual(await readFrom(answer('https://evil.kz/123456')), FOREIGN)
    for (const body of ['<html>', '{"success":tr', '???', Buffer.from([0xc3, 0x28, 0xa0])]) {
      assert.deepEqual(await readFrom(answer(body)), FAILED)
    }
  })
})

describe('A8, A31: a camera that misbehaves', () => {
  test('errors, cuts and silence are a failed camera', async () => {
    const { driver: hasty } = driverUnderTest({ cameraLimits: { lookMs: 200 } })
    const body = { success: true, qrData: LINK }
    const behaviours: Behaviour[] = [
      answer(body, 503),
      answer(body, 404),
      (socket) => socket.end(),
      (socket) => socket.resetAndDestroy(),
      partOf(body, 0.9, (socket) => socket.end()),
      () => {},
      drip(body, 20),
    ]
    for (const behaviour of behaviours) {
      fake.behave(behaviour)
      const cameraUrl = `http://127.0.0.1:${fake.port}/`
      const reading = await hasty.readQr(deviceAt(8080, { cameraUrl }), patience())
      assert.deepEqual(reading, FAILED)
    }
    await hasty.close()
  })

  test('a redirect is never followed', async () => {
    const location = `location: http://127.0.0.1:${elsewhere.port}/`
    for (const httpStatus of [301, 302, 307, 308]) {
      assert.deepEqual(await readFrom(answer(LINK, httpStatus, [location])), FAILED)
    }
    assert.equal(elsewhere.connections(), 0)
  })

  test('an endless answer is cut at eight megabytes', async () => {
    let sentBytes = 0
    const endless = flood('HTTP/1.1 200 OK\r\n\r\n', (bytes) => {
      sentBytes += bytes
    })
    assert.deepEqual(await readFrom(endless), FAILED)
    assert.ok(sentBytes < 30_000_000, `${sentBytes} bytes`)
  })

  test('an address that is none, or not allowed', async () => {
    const networks = createDeviceNetworks({ allowed: ['10.0.0.0/8'] })
    const { driver: careful } = driverUnderTest({ networks })
    const before = elsewhere.connections()
    const local = [`http://127.0.0.1:${elsewhere.port}/`, `http://localhost:${elsewhere.port}/`]
    const odd = ['http://169.254.169.254/latest', 'file:///etc/passwd', 'cam', 'http://a b/']
    for (const cameraUrl of [...local, ...odd]) {
      const reading = await careful.readQr(deviceAt(8080, { cameraUrl }), patience())
      assert.deepEqual(reading, FAILED, cameraUrl)
    }
    assert.equal(elsewhere.connections(), before)
    await careful.close()
  })

  test('a long poll may take as long as it asked for', async () => {
    const late: Behaviour = (socket) =>
      setTimeout(() => socket.write(wholeAnswer({ success: true, qrData: LINK })), 300)
    assert.deepEqual(await readFrom(late, '/scan-qr/1?timeout=400'), READ)
    const { driver: hasty } = driverUnderTest({ cameraLimits: { lookMs: 100 } })
    const cameraUrl = `http://127.0.0.1:${fake.port}/scan-qr/1`
    assert.deepEqual(await hasty.readQr(deviceAt(8080, { cameraUrl }), patience()), FAILED)
    await hasty.close()
  })

  test('a terminal without a camera shows nothing', async () => {
    assert.deepEqual(await driver.readQr(deviceAt(8080), patience()), NOTHING)
  })
})
