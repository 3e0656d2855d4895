// Each export has a thread of its own with a bounded heap: a million rows neither delay the payments of this
// instance nor fill its memory, and one that goes wrong takes only itself along.

import { once } from 'node:events'
import { Readable } from 'node:stream'
import { TransformStream } from 'node:stream/web'
import { Worker } from 'node:worker_threads'
import type { Exporter, ExportOrder } from '../ports/exporter.ts'
import type { Log } from '../ports/log.ts'
import { QueryTooWide } from '../ports/query-too-wide.ts'
import { writeDay } from './day-file.ts'
import type { ExportBegin, ExportTask } from './export-task.ts'

/** Each keeps a core busy while somebody reads. */
const AT_ONCE_LIMIT = 2

/** About 30 MB of it are alive; left alone, garbage would lie until there are some 200 MB. */
const HEAP = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 }

export interface ExportThreadsOptions {
  /** Where a thread begins. */
  readonly thread: URL
  /** Database that lists are read from. */
  readonly url: string
  readonly log: Log
}

export function openExportThreads({ log, thread, url }: ExportThreadsOptions): Exporter {
  const running = new Set<Worker>()

  function start(order: ExportOrder): { worker: Worker; file: Readable } {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const task: ExportTask = { order, url, file: writable }
    const worker = new Worker(thread, {
      workerData: task,
      transferList: [writable],
      resourceLimits: HEAP,
    })
    const file = Readable.fromWeb(readable)
    running.add(worker)
    worker.once('error', (error) => {
      log.error({ error: error.message }, 'Выгрузка оборвалась')
      file.destroy(error)
    })
    worker.once('exit', () => running.delete(worker))
    // A reader who leaves must not be written for.
    file.once('close', () => {
      if (!file.readableEnded) void worker.terminate()
    })
    return { worker, file }
  }

  return {
    writeDay,
    async open(order) {
      if (running.size >= AT_ONCE_LIMIT) return null
      const { file, worker } = start(order)
      const [begin] = (await Promise.race([
        once(worker, 'message'),
        once(worker, 'exit').then(() => [null]),
      ])) as [ExportBegin | null]
      if (begin === 'begun') return file
      file.destroy()
      throw begin === null ? new Error('Выгрузка остановлена') : new QueryTooWide('export')
    },
    async close() {
      await Promise.all([...running].map((worker) => worker.terminate()))
    },
  }
}
