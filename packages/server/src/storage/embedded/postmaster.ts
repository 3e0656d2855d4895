// The server process: found, started and stopped by its pid file. It lives in a process group of
// its own, so that killing the centre (or npm's group) leaves it running. No signal must ever go to
// a process that is not this cluster's postmaster.

import { spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { clusterFolder } from './cluster-home.ts'
import { commandLine } from './command-line.ts'
import { postgresEnvironment } from './initialise-cluster.ts'
import { type ServerTuning, serverFlags } from './server-settings.ts'

export type Postmaster = { readonly pid: number; readonly port: number }

const STOP_MS = 30_000
const POLL_MS = 25

/** The living postmaster of this cluster; a pid file that a crash left behind is not one. */
export function findPostmaster(home: string): Postmaster | undefined {
  const cluster = clusterFolder(home)
  let lines: string[]
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return undefined
  }
  const pid = Number(lines[0])
  const port = Number(lines[3])
  // A server that has just begun writes its port a moment after its pid; 0 then means "not yet".
  if (!Number.isInteger(pid) || pid <= 0 || !isPostmasterOf(pid, cluster)) return undefined
  return { pid, port: Number.isInteger(port) ? port : 0 }
}

/** The pid may have been given to another process since: its command line decides. */
export function isPostmasterOf(pid: number, cluster: string): boolean {
  const words = commandLine(pid)
  return basename(words[0] ?? '') === 'postgres' && words.includes(cluster)
}

/**
 * PostgreSQL believes any process of its account with the pid in a stale file to be its sibling and
 * refuses to start, which after a reboot happens easily. Two servers on one cluster remain
 * impossible: the server also looks for shared memory still attached to the folder.
 */
export function removeStalePidFile(home: string): void {
  if (!findPostmaster(home)) rmSync(join(clusterFolder(home), 'postmaster.pid'), { force: true })
}

export type StartedPostmaster = { readonly pid: number; hasExited(): boolean; output(): string }

export function startPostmaster(options: {
  home: string
  port: number
  binaries: Binaries
  account: Account
  tuning: ServerTuning
}): StartedPostmaster {
  const { home, port, binaries, account, tuning } = options
  const startupLog = join(home, 'startup.log')
  const fd = openSync(startupLog, 'w', 0o600)
  const logsBefore = logSizes(home)
  const child = spawn(binaries.postgres, serverFlags(clusterFolder(home), port, tuning), {
    ...account.ids,
    cwd: '/',
    env: postgresEnvironment(),
    detached: true,
    stdio: ['ignore', fd, fd],
  })
  closeSync(fd)
  let exited = false
  let spawnError = ''
  child.once('exit', () => {
    exited = true
  })
  child.once('error', (error) => {
    exited = true
    spawnError = error.message
  })
  child.unref()
  return {
    pid: child.pid ?? 0,
    hasExited: () => exited,
    output: () =>
      `${spawnError}\n${readFileSync(startupLog, 'utf8')}\n${newLogText(home, logsBefore)}`,
  }
}

function logSizes(home: string): Map<string, number> {
  const folder = join(home, 'log')
  const names = existsSync(folder) ? readdirSync(folder) : []
  return new Map(names.map((name) => [name, statSync(join(folder, name)).size]))
}

/** What the server has logged since, for the error of a start that failed. */
function newLogText(home: string, before: Map<string, number>): string {
  const folder = join(home, 'log')
  const parts: string[] = []
  for (const [name, size] of logSizes(home)) {
    const from = before.get(name) ?? 0
    if (size > from) parts.push(readFileSync(join(folder, name)).subarray(from).toString('utf8'))
  }
  return parts.join('')
}

/** Fast shutdown, then, if that hangs, the immediate one (recovery then runs at the next start). */
export async function stopPostmaster(
  home: string,
): Promise<'stopped' | 'killed' | 'still_running'> {
  if (await signalAndWait(home, 'SIGINT', STOP_MS)) return 'stopped'
  if (await signalAndWait(home, 'SIGQUIT', STOP_MS)) return 'killed'
  return 'still_running'
}

async function signalAndWait(
  home: string,
  signal: NodeJS.Signals,
  limitMs: number,
): Promise<boolean> {
  const server = findPostmaster(home)
  if (!server) return true
  try {
    process.kill(server.pid, signal)
  } catch {
    // It has just gone by itself, which the wait below sees.
  }
  const cluster = clusterFolder(home)
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += POLL_MS) {
    if (!isPostmasterOf(server.pid, cluster)) return true
    await sleep(POLL_MS)
  }
  return false
}
