// One thread that reads one picture at a time. It starts with the first picture and never keeps the
// process alive. A thread that is stuck or dies takes only its own picture with it.

import { Worker } from 'node:worker_threads'
import type { PictureLimits } from './limits.ts'
import type { PictureLook } from './pictures/read-picture.ts'
import type { PictureTask } from './pictures/thread.ts'

/** Most of a picture lies outside this heap; unpacking a large JPEG fills some of it. */
const HEAP_MEGABYTES = 512

export class PictureThread {
  readonly #file: URL
  readonly #limits: PictureLimits
  readonly #shows: boolean
  #worker: Worker | null = null

  constructor(file: URL, limits: PictureLimits, shows: boolean) {
    this.#file = file
    this.#limits = limits
    this.#shows = shows
  }

  /** Takes the bytes away from the caller. Never throws: what goes wrong is a failed look. */
  async read(picture: Uint8Array, secondTriesMs: number): Promise<PictureLook> {
    try {
      this.#worker ??= this.#start()
      const look = await this.#readWith(this.#worker, ownBytes(picture), secondTriesMs)
      if (look !== null) return look
    } catch {
      // No thread to be had, or bytes that cannot be handed over.
    }
    await this.stop()
    return { kind: 'failed' }
  }

  /** Null when the thread died or its time was up. */
  async #readWith(
    worker: Worker,
    picture: Uint8Array<ArrayBuffer>,
    secondTriesMs: number,
  ): Promise<PictureLook | null> {
    const { promise, resolve } = Promise.withResolvers<PictureLook | null>()
    const isStuck = setTimeout(resolve, this.#limits.decodeMs, null)
    const died = () => resolve(null)
    worker.once('message', resolve).once('exit', died)
    try {
      const task: PictureTask = { picture, secondTriesMs, shows: this.#shows }
      worker.postMessage(task, [picture.buffer])
      return await promise
    } finally {
      clearTimeout(isStuck)
      worker.off('message', resolve).off('exit', died)
    }
  }

  async stop(): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    await worker?.terminate()
  }

  #start(): Worker {
    const worker = new Worker(this.#file, {
      workerData: this.#limits,
      // What reads a stranger's bytes is given no secrets, and says nothing on the console. Nobody
      // reads what it says either: a stream that is read keeps the process alive.
      env: {},
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
    })
    worker.on('error', () => {})
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = null
    })
    worker.unref()
    return worker
  }
}

/** A part of a larger buffer cannot be handed over without the rest, so only that is copied. */
function ownBytes(picture: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = picture
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === picture.byteLength
  return isWhole ? new Uint8Array(buffer) : new Uint8Array(picture)
}
