// Runs batches of cells: payments stand at their steps, the fault strikes, somebody takes over, the
// customers pay, everything comes to rest, the books are checked. What fails names its cell and seed.

import { setTimeout as sleep } from 'node:timers/promises'
import { freshDatabase } from '../support/database.ts'
import { type Cell, nameOf } from './cells.ts'
import { checkBooks } from './check-books.ts'
import { type Cluster, startCluster } from './cluster.ts'
import { faultOf, type Strike } from './faults.ts'
import { PaymentUnderTest } from './payment-under-test.ts'
import { untilAtRest } from './rest.ts'
import { type Seeded, seeded } from './seeded.ts'
import type { Instance, Listener } from './spawn-instance.ts'
import { isAfterPayment } from './steps.ts'
import { strike } from './strikes.ts'
import { uuidOf } from './watched.ts'
import { startWorld, type World } from './world.ts'
import { installWriteFaults } from './write-faults.ts'

interface BatchReport {
  readonly cells: readonly Cell[]
  readonly wrong: readonly string[]
  /** Their payments never came to their steps: a slow machine lost their starts by itself. */
  readonly missed: readonly Cell[]
}

const ARRIVAL_MS = 20_000
/** A terminal that does not know is asked again only after 10 s, twice. */
const SLOW_ARRIVAL_MS = 60_000
const REST_MS = 60_000
/** S6a. */
const LOST_STARTS_LIMIT = 2
const DECLINE_SHARE = 0.15
const OWN_SERVER: readonly Strike[] = ['kill_database', 'restart_database']

/** Terminals for as many lost starts as one payment may have, and for the payment before them all. */
const TERMINALS_PER_CELL = 2
const SPARE_TERMINALS = 3

/** Cells that were missed are tried once more; to be missed twice is to be wrong. */
export async function runCells(cells: readonly Cell[], seed: number): Promise<readonly string[]> {
  const first = await runBatch(cells, seed)
  if (first.missed.length === 0) return first.wrong
  const second = await runBatch(first.missed, seed)
  const missed = second.missed.map((cell) => `шаг не достигнут: ${nameOf(cell)}`)
  return [...first.wrong, ...second.wrong, ...missed]
}

async function runBatch(cells: readonly Cell[], seed: number): Promise<BatchReport> {
  const [first] = cells
  if (first === undefined) return { cells, wrong: [], missed: [] }
  const kind = faultOf(first.fault).strike
  const cluster = OWN_SERVER.includes(kind) ? await startCluster() : null
  const database = cluster === null ? await freshDatabase() : null
  try {
    const at = cluster?.database ?? database
    if (at === undefined || at === null) throw new Error('нет базы')
    const world = await startWorld(at, {
      terminals: cells.length * TERMINALS_PER_CELL + SPARE_TERMINALS,
      timing: { scanWaitMs: 8_000, confirmWaitMs: 3_000 },
    })
    try {
      return await play({ world, cluster, cells, kind, chance: seeded(seed) })
    } finally {
      await world.close()
    }
  } catch (error) {
    const names = cells.map(nameOf).join(', ')
    return { cells, wrong: [`${(error as Error).stack} (${names})`], missed: [] }
  } finally {
    await database?.drop()
    await cluster?.close()
  }
}

interface Play {
  readonly world: World
  readonly cluster: Cluster | null
  readonly cells: readonly Cell[]
  readonly kind: Strike
  readonly chance: Seeded
}

async function play({ cells, chance, cluster, kind, world }: Play): Promise<BatchReport> {
  const payments: PaymentUnderTest[] = []
  const listener = listenFor(world, payments)
  await installWriteFaults(world)
  const hasBeside = cells.some(({ fault }) => faultOf(fault).beside)
  const [doomed, heir, beside] = await Promise.all([
    world.start(listener),
    world.start(listener),
    ...(hasBeside ? [world.start(listener)] : []),
  ])
  const urls = await Promise.all([doomed, ...(beside === undefined ? [] : [beside])].map(begin))
  const working = [doomed, ...(beside === undefined ? [] : [beside])]
  const previousQr = await payOnce(world, urls[0] ?? '')
  for (const [place, cell] of cells.entries()) {
    payments.push(await createFor(world, cell, urls[0] ?? '', { place, chance, previousQr }))
  }
  let answering = urls
  let calls = 0
  const url = () => {
    calls += 1
    return answering[calls % answering.length] ?? ''
  }
  const ending = new AbortController()
  const customers = await arrive(payments, url, ending.signal)
  const missed = payments.flatMap(({ cell, hasArrived }) => (hasArrived ? [] : [cell]))
  const after = await strike(kind, {
    world,
    cluster,
    working,
    heir,
    paymentIds: payments.map(({ paymentId }) => paymentId),
    letGo: () => {
      for (const payment of payments) payment.letGo()
    },
  })
  answering = [await after.begin()]
  await within(REST_MS, customers)
  ending.abort()
  const wrong = await settle(world, payments, answering[0] ?? '')
  return { cells, wrong, missed }
}

function begin(instance: Instance): Promise<string> {
  return instance.begin()
}

function listenFor(world: World, payments: readonly PaymentUnderTest[]): Listener {
  const of = (id: string) => payments.find(({ paymentId }) => paymentId === id)
  return {
    at(passing, go) {
      const payment = of(passing.paymentId)
      if (payment === undefined) go()
      else payment.passes(passing, go)
    },
    calls({ paymentId, port }, go) {
      const terminal = world.simulator.terminals.find((each) => each.port === port)
      if (terminal !== undefined) of(paymentId)?.meets(terminal)
      go()
    },
  }
}

/** The QR of an operation that is over, for a screen that still shows it. */
async function payOnce({ client, simulator }: World, url: string): Promise<string> {
  const created = await client.init(url, 100_000, 'before-all')
  const started = await client.kaspi(url, created.id ?? '', '1')
  const qr: string = started.body.data.qr_code
  simulator.phone.scan({ qr, outcome: 'decline' })
  return qr
}

async function createFor(
  world: World,
  cell: Cell,
  url: string,
  { chance, place, previousQr }: { place: number; chance: Seeded; previousQr: string },
): Promise<PaymentUnderTest> {
  const created = await world.client.init(url, 200_000 + place * 100, `init-${place}`)
  const id = created.id ?? ''
  const { receiver } = faultOf(cell.fault)
  if (receiver !== undefined) world.receiver.misbehave(id, receiver, 1)
  const declines = chance() < DECLINE_SHARE
  return new PaymentUnderTest(world, cell, { id, paymentId: uuidOf(id), declines, previousQr })
}

/**
 * What takes long comes first, so that no other stands in an open transaction meanwhile; one that holds
 * the pool's lock comes last, for the others could not take a terminal any more.
 */
async function arrive(
  payments: readonly PaymentUnderTest[],
  url: () => string,
  signal: AbortSignal,
): Promise<Promise<void>[]> {
  const waves = Map.groupBy(payments, ({ cell, fault }) => {
    if (cell.step === 'reserve_unsaved') return 'last'
    return fault.isSlow === true && isAfterPayment(cell.step) ? 'first' : 'then'
  })
  const customers: Promise<void>[] = []
  for (const name of ['first', 'then', 'last'] as const) {
    const wave = waves.get(name) ?? []
    customers.push(...wave.map((payment) => payment.see(url, signal)))
    await within(
      name === 'first' ? SLOW_ARRIVAL_MS : ARRIVAL_MS,
      wave.map(({ arrived }) => arrived),
    )
  }
  return customers
}

/** Waits for all of them, or for so long; no timer is left behind. */
async function within(patienceMs: number, all: readonly Promise<void>[]): Promise<void> {
  const patience = new AbortController()
  await Promise.race([
    Promise.all(all),
    sleep(patienceMs, undefined, { signal: patience.signal }).catch(() => {}),
  ])
  patience.abort()
}

async function settle(
  world: World,
  payments: readonly PaymentUnderTest[],
  url: string,
): Promise<readonly string[]> {
  const { client, receiver, simulator, sql } = world
  for (const terminal of simulator.terminals) terminal.clearFaults()
  receiver.behave()
  await untilAtRest(world, REST_MS)
  for (const { id } of payments) await client.status(url, id)
  const books = await checkBooks({
    sql,
    journal: simulator.journal,
    told: client.journal,
    received: receiver.received,
  })
  const ends = (await Promise.all(payments.map((payment) => endOf(world, payment)))).flat()
  return [...books, ...ends]
}

/**
 * Beyond the books: a customer who wanted to pay has paid, whatever struck, unless two of the payment's
 * starts were lost (S6a): it may start again in five minutes.
 */
async function endOf({ client, sql }: World, payment: PaymentUnderTest): Promise<string[]> {
  if (payment.declines || payment.fault.forgets === true) return []
  const last = client.journal.findLast(({ id, what }) => what === 'status' && id === payment.id)
  const status = last?.body?.data?.status ?? last?.text
  if (status === 'paid') return []
  const [{ lost }] = await sql(
    `SELECT count(*)::integer AS lost FROM attempts WHERE payment_id = $1 AND lost_at IS NOT NULL`,
    [payment.paymentId],
  )
  const mustWait = lost >= LOST_STARTS_LIMIT && status === 'pending'
  return mustWait ? [] : [`покупатель хотел заплатить, а платёж ${status}: ${payment}`]
}
