// A trial of a whole cluster: rounds of deaths under load, each healed before the next; then an upgrade
// under load; then rest, and the judge of crashes and chaos looks at the books.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { commandsAgree } from '../chaos/commands-agree.ts'
import { checkBooks } from '../crash/check-books.ts'
import { untilAtRest } from '../crash/rest.ts'
import { seeded } from '../crash/seeded.ts'
import { SECRET_KEY, startWorld, type World } from '../crash/world.ts'
import { assemble, type Cluster } from './cluster.ts'
import type { Ground } from './ground.ts'
import { startLoad } from './load.ts'
import { type Recovery, recoveryAfter } from './measures.ts'
import { untilReady, untilWhole } from './outlook.ts'
import { type ClusterStrike, STRIKES, strike } from './strikes.ts'
import { type TimedClient, timedClient } from './timed-client.ts'
import { type Upgrade, upgradeCentres } from './upgrade.ts'

export interface TrialOptions {
  readonly rounds: number
  readonly seed: number
  readonly customers: number
  readonly say: (line: string) => void
}

export interface TrialReport {
  readonly recoveries: ReadonlyMap<ClusterStrike, readonly Recovery[]>
  readonly upgrade: Upgrade
  readonly calls: number
  readonly payments: ReadonlyMap<string, number>
  readonly acknowledged: number
  /** Tasks that failovers put on a desk, a terminal each. */
  readonly restoredTasks: number
  readonly restMs: number
  readonly wrong: readonly string[]
}

/** Enough that none is missed while one that lost a start sits its five minutes out. */
const TERMINALS = 32
const TIMING = { scanWaitMs: 6_000, confirmWaitMs: 3_000 } as const
/** Longer than any call may take: here the limits are those of the field (S9a). */
const ANSWER_MS = 70_000
/** The service is back within so long after any single death. */
const BACK_MS = 35_000
const STEADY_MS = 4_000
/** So long without a failed call, and what a strike did is over. */
const CALM_MS = 3_000
const PATIENCE_MS = 120_000
const LOOK_AGAIN_MS = 100

export async function runTrial(ground: Ground, options: TrialOptions): Promise<TrialReport> {
  const cluster = await assemble(ground, SECRET_KEY, options.say)
  const world = await startWorld(cluster.database, {
    terminals: TERMINALS,
    timing: TIMING,
    answerMs: ANSWER_MS,
  })
  const client = timedClient(world.client)
  try {
    return await play(options, cluster, { ...world, client })
  } finally {
    const lines = client.calls.map((call) => `${JSON.stringify(call)}\n`)
    writeFileSync(join(ground.folder, 'calls.ndjson'), lines.join(''))
    await world.close()
  }
}

interface TimedWorld extends World {
  readonly client: TimedClient
}

async function play(
  options: TrialOptions,
  cluster: Cluster,
  world: TimedWorld,
): Promise<TrialReport> {
  const { customers, rounds, say, seed } = options
  const { client } = world
  const chance = seeded(seed)
  const recoveries = new Map<ClusterStrike, Recovery[]>(STRIKES.map((kind) => [kind, []]))
  const load = startLoad({ world, url: cluster.url, seed, customers })
  for (let round = 1; round <= rounds; round += 1) {
    for (const kind of STRIKES) {
      await beSteady(cluster)
      const struck = await strike(kind, cluster, chance)
      const recovery = await untilServed(client, struck.atMs)
      recoveries.get(kind)?.push(recovery)
      say(`${round}: ${kind} на ${struck.machine.name}: ${worded(recovery)}`)
      struck.heal()
    }
  }
  await beSteady(cluster)
  say('обновление центров под нагрузкой')
  const upgrade = await upgradeCentres(cluster, client.calls)
  await load.stop()
  const restMs = await untilAtRest(world, PATIENCE_MS)
  return reportOf(cluster, world, { recoveries, upgrade, restMs })
}

async function beSteady({ centres, machines }: Cluster): Promise<void> {
  await untilWhole(machines, PATIENCE_MS)
  await untilReady(centres, PATIENCE_MS)
  await sleep(STEADY_MS)
}

/** @throws Error when nothing is acknowledged, or calls go on failing, for too long */
async function untilServed({ calls }: TimedClient, strikeMs: number): Promise<Recovery> {
  for (;;) {
    await sleep(LOOK_AGAIN_MS)
    const recovery = recoveryAfter(strikeMs, calls)
    const sinceMs = performance.now() - strikeMs
    if (recovery.firstWriteMs !== null && sinceMs > recovery.calmMs + CALM_MS) return recovery
    if (sinceMs > PATIENCE_MS) throw new Error(`служба не вернулась: ${worded(recovery)}`)
  }
}

export function worded({ calmMs, failed, firstWriteMs }: Recovery): string {
  const first =
    firstWriteMs === null ? 'записи нет' : `первая запись через ${Math.round(firstWriteMs)} мс`
  return `${first}, последний сбой через ${Math.round(calmMs)} мс, сбоев ${failed}`
}

async function reportOf(
  { url }: Cluster,
  { client, database, receiver, simulator, sql }: TimedWorld,
  done: Pick<TrialReport, 'recoveries' | 'upgrade' | 'restMs'>,
): Promise<TrialReport> {
  const created = client.journal.filter(({ outcome, what }) => what === 'init' && outcome === 'ok')
  const shown = client.journal.filter(({ outcome, what }) => what === 'kaspi' && outcome === 'ok')
  for (const id of new Set(shown.map((told) => told.id)))
    if (id !== null) await client.status(url, id)
  // With a synchronous standby a failover loses nothing, so its tasks are no excuse to the judge.
  const tasks = await sql(`DELETE FROM tasks WHERE kind = 'books_restored' RETURNING id`)
  const wrong = await checkBooks({
    sql,
    journal: simulator.journal,
    told: client.journal,
    received: receiver.received,
  })
  const statuses = await sql('SELECT status, count(*)::int AS count FROM payments GROUP BY 1')
  return {
    ...done,
    calls: client.calls.length,
    payments: new Map(statuses.map(({ count, status }) => [status, count])),
    acknowledged: created.length,
    restoredTasks: tasks.length,
    wrong: [
      ...wrong,
      ...(await commandsAgree({ database })),
      ...tooLate(done.recoveries),
      ...done.upgrade.wrong,
    ],
  }
}

function tooLate(recoveries: TrialReport['recoveries']): string[] {
  return [...recoveries].flatMap(([kind, each]) =>
    each
      .filter(({ firstWriteMs }) => (firstWriteMs ?? Number.POSITIVE_INFINITY) > BACK_MS)
      .map((recovery) => `${kind}: дольше ${BACK_MS} мс: ${worded(recovery)}`),
  )
}
