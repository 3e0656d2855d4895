// A copy of a running PostgreSQL server, taken as a backup is: to be started as an older server restored
// from it, or as a standby that follows and takes over.

import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { type Account, chooseAccount } from '../../packages/server/src/storage/embedded/account.ts'
import { findBinaries } from '../../packages/server/src/storage/embedded/binaries.ts'
import { clusterFolder } from '../../packages/server/src/storage/embedded/cluster-home.ts'
import { chooseFreePort } from '../../packages/server/src/storage/embedded/free-port.ts'
import {
  startPostmaster,
  stopPostmaster,
} from '../../packages/server/src/storage/embedded/postmaster.ts'
import { PRODUCTION_TUNING } from '../../packages/server/src/storage/embedded/server-settings.ts'
import type { Cluster } from '../crash/cluster.ts'
import type { WorldDatabase } from '../crash/world.ts'
import { newScratchFolder } from '../support/scratch-folder.ts'
import { asSuperuser, quietLog } from '../support/test-server.ts'
import { until } from '../support/until.ts'

export interface CopiedCluster {
  readonly database: WorldDatabase
  readonly port: number
  /** Ends its following; what it has by then is all there is. */
  promote(): Promise<void>
  close(): Promise<void>
}

const QUIETLY = { recursive: true, force: true } as const

export interface Copy {
  start(): Promise<CopiedCluster>
  /** For one that was never started. */
  remove(): void
}

/** What the copy does when it is started. */
export type CopyAs = 'restored' | 'standby'

/**
 * Copies now, by the server's own backup protocol. A standby starts following at once; a restored copy
 * starts, on a timeline of its own, when `start` is called.
 */
export async function copyCluster(cluster: Cluster, as: CopyAs): Promise<Copy> {
  const folder = newScratchFolder('byfly-copy')
  const source = clusterFolder(cluster.home)
  const target = clusterFolder(folder)
  const { superuserUrl } = cluster.database
  const label = await asSuperuser(superuserUrl, async (sql) => {
    await sql.query(`SELECT pg_backup_start('drill', true)`)
    // Files that vanish meanwhile are no loss: recovery brings them to where they belong.
    spawnSync('cp', ['-a', source, target])
    const { rows } = await sql.query('SELECT labelfile FROM pg_backup_stop(false)')
    // What the backup needs to be sound was written after the copy began.
    spawnSync('cp', ['-a', join(source, 'pg_wal'), target])
    return rows[0].labelfile
  })
  for (const name of ['postmaster.pid', 'postmaster.opts']) rmSync(join(target, name), QUIETLY)
  writeFileSync(join(target, 'backup_label'), label)
  writeFileSync(join(target, as === 'standby' ? 'standby.signal' : 'recovery.signal'), '')
  writeFileSync(join(target, 'postgresql.auto.conf'), settingsFor(as, superuserUrl))
  const account = chooseAccount(cluster.home)
  if ('uid' in account.ids) {
    spawnSync('chown', ['-R', `${account.ids.uid}:${account.ids.gid}`, folder])
  }
  return {
    start: () => start(folder, account, cluster.database),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function settingsFor(as: CopyAs, superuserUrl: string): string {
  if (as === 'standby') {
    const { hostname, password, port, username } = new URL(superuserUrl)
    return (
      `primary_conninfo = 'host=${hostname} port=${port} user=${username} ` +
      `password=${decodeURIComponent(password)} application_name=standby'\n`
    )
  }
  // To the end of the WAL that the copy holds, and then a timeline of its own.
  return `restore_command = 'false'\n`
}

async function start(
  home: string,
  account: Account,
  original: WorldDatabase,
): Promise<CopiedCluster> {
  const port = await chooseFreePort()
  const binaries = findBinaries(account, quietLog)
  const server = startPostmaster({ home, port, binaries, account, tuning: PRODUCTION_TUNING })
  const at = (url: string) => {
    const moved = new URL(url)
    moved.port = String(port)
    return moved.href
  }
  const database = {
    url: at(original.url),
    ownerUrl: at(original.ownerUrl),
    superuserUrl: at(original.superuserUrl),
  }
  await until(async () => {
    if (server.hasExited()) throw new Error(`копия не запустилась: ${server.output()}`)
    return answers(database.superuserUrl)
  })
  return {
    database,
    port,
    async promote() {
      await asSuperuser(database.superuserUrl, (sql) => sql.query('SELECT pg_promote()'))
    },
    async close() {
      await stopPostmaster(home)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SELECT 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
