// The secret key is replaced while money is taken: killed in the middle, gone on with, and at its end the
// former key opens nothing and the new one everything.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { EVERYTHING } from '@byfly-pay/core'
import pg from 'pg'
import { readConfig } from '../../packages/server/src/config.ts'
import { systemRandom } from '../../packages/server/src/random.ts'
import { SEALED_PLACES } from '../../packages/server/src/storage/sealed-values.ts'
import { openVault } from '../../packages/server/src/vault.ts'
import { type Simulator, startSimulator } from '../../packages/simulator/src/index.ts'
import { byfly, startByfly } from '../support/byfly.ts'
import { client, QUICK_TIMING, startTestCentre, type TestCentre } from '../support/centre.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { loginAs } from '../support/staff.ts'
import { until } from '../support/until.ts'
import {
  addEndedSecrets,
  type Canaries,
  cameraUrlWith,
  dump,
  everySealed,
  FORMER_KEY,
  fillWithSecrets,
  NEW_KEY,
} from './sealed-world.ts'

/** More than two batches, so that there is a middle to be killed in. */
const ENDED = 450
/** Written by a release that knew no sealed logins of cameras. */
const OF_BEFORE = 'canary-of-before'
const BOTH = { BYFLY_SECRET_KEY: NEW_KEY, BYFLY_SECRET_KEY_OLD: FORMER_KEY }

let database: FreshDatabase
let simulator: Simulator
let former: TestCentre
let canaries: Canaries
let sessionToken: string
/** With both keys, while the rotation goes on. */
let centre: TestCentre
before(async () => {
  database = await freshDatabase()
  const terminals = [{ camera: 'json' }, { camera: 'json' }] as const
  simulator = await startSimulator({ terminals: [...terminals], timing: QUICK_TIMING })
  former = await startTestCentre({ database, simulator, env: { BYFLY_SECRET_KEY: FORMER_KEY } })
  canaries = await fillWithSecrets(former)
  await addEndedSecrets(former, ENDED)
  await former.sql(
    `INSERT INTO terminals (name, ip_address, scheme, host, port, is_active, camera_url)
     VALUES ('Прежний', '127.0.0.1', 'http', '127.0.0.1', 9, false, $1)`,
    [cameraUrlWith(OF_BEFORE)],
  )
  sessionToken = (await loginAs(former, 'accountant')).token
  await former.stop()
  centre = await startTestCentre({ database, simulator, env: BOTH })
})
after(async () => {
  await centre.stop()
  await simulator.close()
  await database.drop()
})

/** A payment of the first source's, from its creation to a webhook that its secret verifies. */
async function pay({ url }: TestCentre): Promise<void> {
  const source = client(url, former.source.apiToken)
  const id = await source.init(1_000_000)
  const started = await source.kaspi(id)
  assert.equal(started.status, 200, started.text)
  simulator.phone.scan({ qr: started.body.data.qr_code, product: 'Gold' })
  const webhook = () =>
    simulator.shop
      .webhooks(former.source.webhookSecret)
      .find(({ body }) => (body as { transaction_id: string }).transaction_id === id)
  await until(() => webhook() !== undefined)
  assert.equal(webhook()?.raw_body_verified, true)
}

/** Rows of webhook secrets under the new key. */
async function underNewKey(): Promise<number> {
  const { header } = centre.running.centre.vault
  const [row] = await centre.sql(
    `SELECT count(*)::integer AS rows FROM source_secrets
     WHERE substr(sealed, 1, octet_length($1::bytea)) = $1`,
    [header],
  )
  return row.rows
}

test('no secret stands as it is in any row of the database', async () => {
  const rows = await dump(centre)
  assert.ok(rows.length > ENDED)
  const { adminId, terminalId, ...words } = canaries
  for (const word of [...Object.values(words), OF_BEFORE]) {
    const bytes = Buffer.from(word)
    const bare = word.replace(/^whsec_/, '')
    for (const shape of [bare, bytes.toString('hex'), bytes.toString('base64')]) {
      const where = rows.find((row) => row.includes(shape))
      assert.equal(where, undefined, `${adminId} ${terminalId}: ${word}`)
    }
  }
})

test('the login in a camera’s address is sealed, also one that an earlier release wrote', async () => {
  const [row] = await centre.sql(`SELECT id, camera_url FROM terminals WHERE name = 'Прежний'`)
  assert.equal(row.camera_url, 'http://127.0.0.1:9/qr?at=a@b')
  const { terminals } = centre.running.centre.storage
  assert.equal((await terminals.device(row.id))?.cameraUrl, cameraUrlWith(OF_BEFORE))
  const shown = await terminals.view(EVERYTHING, row.id)
  assert.equal(shown?.cameraUrl, 'http://***@127.0.0.1:9/qr?at=a@b')
})

test('every binary column is sealed, or known not to be a secret', async () => {
  const columns = await centre.sql(`
    SELECT table_name || '.' || column_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'bytea'
      AND table_name NOT IN (SELECT relname FROM pg_class WHERE relispartition)`)
  const sealed = Object.values(SEALED_PLACES).flatMap((place) =>
    place.columns.map((column) => `${place.table}.${column}`),
  )
  const isKnown = (name: string) =>
    /(_hash|\.hash|\.words_salt|\.picture|\.phone_key|\.heading|\.fingerprint)$/.test(name)
  for (const { name } of columns) {
    assert.ok(sealed.includes(name) !== isKnown(name), `${name}: sealed-values.ts`)
  }
})

test('a session of the former key is over; whoever logs in again gets one of the new key', async () => {
  const bearer = { Authorization: `Bearer ${sessionToken}` }
  assert.equal((await centre.call('GET', '/api/admin/me', undefined, bearer)).status, 401)
  const again = await loginAs(centre, 'accountant')
  assert.equal((await again.call('GET', '/api/admin/me')).status, 200)
})

test('killed in the middle and run again while payments and webhooks go on', async (t) => {
  const before = await underNewKey()
  const sealedBefore = await everySealed(centre)

  const holder = new pg.Client(database.superuserUrl)
  await holder.connect()
  t.after(() => holder.end())
  await holder.query('BEGIN')
  await holder.query('SELECT FROM source_secrets WHERE id = $1 FOR UPDATE', [ENDED])
  const killed = startByfly(database, ['secrets', 'rotate'], BOTH)
  await until(async () => (await underNewKey()) >= before + 400)
  killed.kill('SIGKILL')
  assert.equal((await killed.ended).code, null)
  await holder.query('ROLLBACK')
  assert.equal(await underNewKey(), before + 400)
  await pay(centre)

  const check = await byfly(database, ['secrets', 'rotate', '--check'], BOTH)
  assert.equal(check.code, 1, check.out)
  assert.match(check.out, /секреты вебхуков: \d+/)
  assert.match(check.out, /токены терминалов: 1\b/)

  const [done] = await Promise.all([byfly(database, ['secrets', 'rotate'], BOTH), pay(centre)])
  assert.equal(done.code, 0, done.out)
  assert.match(done.out, /вторые факторы +1 +0/)
  assert.match(done.out, /BYFLY_SECRET_KEY_OLD больше не нужен/)
  const [lines] = await centre.sql(
    `SELECT sum((facts->>'rows')::integer)::integer AS rows FROM audit_log
     WHERE action = 'secrets.rotated' AND target_id = 'webhook_secrets'`,
  )
  assert.equal(lines.rows, (await underNewKey()) - before)
  assert.equal((await everySealed(centre)).length, sealedBefore.length)
})

test('afterwards the former key opens nothing, and without it all goes on', async (t) => {
  const only = { BYFLY_SECRET_KEY: NEW_KEY }
  const alone = await startTestCentre({ database, simulator, env: only })
  t.after(() => alone.stop())
  const onlyFormer = openVault(FORMER_KEY, null, systemRandom)
  for (const sealed of await everySealed(alone)) assert.throws(() => onlyFormer.open(sealed))

  await pay(alone)
  const { storage } = alone.running.centre
  const kept = await storage.transaction((tx) => storage.secondFactors.lock(tx, canaries.adminId))
  assert.equal(kept?.secret, canaries.totpSecret)
  const device = await storage.terminals.device(canaries.terminalId)
  assert.equal(device?.accessToken, canaries.accessToken)
  assert.equal(device?.cameraUrl, cameraUrlWith(canaries.cameraPassword))
  const account = await storage.texts.settings()
  assert.deepEqual(account, { sender: 'mobizon', key: canaries.smsPassword, from: null })
  const standing = await storage.secondFactors.standing(canaries.adminId)
  assert.equal(standing.recoveryCodesLeft, 0)

  const check = await byfly(database, ['secrets', 'rotate', '--check'], only)
  assert.equal(check.code, 0, check.out)
})

test('what no key at hand opens is counted, left as it is, and said', async () => {
  const before = await underNewKey()
  const stranger = { BYFLY_SECRET_KEY: 'a third key, which nobody has ever used here' }
  const ran = await byfly(database, ['secrets', 'rotate'], stranger)
  assert.equal(ran.code, 1, ran.out)
  assert.match(ran.out, /секреты вебхуков +0 +[1-9]/)
  assert.equal(await underNewKey(), before)
})

test('a former key alone, or the same twice, is a fault of the settings', () => {
  const alone = { BYFLY_SECRET_KEY_OLD: FORMER_KEY }
  assert.throws(() => readConfig(alone), /BYFLY_SECRET_KEY_OLD: только вместе/)
  const twice = { BYFLY_SECRET_KEY: NEW_KEY, BYFLY_SECRET_KEY_OLD: NEW_KEY }
  assert.throws(() => readConfig(twice), /BYFLY_SECRET_KEY_OLD: это прежний ключ/)
})
