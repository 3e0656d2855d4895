// Reads the codes in the body of a camera's answer: a stream frame by frame, anything else whole. It
// must never hold more of a body than its limit, nor decode a picture on the event loop.

import { readBody } from '../read-body.ts'
import type { CameraLimits } from './limits.ts'
import type { ScreenLook } from './look-at-screen.ts'
import { jpegFrames } from './mjpeg.ts'
import type { PictureReaders } from './picture-readers.ts'
import { tellApart } from './tell-apart.ts'

const STREAM_TYPE = /^(multipart|video)\//i
/** How a stream begins whose content type is wrong: the first boundary, perhaps after an empty line. */
const STREAM_BEGIN = /^(\r\n)?--/
const STREAM_BEGIN_BYTES = 4

/** Throws what the body throws, and the signal's reason. */
export async function lookAtAnswer(
  body: AsyncIterable<Uint8Array>,
  contentType: string,
  readers: PictureReaders,
  limits: CameraLimits,
  signal: AbortSignal,
): Promise<ScreenLook> {
  const chunks = body[Symbol.asyncIterator]()
  const head = await firstBytes(chunks, STREAM_BEGIN_BYTES)
  const whole = rejoined(head, chunks)
  if (STREAM_TYPE.test(contentType) || STREAM_BEGIN.test(head.toString('latin1'))) {
    return lookAtStream(whole, readers, limits, signal)
  }
  const bytes = await readBody(whole, limits.answerBytes)
  if (bytes === null) return { kind: 'failed' }
  const answer = tellApart(bytes)
  switch (answer.kind) {
    case 'picture':
      return readers.read(answer.picture, signal)
    case 'texts':
      return answer
    case 'nothing':
      return { kind: 'nothing', hint: null }
    case 'nonsense':
      return { kind: 'failed' }
  }
}

async function lookAtStream(
  body: AsyncIterable<Uint8Array>,
  readers: PictureReaders,
  limits: CameraLimits,
  signal: AbortSignal,
): Promise<ScreenLook> {
  const { answerBytes: frameBytes, streamBytes } = limits
  let best: ScreenLook = { kind: 'failed' }
  let frames = 0
  try {
    for await (const frame of jpegFrames(body, { frameBytes, streamBytes })) {
      const look = await readers.read(frame, signal)
      if (look.kind === 'texts') return look
      if (look.kind === 'nothing') best = look
      frames += 1
      if (frames >= limits.streamFrames) break
    }
  } catch {
    // The stream broke or time is up: what its frames showed so far still stands.
  }
  return best
}

/** At least `bytes` of the body, unless it is shorter. */
async function firstBytes(chunks: AsyncIterator<Uint8Array>, bytes: number): Promise<Buffer> {
  let head = Buffer.alloc(0)
  while (head.length < bytes) {
    const next = await chunks.next()
    if (next.done === true) break
    head = Buffer.concat([head, next.value])
  }
  return head
}

async function* rejoined(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield head
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}
