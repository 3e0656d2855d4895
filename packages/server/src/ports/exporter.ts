// What the ways in need of exports: a list of any length as a file that is written while it is read.

import type { Readable } from 'node:stream'
import type { Scope } from '@byfly-pay/core'
import type { DayReport } from './day-store.ts'
import type { LedgerFilter } from './payment-ledger.ts'

export type ExportFormat = 'csv' | 'xlsx'

/** Plain data: it is handed over to another thread. */
export interface ExportOrder {
  readonly format: ExportFormat
  readonly scope: Scope
  readonly filter: LedgerFilter
  /** Whether phones, e-mails and names are written whole. */
  readonly showsCustomers: boolean
  /** Zone of the times in the file (T1). */
  readonly zone: string
}

export interface Exporter {
  /**
   * Resolves when the first rows are read. The file's bytes are made as they are read; destroying it ends
   * the work. Null when as many are being written as may be.
   *
   * @throws QueryTooWide when even the first rows take longer than a list may
   */
  open(order: ExportOrder): Promise<Readable | null>
  /** A day's report, which is never long, as a whole file. */
  writeDay(report: DayReport, format: ExportFormat): Promise<Uint8Array>
  /** Ends what is being written. */
  close(): Promise<void>
}
