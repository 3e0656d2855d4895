// A backup as it lies outside of the database: a file for each table, and a manifest that says what
// must be in them.

import type { ArchivedTable } from './archive-folder.ts'
import type { BookSums, SchemaVersion, SequenceState } from './backup-store.ts'

export interface BackupManifest {
  /** Of the backup's form, not of the schema. */
  readonly format: 1
  /** ISO 8601, UTC: everything that was committed by then is in it. */
  readonly takenAt: string
  /** Where the write-ahead log stood. */
  readonly walPosition: string
  readonly serverVersion: string
  /** Of the database, the oldest first. */
  readonly migrations: readonly SchemaVersion[]
  /** In the order in which foreign keys let them be loaded. */
  readonly tables: readonly ArchivedTable[]
  /** First days of the months that have partitions. */
  readonly months: readonly string[]
  /** Tables of archived months that were kept in the database beside their parent. */
  readonly detached: readonly { readonly name: string; readonly parent: string }[]
  /** Tables of months that nobody may write to. */
  readonly sealed: readonly string[]
  readonly sequences: readonly SequenceState[]
  readonly sums: BookSums
}

export interface BackupWriter {
  /** @returns the name of the file, which is on the disk by then */
  write(table: string, lines: AsyncIterable<Buffer>): Promise<string>
  lines(file: string): AsyncIterable<Buffer>
  /** Only from here on is there a backup under its name. @returns the hash of the manifest, in hex */
  finish(manifest: BackupManifest): Promise<string>
  /** Nothing remains of one that is not finished. */
  discard(): Promise<void>
}

export interface BackupReader {
  /** @throws OperatorError where there is none, or not the one that was written */
  manifest(): Promise<BackupManifest>
  /** @throws OperatorError while reading when the file is gone or damaged */
  lines(file: string): AsyncIterable<Buffer>
}
