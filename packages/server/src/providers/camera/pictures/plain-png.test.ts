import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { decode } from 'fast-png'
import { plainPng } from './plain-png.ts'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const [WIDTH, HEIGHT] = [4, 3]
const ROWS = Buffer.alloc(HEIGHT * (WIDTH + 1))

function chunk(name: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  checksum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, checksum])
}

function png(...middle: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(WIDTH, 0)
  header.writeUInt32BE(HEIGHT, 4)
  header[8] = 8
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...middle,
    chunk('IEND', Buffer.alloc(0)),
  ])
}

test('only what makes the picture is left', () => {
  const packed = deflateSync(ROWS)
  const parts = [chunk('IDAT', packed.subarray(0, 5)), chunk('IDAT', packed.subarray(5))]
  const profile = Buffer.concat([Buffer.from('p\0\0'), deflateSync(Buffer.alloc(100_000))])
  const dressed = png(chunk('iCCP', profile), chunk('tEXt', Buffer.from('a\0b')), ...parts)
  const plain = plainPng(dressed, 1_000)
  assert.ok(plain !== null)
  assert.ok(png(...parts).equals(plain))
  assert.equal(decode(plain).width, WIDTH)
})

test('a picture that unpacks to more than the limit is none', () => {
  const bomb = png(chunk('IDAT', deflateSync(Buffer.alloc(10_000_000))))
  assert.ok(bomb.length < 20_000)
  assert.equal(plainPng(bomb, 1_000_000), null)
  assert.ok(plainPng(bomb, 10_000_000) !== null)
})

test('no bytes make it throw or run on', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (rest) => {
      plainPng(Buffer.concat([SIGNATURE, rest]), 1_000)
    }),
  )
  assert.equal(plainPng(SIGNATURE, 1_000), null)
  assert.equal(plainPng(png(chunk('IDAT', deflateSync(ROWS).subarray(0, 6))), 1_000), null)
})
