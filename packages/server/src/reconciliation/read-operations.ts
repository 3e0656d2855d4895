// The operations of a table whose columns are known. A row that cannot be read for certain refuses the whole
// file: a statement with a hole would show money as missing that is there.

import {
  localTime,
  readStatementRow,
  type StatementField,
  type StatementRow,
} from '@byfly-pay/core'
import type { Heading, NewOperation } from '../ports/statement-store.ts'

export interface RowFault {
  /** As people count them, in the file, from 1 after the heading. */
  readonly row: number
  readonly field: StatementField
}

export type ReadOperations =
  | { readonly kind: 'operations'; readonly operations: readonly NewOperation[] }
  | { readonly kind: 'faulty'; readonly faults: readonly RowFault[] }

const FAULTS_LIMIT = 20

export function readOperations(
  rows: readonly (readonly string[])[],
  { cells, columns, products }: Heading,
  zone: string,
): ReadOperations {
  const places = Object.entries(columns).map(
    ([field, cell]) => [field, cells.indexOf(cell)] as const,
  )
  const faults: RowFault[] = []
  const operations = new Map<string, NewOperation>()
  const alike = new Map<string, number>()
  for (const [n, row] of rows.entries()) {
    const read = readStatementRow(
      Object.fromEntries(places.map(([field, place]) => [field, row[place] ?? ''])),
      zone,
    )
    if (read.kind === 'fault') faults.push({ row: n + 1, field: read.field })
    if (faults.length >= FAULTS_LIMIT) break
    if (read.kind !== 'row') continue
    const operation = { ...read.row, method: methodOf(read.row, products) }
    const key = keyOf(operation, alike, zone)
    operations.set(`${operation.move} ${key}`, { ...operation, key })
  }
  if (faults.length > 0) return { kind: 'faulty', faults }
  return { kind: 'operations', operations: [...operations.values()] }
}

function methodOf({ product }: StatementRow, products: Heading['products']): string | null {
  if (product === null) return null
  const word = product.toLowerCase()
  return Object.hasOwn(products, word) ? (products[word] ?? null) : null
}

/**
 * What an operation is known by, whichever file shows it: an rrn may return on another day (protocol,
 * rule 7), and of those without a number several may be alike.
 */
function keyOf(row: StatementRow, alike: Map<string, number>, zone: string): string {
  const { device, fromMs, move, tiyn } = row
  const number = row.number ?? row.rrn
  if (number !== null) {
    return [number, localTime(fromMs, zone).slice(0, 10), tiyn, device ?? ''].join('|')
  }
  const same = ['', localTime(fromMs, zone), tiyn, device ?? ''].join('|')
  const before = alike.get(`${move} ${same}`) ?? 0
  alike.set(`${move} ${same}`, before + 1)
  return `${same}|${before + 1}`
}
