// The drill of an upgrade: a database of an older schema with money in it, the upgrade tried on a copy beside it,
// then done. The rehearsal leaves the real one alone, and the books come to the same before and after.

import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, before, test } from 'node:test'
import pg from 'pg'
import {
  type Rehearsal,
  rehearseUpgrade,
} from '../../packages/server/src/backups/rehearse-upgrade.ts'
import { readConfig } from '../../packages/server/src/config.ts'
import { openRehearsal, pendingOf } from '../../packages/server/src/maintenance/rehearsal.ts'
import { applyOne, HISTORY, readMigrations } from '../../packages/server/src/storage/migrate.ts'
import { upgradeStage } from '../../packages/server/src/storage/upgrade-stage.ts'
import { closeMonth } from '../storage/closed-month.ts'
import { byfly, type Ran } from '../support/byfly.ts'
import { emptyDatabase, type FreshDatabase } from '../support/database.ts'
import { type DataFolder, newDataFolder, open, type Urls } from '../support/embedded-centre.ts'
import { readRows } from '../support/read-rows.ts'
import { asSuperuser, quietLog } from '../support/test-server.ts'

/** The last one that the older release knew. */
const OLDER = 21

let folder: DataFolder
let old: Urls & { stop(): Promise<void> }
let other: FreshDatabase

before(async () => {
  folder = newDataFolder()
  old = await open(folder.path)
  other = await emptyDatabase()
  for (const { ownerUrl, superuserUrl } of [old, other]) {
    await makeOlder(ownerUrl)
    await earn(superuserUrl)
  }
})
after(async () => {
  await old.stop()
  await folder.remove()
  await other.drop()
})

const own = (words: readonly string[]): Promise<Ran> =>
  byfly(old, words, { DATABASE_URL: '', DATABASE_OWNER_URL: '', BYFLY_DATA_DIR: folder.path })

test('an upgrade is tried on a second server, and then done', async () => {
  const before = await booksOf(old)
  const checked = await own(['upgrade', '--check'])
  assert.equal(checked.code, 0, checked.out)
  assert.match(checked.out, /0024-months\.sql +\d+ +(никого|всех|пишущих)/)
  assert.match(checked.out, /Суммы и проводки не изменились/)
  assert.deepEqual(await booksOf(old), before)
  assert.equal(before.version, OLDER)
  const left = readdirSync(folder.path).filter((name) => name.startsWith('rehearsal'))
  assert.deepEqual(left, [], 'от репетиции не остаётся ничего')

  const done = await own(['migrate'])
  assert.equal(done.code, 0, done.out)
  const afterwards = await booksOf(old)
  assert.deepEqual({ ...afterwards, version: OLDER }, before)
  assert.notEqual(afterwards.version, OLDER)
  assert.deepEqual(await pendingOf(old), [])
})

test('beside a database of one’s own: the owner may make a copy, or names an empty one', async (t) => {
  await assert.rejects(rehearse(other, null), /--scratch/)
  const scratch = await emptyDatabase()
  t.after(() => scratch.drop())
  const named = await rehearse(other, scratch.ownerUrl)
  assert.deepEqual([named.isSound, named.after], [true, named.before])
  assert.deepEqual(
    named.steps.map(({ name }) => name),
    await pendingOf(other),
  )
  await assert.rejects(rehearse(other, scratch.ownerUrl), /не пуста/)
  const mayCreate = { ...other, ownerUrl: other.superuserUrl }
  assert.equal((await rehearse(mayCreate, null)).isSound, true)
  const left = await asSuperuser(other.superuserUrl, (client) =>
    client.query(`SELECT FROM pg_database WHERE starts_with(datname, 'byfly_rehearsal')`),
  )
  assert.equal(left.rowCount, 0)
  assert.equal((await booksOf(other)).version, OLDER)
})

test('a migration that does not apply to the copy is named', async (t) => {
  const copy = await emptyDatabase()
  t.after(() => copy.drop())
  await makeOlder(copy.ownerUrl)
  await asSuperuser(copy.superuserUrl, (client) =>
    client.query('CREATE TABLE archived_months (month date)'),
  )
  await assert.rejects(upgradeStage(copy.ownerUrl).upgrade(), /0024-months\.sql не применилась/)
})

/** As the command does it, in this process. */
async function rehearse(
  { ownerUrl, url }: Pick<FreshDatabase, 'ownerUrl' | 'url'>,
  scratchUrl: string | null,
): Promise<Rehearsal> {
  const config = readConfig({
    DATABASE_URL: url,
    BYFLY_SECRET_KEY: 'a secret key for tests, never for anything real',
    BYFLY_DATA_DIR: folder.path,
  })
  const database = { url, ownerUrl, stop: async () => {} }
  const { close, parts } = await openRehearsal(config, database, scratchUrl, quietLog)
  try {
    return await rehearseUpgrade(parts)
  } finally {
    await close()
  }
}

async function makeOlder(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query(HISTORY)
  for (const migration of await readMigrations()) {
    if (migration.version <= OLDER) await applyOne(client, migration)
  }
  await client.end()
}

async function earn(superuserUrl: string): Promise<void> {
  const sql = async <Row>(text: string, values?: readonly unknown[]): Promise<Row[]> =>
    readRows(superuserUrl, text, values)
  const [source] = await sql<{ id: number }>(
    `INSERT INTO sources (name, type, country_iso) VALUES ('Магазин', 'website', 'KZ') RETURNING id`,
  )
  const [terminal] = await sql<{ id: number }>(
    `INSERT INTO terminals (name, ip_address, scheme, host, port)
     VALUES ('Касса', '10.0.0.5', 'http', '10.0.0.5', 8080) RETURNING id`,
  )
  await closeMonth({ sql, sourceId: source?.id ?? 0 }, terminal?.id ?? 0)
}

/** By other words than the centre's own. */
async function booksOf({ superuserUrl }: { readonly superuserUrl: string }) {
  const { rows } = await asSuperuser(superuserUrl, (client) =>
    client.query(`
      SELECT (SELECT max(version) FROM schema_migrations) AS version,
        (SELECT sum(gross_tiyn)::text FROM captures) AS gross,
        (SELECT string_agg(account || tiyn, ' ' ORDER BY id, account) FROM postings) AS postings,
        (SELECT count(*)::integer FROM payments) AS payments`),
  )
  return rows[0]
}
