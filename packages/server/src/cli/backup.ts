// `byfly backup | restore`: the whole database into a folder, and out of it into an empty database.

import { formatTenge } from '@byfly-pay/core'
import { restoreBackup } from '../backups/restore-backup.ts'
import { type Backup, takeBackup } from '../backups/take-backup.ts'
import { type Config, readConfig } from '../config.ts'
import { createLog, type Database } from '../main.ts'
import { type Backups, hasDatabase, joinUnchanged, openBackups } from '../maintenance/backups.ts'
import { adoptRestored } from '../payments/doubt-books.ts'
import type { BackupManifest } from '../ports/backup-folder.ts'
import type { BookSums } from '../ports/backup-store.ts'
import { cliActor } from './actor.ts'
import { complain, say, sayJson, sayTable } from './output.ts'
import { CommandError, withCentre } from './with-centre.ts'

const MEGABYTE = 1_048_576

/** The database as it is: a backup before an upgrade must not begin with the upgrade. */
export async function withDatabase<T>(
  work: (backups: Backups, database: Database, config: Config) => Promise<T>,
  may: { readonly begin?: true } = {},
): Promise<T> {
  const config = readConfig(process.env)
  if (may.begin !== true && !hasDatabase(config)) {
    throw new CommandError(`В папке данных ${config.dataDir} базы ещё нет`)
  }
  const database = await joinUnchanged(config, createLog({ ...config, logLevel: 'error' }))
  try {
    return await work(openBackups(database), database, config)
  } finally {
    await database.stop()
  }
}

export async function takeBackupNow(
  folder: string,
  flags: { readonly json?: boolean },
): Promise<void> {
  const backup = await withDatabase(async ({ newFolder, source }) =>
    takeBackup(source, await newFolder(folder)),
  )
  if (flags.json === true) return sayJson({ folder, sha256: backup.hash, ...backup.manifest })
  sayBackup(folder, backup)
}

function sayBackup(folder: string, { hash, manifest }: Backup): void {
  const { migrations, sums, tables, takenAt, walPosition } = manifest
  const bytes = tables.reduce((all, table) => all + table.bytes, 0)
  say(
    `Копия на ${takenAt} (WAL ${walPosition}, схема ${migrations.at(-1)?.version ?? 0}): ${folder}`,
  )
  say(
    `Таблиц ${tables.length}, строк ${rowsOf(manifest)}, ${(bytes / MEGABYTE).toFixed(1)} МБ до сжатия.`,
  )
  for (const { captures, currency, gross } of sums.captures) {
    say(`Снято ${formatTenge(BigInt(gross))} (${currency}), списаний ${captures}.`)
  }
  say(`sha256 манифеста: ${hash}`)
  if (sums.unbalanced === 0) say('Проводки сходятся в нуль.')
  else complain(`Внимание: наборов проводок не в нуль ${sums.unbalanced}. Копия снята как есть.`)
}

function rowsOf({ tables }: BackupManifest): number {
  return tables.reduce((all, { rows }) => all + rows, 0)
}

export async function restoreBackupNow(folder: string): Promise<void> {
  const { manifest, rows, sums } = await withDatabase(
    ({ folderAt, target }) => restoreBackup(folderAt(folder), target),
    { begin: true },
  )
  say(`База наполнена копией на ${manifest.takenAt}. Таблицы совпали с файлами до байта.`)
  sayTable(
    ['сверено', 'в копии', 'в базе'],
    [
      ['строк', String(rowsOf(manifest)), String(rows)],
      ...linesOf(manifest.sums).map(([what, sum], at) => [
        what,
        sum,
        linesOf(sums)[at]?.[1] ?? '—',
      ]),
    ],
  )
  // Brings the schema up to this program, too; what is asked again are the centre's own watchers' to ask.
  await withCentre(async (centre) => {
    const terminals = await adoptRestored(centre, cliActor(), Date.parse(manifest.takenAt))
    say(`Открыто задач: ${terminals}, по одной на терминал: что он взял после ${manifest.takenAt}.`)
    say('Что было открыто в книгах, центр доспросит сам после запуска.')
  })
}

/** A line for each sum: what it is, and how much. */
export function linesOf({ accounts, captures, unbalanced }: BookSums): [string, string][] {
  return [
    ...captures.map(({ currency, gross }): [string, string] => [
      `снято, ${currency}`,
      formatTenge(BigInt(gross)),
    ]),
    ...accounts.map(({ account, currency, sum }): [string, string] => [
      `${account}, ${currency ?? 'в архиве'}`,
      formatTenge(BigInt(sum)),
    ]),
    ['проводок не в нуль', String(unbalanced)],
  ]
}
