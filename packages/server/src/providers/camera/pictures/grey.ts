// A picture as brightness alone, for what is tried when the decoder finds nothing in the file itself:
// unpacking pixels here is slower, so it must never be done before.

import { decode as decodePng } from 'fast-png'
import jpeg from 'jpeg-js'

export interface Grey {
  readonly width: number
  readonly height: number
  /** Row by row, 0 is black. */
  readonly data: Uint8Array
}

const MEMORY_MEGABYTES = 512

/** Null for the rare kinds that are not unpacked here, though the decoder knows them. */
export function greyOf(file: Uint8Array): Grey | null {
  try {
    switch (file[0]) {
      case 0xff:
        return greyOfJpeg(file)
      case 0x89:
        return greyOfPng(file)
      default:
        return greyOfBmp(file)
    }
  } catch {
    return null
  }
}

/** Without the change of colours the first of the three bytes is the brightness itself. */
function greyOfJpeg(file: Uint8Array): Grey {
  const { width, height, data } = jpeg.decode(file, {
    useTArray: true,
    formatAsRGBA: false,
    colorTransform: false,
    maxMemoryUsageInMB: MEMORY_MEGABYTES,
  })
  const grey = new Uint8Array(width * height)
  for (let at = 0; at < grey.length; at += 1) grey[at] = data[at * 3] ?? 0
  return { width, height, data: grey }
}

function greyOfPng(file: Uint8Array): Grey | null {
  const { width, height, data, channels, depth, palette } = decodePng(file)
  if (depth < 8 || palette !== undefined) return null
  const shift = depth - 8
  const grey = new Uint8Array(width * height)
  for (let at = 0, from = 0; at < grey.length; at += 1, from += channels) {
    const red = data[from] ?? 0
    grey[at] =
      channels < 3 ? red >> shift : brightness(red, data[from + 1], data[from + 2]) >> shift
  }
  return { width, height, data: grey }
}

const COLOUR_BYTES = [3, 4]

function greyOfBmp(file: Uint8Array): Grey | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const begin = view.getUint32(10, true)
  const width = view.getInt32(18, true)
  const rows = view.getInt32(22, true)
  const pixelBytes = view.getUint16(28, true) / 8
  const isPacked = view.getUint32(30, true) !== 0
  if (isPacked || width <= 0 || !COLOUR_BYTES.includes(pixelBytes)) return null
  const height = Math.abs(rows)
  const rowBytes = Math.ceil((width * pixelBytes) / 4) * 4
  if (begin + rowBytes * height > file.length) return null
  const grey = new Uint8Array(width * height)
  for (let y = 0; y < height; y += 1) {
    // Of a positive height the lowest row comes first.
    let from = begin + (rows > 0 ? height - 1 - y : y) * rowBytes
    for (let at = y * width; at < (y + 1) * width; at += 1, from += pixelBytes) {
      grey[at] = brightness(file[from + 2], file[from + 1], file[from])
    }
  }
  return { width, height, data: grey }
}

function brightness(red = 0, green = 0, blue = 0): number {
  return (77 * red + 150 * green + 29 * blue) >> 8
}
