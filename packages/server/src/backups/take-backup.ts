// Copies the whole database out at one moment while payments go on. Each file is read again from the disk before
// the backup gets its name, so that a backup is never more than what can be read.

import { meter } from '../months/measure.ts'
import type { ArchivedTable } from '../ports/archive-folder.ts'
import type { BackupManifest, BackupWriter } from '../ports/backup-folder.ts'
import type { BackupSource } from '../ports/backup-store.ts'
import { measureFile } from './measure-file.ts'

export interface Backup {
  readonly manifest: BackupManifest
  /** Of the manifest, in hex. */
  readonly hash: string
}

export async function takeBackup(source: BackupSource, folder: BackupWriter): Promise<Backup> {
  try {
    const manifest = await source.snapshot(async ({ copyOut, facts, tables }) => {
      const copied: ArchivedTable[] = []
      for (const table of tables) {
        const { read, take } = meter(table.columns)
        const file = await folder.write(table.name, passing(copyOut(table), take))
        copied.push({ ...table, file, ...read() })
      }
      return { format: 1, ...facts, tables: copied } as const
    })
    // Not under the snapshot, which holds vacuum back for as long as it lasts.
    for (const table of manifest.tables) await measureFile(folder, table)
    return { manifest, hash: await folder.finish(manifest) }
  } catch (error) {
    await folder.discard()
    throw error
  }
}

async function* passing(
  chunks: AsyncIterable<Buffer>,
  take: (chunk: Buffer) => void,
): AsyncIterable<Buffer> {
  for await (const chunk of chunks) {
    take(chunk)
    yield chunk
  }
}
