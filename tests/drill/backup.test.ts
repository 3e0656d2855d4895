// The drill of a backup: taken while payments go on, the database lost, an empty one filled from it. Sums agree,
// and whatever the terminals did after its moment is asked again or on a desk. A backup that is not whole is
// refused, and nothing is written.

import assert from 'node:assert/strict'
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { backupFolder, newBackupFolder } from '../../packages/server/src/archives/backup-folder.ts'
import { restoreBackup } from '../../packages/server/src/backups/restore-backup.ts'
import { takeBackup } from '../../packages/server/src/backups/take-backup.ts'
import { backupSource } from '../../packages/server/src/storage/backup-source.ts'
import { restoreTarget } from '../../packages/server/src/storage/restore-target.ts'
import { checkBooks } from '../crash/check-books.ts'
import { untilAtRest } from '../crash/rest.ts'
import { uuidOf } from '../crash/watched.ts'
import { startWorld, type World } from '../crash/world.ts'
import { byfly } from '../support/byfly.ts'
import { emptyDatabase, type FreshDatabase, freshDatabase } from '../support/database.ts'
import { asSuperuser } from '../support/test-server.ts'
import { until } from '../support/until.ts'
import { create, everyOperationIsMinded, pay, standAt, startOf, statusOf } from './cut-books.ts'

const TERMINALS = 6

let database: FreshDatabase
let empty: FreshDatabase
let world: World
let folder: string
let backup: string

before(async () => {
  database = await freshDatabase()
  empty = await emptyDatabase()
  world = await startWorld(database, {
    terminals: TERMINALS,
    timing: { scanWaitMs: 60_000 },
    // One start stands still for as long as the backup takes.
    limits: { startCallMs: 30_000, leaseMs: 10_000 },
  })
  folder = await mkdtemp(join(tmpdir(), 'backup-'))
  backup = join(folder, 'whole')
})
after(async () => {
  await world.close()
  await database.drop()
  await empty.drop()
  await rm(folder, { recursive: true })
})

test('a backup is taken while payments go on, and brings back a lost database', async () => {
  const { client, receiver, simulator, sql } = world
  const standing = standAt('reserved')
  const first = await world.start(standing.listener)
  const url = await first.begin()
  const paid = await create(world, url, 1)
  await pay(world, url, paid)
  await until(async () => (await statusOf(world, paid)) === 'paid')
  const live = await create(world, url, 2)
  const liveQr = await startOf(world, url, live)
  const reserved = await create(world, url, 3)
  standing.hold(reserved)
  const startedAfterwards = client.kaspi(url, reserved, '1')
  await standing.arrived

  const toldBefore = [...client.journal]
  const taking = takeBackup(backupSource(database.ownerUrl), await newBackupFolder(backup))
  // Payments do not wait for it.
  await pay(world, url, await create(world, url, 4))
  const { manifest } = await taking
  standing.letGo()
  const told = await startedAfterwards
  assert.equal(told.outcome, 'ok', told.text)
  simulator.phone.scan({ qr: told.body.data.qr_code })
  simulator.phone.scan({ qr: liveQr })
  await pay(world, url, await create(world, url, 5))
  await pay(world, url, await create(world, url, 6))
  await until(() => simulator.journal.entries.length === 6)
  await first.kill()

  await database.lose()
  const restored = await byfly(database, ['restore', backup])
  assert.equal(restored.code, 0, restored.out)
  assert.match(restored.out, /проводок не в нуль +0 +0/)
  assert.match(restored.out, new RegExp(`Открыто задач: ${TERMINALS},`))
  const [was] = await sql('SELECT state FROM attempts WHERE payment_id = $1', [uuidOf(reserved)])
  assert.equal(was.state, 'lost', 'что «не вызывали», после восстановления могло быть вызвано')
  const [{ captures, gross }] = await sql(
    'SELECT count(*)::integer AS captures, sum(gross_tiyn)::text AS gross FROM captures',
  )
  assert.deepEqual(manifest.sums.captures.map(one), [[captures, gross]])
  assert.match((await byfly(database, ['audit', 'verify'])).out, /Журнал цел/)

  const second = await world.start()
  const reborn = await second.begin()
  await untilAtRest(world, 30_000)
  assert.equal((await client.status(reborn, live)).body.data.status, 'paid', 'доспрошена')
  const wrong = await checkBooks({
    sql,
    journal: simulator.journal,
    told: toldBefore,
    received: receiver.received,
  })
  assert.deepEqual(wrong, [])
  await everyOperationIsMinded(world, sql, manifest.takenAt)
  const tasks = await sql(`SELECT FROM tasks WHERE kind = 'books_restored'`)
  assert.equal(tasks.length, TERMINALS, 'запуск центра не повторяет задач')
  await second.kill()
})

function one(sum: { readonly captures: number; readonly gross: string }): [number, string] {
  return [sum.captures, sum.gross]
}

const DAMAGES: Readonly<Record<string, (path: string) => Promise<void>>> = {
  'a flipped byte': async (path) => {
    const file = join(path, 'payments.copy.zst')
    const bytes = await readFile(file)
    const at = Math.floor(bytes.length / 2)
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at)
    await writeFile(file, bytes)
  },
  'a file that was cut': async (path) => {
    const file = join(path, 'postings.copy.zst')
    await truncate(file, (await readFile(file)).length - 20)
  },
  'a file that is gone': (path) => rm(join(path, 'attempts.copy.zst')),
  'a manifest that was changed': async (path) => {
    const file = join(path, 'manifest.json')
    await writeFile(file, (await readFile(file, 'utf8')).replace('"rows": 1', '"rows": 2'))
  },
}

for (const [damage, strike] of Object.entries(DAMAGES)) {
  test(`${damage} is refused, and the database stays empty`, async (t) => {
    const path = await copied(t)
    await strike(path)
    await assert.rejects(
      restoreBackup(backupFolder(path), restoreTarget(empty.ownerUrl)),
      /поврежден/,
    )
    assert.equal(await tablesIn(empty), 0)
  })
}

test('a backup of another program is refused, and the database stays empty', async (t) => {
  await world.sql(`INSERT INTO schema_migrations VALUES (9000, '9000-later.sql', 'x')`)
  t.after(() => world.sql('DELETE FROM schema_migrations WHERE version = 9000'))
  const path = join(folder, 'later')
  const taken = await byfly(database, ['backup', path])
  // It leaves the schema alone, and is no judge of it.
  assert.equal(taken.code, 0, taken.out)
  assert.match(taken.out, /схема 9000.*\n(.*\n)*Проводки сходятся в нуль/)
  const refused = restoreBackup(backupFolder(path), restoreTarget(empty.ownerUrl))
  await assert.rejects(refused, /новее этой программы/)
  assert.equal(await tablesIn(empty), 0)
})

test('a name that is taken is left alone', async () => {
  const before = await readdir(folder)
  await assert.rejects(newBackupFolder(backup), /уже есть/)
  assert.deepEqual(await readdir(folder), before)
})

async function copied(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'damaged-'))
  t.after(() => rm(path, { recursive: true }))
  await cp(backup, path, { recursive: true })
  return path
}

async function tablesIn({ superuserUrl }: FreshDatabase): Promise<number> {
  const { rows } = await asSuperuser(superuserUrl, (client) =>
    client.query(`SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace`),
  )
  return rows.length
}
