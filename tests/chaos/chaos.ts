// One run of chaos: two instances on one PostgreSQL, customers and disorder for some minutes; then heal,
// rest, and the books are checked by the same judge as after a crash.

import { setTimeout as sleep } from 'node:timers/promises'
import { checkBooks } from '../crash/check-books.ts'
import { type Cluster, startCluster } from '../crash/cluster.ts'
import { type FaultyProxy, startFaultyProxy } from '../crash/faulty-proxy.ts'
import { untilAtRest } from '../crash/rest.ts'
import { seeded } from '../crash/seeded.ts'
import { startWorld, type World } from '../crash/world.ts'
import { commandsAgree } from './commands-agree.ts'
import { type ChaosStrike, makeDisorder } from './disorder.ts'
import { type Ensemble, startEnsemble } from './ensemble.ts'
import type { ChaosOptions } from './options.ts'
import { shop } from './shoppers.ts'

export interface ChaosReport {
  readonly wrong: readonly string[]
  readonly strikes: ReadonlyMap<ChaosStrike | 'connections_cut', number>
  readonly payments: ReadonlyMap<string, number>
  readonly told: ReadonlyMap<string, number>
  readonly acknowledged: number
  readonly salesTiyn: number
  readonly bookedTiyn: number
  readonly restMs: number
}

const TERMINALS = 6
const REST_MS = 120_000

export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const cluster = await startCluster()
  const deviceLines: FaultyProxy[] = []
  for (let n = 0; n < TERMINALS; n += 1) {
    // Led to its terminal once that has a port.
    deviceLines.push(await startFaultyProxy({ host: '127.0.0.1', port: 1 }))
  }
  try {
    const world = await startWorld(cluster.database, {
      terminals: TERMINALS,
      deviceLines,
      timing: { scanWaitMs: 6_000, confirmWaitMs: 3_000 },
    })
    for (const { host, number, port } of world.simulator.terminals) {
      deviceLines[number - 1]?.leadTo({ host, port })
    }
    const ensemble = await startEnsemble(world)
    try {
      return await play(options, { world, cluster, ensemble, deviceLines })
    } finally {
      await world.close()
      await ensemble.close()
    }
  } finally {
    await Promise.all(deviceLines.map((line) => line.close()))
    await cluster.close()
  }
}

interface Stage {
  readonly world: World
  readonly cluster: Cluster
  readonly ensemble: Ensemble
  readonly deviceLines: readonly FaultyProxy[]
}

async function play(options: ChaosOptions, stage: Stage): Promise<ChaosReport> {
  const { ensemble, world } = stage
  await Promise.all(ensemble.seats.map((seat) => ensemble.fill(seat)))
  const closing = new AbortController()
  const ending = new AbortController()
  const shoppers = Array.from({ length: options.customers }, (_, place) => {
    const chance = seeded(options.seed + 1 + place)
    const shopping = { world, chance, urls: ensemble.urls, signal: closing.signal }
    return shop(shopping, String(place))
  })
  const strikes = new Map<ChaosStrike | 'connections_cut', number>()
  const chance = seeded(options.seed)
  const disorder = makeDisorder(
    { ...stage, chance, counts: strikes },
    options.strikeEveryMs,
    ending.signal,
  )
  await sleep(options.minutes * 60_000)
  ending.abort()
  await disorder
  options.say('беспорядок кончился, всё лечится')
  heal(stage)
  closing.abort()
  await Promise.all(shoppers)
  const restMs = await untilAtRest(world, REST_MS)
  return reportOf(stage, strikes, restMs)
}

function heal({ deviceLines, ensemble, world }: Stage): void {
  for (const line of [...deviceLines, ...ensemble.seats.map((seat) => seat.line)]) line.heal()
  for (const terminal of world.simulator.terminals) terminal.clearFaults()
  for (const { instance } of ensemble.seats) instance?.tell({ kind: 'clock', offsetMs: 0 })
  world.receiver.behave()
}

async function reportOf(
  { ensemble, world }: Stage,
  strikes: ChaosReport['strikes'],
  restMs: number,
): Promise<ChaosReport> {
  const { client, receiver, simulator, sql } = world
  const created = client.journal.filter(({ outcome, what }) => what === 'init' && outcome === 'ok')
  const [url = ''] = ensemble.urls()
  // What the client asks last, it may ask in its own time: one call a second for each payment (S11).
  for (const { id } of created) if (id !== null) await client.status(url, id)
  const wrong = await checkBooks({
    sql,
    journal: simulator.journal,
    told: client.journal,
    received: receiver.received,
  })
  const statuses = await sql('SELECT status, count(*)::int AS count FROM payments GROUP BY 1')
  const [{ gross }] = await sql('SELECT coalesce(sum(gross_tiyn), 0)::text AS gross FROM captures')
  return {
    wrong: [...wrong, ...(await commandsAgree(world))],
    strikes,
    payments: new Map(statuses.map(({ count, status }) => [status, count])),
    told: countBy(client.journal.map(({ outcome, what }) => `${what} ${outcome}`)),
    acknowledged: created.length,
    salesTiyn: simulator.journal.entries.reduce((sum, sale) => sum + sale.amount_tenge * 100, 0),
    bookedTiyn: Number(gross),
    restMs: Math.round(restMs),
  }
}

function countBy(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
