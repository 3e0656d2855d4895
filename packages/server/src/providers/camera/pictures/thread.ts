// Where a reading thread begins: one picture in, one look out, in turn. What it cannot survive ends the
// thread, and the other side starts another.

import { parentPort, workerData } from 'node:worker_threads'
import { readPicture } from './read-picture.ts'
import { showPicture } from './show-picture.ts'

/** What the other side sends for each picture. */
export interface PictureTask {
  readonly picture: Uint8Array
  readonly secondTriesMs: number
  /** The frame is made too, small enough to be kept and looked at. */
  readonly shows: boolean
}

parentPort?.on('message', async ({ picture, secondTriesMs, shows }: PictureTask) => {
  const read = shows ? showPicture : readPicture
  parentPort?.postMessage(await read(picture, workerData, secondTriesMs))
})
