// An upgrade on a copy: the database is copied as a backup is, filled into another one, upgraded there and counted
// again. The real one is only read.

import type { BackupReader, BackupWriter } from '../ports/backup-folder.ts'
import type { BackupSource, BookSums, RestoreTarget } from '../ports/backup-store.ts'
import type { RehearsedMigration, UpgradeStage } from '../ports/upgrade-store.ts'
import { isSame, restoreBackup } from './restore-backup.ts'
import { takeBackup } from './take-backup.ts'

export interface RehearsalParts {
  readonly source: BackupSource
  readonly writer: BackupWriter
  readonly reader: BackupReader
  readonly target: RestoreTarget
  readonly stage: UpgradeStage
}

export interface Rehearsal {
  readonly takenAt: string
  readonly rows: number
  readonly steps: readonly RehearsedMigration[]
  readonly before: BookSums
  readonly after: BookSums
  /** Whether the books come to the same, and every set of postings to zero. */
  readonly isSound: boolean
}

export async function rehearseUpgrade(parts: RehearsalParts): Promise<Rehearsal> {
  const { reader, source, stage, target, writer } = parts
  await takeBackup(source, writer)
  const { manifest, rows, sums: before } = await restoreBackup(reader, target)
  const steps = await stage.upgrade()
  const after = await stage.sums()
  return {
    takenAt: manifest.takenAt,
    rows,
    steps,
    before,
    after,
    isSound: isSame(before, after) && after.unbalanced === 0,
  }
}
