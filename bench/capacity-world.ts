// The pieces of work whose cost bench/capacity.ts measures, each done so often by one instance over a database of its own,
// and what they take of the processor.

import { setTimeout as sleep } from 'node:timers/promises'
import { transactionIdOf } from '@byfly-pay/core'
import type { Cost } from './capacity-model.ts'
import { type Child, startChild } from './child.ts'
import { deliveredPerSecond } from './deliveries.ts'
import type { DevicesArgument, DevicesHello, Stamps } from './devices.ts'
import type { Orders } from './live-clients.ts'
import { requestsPerSecond } from './load.ts'
import { cpuMsOf, cpuMsOfFamily } from './machine.ts'
import { initLoad, readLoad } from './requests.ts'
import { call, payOne } from './shopper.ts'
import { type BenchSource, type BenchWorld, type Instance, openWorld } from './world.ts'

const TERMINALS = 20
const DEVICES: DevicesArgument = {
  terminals: TERMINALS,
  camera: 'jpeg',
  initializeMs: [600, 1_600],
}
const LIVE_PAYMENTS = 15_000
const CLIENTS = 16
const WARM_UP = 40
const WARM_UP_SECONDS = 2
const WARM_UP_DELIVERIES = 500
const SETTLE_MS = 2_000
const GROWTH_SECONDS = 3
const GROWTH_PAYMENTS = 100
/** Longer than what is recorded beside the work waits to be written. */
const RECORDED_MS = 2_500
const LEAST_ROWS_SHOWN = 0.1

export interface Meter {
  readonly done: number
  readonly seconds: number
  /** What it all took, for each of so many. */
  each(of: number): Cost
}

export interface Growth {
  readonly bytesCreated: number
  readonly bytesPaid: number
  readonly rowsPaid: readonly (readonly [table: string, rows: number])[]
}

type Shop = 'told' | 'quiet'

interface Parts {
  readonly world: BenchWorld
  readonly devices: Child<DevicesHello>
  readonly receiver: Child<string>
  readonly instance: Instance
  /** A source whose shop hears of its payments, and one that has no webhook. */
  readonly sources: Readonly<Record<Shop, BenchSource>>
  /** Open payments of the quiet one. */
  readonly ids: readonly string[]
}

export async function openCapacityWorld(): Promise<CapacityWorld> {
  const world = await openWorld()
  const devices = await startChild<DevicesHello>('devices.ts', { argument: DEVICES })
  const receiver = await startChild<string>('receiver.ts', { argument: { saysEach: false } })
  await world.addTerminals(devices.hello.terminals)
  const sources = {
    quiet: await world.addSource('quiet'),
    told: await world.addSource('told', receiver.hello),
  }
  const ids = await world.addPayments(sources.quiet.id, LIVE_PAYMENTS)
  const instance = await world.startInstance()
  return new CapacityWorld({ world, devices, receiver, instance, sources, ids })
}

export class CapacityWorld {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async meter(work: () => Promise<number>): Promise<Meter> {
    const before = this.#cpu()
    const beganMs = performance.now()
    const done = await work()
    const seconds = (performance.now() - beganMs) / 1_000
    const after = this.#cpu()
    const each = (of: number): Cost => ({
      centreMs: (after.centreMs - before.centreMs) / of,
      databaseMs: (after.databaseMs - before.databaseMs) / of,
    })
    return { done, seconds, each }
  }

  /** Compiles what is to be measured, and lets what it leaves behind settle. */
  async warmUp(): Promise<void> {
    await this.pay(WARM_UP, 0, 'told')
    await this.create(CLIENTS, WARM_UP_SECONDS)
    await this.readStatus(CLIENTS, WARM_UP_SECONDS)
    await this.deliver(WARM_UP_DELIVERIES)
    await sleep(SETTLE_MS)
  }

  async create(clients: number, seconds: number): Promise<number> {
    const { instance, sources } = this.#parts
    const load = { ...initLoad(instance.url, sources.quiet), clients, seconds }
    return seconds * (await requestsPerSecond(load))
  }

  async readStatus(clients: number, seconds: number): Promise<number> {
    const { ids, instance, sources } = this.#parts
    const load = { ...readLoad(instance.url, sources.quiet, ids, '/status'), clients, seconds }
    return seconds * (await requestsPerSecond(load))
  }

  /** Whether cameras send the text of the code or a picture. */
  async setCameras(form: 'json' | 'jpeg'): Promise<void> {
    await this.#parts.world.sql.query(
      `UPDATE terminals
       SET camera_url = regexp_replace(camera_url, '/(qr|cameras)/([0-9]+).*$', '/cameras/\\2/' || $1)`,
      [form],
    )
  }

  async deliver(count: number): Promise<number> {
    const { receiver, sources, world } = this.#parts
    await deliveredPerSecond(world, sources.told, receiver.hello, count)
    return count
  }

  /** @returns looks at terminals */
  async pay(count: number, afterMs: number, shop: Shop): Promise<number> {
    const { devices, instance, sources } = this.#parts
    await devices.ask('stamps')
    let left = count
    const { apiToken: token } = sources[shop]
    const errand = { url: instance.url, token, phoneUrl: devices.hello.url, afterMs }
    await Promise.all(
      Array.from({ length: TERMINALS }, async () => {
        while (left > 0) {
          left -= 1
          await payOne(errand)
        }
      }),
    )
    const stamps = await devices.ask<Stamps[]>('stamps')
    return stamps.reduce((sum, { looks }) => sum + looks, 0)
  }

  /** Does the work while so many clients have a stream open. */
  async withStreams<T>(count: number, work: () => Promise<T>): Promise<T> {
    const { ids, instance, sources } = this.#parts
    const clients = await startChild<string>('live-clients.ts')
    const token = sources.quiet.apiToken
    const orders: Orders = {
      kind: 'stream',
      port: Number(new URL(instance.url).port),
      clients: ids.slice(0, count).map((id) => ({ token, transactionId: transactionIdOf(id) })),
    }
    try {
      await clients.ask(orders)
      return await work()
    } finally {
      await clients.stop()
    }
  }

  /** Does the work while so many statuses a second are read. */
  async withReads<T>(perSecond: number, work: () => Promise<T>): Promise<T> {
    const { ids, instance, sources } = this.#parts
    let n = 0
    const reading = setInterval(() => {
      n += 1
      const path = `/api/payment/${transactionIdOf(ids[n % ids.length] ?? '')}/status`
      call(instance.url, sources.quiet.apiToken, 'GET', path).catch(() => {})
    }, 1_000 / perSecond)
    try {
      return await work()
    } finally {
      clearInterval(reading)
    }
  }

  async growth(): Promise<Growth> {
    const { world } = this.#parts
    const empty = await sizeOf(world)
    const created = await this.create(CLIENTS, GROWTH_SECONDS)
    const after = await sizeOf(world)
    const before = await rowsOf(world)
    await this.pay(GROWTH_PAYMENTS, 0, 'told')
    await sleep(RECORDED_MS)
    const rows = await rowsOf(world)
    return {
      bytesCreated: (after - empty) / created,
      bytesPaid: ((await sizeOf(world)) - after) / GROWTH_PAYMENTS,
      rowsPaid: [...rows]
        .map(([table, count]): [string, number] => [
          table,
          (count - (before.get(table) ?? 0)) / GROWTH_PAYMENTS,
        ])
        .filter(([, each]) => each >= LEAST_ROWS_SHOWN),
    }
  }

  async stop(): Promise<void> {
    const { devices, instance, receiver, world } = this.#parts
    await instance.stop()
    await receiver.stop()
    await devices.stop()
    await world.stop()
  }

  #cpu(): Cost {
    const { instance, world } = this.#parts
    return { centreMs: cpuMsOf(instance.pid), databaseMs: cpuMsOfFamily(world.databasePid) }
  }
}

/** Of all tables with their indexes, but for the deltas of figures: they are folded and do not stay. */
async function sizeOf({ sql }: BenchWorld): Promise<number> {
  const { rows } = await sql.query<{ bytes: string }>(
    `SELECT sum(pg_total_relation_size(oid)) AS bytes FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'figure_deltas'`,
  )
  return Number(rows[0]?.bytes)
}

/** By table, its partitions together. */
async function rowsOf({ sql }: BenchWorld): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  const { rows } = await sql.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace`,
  )
  for (const { name } of rows) {
    const counted = await sql.query<{ count: string }>(`SELECT count(*) FROM ${name}`)
    counts.set(name, Number(counted.rows[0]?.count))
  }
  return counts
}
