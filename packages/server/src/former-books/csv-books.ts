// The books of an earlier centre as a folder of CSV files (RFC 4180, UTF-8, a heading in the first line), read
// as streams.

import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Options } from 'csv-parse'
import type { FormerBooks, FormerFiles, FormerRow } from '../ports/former-books.ts'
import { OperatorError } from '../ports/operator-error.ts'

const BATCH_ROWS = 500
const LONGEST_RECORD = 1024 * 1024

export function openCsvBooks(folder: string, files: FormerFiles): FormerBooks {
  return {
    rows: (table, columns) => read(join(folder, `${table}.csv`), columns, files),
    close: async () => {},
  }
}

async function* read(
  file: string,
  columns: readonly string[],
  { delimiter, empty }: FormerFiles,
): AsyncGenerator<readonly FormerRow[]> {
  await access(file).catch((error: Error) => {
    throw new OperatorError(`Файл ${file} не читается: ${error.message}`)
  })
  // Read by an import alone, so that a running centre does not hold it.
  const { parse } = await import('csv-parse')
  const nothing = new Set(['', ...empty])
  const options: Options = { bom: true, columns: true, delimiter, max_record_size: LONGEST_RECORD }
  const records = createReadStream(file).pipe(parse(options))
  let batch: FormerRow[] = []
  try {
    for await (const record of records as AsyncIterable<Record<string, string>>) {
      const row = columns.map((column) => [column, cellOf(record, column, file, nothing)] as const)
      batch.push(Object.fromEntries(row))
      if (batch.length === BATCH_ROWS) {
        yield batch
        batch = []
      }
    }
  } catch (error) {
    if (error instanceof OperatorError) throw error
    throw new OperatorError(`Файл ${file}: ${(error as Error).message}`)
  }
  if (batch.length > 0) yield batch
}

function cellOf(
  record: Readonly<Record<string, string>>,
  column: string,
  file: string,
  nothing: ReadonlySet<string>,
): string | null {
  const cell = record[column]
  if (cell === undefined) throw new OperatorError(`В файле ${file} нет столбца «${column}»`)
  return nothing.has(cell) ? null : cell
}
