// What a lens does to light: softness, defocus, and the smear of what moves while the shutter is open.
import { type Light, mapPlanes } from './light.ts'

/** A separable bell of this standard deviation: the softness of any small lens. */
export function soften(light: Light, sigmaPixels: number): Light {
  const { width, height } = light
  const reach = Math.ceil(sigmaPixels * 3)
  const bell = Array.from({ length: 2 * reach + 1 }, (_, index) =>
    Math.exp(-((index - reach) ** 2) / (2 * sigmaPixels ** 2)),
  )
  const sum = bell.reduce((total, weight) => total + weight, 0)
  const taps = bell.map((weight, index) => ({ step: index - reach, weight: weight / sum }))
  const across = taps.map(({ step, weight }) => ({ x: step, y: 0, weight }))
  const down = taps.map(({ step, weight }) => ({ x: 0, y: step, weight }))
  return mapPlanes(light, (plane) =>
    gather(gather(plane, width, height, across), width, height, down),
  )
}

/** A straight smear of this length; the direction in degrees. */
export function smear(light: Light, lengthPixels: number, degrees: number): Light {
  const count = Math.ceil(lengthPixels * 2) + 1
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const taps = Array.from({ length: count }, (_, index) => {
    const along = lengthPixels * (index / (count - 1) - 0.5)
    return bilinear(along * cos, along * sin, 1 / count)
  })
  return mapPlanes(light, (plane) => gather(plane, light.width, light.height, taps.flat()))
}

/** An even disc, which is what a point out of focus becomes. */
export function defocus(light: Light, diameterPixels: number): Light {
  const discs = discSpans(diameterPixels / 2)
  return mapPlanes(light, (plane) => overSpans(plane, light.width, light.height, discs))
}

/** A share of all light, evenly over the frame: what dust and cheap glass do. */
export function scatter(light: Light, share: number): Light {
  return mapPlanes(light, (plane) => {
    const added = (share * plane.reduce((sum, value) => sum + value, 0)) / plane.length
    return plane.map((value) => value + added)
  })
}

interface Tap {
  readonly x: number
  readonly y: number
  readonly weight: number
}

function bilinear(x: number, y: number, weight: number): readonly Tap[] {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const [right, low] = [x - left, y - top]
  return [
    { x: left, y: top, weight: weight * (1 - right) * (1 - low) },
    { x: left + 1, y: top, weight: weight * right * (1 - low) },
    { x: left, y: top + 1, weight: weight * (1 - right) * low },
    { x: left + 1, y: top + 1, weight: weight * right * low },
  ]
}

/** Each pixel becomes the weighted sum of its neighbours; beyond the edge the edge goes on. */
function gather(
  plane: Float32Array,
  width: number,
  height: number,
  taps: readonly Tap[],
): Float32Array {
  const result = new Float32Array(plane.length)
  for (const { x, y, weight } of taps) {
    if (weight === 0) continue
    const [begin, end] = [Math.max(0, -x), Math.min(width, width - x)]
    for (let row = 0; row < height; row += 1) {
      const from = Math.min(height - 1, Math.max(0, row + y)) * width
      const to = row * width
      addScaled(result, to, to + begin, plane[from] ?? 0, weight)
      for (let column = begin; column < end; column += 1) {
        result[to + column] = (result[to + column] ?? 0) + (plane[from + column + x] ?? 0) * weight
      }
      addScaled(result, to + end, to + width, plane[from + width - 1] ?? 0, weight)
    }
  }
  return result
}

function addScaled(
  result: Float32Array,
  begin: number,
  end: number,
  value: number,
  weight: number,
): void {
  for (let at = begin; at < end; at += 1) result[at] = (result[at] ?? 0) + value * weight
}

interface Span {
  readonly y: number
  readonly half: number
}

/** A disc as rows; a small one in half rows, or it would be a diamond. */
function discSpans(radius: number): readonly Span[] {
  const step = radius < 3 ? 0.5 : 1
  const spans: Span[] = []
  for (let y = -Math.ceil(radius); y <= Math.ceil(radius); y += step) {
    const half = Math.sqrt(Math.max(0, radius ** 2 - y ** 2))
    if (half > 0) spans.push({ y: Math.round(y), half })
  }
  return spans
}

function overSpans(
  plane: Float32Array,
  width: number,
  height: number,
  spans: readonly Span[],
): Float32Array {
  const sums = rowSums(plane, width, height)
  const result = new Float32Array(plane.length)
  const area = spans.reduce((total, { half }) => total + 2 * half, 0)
  const edge = width - 1e-6
  for (const { y, half } of spans) {
    for (let row = 0; row < height; row += 1) {
      const from = Math.min(height - 1, Math.max(0, row + y)) * (width + 1)
      const to = row * width
      for (let column = 0; column < width; column += 1) {
        const left = Math.max(0, column + 0.5 - half)
        const right = Math.min(edge, column + 0.5 + half)
        const sum = sumUpTo(sums, from, right) - sumUpTo(sums, from, left)
        result[to + column] = (result[to + column] ?? 0) + sum / area
      }
    }
  }
  return result
}

/** Per row, the sum of all pixels to the left of each place. */
function rowSums(plane: Float32Array, width: number, height: number): Float64Array {
  const sums = new Float64Array((width + 1) * height)
  for (let row = 0; row < height; row += 1) {
    const to = row * (width + 1)
    for (let column = 0; column < width; column += 1) {
      sums[to + column + 1] = (sums[to + column] ?? 0) + (plane[row * width + column] ?? 0)
    }
  }
  return sums
}

function sumUpTo(sums: Float64Array, row: number, x: number): number {
  const low = Math.floor(x)
  const [from, to] = [sums[row + low] ?? 0, sums[row + low + 1] ?? 0]
  return from + (to - from) * (x - low)
}
