// The sum on the screen, in digits of three by five dots: enough for a person who looks at a frame.
import { type Canvas, type Colour, fillRectangle } from './canvas.ts'

const COLUMNS = 3
const DOT_PIXELS = 3
const ADVANCE_PIXELS = (COLUMNS + 1) * DOT_PIXELS

/** Row by row from the top; `#` is ink. */
const DIGITS: Readonly<Record<string, string>> = {
  '0': '####.##.##.####',
  '1': '.#.##..#..#.###',
  '2': '###..#####..###',
  '3': '###..####..####',
  '4': '#.##.####..#..#',
  '5': '####..###..####',
  '6': '####..####.####',
  '7': '###..#..#..#..#',
  '8': '####.#####.####',
  '9': '####.####..####',
}

export function drawNumber(
  canvas: Canvas,
  topLeft: { readonly x: number; readonly y: number },
  value: number,
  colour: Colour,
): void {
  for (const [index, digit] of [...String(value)].entries()) {
    const left = topLeft.x + index * ADVANCE_PIXELS
    for (const [dot, mark] of [...(DIGITS[digit] ?? '')].entries()) {
      if (mark !== '#') continue
      const x = left + (dot % COLUMNS) * DOT_PIXELS
      const y = topLeft.y + Math.floor(dot / COLUMNS) * DOT_PIXELS
      fillRectangle(canvas, { x, y, width: DOT_PIXELS, height: DOT_PIXELS }, colour)
    }
  }
}
