// Every limit of the cameras, in one place. A camera is untrusted like the device it looks at: it may
// hang, stream for ever, or send a small file that unpacks into gigabytes.

export interface CameraLimits {
  readonly connectMs: number
  /** One look, unless the address itself asks for a longer poll. */
  readonly lookMs: number
  /** The longest poll that an address may ask for with `timeout`. */
  readonly longPollMs: number
  /** How much longer than its own `timeout` a polled camera may take to answer. */
  readonly longPollGraceMs: number
  readonly answerBytes: number
  /** Of one connection; a stream is one answer and never that long within a look. */
  readonly connectionBytes: number
  /** Four times a 4K picture would not help: a decoded pixel takes four bytes. */
  readonly picturePixels: number
  /** Frames that one look takes of an endless stream. */
  readonly streamFrames: number
}

export const CAMERA_LIMITS: CameraLimits = {
  connectMs: 5_000,
  lookMs: 10_000,
  longPollMs: 120_000,
  longPollGraceMs: 2_000,
  answerBytes: 8 * 1024 * 1024,
  connectionBytes: 64 * 1024 * 1024,
  picturePixels: 25_000_000,
  streamFrames: 10,
}
