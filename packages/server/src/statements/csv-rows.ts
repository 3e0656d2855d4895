// The rows of a CSV file, in whichever alphabet and with whichever separator it was saved.

import { isUtf8 } from 'node:buffer'
import { parse } from 'csv-parse/sync'
import type { TableRead } from '../ports/statement-reader.ts'
import { CELL_CHARACTERS, COLUMNS_LIMIT, ROWS_LIMIT } from './limits.ts'

const SEPARATORS = [';', ',', '\t'] as const
/** The table is seen by then, whatever stands above it. */
const LOOK_ROWS = 60
const LONGEST_RECORD = 64 * 1024

/** @throws whatever the library makes of a text that is no CSV */
export function csvRows(file: Buffer): TableRead {
  const text = decoded(file)
  if (text === null) return { kind: 'not_a_table' }
  const rows = parsed(text, separatorOf(text), ROWS_LIMIT + 1)
  if (rows.length > ROWS_LIMIT) return { kind: 'too_large' }
  return {
    kind: 'rows',
    rows: rows.map((cells) =>
      cells.slice(0, COLUMNS_LIMIT).map((cell) => cell.slice(0, CELL_CHARACTERS).trim()),
    ),
  }
}

function parsed(text: string, separator: string, rows: number): string[][] {
  return parse(text, {
    delimiter: separator,
    to: rows,
    max_record_size: LONGEST_RECORD,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  })
}

/** The one that parts the most cells of the table: a comma inside sums parts some, but fewer. */
function separatorOf(text: string): string {
  const width = (separator: string) => {
    try {
      const widths = parsed(text, separator, LOOK_ROWS).map(({ length }) => length)
      return widths.toSorted((a, b) => b - a)[Math.floor(widths.length / 4)] ?? 0
    } catch {
      return 0
    }
  }
  const [first] = SEPARATORS.toSorted((a, b) => width(b) - width(a))
  return first ?? ';'
}

/** By its mark, or as UTF-8 where that is possible, or as Windows spells Cyrillic. Null for no text. */
function decoded(file: Buffer): string | null {
  const text = new TextDecoder(encodingOf(file)).decode(file)
  return text.includes('\0') ? null : text
}

function encodingOf(file: Buffer): string {
  const [first, second] = file
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (isUtf8(file)) return 'utf-8'
  return 'windows-1251'
}
