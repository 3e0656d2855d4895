// The PostgreSQL server the whole test run shares: the embedded one in a folder that is thrown
// away, or the one of BYFLY_TEST_DATABASE_URL (a superuser's URL; its roles byfly_owner and
// byfly_app are then given test passwords, so it must never be a server anybody needs).

import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import pg from 'pg'
import { openEmbeddedDatabase } from '../../packages/server/src/storage/embedded/open-embedded-database.ts'
import {
  APP_ROLE,
  ensureRole,
  OWNER_ROLE,
} from '../../packages/server/src/storage/embedded/roles.ts'
import { migrate } from '../../packages/server/src/storage/migrate.ts'
import { newScratchFolder } from './scratch-folder.ts'

/** What a test file needs to make databases; handed over in the environment as JSON. */
export type TestServer = {
  readonly superuserUrl: string
  readonly ownerUrl: string
  readonly appUrl: string
  /** Every database of this run begins with it. */
  readonly prefix: string
  readonly template: string
}

export type RunningTestServer = { readonly server: TestServer; stop(): Promise<void> }

export const quietLog = { info: () => {}, warn: () => {}, error: () => {} }

export async function startTestServer(): Promise<RunningTestServer> {
  const external = process.env['BYFLY_TEST_DATABASE_URL']
  const running = external ? await useServer(external) : await startEmbedded()
  try {
    await makeTemplate(running.server)
    return running
  } catch (error) {
    await running.stop()
    throw error
  }
}

async function startEmbedded(): Promise<RunningTestServer> {
  const folder = newScratchFolder('byfly-test')
  const reaper = startReaper(folder)
  const database = await openEmbeddedDatabase({
    dataDir: folder,
    log: quietLog,
    testTuning: { isFsyncOn: false, maxConnections: 400 },
  })
  const { superuserUrl, ownerUrl, url } = database
  return {
    server: describe(superuserUrl, ownerUrl, url),
    stop: async () => {
      await database.stop()
      rmSync(folder, { recursive: true, force: true })
      reaper.kill()
    },
  }
}

/**
 * The server is a process group of its own by design, so an interrupted or killed run would leave
 * it behind. This shell waits for the run's end of a pipe to close, however the run ends, and
 * clears up.
 */
function startReaper(folder: string): ChildProcess {
  // The pid file goes with a clean stop; the pid itself may stay as a zombie where pid 1 collects
  // none.
  const script = `
    cat > /dev/null
    file="$0/postgres/cluster/postmaster.pid"
    kill -INT "$(head -n 1 "$file" 2> /dev/null)" 2> /dev/null
    tries=0
    while [ -e "$file" ] && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
    rm -rf "$0"`
  const reaper = spawn('/bin/sh', ['-c', script, folder], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  reaper.unref()
  // A child's pipe is a socket, which the types do not say; it alone would keep the run alive.
  if (reaper.stdin && 'unref' in reaper.stdin && typeof reaper.stdin.unref === 'function') {
    reaper.stdin.unref()
  }
  return reaper
}

async function useServer(superuserUrl: string): Promise<RunningTestServer> {
  // The same password each time, so that two runs on one server do not lock each other out.
  const password = createHash('sha256').update(superuserUrl).digest('hex')
  await asSuperuser(superuserUrl, async (client) => {
    for (const role of [OWNER_ROLE, APP_ROLE]) {
      await ensureRole(client, role, password)
      await client.query(`ALTER ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(password)}`)
    }
  })
  const server = describe(
    superuserUrl,
    withLogin(superuserUrl, OWNER_ROLE, password),
    withLogin(superuserUrl, APP_ROLE, password),
  )
  return { server, stop: () => dropAll(server) }
}

function describe(superuserUrl: string, ownerUrl: string, appUrl: string): TestServer {
  const prefix = `byfly_test_${randomBytes(4).toString('hex')}`
  return { superuserUrl, ownerUrl, appUrl, prefix, template: `${prefix}_template` }
}

function withLogin(url: string, user: string, password: string): string {
  const changed = new URL(url)
  changed.username = user
  changed.password = password
  return changed.href
}

export function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

async function makeTemplate(server: TestServer): Promise<void> {
  await asSuperuser(server.superuserUrl, (client) =>
    client.query(`CREATE DATABASE ${server.template} OWNER ${OWNER_ROLE} TEMPLATE template0`),
  )
  await migrate({
    ownerUrl: withDatabase(server.ownerUrl, server.template),
    appRole: APP_ROLE,
    log: quietLog,
  })
}

async function dropAll(server: TestServer): Promise<void> {
  await asSuperuser(server.superuserUrl, async (client) => {
    const found = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [server.prefix],
    )
    for (const { datname } of found.rows)
      await client.query(`DROP DATABASE ${datname} WITH (FORCE)`)
  })
}

export async function asSuperuser<T>(
  superuserUrl: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: superuserUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
