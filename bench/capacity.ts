// `node bench/capacity.ts`: measures what each piece of work costs in processor time, tells by the model what machines of 2, 4
// and 8 cores carry, and checks the model against two loads that it was not made from. Writes bench/capacity.md.

import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Cost, type Costs, costOf, type Demand } from './capacity-model.ts'
import { type Check, capacityReport, costTable } from './capacity-report.ts'
import { type CapacityWorld, type Meter, openCapacityWorld } from './capacity-world.ts'

const SECONDS = 3
const IDLE_SECONDS = 6
const CLIENTS = 16
const PAYMENTS = 80
const LONG_MS = 5_000
const DELIVERIES = 3_000
const WAITING = 1_000
/** The load of its own: other times, webhooks, waiting clients and reads all at once. */
const MIXED = { payments: 100, afterMs: 1_500, waiting: 300, readsPerSecond: 100 }

const world = await openCapacityWorld()
try {
  process.stdout.write('costs…\n')
  const costs = await measureCosts(world)
  process.stdout.write(`${costTable(costs).join('\n')}\n`)
  process.stdout.write('a load of its own…\n')
  const checks = [await mixedLoad(world, costs), poolLoad(costs)]
  const text = capacityReport(costs, checks, await world.growth(), cpus())
  process.stdout.write(`\n${text}`)
  writeFileSync(join(import.meta.dirname, 'capacity.md'), text)
} finally {
  await world.stop()
}

async function measureCosts(measured: CapacityWorld): Promise<Costs> {
  const meter = (work: () => Promise<number>) => measured.meter(work)
  await measured.warmUp()
  const idle = await meter(async () => {
    await sleep(1_000 * IDLE_SECONDS)
    return 1
  })
  const idleSecond = idle.each(idle.seconds)
  const creation = without(idleSecond, await meter(() => measured.create(CLIENTS, SECONDS)))
  const statusRead = without(idleSecond, await meter(() => measured.readStatus(CLIENTS, SECONDS)))
  const delivery = without(idleSecond, await meter(() => measured.deliver(DELIVERIES)))
  const waitingSecond = without(idleSecond, await waiting(measured))
  await measured.setCameras('json')
  const short = await payments(measured, 0, idleSecond)
  const long = await payments(measured, LONG_MS, idleSecond)
  await measured.setCameras('jpeg')
  const pictured = await payments(measured, 0, idleSecond)
  const more = long.looksEach - short.looksEach
  const look = each((part) => Math.max(0, long.each[part] - short.each[part]) / more)
  const start = each((part) => short.each[part] - creation[part] - short.looksEach * look[part])
  const picture = each((part) => Math.max(0, pictured.each[part] - short.each[part]))
  return { creation, statusRead, start, picture, look, delivery, waitingSecond, idleSecond }
}

function each(of: (part: keyof Cost) => number): Cost {
  return { centreMs: of('centreMs'), databaseMs: of('databaseMs') }
}

/** Of clients that are there already, a second of each. */
function waiting(measured: CapacityWorld): Promise<Meter> {
  return measured.withStreams(WAITING, () =>
    measured.meter(async () => {
      await sleep(1_000 * SECONDS)
      return WAITING * SECONDS
    }),
  )
}

interface Paid {
  readonly each: Cost
  readonly looksEach: number
}

async function payments(measured: CapacityWorld, afterMs: number, idleSecond: Cost): Promise<Paid> {
  let looks = 0
  const metered = await measured.meter(async () => {
    looks = await measured.pay(PAYMENTS, afterMs, 'quiet')
    return PAYMENTS
  })
  return { each: without(idleSecond, metered), looksEach: looks / PAYMENTS }
}

/** Of one piece of the work, without what an idle instance takes meanwhile. */
function without(idleSecond: Cost, { done, each, seconds }: Meter): Cost {
  const { centreMs, databaseMs } = each(done)
  return {
    centreMs: Math.max(0, centreMs - (idleSecond.centreMs * seconds) / done),
    databaseMs: Math.max(0, databaseMs - (idleSecond.databaseMs * seconds) / done),
  }
}

async function mixedLoad(measured: CapacityWorld, costs: Costs): Promise<Check> {
  let looks = 0
  const { each, seconds } = await measured.withStreams(MIXED.waiting, () =>
    measured.meter(() =>
      measured.withReads(MIXED.readsPerSecond, async () => {
        looks = await measured.pay(MIXED.payments, MIXED.afterMs, 'told')
        return MIXED.payments
      }),
    ),
  )
  const rate = MIXED.payments / seconds
  const demand: Demand = {
    ...{ creations: rate, starts: rate, deliveries: rate, looks: looks / seconds, pictures: rate },
    ...{ statusReads: MIXED.readsPerSecond, waiting: MIXED.waiting, instances: 1 },
  }
  return {
    what:
      `${MIXED.payments} payments with webhooks, ${MIXED.waiting} waiting clients, ` +
      `${MIXED.readsPerSecond} status reads a second`,
    measured: each(seconds),
    predicted: costOf(demand, costs),
  }
}

/** Only the centre's own time is told there. */
function poolLoad(costs: Costs): Check {
  const text = readFileSync(join(import.meta.dirname, 'pool-load.md'), 'utf8')
  const figure = (pattern: RegExp) => Number(pattern.exec(text)?.[1]?.replaceAll(',', ''))
  const paid = figure(/paid; sales[^|]*\| (\d+);/)
  const rate = figure(/payments a minute \| ([\d,]+)/) / 60
  const looks = (rate * figure(/looks at terminals \| ([\d,]+)/)) / paid
  const cores = figure(/processor of the centre, cores \| ([\d.]+)/)
  const demand: Demand = {
    ...{ creations: rate, starts: rate, looks, deliveries: 0, pictures: 0 },
    ...{ statusReads: 0, waiting: 0, instances: 1 },
  }
  const { centreMs } = costOf(demand, costs)
  return {
    what: 'pool-load.md: fifty terminals',
    measured: { centreMs: 1_000 * cores, databaseMs: null },
    predicted: { centreMs, databaseMs: null },
  }
}
