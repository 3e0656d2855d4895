// What every part of one import works with, and where it says what it could not bring over.

import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { FormerBooks } from '../ports/former-books.ts'
import type { Mapping } from './mapping.ts'

/** A line of the file of reasons; `detail` holds nothing that a customer said. */
export interface NotedRow {
  readonly table: 'sources' | 'terminals' | 'payments' | 'history'
  readonly key: string
  readonly what: 'refused' | 'left_out'
  readonly code: string
  readonly detail: string
}

export interface ImportRun {
  readonly centre: Centre
  readonly acting: Acting
  readonly mapping: Mapping
  readonly books: FormerBooks
  /** Reads and checks everything, writes nothing. */
  readonly isDryRun: boolean
  readonly note: (row: NotedRow) => Promise<void>
}
