import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { jpegFrames } from './mjpeg.ts'

/** A first segment after the beginning, and no mark inside, as in every JPEG. */
const frame = fc
  .uint8Array({ maxLength: 40, max: 0xfe })
  .map((inside) => Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...inside, 0xff, 0xd9]))

const LIMITS = { frameBytes: 1_000, streamBytes: 10_000 }

async function framesOf(stream: Buffer, chunkBytes: number, limits = LIMITS) {
  async function* chunks() {
    for (let at = 0; at < stream.length; at += chunkBytes)
      yield stream.subarray(at, at + chunkBytes)
  }
  const frames: Buffer[] = []
  for await (const each of jpegFrames(chunks(), limits)) frames.push(Buffer.from(each))
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

test('a frame without an end, and a stream without a frame, end at their limits', async () => {
  let pulledBytes = 0
  async function* endless(chunk: Buffer) {
    yield Buffer.from([0xff, 0xd8, 0xff])
    for (;;) {
      pulledBytes += chunk.length
      yield chunk
    }
  }
  for await (const _ of jpegFrames(endless(Buffer.alloc(100)), LIMITS)) assert.fail('not whole')
  assert.ok(pulledBytes <= 1_100)
  pulledBytes = 0
  const ends = Buffer.alloc(100, Buffer.from([0xff, 0xd9]))
  let frames = 0
  for await (const _ of jpegFrames(endless(ends), LIMITS)) frames += 1
  assert.equal(frames, 1)
  assert.ok(pulledBytes <= 10_100)
})

test('a frame that comes byte by byte is joined in linear time', async () => {
  // Joined anew at every byte, this frame would take longer than a test may.
  const inside = Buffer.alloc(1_500_000, 7)
  const whole = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), inside, Buffer.from([0xff, 0xd9])])
  const limits = { frameBytes: 3_000_000, streamBytes: 3_000_000 }
  const frames = await framesOf(whole, 1, limits)
  assert.equal(frames.length, 1)
  assert.ok(frames[0]?.equals(whole))
})
