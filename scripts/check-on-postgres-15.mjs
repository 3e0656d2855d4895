// Runs the storage and API tests against Debian's PostgreSQL 15, the oldest the centre supports,
// when it is installed. The cluster is thrown away; it must never touch one that exists.

import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { newScratchFolder } from '../tests/support/scratch-folder.ts'

const BIN = '/usr/lib/postgresql/15/bin'
const READY_TRIES_MAX = 100
const TEST_FOLDERS = ['tests/storage', 'tests/migrations', 'tests/api']

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

function say(text) {
  process.stdout.write(`${text}\n`)
}

/** PostgreSQL refuses root. */
function account() {
  if (process.getuid() !== 0) return {}
  const id = (flag) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout)
  return { uid: id('-u'), gid: id('-g') }
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

function makeCluster(folder, ids) {
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, 'test\n')
  chmodSync(passwordFile, 0o644)
  const flags = ['--encoding=UTF8', '--locale=C.UTF-8', '--no-sync', '--username=postgres']
  const made = spawnSync(
    join(BIN, 'initdb'),
    [...flags, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, `--pgdata=${folder}/cluster`],
    { ...ids, cwd: '/', encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`)
}

function startServer(folder, port, ids) {
  const settings = [
    'fsync=off',
    'autovacuum=off',
    'max_connections=400',
    'listen_addresses=127.0.0.1',
  ]
  const flags = [...settings, 'unix_socket_directories='].flatMap((setting) => ['-c', setting])
  return spawn(join(BIN, 'postgres'), ['-D', `${folder}/cluster`, '-p', String(port), ...flags], {
    ...ids,
    cwd: '/',
    stdio: 'ignore',
  })
}

async function waitUntilReady(folder) {
  const pidFile = join(folder, 'cluster', 'postmaster.pid')
  for (let tries = 0; tries < READY_TRIES_MAX; tries += 1) {
    if (existsSync(pidFile) && /\nready\s*$/.test(readFileSync(pidFile, 'utf8'))) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('PostgreSQL 15 did not become ready in 10 s')
}

/** All but the embedded server's own tests, which use no other server. */
function testFiles() {
  const folders = TEST_FOLDERS.filter((folder) => existsSync(join(root, folder)))
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name)),
    )
    .filter((file) => file.endsWith('.test.ts') && !file.includes('embedded-database'))
}

function runTests(port, files) {
  const flags = [
    '--test',
    '--test-concurrency=3',
    '--test-timeout=120000',
    '--test-global-setup=tests/support/global-setup.ts',
  ]
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...flags, ...files], {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        BYFLY_TEST_DATABASE_URL: `postgresql://postgres:test@127.0.0.1:${port}/postgres`,
      },
    })
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
    child.on('close', (code) => resolve(code ?? 1))
  })
}

async function main() {
  if (!existsSync(join(BIN, 'postgres'))) {
    say('skipped: PostgreSQL 15 is not installed (Debian 12: apt install postgresql-15)')
    return
  }
  const files = testFiles()
  if (files.length === 0) {
    say('skipped: there are no storage or API tests')
    return
  }
  const ids = account()
  const folder = newScratchFolder('byfly-pg15')
  let server
  try {
    if (ids.uid) chownSync(folder, ids.uid, ids.gid)
    makeCluster(folder, ids)
    const port = await freePort()
    server = startServer(folder, port, ids)
    await waitUntilReady(folder)
    say(`PostgreSQL 15 on port ${port}`)
    process.exitCode = await runTests(port, files)
  } finally {
    if (server) {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      if (server.kill('SIGINT')) await ended
    }
    rmSync(folder, { recursive: true, force: true })
  }
}

await main()
