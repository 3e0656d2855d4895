// Where the reading thread begins: one file in, its rows out. What it cannot survive ends the thread alone.

import { parentPort, workerData } from 'node:worker_threads'
import type { TableRead } from '../ports/statement-reader.ts'
import { csvRows } from './csv-rows.ts'
import { xlsxRows } from './xlsx-rows.ts'

async function readTable(file: Buffer): Promise<TableRead> {
  try {
    const isZip = file.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))
    return isZip ? await xlsxRows(file) : csvRows(file)
  } catch {
    return { kind: 'not_a_table' }
  }
}

parentPort?.postMessage(await readTable(Buffer.from(workerData as ArrayBuffer)))
