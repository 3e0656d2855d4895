// A pinhole camera before a plane: which point of the plane each pixel sees.
import type { Shot } from './shot.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** Row by row; a pixel (u, v) sees the plane at the quotients of the first two sums and the third. */
export type Homography = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
]

/** Half of what a webcam sees from side to side, by the shape of its frame. */
const HALF_VIEW_DEGREES = { wide: 30, narrow: 24 }
const DEGREE = Math.PI / 180

/** `target` is what the camera looks at, on the plane; `moduleSize` in the plane's own units. */
export function homography(shot: Shot, target: Point, moduleSize: number): Homography {
  const { width, height, pose } = shot
  const half = width / height > 1.5 ? HALF_VIEW_DEGREES.wide : HALF_VIEW_DEGREES.narrow
  const focal = width / 2 / Math.tan(half * DEGREE)
  const distance = (focal * moduleSize) / pose.modulePixels
  const [[a, b], [c, d], [e, f]] = turned(
    pose.rollDegrees,
    pose.obliqueDegrees,
    pose.azimuthDegrees,
  )
  const middle = {
    x: width / 2 + pose.offset.x * height,
    y: height / 2 + pose.offset.y * height,
  }
  const forward: Homography = [
    focal * a + middle.x * e,
    focal * b + middle.x * f,
    middle.x * distance,
    focal * c + middle.y * e,
    focal * d + middle.y * f,
    middle.y * distance,
    e,
    f,
    distance,
  ]
  return shifted(inverse(forward), target)
}

/** The plane's two axes as the camera sees them: turned around the view, then leaned to one side. */
function turned(rollDegrees: number, obliqueDegrees: number, azimuthDegrees: number) {
  const [sinRoll, cosRoll] = sinCos(rollDegrees)
  const [sinLean, cosLean] = sinCos(obliqueDegrees)
  const [sinSide, cosSide] = sinCos(azimuthDegrees)
  const lean = (x: number, y: number): [number, number, number] => {
    const along = x * cosSide + y * sinSide
    const shrunk = along * (cosLean - 1)
    return [x + shrunk * cosSide, y + shrunk * sinSide, along * sinLean]
  }
  const [a, c, e] = lean(cosRoll, sinRoll)
  const [b, d, f] = lean(-sinRoll, cosRoll)
  return [
    [a, b],
    [c, d],
    [e, f],
  ] as const
}

function sinCos(degrees: number): readonly [number, number] {
  return [Math.sin(degrees * DEGREE), Math.cos(degrees * DEGREE)]
}

function inverse([a, b, c, d, e, f, g, h, i]: Homography): Homography {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ]
}

function shifted([a, b, c, d, e, f, g, h, i]: Homography, { x, y }: Point): Homography {
  return [a + x * g, b + x * h, c + x * i, d + y * g, e + y * h, f + y * i, g, h, i]
}
