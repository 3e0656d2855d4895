import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { jpegFrames } from './mjpeg.ts'

/** A first segment after the beginning, and no mark inside, as in every JPEG. */
const frame = fc
  .uint8Array({ maxLength: 40, max: 0xfe })
  .map((inside) => Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...inside, 0xff, 0xd9]))

async function framesOf(stream: Buffer, chunkBytes: number, limitBytes = 1_000) {
  async function* chunks() {
    for (let at = 0; at < stream.length; at += chunkBytes)
      yield stream.subarray(at, at + chunkBytes)
  }
  const frames: Buffer[] = []
  for await (const each of jpegFrames(chunks(), limitBytes)) frames.push(Buffer.from(each))
  return frames
}

test('every frame comes out whole wherever the chunks end', async () => {
  const between = fc.constantFrom('', '\r\n--f\r\ncontent-length: 7\r\n\r\n', '\xff')
  const stream = fc.array(fc.tuple(between, frame), { maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(stream, fc.integer({ min: 1, max: 20 }), async (parts, chunkBytes) => {
      const bytes = parts.flatMap(([text, each]) => [Buffer.from(text, 'latin1'), each])
      const frames = await framesOf(Buffer.concat(bytes), chunkBytes)
      assert.deepEqual(
        frames,
        parts.map(([, each]) => each),
      )
    }),
  )
})

test('a frame that was broken off does not swallow the next one', async () => {
  const whole = Buffer.from([0xff, 0xd8, 0xff, 1, 2, 3, 0xff, 0xd9])
  assert.deepEqual(await framesOf(Buffer.concat([whole.subarray(0, 5), whole]), 3), [whole])
})

test('a frame without an end ends the stream at the limit', async () => {
  let pulled = 0
  async function* endless() {
    yield Buffer.from([0xff, 0xd8, 0xff])
    for (;;) {
      pulled += 100
      yield Buffer.alloc(100)
    }
  }
  for await (const _ of jpegFrames(endless(), 1_000)) assert.fail('no frame was whole')
  assert.ok(pulled <= 1_100)
})
