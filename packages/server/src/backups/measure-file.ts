// Whether a file of a backup is still the one that its manifest tells of.

import { measure } from '../months/measure.ts'
import type { ArchivedTable } from '../ports/archive-folder.ts'
import type { BackupReader } from '../ports/backup-folder.ts'
import { OperatorError } from '../ports/operator-error.ts'

/** @throws OperatorError when it is not */
export async function measureFile(
  folder: Pick<BackupReader, 'lines'>,
  { columns, file, rows, sha256 }: ArchivedTable,
): Promise<void> {
  const read = await measure(folder.lines(file), columns)
  if (read.sha256 === sha256) return
  throw new OperatorError(
    `Копия повреждена: ${file} не тот, что был записан, строк ${read.rows} вместо ${rows}`,
  )
}
