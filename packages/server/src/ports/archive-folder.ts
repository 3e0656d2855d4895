// The folder that one month is archived in: a file for each table, and the manifest that vouches for them.

import type { Month, Tally } from './month-store.ts'

export interface ArchivedTable extends Tally {
  readonly name: string
  readonly file: string
  readonly columns: readonly string[]
  readonly bytes: number
  /** Of the file, in hex. */
  readonly sha256: string
}

export interface Manifest {
  /** Of the archive's form, not of the schema. */
  readonly format: 1
  readonly month: Month
  /** The newest migration of the database that it was copied from. */
  readonly schemaVersion: number
  readonly tables: readonly ArchivedTable[]
}

/** What is learnt of a table's text by reading it. */
export type Measure = Pick<ArchivedTable, 'rows' | 'sums' | 'bytes' | 'sha256'>

export interface ArchiveFolder {
  /** Writes a table's text to disk, whole or not at all. @returns the file's name */
  write(table: string, lines: AsyncIterable<Buffer>): Promise<string>
  lines(file: string): AsyncIterable<Buffer>
  /** @throws OperatorError when it is there and is none */
  manifest(): Promise<{ readonly manifest: Manifest; readonly hash: string } | null>
  /** @returns the hash of its text, in hex */
  writeManifest(manifest: Manifest): Promise<string>
}
