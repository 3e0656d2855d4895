// What one picture shows: the codes in it, or why there may be none. Runs in a reading thread, since
// it takes tens of milliseconds; it must never be called on the event loop.

import { setImmediate as turn } from 'node:timers/promises'
import type { SightHint } from '../../../ports/provider.ts'
import type { PictureLimits } from '../limits.ts'
import { type Grey, greyOf } from './grey.ts'
import { shrunk, spreadHighlights, toldByMean } from './grey-changes.ts'
import { picturePixels } from './picture-size.ts'
import { plainPng } from './plain-png.ts'
import { sightHint } from './sight-hint.ts'
import { codesInFile, codesInGrey } from './zxing.ts'

export type PictureLook =
  /** At least one. */
  | { readonly kind: 'texts'; readonly texts: readonly string[] }
  | { readonly kind: 'nothing'; readonly hint: SightHint }
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
  const pixels = picturePixels(picture)
  if (pixels === null || pixels === 0 || pixels > limits.picturePixels) return { kind: 'failed' }
  const file =
    picture[0] === 0x89 ? plainPng(picture, limits.picturePixels * PNG_PIXEL_BYTES) : picture
  const texts = file === null ? null : await codesInFile(file, 'LocalAverage')
  if (file === null || texts === null) return { kind: 'failed' }
  if (texts.length > 0) return { kind: 'texts', texts }
  if (secondTriesMs === 0) return { kind: 'nothing', hint: 'no_code' }
  return tryAgain(file, pixels <= limits.secondTryPixels, secondTriesMs)
}

type Attempt = (grey: Grey) => Promise<readonly string[]>

/**
 * Chosen by what they found among generated pictures: all but a tenth of the reflections that the first
 * try fails on. Sharpening, blurring, enlarging and turning found nothing more there.
 */
const ATTEMPTS: readonly Attempt[] = [
  (grey) => codesInGrey(spreadHighlights(grey), 'LocalAverage'),
  (grey) => codesInGrey(toldByMean(grey, 16), 'FixedThreshold'),
  (grey) => codesInGrey(toldByMean(grey, 8), 'FixedThreshold'),
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
  const excess = (unpacked.width * unpacked.height) / ATTEMPT_PIXELS
  const grey = shrunk(unpacked, Math.ceil(Math.sqrt(excess)))
  for (const attempt of ATTEMPTS) {
    await turn()
    if (timeIsUp.aborted) break
    const found = await attempt(grey)
    if (found.length > 0) return { kind: 'texts', texts: found }
  }
  return { kind: 'nothing', hint: sightHint(grey) }
}
