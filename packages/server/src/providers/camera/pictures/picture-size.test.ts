import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { encode } from 'jpeg-js'
import QRCode from 'qrcode'
import { picturePixels } from './picture-size.ts'

const HEADS = [
  [0x89, 0x50],
  [0xff, 0xd8],
  [0xff, 0xd8, 0xff, 0xe0],
  [0x42, 0x4d],
]

test('the size that a header declares', async () => {
  const data = Buffer.alloc(37 * 11 * 4)
  assert.equal(picturePixels(encode({ width: 37, height: 11, data }, 50).data), 37 * 11)
  assert.equal(picturePixels(await QRCode.toBuffer('x', { width: 200 })), 200 * 200)
  const bmp = Buffer.alloc(30)
  bmp.write('BM')
  bmp.writeUInt32LE(40, 14)
  bmp.writeInt32LE(640, 18)
  bmp.writeInt32LE(-480, 22)
  assert.equal(picturePixels(bmp), 640 * 480)
})

test('no bytes make it throw or run on', () => {
  const bytes = fc.uint8Array({ maxLength: 300 })
  fc.assert(
    fc.property(fc.constantFrom(...HEADS), bytes, (head, rest) => {
      const pixels = picturePixels(Uint8Array.from([...head, ...rest]))
      assert.ok(pixels === null || pixels >= 0)
    }),
  )
  assert.equal(picturePixels(new Uint8Array(0)), null)
  assert.equal(picturePixels(Uint8Array.from([0xff, 0xd8, ...Array(100_000).fill(0xff)])), null)
})
