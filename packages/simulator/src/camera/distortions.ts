// What a lens and a sensor do to a picture. Each distortion is one function from canvas to canvas, so
// that harder ones (blur, glare, moiré, tilt) are added as more functions and nothing else.
import type { Random } from '../random.ts'
import type { Canvas } from './canvas.ts'

/** The canvas handed in may be changed and given back: a frame belongs to no one else. */
export type Distortion = (canvas: Canvas, random: Random) => Canvas

/** What every frame goes through, even in good light. */
export const ORDINARY_DISTORTIONS: readonly Distortion[] = [brightness(0.8, 1.05), noise(6)]

/** A lens that has focused far behind the screen: a module of a code is 6 pixels wide. */
export const OUT_OF_FOCUS: readonly Distortion[] = [blur(9), blur(9), ...ORDINARY_DISTORTIONS]

/** Each pixel becomes the mean of the square around it, this many pixels to every side. */
export function blur(radius: number): Distortion {
  return ({ width, height, data }) => {
    const rows = { data, lines: height, lineStep: width * 3, length: width, step: 3 }
    const smeared = { ...rows, data: meansAlong(rows, radius) }
    const columns = { ...smeared, lines: width, lineStep: 3, length: height, step: width * 3 }
    return { width, height, data: meansAlong(columns, radius) }
  }
}

interface Lines {
  readonly data: Uint8ClampedArray
  readonly lines: number
  readonly lineStep: number
  readonly length: number
  readonly step: number
}

/** Beyond an edge the line goes on as its last pixel. */
function meansAlong(
  { data, lines, lineStep, length, step }: Lines,
  radius: number,
): Uint8ClampedArray {
  const means = new Uint8ClampedArray(data.length)
  for (let from = 0; from < lines * 3; from += 1) {
    const start = Math.floor(from / 3) * lineStep + (from % 3)
    const at = (index: number) => start + Math.min(Math.max(index, 0), length - 1) * step
    let sum = 0
    for (let index = -radius; index <= radius; index += 1) sum += data[at(index)] ?? 0
    for (let index = 0; index < length; index += 1) {
      means[at(index)] = sum / (2 * radius + 1)
      sum += (data[at(index + radius + 1)] ?? 0) - (data[at(index - radius)] ?? 0)
    }
  }
  return means
}

/** The whole frame darker or lighter, by a factor drawn anew for each frame. */
export function brightness(min: number, max: number): Distortion {
  return (canvas, random) => {
    const { data } = canvas
    const factor = min + (max - min) * random.fraction()
    for (let at = 0; at < data.length; at += 1) data[at] = (data[at] ?? 0) * factor
    return canvas
  }
}

/** Up to `amplitude` steps of grey, to and fro, on each pixel. */
export function noise(amplitude: number): Distortion {
  const steps = Int8Array.from({ length: 256 }, (_, byte) => ((byte - 127.5) / 127.5) * amplitude)
  return (canvas, random) => {
    const { data } = canvas
    // One draw serves four pixels: a frame has some 300 000, and it has to be fast.
    let word = 0
    for (let at = 0, pixel = 0; at < data.length; at += 3, pixel += 1) {
      word = pixel % 4 === 0 ? random.uint32() : word >>> 8
      const step = steps[word & 0xff] ?? 0
      data[at] = (data[at] ?? 0) + step
      data[at + 1] = (data[at + 1] ?? 0) + step
      data[at + 2] = (data[at + 2] ?? 0) + step
    }
    return canvas
  }
}
