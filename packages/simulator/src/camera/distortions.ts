// What a lens and a sensor do to a picture. Each distortion is one function from canvas to canvas, so
// that harder ones (blur, glare, moiré, tilt) are added as more functions and nothing else.
import type { Random } from '../random.ts'
import type { Canvas } from './canvas.ts'

/** The canvas handed in may be changed and given back: a frame belongs to no one else. */
export type Distortion = (canvas: Canvas, random: Random) => Canvas

/** What every frame goes through, even in good light. */
export const ORDINARY_DISTORTIONS: readonly Distortion[] = [brightness(0.8, 1.05), noise(6)]

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
