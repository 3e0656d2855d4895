// The part of the picture that does not move: a desk, and on it the device, each camera at its own
// angle of light and its own place.
import type { Random } from '../random.ts'
import {
  type Canvas,
  type Colour,
  fillRectangle,
  fillRounded,
  newCanvas,
  type Rectangle,
  setPixel,
} from './canvas.ts'

const FRAME_WIDTH = 640
const FRAME_HEIGHT = 480
const DEVICE = { width: 264, height: 452 }
const SCREEN = { left: 22, top: 34, width: 220, height: 290 }
/** How far a device may stand from the middle of the frame. */
const MAX_SHIFT = { x: 90, y: 8 }
const GRAIN_LINES = 60

export interface Desk {
  readonly canvas: Canvas
  /** Where on the canvas the device's screen is. */
  readonly screen: Rectangle
}

export function drawDesk(random: Random): Desk {
  const canvas = newCanvas(FRAME_WIDTH, FRAME_HEIGHT)
  drawWood(canvas, random)
  const x = (FRAME_WIDTH - DEVICE.width) / 2 + random.integer(-MAX_SHIFT.x, MAX_SHIFT.x)
  const y = (FRAME_HEIGHT - DEVICE.height) / 2 + random.integer(-MAX_SHIFT.y, MAX_SHIFT.y)
  drawBody(canvas, { x, y, ...DEVICE })
  const screen = {
    x: x + SCREEN.left,
    y: y + SCREEN.top,
    width: SCREEN.width,
    height: SCREEN.height,
  }
  return { canvas, screen }
}

/** Light falls from one side; the grain keeps a decoder from seeing an empty background. */
function drawWood(canvas: Canvas, random: Random): void {
  const base: Colour = [random.integer(120, 170), random.integer(90, 120), random.integer(60, 90)]
  const lean = random.fraction() * 0.4 - 0.2
  for (let y = 0; y < canvas.height; y += 1) {
    for (let x = 0; x < canvas.width; x += 1) {
      const light = 0.9 + (lean * x) / canvas.width + (0.1 * y) / canvas.height
      setPixel(canvas, x, y, [base[0] * light, base[1] * light, base[2] * light])
    }
  }
  for (let line = 0; line < GRAIN_LINES; line += 1) {
    const y = random.integer(0, canvas.height)
    const x = random.integer(-200, canvas.width)
    const area = { x, y, width: random.integer(40, 300), height: random.integer(1, 2) }
    fillRectangle(canvas, area, [base[0] * 0.85, base[1] * 0.85, base[2] * 0.85])
  }
}

function drawBody(canvas: Canvas, body: Rectangle): void {
  const shadow = { ...body, x: body.x + 8, y: body.y + 10 }
  fillRounded(canvas, shadow, 26, [50, 40, 34])
  fillRounded(canvas, body, 26, [38, 38, 42])
  const keyWidth = 56
  const keyColours: readonly Colour[] = [
    [200, 60, 50],
    [210, 180, 60],
    [60, 160, 80],
  ]
  for (const [index, colour] of keyColours.entries()) {
    const x = body.x + 28 + index * (keyWidth + 20)
    const area = { x, y: body.y + body.height - 84, width: keyWidth, height: 34 }
    fillRounded(canvas, area, 8, colour)
  }
}
