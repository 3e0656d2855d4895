// Draws what the terminal shows into the rectangle of its screen. Only the screen with a QR holds
// anything that a decoder could take for one.
import QRCode from 'qrcode'
import type { Screen } from '../terminal/screen.ts'
import { type Canvas, type Colour, fillRectangle, fillRounded, type Rectangle } from './canvas.ts'
import { drawNumber } from './digits.ts'

const WHITE: Colour = [248, 248, 246]
const INK: Colour = [18, 18, 22]
const KASPI_RED: Colour = [240, 70, 53]
const GREEN: Colour = [46, 160, 90]
const GREY: Colour = [176, 180, 186]
const OFF: Colour = [12, 12, 14]

const MARGIN = 16
const HEADER_HEIGHT = 30
/** The empty border that a QR needs to be found, in modules. */
const QUIET_MODULES = 4

export function drawScreen(canvas: Canvas, area: Rectangle, screen: Screen): void {
  if (screen.state === 'off') {
    fillRectangle(canvas, area, OFF)
    return
  }
  fillRectangle(canvas, area, WHITE)
  fillRectangle(canvas, { ...area, height: HEADER_HEIGHT }, KASPI_RED)
  const inside = {
    x: area.x + MARGIN,
    y: area.y + HEADER_HEIGHT + MARGIN,
    width: area.width - 2 * MARGIN,
    height: area.height - HEADER_HEIGHT - 2 * MARGIN,
  }
  switch (screen.state) {
    case 'idle':
      drawTiles(canvas, inside)
      return
    case 'qr':
      drawAmount(canvas, inside, screen.amount_tenge)
      drawQr(canvas, area, screen.qr)
      return
    case 'confirming':
    case 'card':
    case 'pin':
      drawAmount(canvas, inside, screen.amount_tenge)
      drawBars(canvas, inside, GREY)
      return
    case 'asks_permission':
      drawBars(canvas, inside, GREEN)
      return
    case 'starting':
      drawBars(canvas, inside, GREY)
      return
    case 'no_link':
      drawSign(canvas, inside, GREY)
      return
    case 'result':
      drawSign(canvas, inside, screen.ok ? GREEN : KASPI_RED)
  }
}

/**
 * The modules are as wide as the screen allows, not a whole number of pixels: a camera's grid never
 * falls together with the screen's.
 */
function drawQr(canvas: Canvas, screen: Rectangle, text: string): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const module = screen.width / (modules.size + 2 * QUIET_MODULES)
  const left = screen.x + QUIET_MODULES * module
  const top = screen.y + screen.height - screen.width + QUIET_MODULES * module
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column) === 0) continue
      const square = { x: left + column * module, y: top + row * module }
      fillRectangle(canvas, { ...square, width: module, height: module }, INK)
    }
  }
}

function drawAmount(canvas: Canvas, inside: Rectangle, tenge: number): void {
  drawNumber(canvas, { x: inside.x, y: inside.y - 8 }, tenge, INK)
}

/** The idle screen: coloured tiles, and nothing that a decoder could read. */
function drawTiles(canvas: Canvas, inside: Rectangle): void {
  const colours = [KASPI_RED, GREEN, [70, 120, 210], [240, 180, 60]] as const
  const width = inside.width / 2 - 6
  const height = inside.height / 2 - 6
  for (const [index, colour] of colours.entries()) {
    const x = inside.x + (index % 2) * (width + 12)
    const y = inside.y + Math.floor(index / 2) * (height + 12)
    fillRounded(canvas, { x, y, width, height }, 12, colour)
  }
}

function drawBars(canvas: Canvas, inside: Rectangle, colour: Colour): void {
  for (const [index, share] of [0.9, 0.6, 0.75].entries()) {
    const y = inside.y + 60 + index * 34
    fillRounded(canvas, { x: inside.x, y, width: inside.width * share, height: 18 }, 9, colour)
  }
}

function drawSign(canvas: Canvas, inside: Rectangle, colour: Colour): void {
  const size = 110
  const x = inside.x + (inside.width - size) / 2
  const y = inside.y + 50
  fillRounded(canvas, { x, y, width: size, height: size }, size / 2, colour)
}
