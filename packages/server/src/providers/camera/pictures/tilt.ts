// From how far aside a camera looks at a code, as its four corners tell. Pure.

import type { Corner } from '../../../ports/camera-frame.ts'

interface Size {
  readonly width: number
  readonly height: number
}

/**
 * 0 for a camera straight before the code, near 90 for one that looks along the screen. A square seen from
 * aside is shortened in one direction by the cosine of that angle, whichever way it is turned.
 */
export function tiltDegrees(corners: readonly Corner[], { height, width }: Size): number {
  const [topLeft, topRight, bottomRight, bottomLeft] = corners.map(({ x, y }) => ({
    x: x * width,
    y: y * height,
  }))
  if (!topLeft || !topRight || !bottomRight || !bottomLeft) return 0
  const across = {
    x: topRight.x - topLeft.x + bottomRight.x - bottomLeft.x,
    y: topRight.y - topLeft.y + bottomRight.y - bottomLeft.y,
  }
  const down = {
    x: bottomLeft.x - topLeft.x + bottomRight.x - topRight.x,
    y: bottomLeft.y - topLeft.y + bottomRight.y - topRight.y,
  }
  // The singular values of the square's image are its longest and its shortest radius.
  const a = across.x ** 2 + across.y ** 2
  const b = down.x ** 2 + down.y ** 2
  const mean = (a + b) / 2
  const spread = Math.hypot((a - b) / 2, across.x * down.x + across.y * down.y)
  if (mean + spread === 0) return 0
  const shortened = Math.sqrt(Math.max(mean - spread, 0) / (mean + spread))
  return Math.round((Math.acos(Math.min(shortened, 1)) * 180) / Math.PI)
}
