// The reading thread before hard pictures: each kind up to strength 3 is read and read rightly, and of a
// picture that cannot be read the right reason is told. `bench/pictures.ts` measures many more.

import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import {
  HARD_KINDS,
  hardPicture,
  UNREADABLE_REASONS,
  unreadablePicture,
} from '@byfly-pay/simulator'
import { CAMERA_LIMITS } from '../../packages/server/src/providers/camera/limits.ts'
import { openPictureReaders } from '../../packages/server/src/providers/camera/picture-readers.ts'

/** Another one may show a reflection on a finder, which nobody reads. */
const SEED = process.env['HARD_PICTURES_SEED'] ?? 'test'
const REASON_PICTURES = 2

// Time must not decide here: a slow machine tries as much as a fast one.
const PATIENT = { ...CAMERA_LIMITS, decodeMs: 60_000, secondTriesMs: 60_000 }
const readers = openPictureReaders(PATIENT)
const firstTry = openPictureReaders({ ...PATIENT, secondTriesMs: 0 })

after(() => Promise.all([readers.close(), firstTry.close()]))

function patience(): AbortSignal {
  return AbortSignal.timeout(90_000)
}

describe(`hard pictures, HARD_PICTURES_SEED=${SEED}`, () => {
  for (const kind of HARD_KINDS) {
    test(`${kind} is read`, async () => {
      for (const strength of [1, 2, 3] as const) {
        const { bytes, text } = hardPicture(kind, strength, SEED)
        const look = await readers.read(bytes, patience())
        assert.deepEqual(look, { kind: 'texts', texts: [text] }, `strength ${strength}`)
      }
    })
  }

  for (const reason of UNREADABLE_REASONS) {
    test(`${reason} is told`, async () => {
      for (let n = 0; n < REASON_PICTURES; n += 1) {
        const { bytes } = unreadablePicture(reason, `${SEED}-${n}`)
        const look = await readers.read(bytes, patience())
        assert.deepEqual(look, { kind: 'nothing', hint: reason }, `picture ${n}`)
      }
    })
  }
})

test('a reflection that the first try does not see through is read by another', async () => {
  // Chosen for that: a lit panel reflects in half of the code, at strength 4.
  const { bytes, text } = hardPicture('glare', 4, 'dev-1')
  const first = await firstTry.read(new Uint8Array(bytes), patience())
  assert.deepEqual(first, { kind: 'nothing', hint: 'no_code' })
  assert.deepEqual(await readers.read(bytes, patience()), { kind: 'texts', texts: [text] })
})
