// Reads files of the bank's in a thread of their own, so that nothing in them can hold up or take down the
// centre: it has a heap, a time, and no secrets.

import { Worker } from 'node:worker_threads'
import type { StatementReader, TableRead } from '../ports/statement-reader.ts'
import { HEAP_MEGABYTES, READ_MS } from './limits.ts'

export function createStatementReader(readMs = READ_MS): StatementReader {
  return { read: (file) => readIn(new Uint8Array(file).buffer, readMs) }
}

async function readIn(file: ArrayBuffer, readMs: number): Promise<TableRead> {
  const { promise, resolve } = Promise.withResolvers<TableRead>()
  const worker = new Worker(new URL('thread.ts', import.meta.url), {
    workerData: file,
    transferList: [file],
    env: {},
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  })
  const isStuck = setTimeout(resolve, readMs, { kind: 'too_large' })
  worker
    .once('message', resolve)
    // Out of its heap, mostly.
    .once('error', () => resolve({ kind: 'too_large' }))
    .once('exit', () => resolve({ kind: 'not_a_table' }))
  try {
    return await promise
  } finally {
    clearTimeout(isStuck)
    await worker.terminate()
  }
}
