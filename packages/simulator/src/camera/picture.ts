// One frame of a camera: the desk, the device's screen, then what lens and sensor do to it.
import type { Random } from '../random.ts'
import type { Screen } from '../terminal/screen.ts'
import { type Canvas, copyCanvas, newCanvas } from './canvas.ts'
import { type Desk, drawDesk } from './desk.ts'
import { type Distortion, ORDINARY_DISTORTIONS } from './distortions.ts'
import { drawScreen } from './screen-drawing.ts'

/** The desk stands still, so it is drawn once for each camera. */
const desks = new WeakMap<Random, Desk>()

/** `screen` is null when the camera sees nothing. `random` is the camera's own and tells its desk. */
export function takePicture(
  screen: Screen | null,
  random: Random,
  distortions: readonly Distortion[] = ORDINARY_DISTORTIONS,
): Canvas {
  const desk = desks.get(random) ?? drawDesk(random.fork('desk'))
  desks.set(random, desk)
  const frame =
    screen === null ? newCanvas(desk.canvas.width, desk.canvas.height) : copyCanvas(desk.canvas)
  if (screen !== null) drawScreen(frame, desk.screen, screen)
  return distortions.reduce((canvas, distort) => distort(canvas, random), frame)
}
