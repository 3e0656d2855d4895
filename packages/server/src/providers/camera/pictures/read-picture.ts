// What one picture shows: the codes in it, or why there may be none. Runs in a reading thread, since
// it takes tens of milliseconds; it must never be called on the event loop.

import type { SightHint } from '../../../ports/provider.ts'
import type { PictureLimits } from '../limits.ts'
import { picturePixels } from './picture-size.ts'
import { codesInFile } from './zxing.ts'

export type PictureLook =
  | { readonly kind: 'texts'; readonly texts: readonly string[] }
  | { readonly kind: 'nothing'; readonly hint: SightHint }
  /** No PNG, JPEG or BMP, a broken one, or one of more pixels than allowed. */
  | { readonly kind: 'failed' }

export async function readPicture(file: Uint8Array, limits: PictureLimits): Promise<PictureLook> {
  const pixels = picturePixels(file)
  if (pixels === null || pixels === 0 || pixels > limits.picturePixels) return { kind: 'failed' }
  const texts = await codesInFile(file)
  if (texts === null) return { kind: 'failed' }
  return texts.length === 0 ? { kind: 'nothing', hint: 'no_code' } : { kind: 'texts', texts }
}
