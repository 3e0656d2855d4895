// Reads pictures beside the event loop: a few threads and one bounded line before them. It must never
// decode a byte itself.

import { availableParallelism } from 'node:os'
import type { PictureLimits } from './limits.ts'
import { PictureThread } from './picture-thread.ts'
import type { PictureLook } from './pictures/read-picture.ts'

export interface PictureReaders {
  /**
   * Takes the bytes away from the caller. Waits for its turn and for its result, both no longer than
   * `signal` allows; throws nothing but the signal's reason.
   */
  read(picture: Uint8Array, signal: AbortSignal): Promise<PictureLook>
  /** Ends the threads, and with them what they read. */
  close(): Promise<void>
}

const THREAD_FILE = new URL('./pictures/thread.ts', import.meta.url)

export interface ReaderOptions {
  readonly file?: URL
  /** Whether each look comes with its frame. */
  readonly shows?: boolean
}

export function openPictureReaders(
  limits: PictureLimits,
  { file = THREAD_FILE, shows = false }: ReaderOptions = {},
): PictureReaders {
  const count = Math.max(1, Math.min(limits.decodeThreads, availableParallelism() - 1))
  const threads = Array.from({ length: count }, () => new PictureThread(file, limits, shows))
  const line = new ThreadLine(threads, limits.queuedPictures)
  let isClosed = false
  /** The more pictures wait, the less is spent on a hard one: its camera will soon send another. */
  const secondTriesMs = () => Math.ceil(limits.secondTriesMs / (1 + line.waiting))
  return {
    async read(picture, signal) {
      const thread = await line.take(signal)
      // A caller that gives up leaves the thread busy until the picture is done with.
      const look = isClosed ? FAILED : thread.read(picture, secondTriesMs())
      const handedBack = Promise.resolve(look).finally(() => line.giveBack(thread))
      return orAborted(handedBack, signal)
    },
    async close() {
      isClosed = true
      await Promise.all(threads.map((thread) => thread.stop()))
    },
  }
}

const FAILED: PictureLook = { kind: 'failed' }

/** Hands out threads in the order of asking. */
class ThreadLine {
  readonly #idle: PictureThread[]
  readonly #limit: number
  readonly #waiting: ((thread: PictureThread) => void)[] = []
  /** Settled when somebody leaves the line, and replaced by the next one. */
  #departure = Promise.withResolvers<void>()

  constructor(threads: readonly PictureThread[], limit: number) {
    this.#idle = [...threads]
    this.#limit = limit
  }

  get waiting(): number {
    return this.#waiting.length
  }

  async take(signal: AbortSignal): Promise<PictureThread> {
    while (this.#waiting.length >= this.#limit) await orAborted(this.#departure.promise, signal)
    signal.throwIfAborted()
    const idle = this.#idle.pop()
    if (idle !== undefined) return idle
    const { promise, resolve } = Promise.withResolvers<PictureThread>()
    this.#waiting.push(resolve)
    try {
      return await orAborted(promise, signal)
    } catch (reason) {
      // A thread that was handed over in the same moment goes on to the next in line.
      if (!this.#leave(resolve)) this.giveBack(await promise)
      throw reason
    }
  }

  giveBack(thread: PictureThread): void {
    const next = this.#waiting[0]
    if (next === undefined) {
      this.#idle.push(thread)
      return
    }
    this.#leave(next)
    next(thread)
  }

  #leave(waiting: (thread: PictureThread) => void): boolean {
    const at = this.#waiting.indexOf(waiting)
    if (at === -1) return false
    this.#waiting.splice(at, 1)
    this.#departure.resolve()
    this.#departure = Promise.withResolvers()
    return true
  }
}

function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason)
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener('abort', abort))
}
