// What the tests of the embedded database share: a throw-away data folder, a centre in a process
// (group) of its own that can be killed, and the server's pid.

import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import {
  type EmbeddedDatabase,
  openEmbeddedDatabase,
} from '../../packages/server/src/storage/embedded/open-embedded-database.ts'
import {
  findPostmaster,
  stopPostmaster,
} from '../../packages/server/src/storage/embedded/postmaster.ts'
import { quietLog } from './test-server.ts'

const HOLD = fileURLToPath(new URL('./hold-embedded-database.ts', import.meta.url))

export type Urls = {
  readonly superuserUrl: string
  readonly ownerUrl: string
  readonly url: string
}

export type DataFolder = { readonly path: string; remove(): Promise<void> }

/**
 * A folder that does not exist yet. `remove` also stops a server that a failed test left running in
 * it.
 */
export function newDataFolder(): DataFolder {
  const parent = mkdtempSync(join(tmpdir(), 'byfly-embedded-'))
  // When root runs the tests PostgreSQL is another account, which must be able to pass through.
  chmodSync(parent, 0o711)
  const path = join(parent, 'data')
  return {
    path,
    remove: async () => {
      await stopPostmaster(join(path, 'postgres'))
      rmSync(parent, { recursive: true, force: true })
    },
  }
}

/** A copy of `stopped`, whose cluster is made already: most tests are about what comes after. */
export function copyDataFolder(stopped: DataFolder): DataFolder {
  const folder = newDataFolder()
  execFileSync('cp', ['-a', stopped.path, folder.path])
  return folder
}

/**
 * With the settings of production: what these tests are about is that nothing committed is lost.
 */
export function open(dataDir: string): Promise<EmbeddedDatabase> {
  return openEmbeddedDatabase({ dataDir, log: quietLog })
}

export type HeldCentre = { readonly urls: Urls; kill(): Promise<void>; stop(): Promise<void> }

export async function holdInAnotherProcess(dataDir: string): Promise<HeldCentre> {
  const child = spawn(process.execPath, [HOLD, dataDir], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const end = (pid: number, signal: NodeJS.Signals) => {
    process.kill(pid, signal)
    return ended
  }
  for await (const line of createInterface({ input: child.stdout })) {
    const said: Urls | { error: string } = JSON.parse(line)
    const { pid } = child
    if ('error' in said || pid === undefined)
      throw new Error('error' in said ? said.error : 'no pid')
    // The whole group, as a terminal that is closed or npm's `kill -9` would.
    return { urls: said, kill: () => end(-pid, 'SIGKILL'), stop: () => end(pid, 'SIGTERM') }
  }
  throw new Error('the centre ended without a word')
}

export function homeOf(dataDir: string): string {
  const record: { home: string } = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8'))
  return record.home.startsWith('/') ? record.home : join(dataDir, record.home)
}

export function serverPid(dataDir: string): number | undefined {
  return findPostmaster(homeOf(dataDir))?.pid
}
