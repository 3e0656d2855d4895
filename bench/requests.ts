// `node bench/requests.ts`: creations and reads a second, each against what the database or a bare Fastify does alone.

import { transactionIdOf } from '@byfly-pay/core'
import { CREATE } from '../packages/server/src/storage/payment-create.ts'
import { startChild } from './child.ts'
import { checkLoadGenerator, type Load, requestsPerSecond } from './load.ts'
import { findPgbench, pgbenchPerSecond } from './pgbench.ts'
import { atLeast, type Figure, type Measure, measure } from './report.ts'
import { runAlone } from './run-alone.ts'
import { type BenchSource, openWorld } from './world.ts'

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 4)
/** Enough that none is asked about more often than the limit on polling allows. */
const PAYMENTS = 48_000
/**
 * Of those the ones whose status is asked for, each some times a round, as by somebody who waits: as many as are
 * remembered, and for so short a time that none is asked about oftener than once a second.
 */
const LIVE_PAYMENTS = 20_000
const STATUS_SECONDS = 2
const UNIT = 'a second'

export async function measureRequests(rounds: number): Promise<Figure[]> {
  checkLoadGenerator()
  const world = await openWorld()
  try {
    const source = await world.addSource('bench')
    const ids = await world.addPayments(source.id, PAYMENTS)
    const centre = await world.startInstance()
    const bare = await startChild<string>('bare.ts', { argument: world.database.url })
    try {
      const figures: Figure[] = []
      for (const measured of [
        ...creations(centre.url, source, world.database.url),
        ...reads(centre.url, source, bare.hello, ids),
      ]) {
        figures.push(await measure(measured, rounds))
      }
      return figures
    } finally {
      await bare.stop()
      await centre.stop()
    }
  } finally {
    await world.stop()
  }
}

/** The load of `POST init` as a shop sends it. */
export function initLoad(
  url: string,
  { apiToken }: BenchSource,
): Omit<Load, 'clients' | 'seconds'> {
  return {
    url: `${url}/api/payment/init`,
    method: 'POST',
    headers: { 'X-API-Token': apiToken, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      amount: 1_000_000,
      description: 'Тур',
      metadata: { order_id: '1' },
    }),
  }
}

/** Reads of payments, one after another; `path` is what follows the number. */
export function readLoad(
  url: string,
  { apiToken }: BenchSource,
  ids: readonly string[],
  path: string,
): Omit<Load, 'clients' | 'seconds'> {
  return {
    url,
    method: 'GET',
    headers: { 'X-API-Token': apiToken },
    paths: ids.map((id) => `/api/payment/${transactionIdOf(id)}${path}`),
  }
}

function creations(url: string, source: BenchSource, databaseUrl: string): Measure[] {
  const pgbench = findPgbench()
  if (pgbench === null) {
    process.stdout.write('Нет pgbench (apt-get install postgresql-15): init не измеряется\n')
    return []
  }
  const payment = [source.id, 'KZ', 'KZT', 1_000_000, 100, 'Tour']
  const statement = () =>
    pgbenchPerSecond({
      pgbench,
      databaseUrl,
      statement: CREATE.text,
      values: [...payment, null, null, null, null, null, '{}', 3_600],
      clients: 16,
      seconds: SECONDS,
    })
  const creating = (clients: number, aim: number): Measure => ({
    what: `POST init, ${clients} clients`,
    unit: UNIT,
    limit: 'pgbench, the same statement, prepared, 16 clients',
    aim: atLeast(aim),
    round: async () => ({
      ours: await requestsPerSecond({ ...initLoad(url, source), clients, seconds: SECONDS }),
      limit: await statement(),
    }),
  })
  return [creating(16, 1), creating(128, 1.3)]
}

function reads(
  url: string,
  source: BenchSource,
  bareUrl: string,
  ids: readonly string[],
): Measure[] {
  const reading = (
    what: string,
    limit: string,
    aim: number,
    path: string,
    bareRoute: string,
  ): Measure => {
    const isStatus = path === '/status'
    const some = isStatus ? ids.slice(0, LIVE_PAYMENTS) : ids
    const seconds = isStatus ? STATUS_SECONDS : SECONDS
    const bare: Omit<Load, 'clients' | 'seconds'> = {
      url: bareUrl,
      method: 'GET',
      paths: some.map((id) => `/${bareRoute}/${id}`),
    }
    return {
      what: `${what}, 16 clients`,
      unit: UNIT,
      limit,
      aim: atLeast(aim),
      round: async () => ({
        ours: await requestsPerSecond({
          ...readLoad(url, source, some, path),
          clients: 16,
          seconds,
        }),
        limit: await requestsPerSecond({ ...bare, clients: 16, seconds }),
      }),
    }
  }
  return [
    reading('GET status of live payments', 'a bare Fastify GET', 0.7, '/status', 'status'),
    reading('GET payment', 'Fastify with one prepared select', 0.9, '', 'view'),
  ]
}

if (import.meta.main) await runAlone('requests', measureRequests)
