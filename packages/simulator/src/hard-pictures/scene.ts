// What stands before the camera, as light at each point: a desk, the device, its screen with what lies
// on the glass and what the glass reflects. The drawing itself is that of the simulator's own cameras.
import { newCanvas, type Rectangle } from '../camera/canvas.ts'
import { drawDesk } from '../camera/desk.ts'
import { drawScreen } from '../camera/screen-drawing.ts'
import type { Random } from '../random.ts'
import type { Screen } from '../terminal/screen.ts'
import { codeWords } from './code-words.ts'
import { placeCover } from './cover.ts'
import { placeGlare } from './glare.ts'
import { type Light, lightOf } from './light.ts'
import type { Point } from './projection.ts'
import type { Shot } from './shot.ts'

/**
 * How far one fringe reaches where the panel's grid beats with the sensor's, pixels. It depends on the
 * distance alone, so any of them may come.
 */
const FRINGE_PIXELS = { least: 4, most: 60 }
const TEXTURE_WIDTH = 720
/** A code of version 3, which Kaspi's links need, and the empty border around it. */
const CODE_MODULES = 29
const QUIET_MODULES = 4

export interface Scene {
  readonly screen: Rectangle
  /** The middle of the code, and the side of one module. */
  readonly target: Point
  readonly moduleSize: number
  /** How much of the light of each colour the panel's grid lets through at this very point. */
  gridAt(x: number, y: number, grid: Float64Array): void
  /** Adds the light of this point to `sum`. */
  addLight(x: number, y: number, grid: Float64Array, sum: Float64Array): void
}

export function buildScene(shot: Shot, screen: Screen, random: Random): Scene {
  const desk = drawDesk(random.fork('desk'))
  const area = desk.screen
  const moduleSize = area.width / (CODE_MODULES + 2 * QUIET_MODULES)
  const code = {
    x: area.x + QUIET_MODULES * moduleSize,
    y: area.y + area.height - area.width + QUIET_MODULES * moduleSize,
    side: CODE_MODULES * moduleSize,
  }
  const panel = paint(screen, area)
  const ground = lightOf(desk.canvas)
  const reflection =
    shot.glare === null ? null : placeGlare(shot.glare, area, code.side, random.fork('glare'))
  const cover =
    shot.cover === null || screen.state !== 'qr'
      ? null
      : placeCover(shot.cover, codeWords(screen.qr), random.fork('cover'))
  return {
    screen: area,
    target: { x: code.x + code.side / 2, y: code.y + code.side / 2 },
    moduleSize,
    gridAt: grid(
      shot.gridDepth,
      gridPitch(moduleSize / shot.pose.modulePixels, random.fork('panel')),
    ),
    addLight(x, y, through, sum) {
      const shade = cover?.shape((x - code.x) / moduleSize, (y - code.y) / moduleSize) ?? 0
      if (shade > 0) {
        for (let channel = 0; channel < 3; channel += 1) {
          add(sum, channel, (cover?.colour[channel] ?? 0) * shade * shot.ambient)
        }
        return
      }
      const across = (x - area.x) / area.width
      const down = (y - area.y) / area.height
      if (across < 0 || across >= 1 || down < 0 || down >= 1) {
        addTexel(ground, ...deskPoint(ground, x, y), shot.ambient, sum)
        return
      }
      const added = reflection?.(x, y) ?? 0
      const at = Math.floor(down * panel.height) * panel.width + Math.floor(across * panel.width)
      for (let channel = 0; channel < 3; channel += 1) {
        add(sum, channel, (panel.planes[channel]?.[at] ?? 0) * (through[channel] ?? 1) + added)
      }
    },
  }
}

/** The screen in as many pixels as a real panel has. */
function paint(screen: Screen, { width, height }: Rectangle): Light {
  const canvas = newCanvas(TEXTURE_WIDTH, Math.round((TEXTURE_WIDTH * height) / width))
  drawScreen(canvas, { x: 0, y: 0, width: canvas.width, height: canvas.height }, screen)
  return lightOf(canvas)
}

/** A little more or less than one or two points of the panel to a pixel of the camera. */
function gridPitch(pixelSize: number, random: Random): number {
  const { least, most } = FRINGE_PIXELS
  const fringe = least * (most / least) ** random.fraction()
  const beat = random.fraction() < 0.5 ? 1 / fringe : -1 / fringe
  return pixelSize / (random.pick([1, 2]) + beat)
}

/** The colours of a panel stand side by side, a third of a pixel apart. */
function grid(depth: number, pitch: number): Scene['gridAt'] {
  return (x, y, through) => {
    if (depth === 0) return
    const row = 1 + depth * Math.cos((2 * Math.PI * y) / pitch)
    for (let channel = 0; channel < 3; channel += 1) {
      const place = x / pitch - channel / 3
      through[channel] = row * (1 + depth * Math.cos(2 * Math.PI * place))
    }
  }
}

function addTexel(light: Light, x: number, y: number, factor: number, sum: Float64Array): void {
  const at = Math.floor(y) * light.width + Math.floor(x)
  for (let channel = 0; channel < 3; channel += 1) {
    add(sum, channel, (light.planes[channel]?.[at] ?? 0) * factor)
  }
}

function add(sum: Float64Array, channel: number, value: number): void {
  sum[channel] = (sum[channel] ?? 0) + value
}

/** Left of the device there is always this much of bare desk. */
const BARE_DESK_WIDTH = 90

/** Beyond its canvas the desk goes on as the bare strip beside the device, folded to and fro. */
function deskPoint({ width, height }: Light, x: number, y: number): readonly [number, number] {
  const isInside = x >= 0 && x < width && y >= 0 && y < height
  return isInside ? [x, y] : [folded(x, BARE_DESK_WIDTH), folded(y, height)]
}

function folded(value: number, size: number): number {
  const rest = Math.abs(value) % (2 * size)
  return rest < size ? rest : 2 * size - rest - 1e-6
}
