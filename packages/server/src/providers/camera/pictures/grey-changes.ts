// Changes of a grey picture that bring out what the decoder misses. Each gives a new picture and takes
// time in proportion to its pixels.

import type { Grey } from './grey.ts'

/** Each square of `factor` pixels a side becomes its mean; what is left at the edges is dropped. */
export function shrunk(grey: Grey, factor: number): Grey {
  if (factor <= 1) return grey
  const width = Math.floor(grey.width / factor)
  const height = Math.floor(grey.height / factor)
  const data = new Uint8Array(width * height)
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      let sum = 0
      for (let row = 0; row < factor; row += 1) {
        const from = (y * factor + row) * grey.width + x * factor
        for (let column = 0; column < factor; column += 1) sum += grey.data[from + column] ?? 0
      }
      data[at] = sum / factor ** 2
    }
  }
  return { width, height, data }
}

/** Under a reflection dark and light are both nearly white: this spreads the upper end out. */
export function spreadHighlights(grey: Grey): Grey {
  return { ...grey, data: grey.data.map((value) => HIGHLIGHTS[value] ?? 0) }
}

/** The power that found most of the generated reflections: 230 becomes 137, 255 stays. */
const HIGHLIGHT_POWER = 6
const HIGHLIGHTS = Uint8Array.from(
  { length: 256 },
  (_, value) => 255 * (value / 255) ** HIGHLIGHT_POWER,
)

/**
 * Black and white: each pixel is told by the mean of the square that reaches `radius` around it. For at
 * most 16 million pixels, whose sum still has 32 bits.
 */
export function toldByMean(grey: Grey, radius: number): Grey {
  const { width, height } = grey
  const sums = sumsToTopLeft(grey)
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y += 1) {
    const top = Math.max(0, y - radius) * (width + 1)
    const bottom = Math.min(height, y + radius + 1) * (width + 1)
    const rows = (bottom - top) / (width + 1)
    for (let x = 0; x < width; x += 1) {
      const left = Math.max(0, x - radius)
      const right = Math.min(width, x + radius + 1)
      const below = (sums[bottom + right] ?? 0) - (sums[bottom + left] ?? 0)
      const above = (sums[top + right] ?? 0) - (sums[top + left] ?? 0)
      const at = y * width + x
      data[at] = (grey.data[at] ?? 0) * rows * (right - left) > below - above ? 255 : 0
    }
  }
  return { width, height, data }
}

/** For each corner of a pixel, the sum of all that lies left of and above it. */
function sumsToTopLeft({ width, height, data }: Grey): Uint32Array {
  const sums = new Uint32Array((width + 1) * (height + 1))
  for (let y = 0; y < height; y += 1) {
    let row = 0
    const to = (y + 1) * (width + 1) + 1
    for (let x = 0; x < width; x += 1) {
      row += data[y * width + x] ?? 0
      sums[to + x] = (sums[to + x - width - 1] ?? 0) + row
    }
  }
  return sums
}
