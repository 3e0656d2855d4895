import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encode as encodePng } from 'fast-png'
import jpeg from 'jpeg-js'
import { greyOf } from './grey.ts'

/** Four squares of 16 pixels a side: black, red, grey, white. */
const SIDE = 32
const COLOURS = [
  [0, 0, 0],
  [255, 0, 0],
  [128, 128, 128],
  [255, 255, 255],
] as const
const BRIGHTNESS = [0, 76, 128, 255]

function pixels(channels: 3 | 4): Uint8Array {
  const data = new Uint8Array(SIDE * SIDE * channels).fill(255)
  for (let at = 0; at < SIDE * SIDE; at += 1) {
    const square = Math.floor(at / SIDE / 16) * 2 + Math.floor((at % SIDE) / 16)
    data.set(COLOURS[square] ?? [], at * channels)
  }
  return data
}

function bmp(rows: number, pixelBytes: 3 | 4): Uint8Array {
  const file = Buffer.alloc(54 + SIDE * SIDE * pixelBytes)
  file.write('BM')
  file.writeUInt32LE(54, 10)
  file.writeUInt32LE(40, 14)
  file.writeInt32LE(SIDE, 18)
  file.writeInt32LE(rows, 22)
  file.writeUInt16LE(pixelBytes * 8, 28)
  const data = pixels(3)
  for (let at = 0; at < SIDE * SIDE; at += 1) {
    const row = Math.floor(at / SIDE)
    const to = (rows > 0 ? SIDE - 1 - row : row) * SIDE + (at % SIDE)
    file.set(data.subarray(at * 3, at * 3 + 3).toReversed(), 54 + to * pixelBytes)
  }
  return file
}

function assertSquares(file: Uint8Array): void {
  const grey = greyOf(file)
  assert.ok(grey !== null)
  assert.deepEqual([grey.width, grey.height], [SIDE, SIDE])
  for (const [square, expected] of BRIGHTNESS.entries()) {
    const at = (8 + 16 * Math.floor(square / 2)) * SIDE + 8 + 16 * (square % 2)
    const told = grey.data[at] ?? Number.NaN
    assert.ok(Math.abs(told - expected) <= 3, `square ${square}: ${told}, not ${expected}`)
  }
}

test('the brightness of JPEG, PNG and BMP', () => {
  const size = { width: SIDE, height: SIDE }
  assertSquares(jpeg.encode({ ...size, data: pixels(4) }, 90).data)
  assertSquares(encodePng({ ...size, data: pixels(3), channels: 3 }))
  assertSquares(encodePng({ ...size, data: pixels(4), channels: 4 }))
  const deep = Uint16Array.from(pixels(3), (value) => value * 257)
  assertSquares(encodePng({ ...size, data: deep, channels: 3, depth: 16 }))
  assertSquares(bmp(SIDE, 3))
  assertSquares(bmp(-SIDE, 3))
  assertSquares(bmp(SIDE, 4))
})

test('what is no picture, or cut short, or of another kind is null', () => {
  const whole = bmp(SIDE, 3)
  const cut = [whole.subarray(0, 200), whole.subarray(0, 20), new Uint8Array(0)]
  const other = bmp(SIDE, 3)
  other[28] = 8
  for (const file of [...cut, other, Uint8Array.of(0x89, 1), Uint8Array.of(0xff, 0xd8, 0xff)]) {
    assert.equal(greyOf(file), null)
  }
})
