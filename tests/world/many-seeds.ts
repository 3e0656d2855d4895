// Many seeds, each in a thread that has nothing else to do. The everyday tests run theirs so too: a test runner
// follows every promise of its own thread, which makes a world several times as slow.

import { Worker } from 'node:worker_threads'
import type { Came, Task } from './worker.ts'

export interface Many {
  readonly seed: number
  readonly histories: number
  readonly events: number
  readonly workers: number
  /** Whether every thirtieth is lived over PostgreSQL; the threads find the test server by themselves. */
  readonly hasServer: boolean
}

/** Each thread takes the next seed when it is done with one, since they take very different times. */
export async function runMany(many: Many, tell: (came: Came) => void): Promise<void> {
  const { events, hasServer, histories, seed, workers } = many
  const afterLast = seed + histories
  let next = seed
  const workerData: Task = { events, hasServer }
  await Promise.all(
    Array.from({ length: Math.min(workers, histories) }, () => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData })
      const handOut = () => {
        worker.postMessage(next < afterLast ? next : null)
        next += 1
      }
      worker.on('message', (came: Came) => {
        tell(came)
        handOut()
      })
      handOut()
      return new Promise((resolve, reject) => {
        worker.once('exit', resolve)
        worker.once('error', reject)
      })
    }),
  )
}
