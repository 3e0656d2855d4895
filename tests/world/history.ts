// One history from one seed: events, invariants after each, then the faults stop and all has to come to rest
// in bounded time. What it finds is told as a value.

import { createHash } from 'node:crypto'
import { isRefundWatched } from '@byfly-pay/core'
import { isForAPerson, settle } from './events/desk-events.ts'
import { drawEvents, type Event } from './events/event.ts'
import { perform } from './events/perform.ts'
import { isRefundForAPerson, settleRefund } from './events/refund-events.ts'
import { checkAlways, checkAtRest } from './invariants/all.ts'
import { Violation } from './invariants/violation.ts'
import { Onlooker } from './people/onlooker.ts'
import type { Policy } from './policies/policy.ts'
import type { Books } from './storage/books.ts'
import { openMemoryWorld, type WorldStorage } from './storage/world-storage.ts'
import { Chance } from './time/chance.ts'
import { settingOf, World } from './world.ts'

export interface HistoryOptions {
  readonly seed: number
  readonly events: readonly Event[]
  readonly policy?: Policy | null
  /** Memory unless told otherwise. */
  readonly storage?: WorldStorage
}

export interface History {
  readonly seed: number
  /** Null when nothing broke. */
  readonly failure: Failure | null
  /** SHA-256 of all that happened: the same seed, the same hash. */
  readonly hash: string
  readonly log: readonly string[]
  /** As they stood at the end. */
  readonly books: Books
}

export interface Failure {
  /** Name of the invariant, or of the error. */
  readonly invariant: string
  readonly message: string
  /** How many events had happened. */
  readonly afterEvents: number
}

export const EVENTS = 30

/** Faults stopped, everything is settled within this much simulated time (I13). */
const REST_LIMIT_MS = 3 * 60 * 60 * 1_000
const LOOK_MS = 15_000
const LOOK_OVER_A_SERVER_MS = 60_000

export function eventsOf(seed: number, count = EVENTS): Event[] {
  return drawEvents(new Chance(seed, 'events'), count)
}

export async function runHistory(options: HistoryOptions): Promise<History> {
  const { seed, policy = null } = options
  const setting = settingOf(seed)
  const storage =
    options.storage ??
    (await openMemoryWorld(setting, new Chance(seed, 'database'), policy?.without ?? []))
  const world = new World(seed, setting, storage, policy)
  const failure = await live(world, options.events, await onlookerOf(world, policy))
  const hash = createHash('sha256').update(world.log.join('\n')).digest('hex')
  return { seed, failure, hash, log: world.log, books: await storage.books() }
}

/** None over a real server: its notices come in real time, which says nothing of simulated moments. */
async function onlookerOf(world: World, policy: Policy | null): Promise<Onlooker | null> {
  const { isReal, time } = world.storage
  if (isReal) return null
  const connected = await world.storage.connect('onlooker')
  return new Onlooker(connected, time, new Chance(world.seed, 'onlooker'), policy)
}

async function live(
  world: World,
  events: readonly Event[],
  onlooker: Onlooker | null,
): Promise<Failure | null> {
  let afterEvents = 0
  try {
    await world.startInstance()
    if (world.seed % 2 === 0) await world.startInstance()
    let before: Books | null = null
    for (const event of events) {
      await perform(world, event)
      afterEvents += 1
      // What it has set going runs to where it waits for something.
      await world.time.pass(0)
      const books = await world.storage.books()
      checkAlways(world, before, books)
      await onlooker?.look(books)
      before = books
    }
    await comeToRest(world, before)
    return null
  } catch (error) {
    const invariant = error instanceof Violation ? error.invariant : 'ошибка'
    const message = error instanceof Violation ? error.message : String((error as Error).stack)
    return { invariant, message, afterEvents }
  } finally {
    for (const { gate } of world.instances) gate.dieAfter(0)
  }
}

async function comeToRest(world: World, lastSeen: Books | null): Promise<void> {
  world.wires.heal()
  world.receivers.heal()
  world.database.heal()
  for (const { gate } of world.instances) gate.spare()
  if (world.running.length === 0) await world.startInstance()
  world.note('— покой')
  const untilMs = world.time.nowMs + REST_LIMIT_MS
  let before = lastSeen
  while (world.time.nowMs < untilMs) {
    await world.time.pass(world.storage.isReal ? LOOK_OVER_A_SERVER_MS : LOOK_MS)
    const books = await world.storage.books()
    checkAlways(world, before, books)
    before = books
    clearTheDesk(world, books)
    await world.time.pass(0)
    if (isAtRest(await world.storage.books())) {
      checkAtRest(world, await world.storage.books())
      return
    }
  }
  const books = await world.storage.books()
  throw new Violation('I13', `за отведённое время не улеглось: ${JSON.stringify(restless(books))}`)
}

/**
 * What no program can settle is settled at the desk, by the journals. Not everybody goes through the list of
 * what was given up: what is on it must do without.
 */
function clearTheDesk(world: World, books: Books): void {
  const isThorough = world.seed % 3 === 0
  for (const row of books.attempts) {
    const { kind } = row.attempt.state
    const isDue =
      kind === 'abandoned' ? isThorough : row.endedAtMs === null && isLeftAlone(world, row)
    if (isDue && isForAPerson(kind)) settle(world, row, books)
  }
  for (const row of books.refunds) if (isRefundForAPerson(row)) settleRefund(world, row, books)
}

/** Left alone for a while first: most of it the watchers settle by themselves. */
function isLeftAlone(world: World, { createdAtMs }: Books['attempts'][number]): boolean {
  return world.time.nowMs - createdAtMs > 15 * 60 * 1_000
}

function isAtRest(books: Books): boolean {
  return restless(books).length === 0
}

function restless({ attempts, deliveries, nowMs, payments, refunds }: Books): string[] {
  return [
    ...attempts
      .filter(({ endedAtMs }) => endedAtMs === null)
      .map(({ attempt }) => `попытка ${attempt.id} ${attempt.state.kind}`),
    ...refunds
      .filter(({ refund }) => isRefundWatched(refund) || refund.state.kind === 'held')
      .map(({ refund }) => `возврат ${refund.id} ${refund.state.kind}`),
    ...deliveries
      .filter(({ state }) => state === 'held' || state === 'waiting')
      .map(({ id, state, nextAtMs }) => `доставка ${id} ${state} до ${nextAtMs}`),
    ...payments
      .filter(({ facts }) => facts.expiresAtMs + 60_000 < nowMs)
      .filter(
        ({ status }) => status === 'pending' || status === 'failed' || status === 'processing',
      )
      .map(({ facts, status }) => `платёж ${facts.id} ${status}`),
  ]
}
