// Wires a rehearsal of an upgrade: the real database as the source, another one for the copy.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { backupFolder, newBackupFolder } from '../archives/backup-folder.ts'
import type { RehearsalParts } from '../backups/rehearse-upgrade.ts'
import type { Config } from '../config.ts'
import type { Database } from '../main.ts'
import type { Log } from '../ports/log.ts'
import { systemRandom } from '../random.ts'
import { backupSource } from '../storage/backup-source.ts'
import { openThrowaway } from '../storage/embedded/throwaway-database.ts'
import { restoreTarget } from '../storage/restore-target.ts'
import { createBeside, type ScratchDatabase } from '../storage/scratch-database.ts'
import { pendingMigrations, upgradeStage } from '../storage/upgrade-stage.ts'

export interface OpenRehearsal {
  readonly parts: RehearsalParts
  /** Where the copy is, as people know it. */
  readonly place: string
  /** The copy goes, unless somebody named its database. */
  close(): Promise<void>
}

/** @returns the names of the migrations that this program would apply */
export function pendingOf({ ownerUrl }: Pick<Database, 'ownerUrl'>): Promise<string[]> {
  return pendingMigrations(ownerUrl)
}

/** @param scratchUrl an empty database for the copy; null to make one */
export async function openRehearsal(
  config: Config,
  database: Database,
  scratchUrl: string | null,
  log: Log,
): Promise<OpenRehearsal> {
  const scratch = await openScratch(config, database, scratchUrl, log)
  const copies = join(config.dataDir, 'rehearsal-copy')
  const removeCopies = () => rmSync(copies, { recursive: true, force: true })
  const close = async () => {
    removeCopies()
    await scratch.close()
  }
  try {
    // Of a rehearsal that was killed.
    removeCopies()
    const copy = join(copies, 'copy')
    return {
      parts: {
        source: backupSource(database.ownerUrl),
        writer: await newBackupFolder(copy),
        reader: backupFolder(copy),
        target: restoreTarget(scratch.ownerUrl),
        stage: upgradeStage(scratch.ownerUrl),
      },
      place: scratch.place,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function openScratch(
  { databaseUrl, dataDir }: Config,
  { ownerUrl }: Database,
  scratchUrl: string | null,
  log: Log,
): Promise<ScratchDatabase> {
  if (scratchUrl !== null) {
    return {
      ownerUrl: scratchUrl,
      place: 'база из --scratch, копия в ней осталась',
      close: async () => {},
    }
  }
  if (databaseUrl !== null) return createBeside(ownerUrl, systemRandom)
  const second = await openThrowaway(join(dataDir, 'rehearsal'), log)
  return { ownerUrl: second.ownerUrl, place: 'второй встроенный сервер', close: second.stop }
}
