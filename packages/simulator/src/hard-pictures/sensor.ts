// What a sensor makes of light: a number of electrons that is never the same twice, gain, and bytes.
import { type Canvas, newCanvas } from '../camera/canvas.ts'
import type { Random } from '../random.ts'
import { byteOfLinear, type Light } from './light.ts'

/** What fills one pixel of a webcam's sensor, and what its amplifier adds by itself. */
const FULL_ELECTRONS = 4_000
const READ_ELECTRONS = 6

/**
 * `exposure` is the share of a full pixel that light 1 makes; `noiseSteps` the standard deviation that
 * gain adds to each colour, in steps of 255.
 */
export function expose(light: Light, exposure: number, noiseSteps: number, random: Random): Canvas {
  const canvas = newCanvas(light.width, light.height)
  for (const [channel, plane] of light.planes.entries()) {
    const photons = grain(light.width, light.height, random)
    const gain = grain(light.width, light.height, random)
    for (let at = 0; at < plane.length; at += 1) {
      const electrons = (plane[at] ?? 0) * exposure * FULL_ELECTRONS
      const deviation = Math.sqrt(electrons + READ_ELECTRONS ** 2)
      const caught = (electrons + deviation * (photons[at] ?? 0)) / FULL_ELECTRONS
      // The array clamps and rounds.
      canvas.data[at * 3 + channel] = byteOfLinear(caught) + noiseSteps * (gain[at] ?? 0)
    }
  }
  return canvas
}

/**
 * Noise of deviation 1 whose neighbours are alike, since a sensor has one colour a pixel and guesses
 * the others. Four bytes of one draw added up are near enough to a bell.
 */
function grain(width: number, height: number, random: Random): Float32Array {
  const raw = new Float32Array(width * (height + 1) + 1)
  for (let at = 0; at < raw.length; at += 1) raw[at] = bell(random.uint32())
  const result = new Float32Array(width * height)
  for (let at = 0; at < result.length; at += 1) {
    const upper = (raw[at] ?? 0) + (raw[at + 1] ?? 0)
    const lower = (raw[at + width] ?? 0) + (raw[at + width + 1] ?? 0)
    result[at] = (upper + lower) / 2
  }
  return result
}

const BYTES_MEAN = 4 * 127.5
const BYTES_DEVIATION = Math.sqrt((4 * (256 ** 2 - 1)) / 12)

function bell(word: number): number {
  const sum = (word & 0xff) + ((word >>> 8) & 0xff) + ((word >>> 16) & 0xff) + (word >>> 24)
  return (sum - BYTES_MEAN) / BYTES_DEVIATION
}
