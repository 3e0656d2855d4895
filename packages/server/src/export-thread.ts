// Where the thread of one export begins: it wires the lists of the database to a file, as main.ts wires the
// centre, writes that file and ends. Whatever goes wrong ends it, and is told on the other side.

import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { ExportBegin, ExportTask } from './exports/export-task.ts'
import { type Batches, FILE_WRITERS } from './exports/files.ts'
import { everyPayment } from './payments/every-payment.ts'
import type { Log } from './ports/log.ts'
import { QueryTooWide } from './ports/query-too-wide.ts'
import { ledgerPages } from './storage/payment-ledger.ts'
import { openWideReads } from './storage/wide-reads.ts'

/** A connection that breaks breaks the file, which says it all. */
const SILENT: Log = { info() {}, warn() {}, error() {} }

const { file, order, url } = workerData as ExportTask
const wide = openWideReads({ url, log: SILENT, connections: 1 })
try {
  const batches = await begun(everyPayment(ledgerPages(wide.session), order))
  say(batches === null ? 'too_wide' : 'begun')
  if (batches !== null) {
    await pipeline(FILE_WRITERS[order.format](batches, order.zone), Writable.fromWeb(file))
  }
} finally {
  await wide.close()
}

function say(begin: ExportBegin): void {
  parentPort?.postMessage(begin)
}

/** The first batch is read while a refusal can still be sent instead of a file; null for a refusal. */
async function begun(batches: ReturnType<typeof everyPayment>): Promise<Batches | null> {
  try {
    const first = await batches.next()
    return (async function* () {
      if (first.done !== true) yield first.value
      yield* batches
    })()
  } catch (error) {
    if (error instanceof QueryTooWide) return null
    throw error
  }
}
