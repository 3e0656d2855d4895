// A thread of the long run: is handed a seed at a time and tells of each what came of it.

import { parentPort, workerData } from 'node:worker_threads'
import type { Failure } from './history.ts'
import { isOverPostgres, runSeed } from './one-seed.ts'

export interface Task {
  readonly events: number
  readonly hasServer: boolean
}

export interface Came {
  readonly seed: number
  readonly isOverPostgres: boolean
  readonly failure: Failure | null
}

const { events, hasServer } = workerData as Task

parentPort?.on('message', async (seed: number | null) => {
  // Worlds leave alarms and connections of dead processes behind; the thread's work is done.
  if (seed === null) process.exit(0)
  const { failure } = await runSeed(seed, events, hasServer)
  const came: Came = { seed, failure, isOverPostgres: hasServer && isOverPostgres(seed) }
  parentPort?.postMessage(came)
})
