// A frame as light before it becomes bytes: three planes of linear intensity, in which blur, reflections
// and noise add up as they do in a camera. 1 is the screen's white.
import type { Canvas } from '../camera/canvas.ts'

export interface Light {
  readonly width: number
  readonly height: number
  /** Red, green, blue. */
  readonly planes: readonly [Float32Array, Float32Array, Float32Array]
}

export function newLight(width: number, height: number): Light {
  const plane = () => new Float32Array(width * height)
  return { width, height, planes: [plane(), plane(), plane()] }
}

export function mapPlanes(light: Light, change: (plane: Float32Array) => Float32Array): Light {
  const [red, green, blue] = light.planes
  return { ...light, planes: [change(red), change(green), change(blue)] }
}

const LINEAR_OF_BYTE = Float32Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
})

const GAMMA_STEPS = 4096
const BYTE_OF_LINEAR = Float32Array.from({ length: GAMMA_STEPS + 1 }, (_, step) => {
  const value = step / GAMMA_STEPS
  return 255 * (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055)
})

export function lightOf({ width, height, data }: Canvas): Light {
  const light = newLight(width, height)
  for (const [channel, plane] of light.planes.entries()) {
    for (let at = 0; at < plane.length; at += 1) {
      plane[at] = LINEAR_OF_BYTE[data[at * 3 + channel] ?? 0] ?? 0
    }
  }
  return light
}

/** 0 to 255, not rounded yet; what is brighter than 1 is cut off, as a full pixel cuts it off. */
export function byteOfLinear(value: number): number {
  if (value <= 0) return 0
  if (value >= 1) return 255
  const step = value * GAMMA_STEPS
  const low = Math.floor(step)
  const [from, to] = [BYTE_OF_LINEAR[low] ?? 0, BYTE_OF_LINEAR[low + 1] ?? 255]
  return from + (to - from) * (step - low)
}
