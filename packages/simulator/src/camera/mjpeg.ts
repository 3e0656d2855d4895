// A camera that never stops: JPEG after JPEG in one answer. Boundary and headers differ from camera to
// camera, so they are drawn from the seed. It must never draw a frame that nobody takes.
import type { Timers } from '../clock.ts'
import type { Reply } from '../http/reply.ts'
import type { Random } from '../random.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { pictureOf } from './camera.ts'
import { look, type Sight } from './sight.ts'

interface Style {
  readonly contentType: string
  readonly delimiter: string
  readonly lineEnd: string
  readonly headers: (lengthBytes: number, frame: number) => readonly string[]
  /** Frames from before the sensor woke up: black, whatever is on the screen. */
  readonly darkFrames: number
}

const MAX_DARK_FRAMES = 3

export function mjpegReply(
  terminal: Terminal,
  first: Sight,
  timers: Timers,
  gone: AbortSignal,
): Reply {
  const style = drawStyle(terminal.random.fork('mjpeg'))
  const chunks = frames(terminal, first, style, timers, gone)
  return { status: 200, contentType: style.contentType, chunks }
}

/** The next frame is drawn only when the one before has been taken and its time has come. */
async function* frames(
  terminal: Terminal,
  first: Sight,
  style: Style,
  timers: Timers,
  gone: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for (let frame = 0; !gone.aborted; frame += 1) {
    if (frame < style.darkFrames) {
      yield part(pictureOf(terminal, { kind: 'blank' }, 'jpeg'), style, frame)
    } else {
      const sight = frame === style.darkFrames ? first : look(terminal)
      // A camera that goes down in mid-stream just stops.
      if (sight.kind === 'down') return
      yield part(pictureOf(terminal, sight, 'jpeg'), style, frame)
    }
    await timers.sleep(terminal.timing.frameMs)
  }
}

function part(picture: Uint8Array, style: Style, frame: number): Uint8Array {
  const { delimiter, lineEnd } = style
  const head = [delimiter, ...style.headers(picture.length, frame), '', ''].join(lineEnd)
  return Buffer.concat([Buffer.from(head), picture, Buffer.from(lineEnd)])
}

function drawStyle(random: Random): Style {
  const [delimiter, boundary] = random.pick<readonly [string, string]>([
    ['--frame', 'frame'],
    ['--video boundary', '"video boundary"'],
    ['--ipcamera-5f8e', 'ipcamera-5f8e; charset=binary'],
    // Against the rule, which adds two dashes of its own, and met in many cameras all the same.
    ['--myboundary', '--myboundary'],
  ])
  const headers = random.pick<Style['headers']>([
    (length) => ['Content-Type: image/jpeg', `Content-Length: ${length}`],
    () => ['Content-type: image/jpeg'],
    (length, frame) => [
      'content-type:image/jpeg',
      `content-length:${length}`,
      `X-Timestamp: ${frame}`,
    ],
  ])
  return {
    contentType: `multipart/x-mixed-replace; boundary=${boundary}`,
    delimiter,
    lineEnd: random.pick(['\r\n', '\n']),
    headers,
    darkFrames: random.integer(0, MAX_DARK_FRAMES),
  }
}
