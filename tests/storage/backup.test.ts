// A backup of books with every oddity: old months, a month sealed and one detached, texts that a file of lines
// could trip over, numbers that go on. What comes back is the same, trigger for trigger.

import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { backupFolder, newBackupFolder } from '../../packages/server/src/archives/backup-folder.ts'
import { restoreBackup } from '../../packages/server/src/backups/restore-backup.ts'
import { takeBackup } from '../../packages/server/src/backups/take-backup.ts'
import type { BackupWriter } from '../../packages/server/src/ports/backup-folder.ts'
import { backupSource } from '../../packages/server/src/storage/backup-source.ts'
import { openMonths } from '../../packages/server/src/storage/months.ts'
import { restoreTarget } from '../../packages/server/src/storage/restore-target.ts'
import { emptyDatabase, type FreshDatabase } from '../support/database.ts'
import { asSuperuser } from '../support/test-server.ts'
import { closeMonth, MONTH, NEXT_MONTH } from './closed-month.ts'
import { openWorld, type StorageWorld } from './storage-world.ts'

let world: StorageWorld
let empty: FreshDatabase
let folder: string

before(async () => {
  world = await openWorld()
  empty = await emptyDatabase()
  folder = await mkdtemp(join(tmpdir(), 'backup-'))
  const terminalId = await world.addTerminal()
  await closeMonth(world, terminalId)
  await closeMonth(world, terminalId, NEXT_MONTH)
  // Both on their way into an archive: one is sealed, the other's payments lie beside their table already.
  const { close, months } = openMonths(world.database.ownerUrl)
  for (const month of [MONTH, NEXT_MONTH]) {
    await months.transaction((tx) => months.seal(tx, month))
  }
  await months.detach(MONTH, 'payments')
  await close()
})
after(async () => {
  await world.end()
  await empty.drop()
  await rm(folder, { recursive: true })
})

test('every row, partition, seal, trigger and number comes back', async () => {
  const path = join(folder, 'whole')
  const source = backupSource(world.database.ownerUrl)
  const { manifest } = await takeBackup(source, await newBackupFolder(path))
  assert.deepEqual(await readdir(folder), ['whole'])
  assert.deepEqual(manifest.detached, [{ name: 'payments_2025_01', parent: 'payments' }])
  assert.ok(manifest.sealed.includes('payments_2025_02'))
  const target = restoreTarget(empty.ownerUrl)
  const restored = await restoreBackup(backupFolder(path), target)
  assert.deepEqual(restored.sums, manifest.sums)
  assert.equal(restored.sums.unbalanced, 0)
  for (const look of [ROWS, SHAPE, SEQUENCES]) {
    assert.deepEqual(await linesOf(empty, look), await linesOf(world.database, look))
  }
  await assert.rejects(
    run(empty, 'UPDATE payments SET updated_at = updated_at WHERE created_at < $1', ['2025-03-01']),
    /sealed/,
  )
  await assert.rejects(run(empty, 'TRUNCATE audit_log'), /append-only/)
  await assert.rejects(restoreBackup(backupFolder(path), target), /не пуста/)
})

test('a backup sees one moment, whatever is committed while it is taken', async () => {
  const writer = await newBackupFolder(join(folder, 'moment'))
  let isFirst = true
  const slow: BackupWriter = {
    ...writer,
    async write(table, lines) {
      if (isFirst) await run(world.database, `INSERT INTO settings VALUES ('later', '1')`)
      isFirst = false
      return writer.write(table, lines)
    },
  }
  const before = await run(world.database, 'SELECT FROM settings')
  const { manifest } = await takeBackup(backupSource(world.database.ownerUrl), slow)
  const settings = manifest.tables.find(({ name }) => name === 'settings')
  assert.equal(settings?.rows, before.rowCount)
  assert.notEqual(manifest.tables[0]?.name, 'settings')
})

test('what fails on its way leaves nothing behind', async () => {
  const writer = await newBackupFolder(join(folder, 'half'))
  const names = (await readdir(folder)).filter((name) => name.startsWith('half'))
  assert.match(names.join(), /^half\.part-/)
  const broken: BackupWriter = {
    ...writer,
    write: async (table, lines) => {
      if (table === 'postings') throw new Error('ENOSPC')
      return writer.write(table, lines)
    },
  }
  await assert.rejects(takeBackup(backupSource(world.database.ownerUrl), broken), /ENOSPC/)
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith('half')),
    [],
  )
})

/** All but the mark of a copy. */
const ROWS = `
  SELECT c.relname || ' ' || coalesce((xpath('/row/sum/text()', query_to_xml(format(
    'SELECT count(*) || md5(string_agg(r::text, chr(10) ORDER BY r::text)) AS sum FROM %I r', c.relname),
    false, true, '')))[1]::text, '') AS line
  FROM pg_class c WHERE relkind IN ('r', 'p') AND NOT relispartition AND relname <> 'database_life'
    AND relnamespace = 'public'::regnamespace ORDER BY c.relname`

const SHAPE = `
  SELECT line FROM (
    SELECT c.relname || ' ' || coalesce(pg_get_expr(c.relpartbound, c.oid), '') AS line
    FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT pg_get_triggerdef(t.oid) || tgenabled::text FROM pg_trigger t WHERE NOT tgisinternal
  ) AS lines ORDER BY line`

const SEQUENCES = `
  SELECT sequencename || ' ' || coalesce(last_value, 0) AS line FROM pg_sequences
  WHERE schemaname = 'public' ORDER BY line`

async function linesOf(
  database: { readonly superuserUrl: string },
  text: string,
): Promise<string[]> {
  const { rows } = await run(database, text)
  return rows.map(({ line }) => line)
}

function run(
  { superuserUrl }: { readonly superuserUrl: string },
  text: string,
  values: readonly unknown[] = [],
): Promise<pg.QueryResult> {
  return asSuperuser(superuserUrl, (client) => client.query(text, [...values]))
}
