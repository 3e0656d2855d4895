// `node bench/start.ts`: how much longer than its database alone a warm start of the centre takes, and how much more memory
// than a bare Fastify it holds when nobody calls.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { chooseAccount } from '../packages/server/src/storage/embedded/account.ts'
import { findBinaries } from '../packages/server/src/storage/embedded/binaries.ts'
import { clusterFolder } from '../packages/server/src/storage/embedded/cluster-home.ts'
import { readClusterRecord } from '../packages/server/src/storage/embedded/cluster-record.ts'
import {
  startPostmaster,
  stopPostmaster,
} from '../packages/server/src/storage/embedded/postmaster.ts'
import { waitUntilReady } from '../packages/server/src/storage/embedded/server-ready.ts'
import { PRODUCTION_TUNING } from '../packages/server/src/storage/embedded/server-settings.ts'
import { newDataFolder } from '../tests/support/embedded-centre.ts'
import { quietLog } from '../tests/support/test-server.ts'
import { startChild } from './child.ts'
import { memoryOf } from './machine.ts'
import { atMost, atMostMore, type Figure, figureOf, type Round } from './report.ts'
import { runAlone } from './run-alone.ts'

const SERVE = [join(import.meta.dirname, '../packages/server/src/cli/byfly.ts'), 'serve']
const READY_MS = 60_000
/** What a start leaves is compiled and collected by then. */
const IDLE_MS = 3_000

interface Started {
  readonly tookMs: number
  readonly child: ChildProcess
}

export async function measureStart(rounds: number): Promise<Figure[]> {
  const folder = newDataFolder()
  try {
    // Makes the database, and leaves Node's and the system's caches warm.
    await stopCentre(await startCentre(folder.path))
    const times: Round[] = []
    const rss: Round[] = []
    const pss: Round[] = []
    for (let n = 0; n < rounds; n += 1) {
      const limit = await databaseAloneMs(folder.path)
      const started = await startCentre(folder.path)
      times.push({ ours: started.tookMs, limit })
      const bare = await startChild<string>('live-bare.ts')
      await sleep(IDLE_MS)
      const ours = memoryOf(started.child.pid ?? Number.NaN)
      const theirs = memoryOf(bare.pid)
      rss.push({ ours: ours.rssBytes / 1e6, limit: theirs.rssBytes / 1e6 })
      pss.push({ ours: ours.pssBytes / 1e6, limit: theirs.pssBytes / 1e6 })
      await bare.stop()
      await stopCentre(started)
    }
    const memory = { unit: 'MB', limit: 'a bare Fastify', aim: atMost(2) }
    return [
      figureOf(
        {
          what: 'warm start, until it serves',
          unit: 'ms',
          limit: 'PostgreSQL alone, until it answers',
          aim: atMostMore(1_500),
        },
        times,
      ),
      figureOf({ what: 'memory of an idle centre, RSS', ...memory }, rss),
      figureOf({ what: 'the same, PSS', ...memory }, pss),
    ]
  } finally {
    await folder.remove()
  }
}

/** As an operator starts it, until it says where it serves. */
async function startCentre(dataDir: string): Promise<Started> {
  const beganMs = performance.now()
  const child = spawn(process.execPath, SERVE, {
    env: {
      ...process.env,
      ...{ BYFLY_DATA_DIR: dataDir, BYFLY_MODE: 'production', BYFLY_LOG_LEVEL: 'error' },
      ...{ HOST: '127.0.0.1', PORT: '0' },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(createInterface(child.stdout), 'line', { signal: AbortSignal.timeout(READY_MS) })
  return { tookMs: performance.now() - beganMs, child }
}

async function stopCentre({ child }: Started): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}

/** The very server and folder of the centre, with the centre's own way to ask whether it answers. */
async function databaseAloneMs(dataDir: string): Promise<number> {
  const record = readClusterRecord(dataDir)
  if (record === undefined) throw new Error('Базы ещё нет')
  const account = chooseAccount(record.home)
  const binaries = findBinaries(account, quietLog)
  const { home, port } = record
  const beganMs = performance.now()
  const started = startPostmaster({ home, port, binaries, account, tuning: PRODUCTION_TUNING })
  const ready = await waitUntilReady(record, clusterFolder(home), started.hasExited, READY_MS)
  const tookMs = performance.now() - beganMs
  await stopPostmaster(home)
  if (ready !== 'ready') throw new Error(started.output())
  return tookMs
}

if (import.meta.main) await runAlone('start', measureStart)
