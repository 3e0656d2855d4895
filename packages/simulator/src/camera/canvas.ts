// A picture in memory, three bytes a pixel, and the strokes that the scene is drawn with. The bytes
// are clamped ones, so that no distortion can wrap white around into black.

export type Colour = readonly [red: number, green: number, blue: number]

export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Canvas {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
}

export function newCanvas(width: number, height: number): Canvas {
  return { width, height, data: new Uint8ClampedArray(width * height * 3) }
}

export function copyCanvas({ width, height, data }: Canvas): Canvas {
  return { width, height, data: data.slice() }
}

/** What lies outside the canvas is cut off; edges fall on whole pixels. */
export function fillRectangle(canvas: Canvas, area: Rectangle, colour: Colour): void {
  const left = Math.max(0, Math.round(area.x))
  const right = Math.min(canvas.width, Math.round(area.x + area.width))
  const top = Math.max(0, Math.round(area.y))
  const bottom = Math.min(canvas.height, Math.round(area.y + area.height))
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) setPixel(canvas, x, y, colour)
  }
}

export function fillRounded(canvas: Canvas, area: Rectangle, radius: number, colour: Colour): void {
  for (let row = 0; row < area.height; row += 1) {
    const intoCorner = Math.max(radius - row, radius - (area.height - 1 - row), 0)
    const inset = radius - Math.sqrt(Math.max(0, radius ** 2 - intoCorner ** 2))
    const line = { x: area.x + inset, y: area.y + row, width: area.width - 2 * inset, height: 1 }
    fillRectangle(canvas, line, colour)
  }
}

export function setPixel(canvas: Canvas, x: number, y: number, colour: Colour): void {
  const at = (y * canvas.width + x) * 3
  canvas.data[at] = colour[0]
  canvas.data[at + 1] = colour[1]
  canvas.data[at + 2] = colour[2]
}
