// Clients that wait, and the commits they wait for: what each costs the server, and how soon it is told. Servers and clients
// are processes of their own.

import { setTimeout as sleep } from 'node:timers/promises'
import { transactionIdOf } from '@byfly-pay/core'
import { type Child, startChild } from './child.ts'
import type { Arrivals, Kind, Orders } from './live-clients.ts'
import type { Result } from './live-report.ts'
import type { Memory } from './memory.ts'
import { type BenchWorld, openWorld } from './world.ts'

/** The waiters of one source are limited. */
const SOURCES = 4
const WARM_UP = 200
const BETWEEN_COMMITS_MS = 10
const SETTLE_MS = 1_000
const PATIENCE_MS = 60_000

const CHANGE = `
  WITH changed AS (
    UPDATE payments SET status_detail = $2, version = version + 1, updated_at = centre_now()
    WHERE id = $1 RETURNING id
  )
  SELECT pg_notify('centre', 'payment:' || id) FROM changed`

/** A payment and the token of its source. */
interface Payment {
  readonly id: string
  readonly token: string
}

export interface WaitingWorld {
  /** Of so many clients of that kind, while so many of their payments change, a hundred a second. */
  measure(kind: Kind, clients: number, commits: number): Promise<Result>
  stop(): Promise<void>
}

export async function openWaitingWorld(clients: number): Promise<WaitingWorld> {
  const world = await openWorld()
  const payments: Payment[] = []
  for (let n = 0; n < SOURCES; n += 1) {
    const { apiToken: token, id } = await world.addSource(`bench ${n}`)
    const ids = await world.addPayments(id, Math.ceil(clients / SOURCES))
    payments.push(...ids.map((each) => ({ id: each, token })))
  }
  let measured = 0
  return {
    measure: (kind, count, commits) => {
      // What says the same as before is no news.
      measured += 1
      return measure(world, kind, payments.slice(0, count), commits, `${kind} ${measured}`)
    },
    stop: () => world.stop(),
  }
}

async function measure(
  world: BenchWorld,
  kind: Kind,
  payments: readonly Payment[],
  commits: number,
  detail: string,
): Promise<Result> {
  const server: Child<string> =
    kind === 'bare'
      ? await startChild<string>('live-bare.ts', { execArgv: ['--expose-gc'] })
      : await world.startInstance()
  const clients = await startChild<string>('live-clients.ts')
  const memory = () => server.ask<Memory>('memory')
  const order = (orders: Orders | null) =>
    clients.ask<string>(orders, (message) => !Array.isArray(message))
  try {
    const port = Number(new URL(server.hello).port)
    const all = payments.map(({ id, token }) => ({ token, transactionId: transactionIdOf(id) }))
    await order({ kind, port, clients: all.slice(0, WARM_UP) })
    await sleep(SETTLE_MS)
    await order(null)
    await sleep(SETTLE_MS)
    const before = await memory()
    await order({ kind, port, clients: all })
    await sleep(SETTLE_MS)
    const after = await memory()
    const isTold = kind !== 'bare' && kind !== 'idle'
    const delays = isTold ? await delaysOf(world, clients, payments.slice(0, commits), detail) : []
    const { lagMs } = await memory()
    return {
      kind,
      clients: payments.length,
      rssBytes: (after.rssBytes - before.rssBytes) / payments.length,
      heapBytes: (after.heapBytes - before.heapBytes) / payments.length,
      delays,
      lagMs,
    }
  } finally {
    await clients.stop()
    await server.stop()
  }
}

/** Changes one payment after another. @returns ms from each commit's return to the news at its own client */
async function delaysOf(
  { sql }: BenchWorld,
  clients: Child<string>,
  payments: readonly Payment[],
  detail: string,
): Promise<number[]> {
  const heard = new Map<number, bigint>()
  const unhear = clients.hear((message) => {
    if (!Array.isArray(message)) return
    for (const [client, atNs] of message as unknown as Arrivals) heard.set(client, BigInt(atNs))
  })
  const committed: bigint[] = []
  const beganMs = performance.now()
  for (const [n, { id }] of payments.entries()) {
    await sleep(Math.max(0, beganMs + n * BETWEEN_COMMITS_MS - performance.now()))
    await sql.query({ name: 'change', text: CHANGE, values: [id, detail] })
    committed.push(process.hrtime.bigint())
  }
  const untilMs = performance.now() + PATIENCE_MS
  while (heard.size < payments.length && performance.now() < untilMs) await sleep(10)
  unhear()
  if (heard.size < payments.length) {
    throw new Error(`${heard.size} из ${payments.length} клиентов узнали о перемене`)
  }
  return committed.map((atNs, n) => Number((heard.get(n) ?? 0n) - atNs) / 1e6)
}
