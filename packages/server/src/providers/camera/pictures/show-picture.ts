// One picture read and shown: the codes in it with their places, how well it could be read, and a small copy
// of it drawn anew. Slower than reading alone, so it runs in a thread that no payment waits for.

import jpeg from 'jpeg-js'
import { type CameraFrame, type Corner, FRAME_BYTES } from '../../../ports/camera-frame.ts'
import type { PictureLimits } from '../limits.ts'
import { type Grey, greyOf } from './grey.ts'
import { shrunk } from './grey-changes.ts'
import {
  ATTEMPTS,
  forAttempts,
  harmlessFile,
  type PictureLook,
  readPicture,
} from './read-picture.ts'
import { focusOf, lightOf, sightHint } from './sight-hint.ts'
import { tiltDegrees } from './tilt.ts'
import { type PlacedCode, placedCodes } from './zxing.ts'

const SHOWN_WIDTH = 480
const QUALITY = 55
/** A picture of noise may still be too large: it is shown smaller, this often at most. */
const SHRINKINGS = 4

/** The rare kinds that are not unpacked here are read without a frame. */
export async function showPicture(
  picture: Uint8Array,
  limits: PictureLimits,
  secondTriesMs: number,
): Promise<PictureLook> {
  const harmless = harmlessFile(picture, limits)
  const grey = harmless?.mayUnpack === true ? greyOf(harmless.file) : null
  if (grey === null) return readPicture(picture, limits, secondTriesMs)
  const startedAt = performance.now()
  const codes = await findCodes(grey, startedAt + secondTriesMs)
  const frame = frameOf(grey, codes, Math.round(performance.now() - startedAt))
  const texts = codes.map(({ text }) => text)
  if (texts.length > 0) return { kind: 'texts', texts, frame }
  return { kind: 'nothing', hint: sightHint(grey), frame }
}

/** As `readPicture` looks for them. */
async function findCodes(grey: Grey, untilMs: number): Promise<readonly PlacedCode[]> {
  const first = await placedCodes(grey, 'LocalAverage')
  if (first.length > 0) return first
  const smaller = forAttempts(grey)
  for (const { binarizer, change } of ATTEMPTS) {
    if (performance.now() >= untilMs) break
    const found = await placedCodes(change(smaller), binarizer)
    if (found.length > 0) return found
  }
  return []
}

function frameOf(grey: Grey, codes: readonly PlacedCode[], decodeMs: number): CameraFrame {
  const shown = drawn(grey)
  const tilts = codes.map(({ corners }) => tiltDegrees(corners, grey))
  return {
    ...shown,
    codes: codes.map(({ corners }) => corners.map(within)),
    light: lightOf(grey),
    focus: focusOf(grey),
    tiltDegrees: tilts[0] ?? null,
    decodeMs,
  }
}

const STEPS = 10_000

/** Rounded: more digits say nothing. A corner may be found a little outside. */
function within({ x, y }: Corner): Corner {
  const part = (value: number) => Math.round(Math.min(Math.max(value, 0), 1) * STEPS) / STEPS
  return { x: part(x), y: part(y) }
}

function drawn(grey: Grey): Pick<CameraFrame, 'jpeg' | 'width' | 'height'> {
  let small = shrunk(grey, Math.ceil(grey.width / SHOWN_WIDTH))
  let file = encoded(small)
  for (let times = 0; file.length > FRAME_BYTES && times < SHRINKINGS; times += 1) {
    small = shrunk(small, 2)
    file = encoded(small)
  }
  return { jpeg: file, width: small.width, height: small.height }
}

function encoded({ data, height, width }: Grey): Uint8Array {
  const pixels = Buffer.alloc(width * height * 4, 255)
  for (const [at, value] of data.entries()) pixels.fill(value, at * 4, at * 4 + 3)
  return new Uint8Array(jpeg.encode({ width, height, data: pixels }, QUALITY).data)
}
