// A picture as a file of the three formats that cameras send.
import { encode as encodePng } from 'fast-png'
import jpeg from 'jpeg-js'
import { encodeBmp } from './bmp.ts'
import type { Canvas } from './canvas.ts'

export const PICTURE_FORMS = ['png', 'jpeg', 'bmp'] as const
export type PictureForm = (typeof PICTURE_FORMS)[number]

/** What cheap cameras use: visible blocks, small files. */
const JPEG_QUALITY = 75

export function encodePicture(
  canvas: Canvas,
  form: PictureForm,
  jpegQuality = JPEG_QUALITY,
): Uint8Array {
  switch (form) {
    case 'png':
      // The least compression: a frame is looked at once, and time matters more than size.
      return encodePng({ ...canvas, channels: 3, depth: 8 }, { zlib: { level: 1 } })
    case 'jpeg':
      return jpeg.encode({ ...canvas, data: withAlpha(canvas) }, jpegQuality).data
    case 'bmp':
      return encodeBmp(canvas)
  }
}

function withAlpha({ width, height, data }: Canvas): Uint8Array {
  const rgba = new Uint8Array(width * height * 4).fill(255)
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
    rgba[to] = data[from] ?? 0
    rgba[to + 1] = data[from + 1] ?? 0
    rgba[to + 2] = data[from + 2] ?? 0
  }
  return rgba
}
