// The embedded database through everything that happens to it on an office machine: clean stops,
// killed centres, killed servers, stolen ports, locked folders.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { chooseAccount } from '../../packages/server/src/storage/embedded/account.ts'
import { findBinaries, SHARED_FOLDER } from '../../packages/server/src/storage/embedded/binaries.ts'
import { explainFailure } from '../../packages/server/src/storage/embedded/embedded-database-error.ts'
import { isPortFree } from '../../packages/server/src/storage/embedded/free-port.ts'
import { joinEmbeddedDatabase } from '../../packages/server/src/storage/embedded/join-embedded-database.ts'
import {
  copyDataFolder,
  holdInAnotherProcess,
  homeOf,
  newDataFolder,
  open,
  serverPid,
} from '../support/embedded-centre.ts'
import { asSuperuser, quietLog } from '../support/test-server.ts'
import { until } from '../support/until.ts'

const stopped = newDataFolder()
before(async () => (await open(stopped.path)).stop())
after(stopped.remove)

/** One whose cluster was made, started and stopped before. */
function dataFolder(t: TestContext): string {
  const folder = copyDataFolder(stopped)
  t.after(folder.remove)
  return folder.path
}

function missingDataFolder(t: TestContext): string {
  const folder = newDataFolder()
  t.after(folder.remove)
  return folder.path
}

async function writeNote(url: string, text: string): Promise<void> {
  await asSuperuser(url, async (client) => {
    await client.query('CREATE TABLE IF NOT EXISTS note (text text)')
    await client.query('INSERT INTO note VALUES ($1)', [text])
  })
}

function readNotes(url: string): Promise<string[]> {
  return asSuperuser(url, async (client) => {
    const found = await client.query<{ text: string }>('SELECT text FROM note ORDER BY text')
    return found.rows.map(({ text }) => text)
  })
}

function killServer(dataDir: string): void {
  const pid = serverPid(dataDir)
  assert.ok(pid)
  process.kill(pid, 'SIGKILL')
}

test('a clean stop and a new start keep the data, the port and the passwords', async (t) => {
  const dataDir = missingDataFolder(t)
  const first = await open(dataDir)
  await writeNote(first.ownerUrl, 'kept')
  await first.stop()
  assert.equal(serverPid(dataDir), undefined)

  const second = await open(dataDir)
  t.after(second.stop)
  assert.equal(second.url, first.url)
  assert.deepEqual(await readNotes(second.ownerUrl), ['kept'])
})

test('the application role owns nothing and makes nothing; secrets are for the owner alone', async (t) => {
  const dataDir = dataFolder(t)
  const database = await open(dataDir)
  t.after(database.stop)
  await writeNote(database.ownerUrl, 'secret')
  await asSuperuser(database.url, async (client) => {
    await assert.rejects(client.query('CREATE TABLE mine (id int)'), { code: '42501' })
    await assert.rejects(client.query('SELECT * FROM note'), { code: '42501' })
    const upper = await client.query("SELECT upper('тенге') AS word, current_user AS who")
    assert.deepEqual(upper.rows, [{ word: 'ТЕНГЕ', who: 'byfly_app' }])
  })
  assert.equal(statSync(join(dataDir, 'postgres.json')).mode & 0o777, 0o600)
  assert.equal(statSync(homeOf(dataDir)).mode & 0o777, 0o700)
  await asSuperuser(database.superuserUrl, async (client) => {
    const shown = await client.query(
      `SELECT current_setting('listen_addresses') AS listens, current_setting('data_checksums') AS sums,
              current_setting('server_encoding') AS encoding`,
    )
    assert.deepEqual(shown.rows, [{ listens: '127.0.0.1', sums: 'on', encoding: 'UTF8' }])
  })
})

/** Notes of a server that is on its way back. */
async function notesWhenBack(ownerUrl: string): Promise<string[]> {
  let notes: string[] | undefined
  await until(async () => {
    notes = await readNotes(ownerUrl).catch(() => undefined)
    return notes !== undefined
  })
  return notes ?? []
}

test('a centre killed with its whole group leaves the server, and the next one adopts it', async (t) => {
  const dataDir = dataFolder(t)
  const killed = await holdInAnotherProcess(dataDir)
  await writeNote(killed.urls.ownerUrl, 'before the kill')
  const pid = serverPid(dataDir)
  await killed.kill()
  assert.ok(pid)
  assert.equal(serverPid(dataDir), pid)

  const next = await open(dataDir)
  assert.equal(serverPid(dataDir), pid)
  assert.equal(next.url, killed.urls.url)
  assert.deepEqual(await readNotes(next.ownerUrl), ['before the kill'])
  await next.stop()
  assert.equal(serverPid(dataDir), undefined)
})

test('a server killed after its centre recovers at the next start', async (t) => {
  const dataDir = dataFolder(t)
  const killed = await holdInAnotherProcess(dataDir)
  await writeNote(killed.urls.ownerUrl, 'committed')
  await asSuperuser(killed.urls.superuserUrl, (client) => client.query('CHECKPOINT'))
  await writeNote(killed.urls.ownerUrl, 'committed later')
  await killed.kill()
  killServer(dataDir)

  const next = await open(dataDir)
  t.after(next.stop)
  assert.deepEqual(await readNotes(next.ownerUrl), ['committed', 'committed later'])
})

test('a server killed under a living centre is started again on the same address', async (t) => {
  const dataDir = dataFolder(t)
  const database = await open(dataDir)
  t.after(database.stop)
  await writeNote(database.ownerUrl, 'survives')
  const pid = serverPid(dataDir)
  killServer(dataDir)
  assert.deepEqual(await notesWhenBack(database.ownerUrl), ['survives'])
  assert.notEqual(serverPid(dataDir), pid)
})

// The centre's pools know the address that they were given, and no other.
test('a server killed under a living centre keeps its address, though a stranger sits on it meanwhile', async (t) => {
  const dataDir = dataFolder(t)
  const database = await open(dataDir)
  t.after(database.stop)
  await writeNote(database.ownerUrl, 'survives')
  killServer(dataDir)
  const port = Number(new URL(database.url).port)
  // The last processes of a killed server may hold its port for some milliseconds.
  await until(() => isPortFree(port))
  const stranger = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1')
  await once(stranger, 'listening')
  await sleep(2_000)
  await new Promise((resolve) => stranger.close(resolve))
  assert.deepEqual(await notesWhenBack(database.ownerUrl), ['survives'])
})

test('a remembered port that a stranger has taken is replaced and remembered', async (t) => {
  const dataDir = dataFolder(t)
  const first = await open(dataDir)
  await writeNote(first.ownerUrl, 'moved')
  await first.stop()
  const port = Number(new URL(first.url).port)
  const stranger = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1')
  t.after(() => stranger.close())

  const second = await open(dataDir)
  await second.stop()
  assert.notEqual(new URL(second.url).port, String(port))
  stranger.close()
  const third = await open(dataDir)
  t.after(third.stop)
  assert.equal(third.url, second.url)
  assert.deepEqual(await readNotes(third.ownerUrl), ['moved'])
})

test('a second centre on the folder is refused by name; a command joins the first', async (t) => {
  const dataDir = dataFolder(t)
  const first = await holdInAnotherProcess(dataDir)
  await assert.rejects(open(dataDir), {
    name: 'EmbeddedDatabaseError',
    message: /уже работает другой центр \(процесс \d+\).*BYFLY_DATA_DIR.*DATABASE_URL/s,
  })
  const pid = serverPid(dataDir)
  const joined = await joinEmbeddedDatabase({ dataDir, log: quietLog })
  assert.equal(joined.ownerUrl, first.urls.ownerUrl)
  await joined.stop()
  assert.equal(serverPid(dataDir), pid)
  await first.stop()
  assert.equal(serverPid(dataDir), undefined)
})

test('a stale pid file that names a living stranger of the same account is no obstacle', async (t) => {
  const dataDir = dataFolder(t)
  const first = await open(dataDir)
  await first.stop()
  const { ids } = chooseAccount(homeOf(dataDir))
  const stranger = spawn('sleep', ['60'], { ...ids, stdio: 'ignore' })
  t.after(() => stranger.kill())
  const pidFile = join(homeOf(dataDir), 'cluster', 'postmaster.pid')
  const port = new URL(first.url).port
  writeFileSync(
    pidFile,
    `${stranger.pid}\n${homeOf(dataDir)}/cluster\n1\n${port}\n\n127.0.0.1\n\nready   \n`,
  )

  const second = await open(dataDir)
  t.after(second.stop)
  assert.notEqual(serverPid(dataDir), stranger.pid)
  assert.equal(stranger.exitCode, null)
})

test('an interrupted first start is done again; a moved data folder is found', async (t) => {
  const dataDir = missingDataFolder(t)
  mkdirSync(join(dataDir, 'postgres', 'cluster.new', 'base'), { recursive: true })
  chmodSync(dataDir, 0o711)
  const first = await open(dataDir)
  await writeNote(first.ownerUrl, 'here')
  await first.stop()

  const moved = `${dataDir}-moved`
  renameSync(dataDir, moved)
  const second = await open(moved)
  try {
    assert.deepEqual(await readNotes(second.ownerUrl), ['here'])
  } finally {
    await second.stop()
  }
})

test('a cluster whose file of passwords is gone, or is another one, is refused with the cure', async (t) => {
  const dataDir = dataFolder(t)
  await (await open(dataDir)).stop()
  const file = join(dataDir, 'postgres.json')
  const record = JSON.parse(readFileSync(file, 'utf8'))
  rmSync(file)
  await assert.rejects(open(dataDir), {
    message: /postgres\.json с её паролями нет.*резервной копии/s,
  })
  writeFileSync(file, JSON.stringify({ ...record, superuserPassword: 'another' }), { mode: 0o600 })
  await assert.rejects(open(dataDir), { message: /не принимает пароль.*резервной копии/s })
})

test('as root, a data folder closed to others puts the cluster where PostgreSQL can reach it', {
  skip: process.getuid?.() !== 0 && 'only root lends another account',
}, async (t) => {
  const dataDir = missingDataFolder(t)
  const closed = join(dataDir, '..')
  chmodSync(closed, 0o700)
  const warnings: string[] = []
  const log = { ...quietLog, warn: (_fields: object, message: string) => warnings.push(message) }
  const first = await joinEmbeddedDatabase({ dataDir, log })
  const home = homeOf(dataDir)
  t.after(() => rmSync(home, { recursive: true, force: true }))
  await writeNote(first.ownerUrl, 'outside')
  await first.stop()
  assert.ok(home.startsWith(`${SHARED_FOLDER}/`))
  assert.equal(warnings.filter((text) => text.includes(home)).length, 1)
  assert.ok(!readdirSync(dataDir).includes('postgres'))

  const second = await open(dataDir)
  t.after(second.stop)
  assert.deepEqual(await readNotes(second.ownerUrl), ['outside'])
})

test('a platform without a binary is told to set DATABASE_URL', (t) => {
  const arch = Object.getOwnPropertyDescriptor(process, 'arch')
  Object.defineProperty(process, 'arch', { ...arch, value: 'riscv64' })
  t.after(() => Object.defineProperty(process, 'arch', { ...arch }))
  assert.throws(() => findBinaries(chooseAccount(undefined), quietLog), {
    name: 'EmbeddedDatabaseError',
    message: /riscv64.*DATABASE_URL/s,
  })
})

test('what PostgreSQL says when it fails becomes advice', () => {
  const cases: [said: string, advice: RegExp][] = [
    ['could not write to file "x": No space left on device', /нет места/],
    ['FATAL: could not map anonymous shared memory: Cannot allocate memory', /памяти/],
    ['FATAL: database files are incompatible with server', /другой версией PostgreSQL/],
    ['PANIC: could not locate a valid checkpoint record', /повреждены.*резервной копии/],
    ['something never seen', /DATABASE_URL.*\nsomething never seen/s],
  ]
  for (const [said, advice] of cases)
    assert.match(explainFailure('Не вышло.', said).message, advice)
})
