// Fills an empty database with a backup: files checked first, then loaded, copied out again and compared, all in
// one transaction. What does not agree to the byte and to the tiyn leaves the database as empty as it was.

import { measure } from '../months/measure.ts'
import type { BackupManifest, BackupReader } from '../ports/backup-folder.ts'
import type { BookSums, RestoreTarget } from '../ports/backup-store.ts'
import { OperatorError } from '../ports/operator-error.ts'
import { measureFile } from './measure-file.ts'

export interface RestoredBooks {
  readonly manifest: BackupManifest
  /** Counted in the new database, as the sums are. */
  readonly rows: number
  readonly sums: BookSums
}

export async function restoreBackup(
  folder: BackupReader,
  target: RestoreTarget,
): Promise<RestoredBooks> {
  const manifest = await folder.manifest()
  for (const table of manifest.tables) await measureFile(folder, table)
  return target.fill(async (books) => {
    await books.build(manifest)
    for (const table of manifest.tables) await books.load(table, folder.lines(table.file))
    let rows = 0
    for (const { columns, name, sha256 } of manifest.tables) {
      const loaded = await measure(books.copyOut({ columns, name }), columns)
      if (loaded.sha256 !== sha256) throw unlike(`таблица ${name}`)
      rows += loaded.rows
    }
    const sums = await books.sums()
    if (!isSame(sums, manifest.sums)) throw unlike('суммы')
    await books.finish(manifest)
    return { manifest, rows, sums }
  })
}

export function isSame(a: BookSums, b: BookSums): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function unlike(what: string): OperatorError {
  return new OperatorError(`Загруженное не сошлось с копией: ${what}. База осталась пустой`)
}
