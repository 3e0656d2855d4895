// The rows of an XLSX file's first sheet as the texts that a person sees there.

import { streamXlsxRows } from 'hucre/xlsx'
import type { TableRead } from '../ports/statement-reader.ts'
import { CELL_CHARACTERS, COLUMNS_LIMIT, ROWS_LIMIT } from './limits.ts'
import { isWithinBounds } from './zip-bounds.ts'

/** How many digits a sheet keeps of a number; what stands behind them is noise of its arithmetic. */
const SHEET_DIGITS = 15
const HALF_SECOND_MS = 500

/** @throws whatever the library makes of a damaged file */
export async function xlsxRows(file: Buffer): Promise<TableRead> {
  if (!isWithinBounds(file)) return { kind: 'too_large' }
  const rows: string[][] = []
  for await (const { values } of streamXlsxRows(file)) {
    if (rows.length >= ROWS_LIMIT) return { kind: 'too_large' }
    const cells = values.slice(0, COLUMNS_LIMIT).map(textOf)
    if (cells.some((cell) => cell !== '')) rows.push(cells)
  }
  return { kind: 'rows', rows }
}

function textOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.slice(0, CELL_CHARACTERS).trim()
    case 'number':
      return numberText(value)
    default:
      return value instanceof Date ? dateText(value) : ''
  }
}

/** A whole number beyond what a sheet keeps has lost digits, and is shown as none: e+ is no number here. */
function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) >= 10 ** SHEET_DIGITS) return value.toExponential()
  return String(Number(value.toPrecision(SHEET_DIGITS)))
}

/** A sheet's times have no zone: they come as if they were UTC, off by a fraction of a second. */
function dateText(value: Date): string {
  const ms = value.getTime() + HALF_SECOND_MS
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}
