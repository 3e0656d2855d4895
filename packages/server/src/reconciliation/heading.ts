// Where a bank's table begins, and which of its columns may hold what. A guess is only shown to a person,
// who names the columns once; then the same heading is known for ever.

import type { StatementColumns, StatementField } from '@byfly-pay/core'
import type { Heading } from '../ports/statement-store.ts'

/** A bank writes its name, an account and a period above the table, hardly more. */
const LOOK_ROWS = 60
const FEWEST_COLUMNS = 3

type Rows = readonly (readonly string[])[]

export type FoundHeading =
  | { readonly kind: 'known'; readonly heading: Heading; readonly rows: Rows }
  | {
      readonly kind: 'unknown'
      readonly cells: readonly string[]
      readonly guess: StatementColumns
      readonly rows: Rows
    }
  | { readonly kind: 'none' }

export function findHeading(rows: Rows, known: readonly Heading[]): FoundHeading {
  const headings = new Map(known.map((heading) => [JSON.stringify(heading.cells), heading]))
  const first = rows.slice(0, LOOK_ROWS)
  for (const [n, row] of first.entries()) {
    const heading = headings.get(JSON.stringify(headingOf(row)))
    if (heading !== undefined) return { kind: 'known', heading, rows: rows.slice(n + 1) }
  }
  const likely = first
    .filter(looksLikeHeading)
    .toSorted((a, b) => wordsFound(b) - wordsFound(a) || b.length - a.length)[0]
  if (likely === undefined) return { kind: 'none' }
  const cells = headingOf(likely)
  return {
    kind: 'unknown',
    cells,
    guess: guessed(cells),
    rows: rows.slice(rows.indexOf(likely) + 1),
  }
}

/** Empty columns at the end come and go with the program that saved the file. */
export function headingOf(row: readonly string[]): readonly string[] {
  const last = row.findLastIndex((cell) => cell.trim() !== '')
  return row.slice(0, last + 1).map((cell) => cell.replace(/\s+/g, ' ').trim())
}

function looksLikeHeading(row: readonly string[]): boolean {
  const cells = row.filter((cell) => cell.trim() !== '')
  return cells.length >= FEWEST_COLUMNS && cells.every((cell) => /\p{L}/u.test(cell))
}

const WORDS: Readonly<Record<StatementField, RegExp>> = {
  number: /номер (операции|заказа|транзакции)|order|transaction id|^id$/i,
  rrn: /rrn|ссылк/i,
  at: /дата|date/i,
  time: /^время|^time/i,
  fee: /комисс|fee/i,
  payout: /к зачислению|к перечислению|выплат|payout/i,
  amount: /сумма|amount/i,
  device: /терминал|устройств|terminal|device/i,
  product: /продукт|способ|product/i,
  operation: /тип|вид операции|операция|type/i,
}

function wordsFound(row: readonly string[]): number {
  return Object.keys(guessed(row)).length
}

/** Each column at most once, the more telling word first. */
function guessed(cells: readonly string[]): StatementColumns {
  const left = new Set(cells.filter((cell) => cell !== ''))
  const guess: Partial<Record<StatementField, string>> = {}
  for (const [field, word] of Object.entries(WORDS) as [StatementField, RegExp][]) {
    const cell = [...left].find((candidate) => word.test(candidate))
    if (cell === undefined) continue
    guess[field] = cell
    left.delete(cell)
  }
  return guess
}
