// Light that the glass reflects into the camera: added to what the screen shows, wherever on the screen
// it happens to fall.
import type { Rectangle } from '../camera/canvas.ts'
import type { Random } from '../random.ts'
import type { Glare } from './shot.ts'

/** Added light at a point of the scene; 1 is the screen's white. */
export type Reflection = (x: number, y: number) => number

/** A bare lamp is some ten times brighter than a screen even after the glass. */
const LAMP_LIGHT = 10
/** Dust and skin on the glass spread a part of it around. */
const HALO_LIGHT = 0.25
const HALO_RADII = 3
/** How soft the edge of a panel's reflection is, as a share of the screen's width. */
const PANEL_EDGE = 0.05

export function placeGlare(
  glare: Glare,
  screen: Rectangle,
  codeSide: number,
  random: Random,
): Reflection {
  const edge = screen.width * PANEL_EDGE
  if (glare.kind === 'window') {
    const middle = { x: screen.x + screen.width / 2, y: screen.y + screen.height / 2 }
    return panel(middle, { x: screen.width, y: screen.height }, 0, edge, glare.light)
  }
  const middle = {
    x: screen.x + random.fraction() * screen.width,
    y: screen.y + random.fraction() * screen.height,
  }
  if (glare.kind === 'lamp') return lamp(middle, (glare.codeShare * codeSide) / 2)
  const size = {
    x: screen.width * (0.35 + 0.35 * random.fraction()),
    y: screen.height * (0.25 + 0.35 * random.fraction()),
  }
  return panel(middle, size, random.fraction() * Math.PI, edge, glare.light)
}

interface Point {
  readonly x: number
  readonly y: number
}

function lamp(middle: Point, radius: number): Reflection {
  return (x, y) => {
    const ratio = Math.hypot(x - middle.x, y - middle.y) / radius
    const core = LAMP_LIGHT * (1 - smooth((ratio - 0.9) / 0.2))
    return core + HALO_LIGHT * Math.exp(-((ratio / HALO_RADII) ** 2))
  }
}

function panel(middle: Point, size: Point, turn: number, edge: number, light: number): Reflection {
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)]
  return (x, y) => {
    const along = Math.abs((x - middle.x) * cos + (y - middle.y) * sin) - size.x / 2
    const across = Math.abs((y - middle.y) * cos - (x - middle.x) * sin) - size.y / 2
    return light * (1 - smooth(along / edge + 0.5)) * (1 - smooth(across / edge + 0.5))
  }
}

/** From 0 to 1 without a corner. */
function smooth(value: number): number {
  const inside = Math.min(1, Math.max(0, value))
  return inside * inside * (3 - 2 * inside)
}
