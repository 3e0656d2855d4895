// Where a reading thread begins: one picture in, one look out, in turn. What it cannot survive ends the
// thread, and the other side starts another.

import { parentPort, workerData } from 'node:worker_threads'
import { readPicture } from './read-picture.ts'

/** What the other side sends for each picture. */
export interface PictureTask {
  readonly picture: Uint8Array
  readonly secondTriesMs: number
}

parentPort?.on('message', async ({ picture, secondTriesMs }: PictureTask) => {
  parentPort?.postMessage(await readPicture(picture, workerData, secondTriesMs))
})
