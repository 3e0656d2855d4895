// From a scene and a shot to the picture's pixels, in the order in which light meets them: projection,
// lens, sensor.
import type { Canvas } from '../camera/canvas.ts'
import type { Random } from '../random.ts'
import type { Screen } from '../terminal/screen.ts'
import { defocus, scatter, smear, soften } from './lens.ts'
import { type Light, newLight } from './light.ts'
import { homography } from './projection.ts'
import { buildScene, type Scene } from './scene.ts'
import { expose } from './sensor.ts'
import type { Shot } from './shot.ts'

/** The softness of a small lens that is in focus. */
const LENS_SIGMA_PIXELS = 0.6
/** Points a side that one pixel is made of: many on the screen, since a module may be two pixels. */
const SCREEN_POINTS = 4
const DESK_POINTS = 1

export function photograph(shot: Shot, screen: Screen, random: Random): Canvas {
  const scene = buildScene(shot, screen, random)
  const seen = soften(project(scene, shot), LENS_SIGMA_PIXELS)
  const focused = shot.defocusPixels > 0 ? defocus(seen, shot.defocusPixels) : seen
  const direction = random.fork('motion').fraction() * 180
  const still = shot.motionPixels > 0 ? smear(focused, shot.motionPixels, direction) : focused
  const seenBySensor = shot.veil > 0 ? scatter(still, shot.veil) : still
  return expose(seenBySensor, shot.exposure, shot.noiseSteps, random.fork('sensor'))
}

function project(scene: Scene, shot: Shot): Light {
  const light = newLight(shot.width, shot.height)
  const [red, green, blue] = light.planes
  const [a, b, c, d, e, f, g, h, i] = homography(shot, scene.target, scene.moduleSize)
  const grid = Float64Array.of(1, 1, 1)
  const sum = new Float64Array(3)
  for (let v = 0, at = 0; v < shot.height; v += 1) {
    for (let u = 0; u < shot.width; u += 1, at += 1) {
      const depth = g * (u + 0.5) + h * (v + 0.5) + i
      // Above the horizon of a desk that is seen from very low there is only the dark room.
      if (depth <= 0) continue
      const x = (a * (u + 0.5) + b * (v + 0.5) + c) / depth
      const y = (d * (u + 0.5) + e * (v + 0.5) + f) / depth
      const points = isNear(scene.screen, x, y) ? SCREEN_POINTS : DESK_POINTS
      scene.gridAt(x, y, grid)
      sum.fill(0)
      for (let row = 0; row < points; row += 1) {
        const down = v + (row + 0.5) / points
        for (let column = 0; column < points; column += 1) {
          const across = u + (column + 0.5) / points
          const w = g * across + h * down + i
          scene.addLight(
            (a * across + b * down + c) / w,
            (d * across + e * down + f) / w,
            grid,
            sum,
          )
        }
      }
      const share = points * points
      red[at] = (sum[0] ?? 0) / share
      green[at] = (sum[1] ?? 0) / share
      blue[at] = (sum[2] ?? 0) / share
    }
  }
  return light
}

const NEAR = 4

function isNear({ x, y, width, height }: Scene['screen'], atX: number, atY: number): boolean {
  return atX > x - NEAR && atX < x + width + NEAR && atY > y - NEAR && atY < y + height + NEAR
}
