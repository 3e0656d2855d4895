// The ground that a cluster stands on: a folder known by name, and the processes that work in it. Whatever
// works there was started by this command, so a run that was killed is cleared away by the next one.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Account, chooseAccount } from '../../packages/server/src/storage/embedded/account.ts'

const MEMORY = '/dev/shm'
/** Held while a run lives; the kernel lets go of it however the run ends. */
const TURN = { host: '127.0.71.1', port: 7_100 } as const
const END_LIMIT_MS = 10_000
const LOOK_AGAIN_MS = 20

export interface Task {
  readonly name: string
  /** The folder it works in, by which it is found again. */
  readonly folder: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** As the account that PostgreSQL runs as; otherwise as whoever runs this. */
  readonly isLent: boolean
}

export interface Running {
  readonly pid: number
  /** To it alone, as a supervisor would. */
  signal(name: NodeJS.Signals): void
  /** To its whole group, by force. */
  kill(): Promise<void>
  readonly ended: Promise<unknown>
}

export interface Ground {
  readonly folder: string
  readonly account: Account
  /** A folder of its own, its name with slashes between. */
  room(name: string, isLent: boolean): string
  start(task: Task): Running
  /** Ends everything that works in a folder, at one stroke. */
  endAll(folder: string): Promise<void>
  /** Ends everything; what was written stays to be looked at. */
  close(): Promise<void>
}

/** @throws Error when another run is under way */
export async function takeGround(): Promise<Ground> {
  const turn = createServer().listen(TURN)
  await once(turn, 'listening').catch((error: Error) => {
    throw new Error('Кластер уже запущен: дождитесь его или остановите', { cause: error })
  })
  const folder = join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'byfly-cluster')
  const account = chooseAccount(undefined)
  await endAll(folder, account)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { mode: 0o755 })
  return {
    folder,
    account,
    room(name, isLent) {
      const room = join(folder, name)
      mkdirSync(room, { recursive: true })
      if (isLent && 'uid' in account.ids) chownSync(room, account.ids.uid, account.ids.gid)
      return room
    },
    start: (task) => start(task, account),
    endAll: (inside) => endAll(inside, account),
    async close() {
      await endAll(folder, account)
      turn.close()
    },
  }
}

function start({ args, command, env, folder, isLent, name }: Task, account: Account): Running {
  const log = openSync(join(folder, `${name}.log`), 'a')
  const child: ChildProcess = spawn(command, [...args], {
    cwd: folder,
    detached: true,
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', ...env },
    stdio: ['ignore', log, log],
    ...(isLent ? account.ids : {}),
  })
  closeSync(log)
  // A command that is not there has no pid, which says it sooner.
  child.on('error', () => {})
  const { pid } = child
  if (pid === undefined) throw new Error(`${name} не запустился: нет ${command}?`)
  const ended = once(child, 'exit')
  return {
    pid,
    signal: (signal) => void child.kill(signal),
    async kill() {
      if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGKILL')
      await ended
    },
    ended,
  }
}

async function endAll(folder: string, account: Account): Promise<void> {
  for (let leftMs = END_LIMIT_MS; leftMs > 0; leftMs -= LOOK_AGAIN_MS) {
    const pids = workingIn(folder, account)
    if (pids.length === 0) return
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It has ended meanwhile.
      }
    }
    await sleep(LOOK_AGAIN_MS)
  }
  throw new Error(`В ${folder} что-то не кончается`)
}

/** A person's shell that only looks there is not of it. */
function workingIn(folder: string, { ids }: Account): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const cwd = readlinkSync(`/proc/${pid}/cwd`)
        if (cwd !== folder && !cwd.startsWith(`${folder}/`)) return false
        if ('uid' in ids && statSync(`/proc/${pid}`).uid === ids.uid) return true
        return !/(sh|less|tail)$/.test(readlinkSync(`/proc/${pid}/exe`))
      } catch {
        // It has ended meanwhile, or is somebody else's.
        return false
      }
    })
}
