// Where a reading thread begins: one picture in, one look out, in turn. What it cannot survive ends the
// thread, and the other side starts another.

import { parentPort, workerData } from 'node:worker_threads'
import { readPicture } from './read-picture.ts'

parentPort?.on('message', async (picture: Uint8Array) => {
  parentPort?.postMessage(await readPicture(picture, workerData))
})
