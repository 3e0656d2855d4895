// What one picture shows: the codes in it, or why there may be none. Runs in a reading thread, since
// it takes tens of milliseconds; it must never be called on the event loop.

import { setImmediate as turn } from 'node:timers/promises'
import type { CameraFrame } from '../../../ports/camera-frame.ts'
import type { SightHint } from '../../../ports/provider.ts'
import type { PictureLimits } from '../limits.ts'
import { type Grey, greyOf } from './grey.ts'
import { shrunk, spreadHighlights, toldByMean } from './grey-changes.ts'
import { picturePixels } from './picture-size.ts'
import { plainPng } from './plain-png.ts'
import { sightHint } from './sight-hint.ts'
import { type Binarizer, codesInFile, codesInGrey } from './zxing.ts'

export type PictureLook =
  /** At least one. */
  | { readonly kind: 'texts'; readonly texts: readonly string[]; readonly frame?: CameraFrame }
  | { readonly kind: 'nothing'; readonly hint: SightHint; readonly frame?: CameraFrame }
  /** No PNG, JPEG or BMP, a broken one, or one of more pixels than allowed. */
  | { readonly kind: 'failed' }

/** What a PNG may unpack to, in bytes for each pixel allowed: four colours of one byte. */
const PNG_PIXEL_BYTES = 4
/** Attempts see a picture of at most this many pixels: more only cost time. */
const ATTEMPT_PIXELS = 2_500_000

/**
 * The first try takes the file as it is and finds nearly every code. Only when it finds none are others
 * made, the cheapest first, until one finds a code or `secondTriesMs` are over.
 */
export async function readPicture(
  picture: Uint8Array,
  limits: PictureLimits,
  secondTriesMs: number,
): Promise<PictureLook> {
  const harmless = harmlessFile(picture, limits)
  const texts = harmless === null ? null : await codesInFile(harmless.file, 'LocalAverage')
  if (harmless === null || texts === null) return { kind: 'failed' }
  if (texts.length > 0) return { kind: 'texts', texts }
  if (secondTriesMs === 0) return { kind: 'nothing', hint: 'no_code' }
  return tryAgain(harmless.file, harmless.mayUnpack, secondTriesMs)
}

export interface HarmlessFile {
  readonly file: Uint8Array
  /** Small enough for its pixels to be unpacked here. */
  readonly mayUnpack: boolean
}

/** Null for what is no picture of a known form, or one too large to be decoded. */
export function harmlessFile(picture: Uint8Array, limits: PictureLimits): HarmlessFile | null {
  const pixels = picturePixels(picture)
  if (pixels === null || pixels === 0 || pixels > limits.picturePixels) return null
  const file =
    picture[0] === 0x89 ? plainPng(picture, limits.picturePixels * PNG_PIXEL_BYTES) : picture
  return file === null ? null : { file, mayUnpack: pixels <= limits.secondTryPixels }
}

interface Attempt {
  readonly change: (grey: Grey) => Grey
  readonly binarizer: Binarizer
}

/**
 * Chosen by what they found among generated pictures: all but a tenth of the reflections that the first
 * try fails on. Sharpening, blurring, enlarging and turning found nothing more there.
 */
export const ATTEMPTS: readonly Attempt[] = [
  { change: spreadHighlights, binarizer: 'LocalAverage' },
  { change: (grey) => toldByMean(grey, 16), binarizer: 'FixedThreshold' },
  { change: (grey) => toldByMean(grey, 8), binarizer: 'FixedThreshold' },
]

async function tryAgain(
  file: Uint8Array,
  mayUnpack: boolean,
  limitMs: number,
): Promise<PictureLook> {
  const timeIsUp = AbortSignal.timeout(limitMs)
  const texts = await codesInFile(file, 'GlobalHistogram')
  if (texts !== null && texts.length > 0) return { kind: 'texts', texts }
  // Without a turn of the thread's loop no timer could say that time is up.
  await turn()
  const unpacked = mayUnpack && !timeIsUp.aborted ? greyOf(file) : null
  if (unpacked === null) return { kind: 'nothing', hint: 'no_code' }
  const grey = forAttempts(unpacked)
  for (const { binarizer, change } of ATTEMPTS) {
    await turn()
    if (timeIsUp.aborted) break
    const found = await codesInGrey(change(grey), binarizer)
    if (found.length > 0) return { kind: 'texts', texts: found }
  }
  return { kind: 'nothing', hint: sightHint(grey) }
}

export function forAttempts(grey: Grey): Grey {
  const excess = (grey.width * grey.height) / ATTEMPT_PIXELS
  return shrunk(grey, Math.ceil(Math.sqrt(excess)))
}
