// Makes a new cluster. It is made beside its final place and renamed when whole, so that an
// interrupted first start is simply done again; it must never touch a cluster that exists.

import { spawn } from 'node:child_process'
import { chownSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { clusterExists, clusterFolder } from './cluster-home.ts'
import type { ClusterRecord } from './cluster-record.ts'
import { EmbeddedDatabaseError, explainFailure } from './embedded-database-error.ts'

export const SUPERUSER = 'postgres'

// The builtin locale provider needs no locale of the operating system, sorts the same on every
// machine and after every upgrade of it, and still knows Cyrillic upper and lower case.
const FLAGS = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--data-checksums',
  '--auth=scram-sha-256',
  `--username=${SUPERUSER}`,
]

export async function initialiseCluster(
  record: ClusterRecord,
  binaries: Binaries,
  account: Account,
  isFsyncOn: boolean,
): Promise<void> {
  const unfinished = join(record.home, 'cluster.new')
  const passwordFile = join(record.home, 'password.new')
  rmSync(unfinished, { recursive: true, force: true })
  writeFileSync(passwordFile, `${record.superuserPassword}\n`, { mode: 0o600 })
  if ('uid' in account.ids) chownSync(passwordFile, account.ids.uid, account.ids.gid)
  try {
    const flags = [...FLAGS, `--pgdata=${unfinished}`, `--pwfile=${passwordFile}`]
    await run(binaries.initdb, isFsyncOn ? flags : [...flags, '--no-sync'], account)
    renameSync(unfinished, clusterFolder(record.home))
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function run(program: string, flags: string[], account: Account): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, flags, {
      ...account.ids,
      cwd: '/',
      env: postgresEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let output = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    child.once('error', (error) => reject(explainFailure('initdb не запустился.', error.message)))
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(explainFailure('Не удалось создать встроенную базу.', output))
    })
  })
}

/** Nothing of the operator's PG… variables or language must reach the embedded server. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
}

/** A cluster can only be opened by its own major version. */
export function checkClusterVersion(home: string, binaries: Binaries): void {
  if (!clusterExists(home)) return
  const major = readFileSync(join(clusterFolder(home), 'PG_VERSION'), 'utf8').trim()
  if (major === binaries.major) return
  throw new EmbeddedDatabaseError(
    `База в ${home} создана PostgreSQL ${major}, а в этой версии центра — PostgreSQL ` +
      `${binaries.major}. Поставьте прежнюю версию центра и перенесите данные (pg_dump) в новую базу.`,
  )
}
