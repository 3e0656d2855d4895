// Every limit of the cameras, in one place. A camera is untrusted like the device it looks at: it may
// hang, stream for ever, or send a small file that unpacks into gigabytes.

export interface CameraLimits extends PictureLimits {
  readonly connectMs: number
  /** One look, unless the address itself asks for a longer poll. */
  readonly lookMs: number
  /** The longest poll that an address may ask for with `timeout`. */
  readonly longPollMs: number
  /** How much longer than its own `timeout` a polled camera may take to answer. */
  readonly longPollGraceMs: number
  readonly answerBytes: number
  /** Of one connection: what a look reads of a stream and what the HTTP parser throws away. */
  readonly connectionBytes: number
  /** Frames that one look takes of an endless stream. */
  readonly streamFrames: number
  /** All that one look reads of a stream, frames or not. */
  readonly streamBytes: number
}

export interface PictureLimits {
  /** Threads that read pictures; where there are several cores one is left to the event loop. */
  readonly decodeThreads: number
  /** Pictures that wait for a thread with their bytes in memory. */
  readonly queuedPictures: number
  /** After this long a thread is taken to be stuck on its picture, and is replaced. */
  readonly decodeMs: number
  /** Four times a 4K picture would not help: a decoded pixel takes four bytes. */
  readonly picturePixels: number
  /** What may be spent on a picture after the first, cheap try has found nothing: 0 means only that. */
  readonly secondTriesMs: number
  /** A little more than 4K. Pixels of larger ones are not unpacked for second tries and hints. */
  readonly secondTryPixels: number
}

export const CAMERA_LIMITS: CameraLimits = {
  connectMs: 5_000,
  lookMs: 10_000,
  longPollMs: 120_000,
  longPollGraceMs: 2_000,
  answerBytes: 8 * 1024 * 1024,
  connectionBytes: 80 * 1024 * 1024,
  streamFrames: 10,
  streamBytes: 64 * 1024 * 1024,
  decodeThreads: 1,
  queuedPictures: 32,
  decodeMs: 5_000,
  picturePixels: 25_000_000,
  secondTriesMs: 800,
  secondTryPixels: 9_000_000,
}
