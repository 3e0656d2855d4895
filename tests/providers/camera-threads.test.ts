// The threads that read pictures: none of what a picture does to its thread reaches another picture,
// and no thread outlives what needs it.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import QRCode from 'qrcode'
import {
  CAMERA_LIMITS,
  type PictureLimits,
} from '../../packages/server/src/providers/camera/limits.ts'
import {
  openPictureReaders,
  type PictureReaders,
} from '../../packages/server/src/providers/camera/picture-readers.ts'
import { newScratchFolder } from '../support/scratch-folder.ts'

const LINK = 'https://qr.kaspi.kz/40000000000000000000'
const FAILED = { kind: 'failed' }
const [STUCK, EXIT, THROW, DEAF] = [1, 2, 3, 4]

/** A thread that does what the first byte of its picture says. */
const MOODY = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads'
    parentPort.on('message', async ({ picture: bytes }) => {
      if (bytes[0] === ${STUCK}) for (;;) {}
      if (bytes[0] === ${EXIT}) process.exit(1)
      if (bytes[0] === ${THROW}) throw new Error('a hostile picture')
      if (bytes[0] === ${DEAF}) return
      parentPort.postMessage({ kind: 'texts', texts: [String(bytes[0])] })
    })`)}`,
)

function seen(byte: number) {
  return { kind: 'texts', texts: [String(byte)] }
}

function patience(limitMs = 30_000): AbortSignal {
  return AbortSignal.timeout(limitMs)
}

/** Closed after the test, however that ends. */
function readersFor(context: TestContext, limits: PictureLimits, file?: URL): PictureReaders {
  const readers = openPictureReaders(limits, file === undefined ? {} : { file })
  context.after(() => readers.close())
  return readers
}

describe('a thread and its picture', () => {
  test('a stuck, ended or broken thread fails its own picture and no other', async (context) => {
    const readers = readersFor(context, { ...CAMERA_LIMITS, decodeMs: 1_000 }, MOODY)
    const bytes = [10, STUCK, 11, EXIT, THROW, 12, DEAF, 13]
    const looks = await Promise.all(
      bytes.map((byte) => readers.read(Uint8Array.of(byte), patience())),
    )
    const expected = bytes.map((byte) => (byte < 10 ? FAILED : seen(byte)))
    assert.deepEqual(looks, expected)
  })

  test('bytes that are a part of a larger buffer leave the rest alone', async (context) => {
    const readers = readersFor(context, CAMERA_LIMITS, MOODY)
    const all = Uint8Array.of(20, 21, 22)
    assert.deepEqual(await readers.read(all.subarray(1, 2), patience()), seen(21))
    assert.deepEqual([...all], [20, 21, 22])
    assert.deepEqual(await readers.read(all, patience()), seen(20))
    assert.equal(all.length, 0, 'the whole buffer was handed over, not copied')
  })

  test('closing ends a picture in the middle, and what waits behind it', async (context) => {
    const readers = readersFor(context, CAMERA_LIMITS, MOODY)
    const looks = [STUCK, 30].map((byte) => readers.read(Uint8Array.of(byte), patience()))
    await readers.close()
    assert.deepEqual(await Promise.all(looks), [FAILED, FAILED])
    assert.deepEqual(await readers.read(Uint8Array.of(31), patience()), FAILED)
  })
})

describe('the line before the threads', () => {
  const limits = { ...CAMERA_LIMITS, decodeMs: 1_000, queuedPictures: 2 }

  test('who finds it full waits, and everybody is served in turn', async (context) => {
    const readers = readersFor(context, limits, MOODY)
    const order: number[] = []
    const bytes = Array.from({ length: 20 }, (_, index) => 40 + index)
    await Promise.all(
      bytes.map(async (byte) => {
        assert.deepEqual(await readers.read(Uint8Array.of(byte), patience()), seen(byte))
        order.push(byte)
      }),
    )
    assert.deepEqual(order, bytes)
  })

  test('who gives up leaves the line, wherever in it', async (context) => {
    const readers = readersFor(context, limits, MOODY)
    const stuck = readers.read(Uint8Array.of(DEAF), patience())
    const controllers = Array.from({ length: 5 }, () => new AbortController())
    const reads = controllers.map((controller, index) =>
      readers.read(Uint8Array.of(60 + index), controller.signal),
    )
    for (const index of [0, 3]) controllers[index]?.abort(new Error('gone'))
    const looks = await Promise.allSettled(reads)
    const told = looks.map((look) => (look.status === 'fulfilled' ? look.value : 'gone'))
    assert.deepEqual(told, ['gone', seen(61), seen(62), 'gone', seen(64)])
    assert.deepEqual(await stuck, FAILED)
  })

  test('whose picture is being read may give up, and the thread goes on', async (context) => {
    const readers = readersFor(context, limits, MOODY)
    const gone = readers.read(Uint8Array.of(DEAF), patience(50))
    await assert.rejects(gone, { name: 'TimeoutError' })
    assert.deepEqual(await readers.read(Uint8Array.of(70), patience()), seen(70))
  })
})

describe('the real thread', () => {
  test('reads again after it was stopped in the middle of a picture', async (context) => {
    const picture = await QRCode.toBuffer(LINK, { width: 400, margin: 4 })
    const hasty = readersFor(context, { ...CAMERA_LIMITS, decodeMs: 1 })
    for (let n = 0; n < 3; n += 1) {
      assert.deepEqual(await hasty.read(Uint8Array.from(picture), patience()), FAILED)
    }
    const readers = readersFor(context, CAMERA_LIMITS)
    const first = readers.read(Uint8Array.from(picture), patience())
    await readers.close()
    assert.deepEqual(await first, FAILED)
    const others = readersFor(context, CAMERA_LIMITS)
    const look = await others.read(Uint8Array.from(picture), patience())
    assert.deepEqual(look, { kind: 'texts', texts: [LINK] })
  })

  test('does not keep the process alive', async (context) => {
    const folder = new URL('../../packages/server/src/providers/camera/', import.meta.url)
    const scratch = newScratchFolder('byfly-camera')
    context.after(() => rmSync(scratch, { recursive: true }))
    const script = join(scratch, 'read-once.mjs')
    writeFileSync(
      script,
      `import { CAMERA_LIMITS } from '${folder}limits.ts'
      import { openPictureReaders } from '${folder}picture-readers.ts'
      const readers = openPictureReaders(CAMERA_LIMITS)
      const look = await readers.read(Uint8Array.of(0xff, 0xd8), AbortSignal.timeout(30_000))
      process.stdout.write(look.kind)`,
    )
    const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: 60_000 })
    assert.equal(stdout, 'failed')
  })
})
