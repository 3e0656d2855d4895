// Payments as a file, written while they are read: nothing of it is ever whole in memory, and a reader who
// is slow or gone makes the next batch wait or stay unread.

import { Readable } from 'node:stream'
import { localTime, TIYN_PER_TENGE } from '@byfly-pay/core'
import { type CellValue, type ColumnDef, writeXlsxStream } from 'hucre/xlsx'
import type { ExportFormat } from '../ports/exporter.ts'
import type { LedgerLine } from '../ports/payment-ledger.ts'
import { type Column, exportColumns } from './columns.ts'
import { BYTE_ORDER_MARK, csvLine, csvNumber, csvText } from './csv.ts'

export type Batches = AsyncIterable<readonly LedgerLine[]>

/** How each kind of file is written; times in it are of `zone`. */
export const FILE_WRITERS: Readonly<
  Record<ExportFormat, (batches: Batches, zone: string) => Readable>
> = {
  csv: (batches, zone) => Readable.from(csvChunks(batches, zone), { objectMode: false }),
  xlsx: (batches, zone) => Readable.fromWeb(xlsxStream(batches, zone)),
}

async function* csvChunks(batches: Batches, zone: string): AsyncGenerator<string> {
  const columns = exportColumns(zone)
  yield BYTE_ORDER_MARK + csvLine(columns.map(({ title }) => csvText(title)))
  for await (const lines of batches) {
    if (lines.length === 0) continue
    yield lines
      .map((line) => csvLine(columns.map((column) => csvField(column, line, zone))))
      .join('')
  }
}

function csvField(column: Column, line: LedgerLine, zone: string): string {
  switch (column.kind) {
    case 'text':
      return csvText(column.of(line) ?? '')
    case 'sum': {
      const tiyn = column.of(line)
      return csvNumber(tiyn / TIYN_PER_TENGE, tiyn % TIYN_PER_TENGE)
    }
    case 'moment': {
      const at = column.of(line)
      return at === null ? '' : localTime(at, zone)
    }
  }
}

const FORMATS: Readonly<Record<Column['kind'], Pick<ColumnDef, 'numFmt' | 'width'>>> = {
  text: { width: 24 },
  sum: { width: 16, numFmt: '#,##0.00' },
  moment: { width: 20, numFmt: 'yyyy-mm-dd hh:mm:ss' },
}

function xlsxStream(batches: Batches, zone: string) {
  const columns = exportColumns(zone)
  return writeXlsxStream(xlsxRows(batches, columns, zone), {
    name: 'Платежи',
    columns: columns.map(({ kind, title }) => ({ header: title, ...FORMATS[kind] })),
    freezePane: { rows: 1 },
  })
}

async function* xlsxRows(
  batches: Batches,
  columns: readonly Column[],
  zone: string,
): AsyncGenerator<CellValue[]> {
  for await (const lines of batches) {
    for (const line of lines) yield columns.map((column) => xlsxCell(column, line, zone))
  }
}

/** A text is a text there: nothing of it is calculated. */
function xlsxCell(column: Column, line: LedgerLine, zone: string): CellValue {
  switch (column.kind) {
    case 'text':
      return column.of(line)
    case 'sum':
      return Number(column.of(line)) / Number(TIYN_PER_TENGE)
    case 'moment': {
      const at = column.of(line)
      // A sheet's times have no zone: the local one is written as if it were UTC.
      return at === null ? null : new Date(`${localTime(at, zone).replace(' ', 'T')}Z`)
    }
  }
}
