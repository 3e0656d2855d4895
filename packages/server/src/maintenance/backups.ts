// Opens a database as it is, beside a running centre or without one, and what copies it. It never changes its schema.

import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { backupFolder, newBackupFolder } from '../archives/backup-folder.ts'
import type { Config } from '../config.ts'
import type { Database } from '../main.ts'
import type { BackupReader, BackupWriter } from '../ports/backup-folder.ts'
import type { BackupSource, RestoreTarget } from '../ports/backup-store.ts'
import type { Log } from '../ports/log.ts'
import { backupSource } from '../storage/backup-source.ts'
import { joinEmbeddedDatabase } from '../storage/embedded/join-embedded-database.ts'
import { restoreTarget } from '../storage/restore-target.ts'

/** Whether there is a database to look at: an embedded one is made by the centre's first start. */
export function hasDatabase({ databaseUrl, dataDir }: Config): boolean {
  return databaseUrl !== null || existsSync(join(dataDir, 'postgres.json'))
}

/** Beside a running centre or without one; an embedded database that is not there yet is made, empty. */
export async function joinUnchanged(config: Config, log: Log): Promise<Database> {
  const { databaseOwnerUrl, databaseUrl, dataDir } = config
  if (databaseUrl === null) return joinEmbeddedDatabase({ dataDir, log })
  return { url: databaseUrl, ownerUrl: databaseOwnerUrl ?? databaseUrl, stop: async () => {} }
}

export interface Backups {
  readonly source: BackupSource
  readonly target: RestoreTarget
  newFolder(path: string): Promise<BackupWriter>
  folderAt(path: string): BackupReader
}

export function openBackups({ ownerUrl }: Pick<Database, 'ownerUrl'>): Backups {
  return {
    source: backupSource(ownerUrl),
    target: restoreTarget(ownerUrl),
    newFolder: (path) => newBackupFolder(resolve(path)),
    folderAt: (path) => backupFolder(resolve(path)),
  }
}
