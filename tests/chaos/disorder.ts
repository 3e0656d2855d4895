// What goes wrong, by chance that a seed repeats: processes killed and stopped, the database killed and
// restarted, lines cut, stalled and deaf, devices and the shop misbehaving, a clock that jumps. One strike
// at a time is begun; its healing runs beside the next.

import { setTimeout as sleep } from 'node:timers/promises'
import { DAY_MS } from '@byfly-pay/core'
import type { FaultRequest } from '../../packages/simulator/src/index.ts'
import type { Cluster } from '../crash/cluster.ts'
import type { FaultyProxy } from '../crash/faulty-proxy.ts'
import { MISCHIEF } from '../crash/receiver.ts'
import { oneOf, type Seeded } from '../crash/seeded.ts'
import type { World } from '../crash/world.ts'
import type { Ensemble, Seat } from './ensemble.ts'

export const STRIKES = [
  'kill',
  'kill_both',
  'stop',
  'database_kill',
  'database_restart',
  'database_cut',
  'answers_lost',
  'line_stalled',
  'device_fault',
  'device_cut',
  'device_reboot',
  'receiver_fault',
  'clock_jump',
  'drain',
] as const
export type ChaosStrike = (typeof STRIKES)[number]

/** How often each comes, beside the others: what kills is what this is about. */
const WEIGHTS: Readonly<Record<ChaosStrike, number>> = {
  kill: 12,
  kill_both: 1,
  stop: 3,
  database_kill: 1,
  database_restart: 1,
  database_cut: 3,
  answers_lost: 3,
  line_stalled: 2,
  device_fault: 8,
  device_cut: 3,
  device_reboot: 1,
  receiver_fault: 3,
  clock_jump: 1,
  drain: 1,
}

const DEVICE_FAULTS: readonly FaultRequest[] = [
  { fault: 'request_lost' },
  { fault: 'answer_lost' },
  { fault: 'half_answer' },
  { fault: 'late', delay_ms: 700 },
  { fault: 'answer_lost', on: 'status', times: 2 },
  { fault: 'other_process_id' },
  { fault: 'unknown', actualize_calls: 1 },
  { fault: 'refuse_code', code: 107 },
  { fault: 'camera_down', times: 5 },
  { fault: 'camera_garbage', times: 5 },
  { fault: 'refuse_connection', closed_ms: 700 },
]

const STOPPED_MS = [500, 4_000] as const
const SHORT_MS = 400
/** A drain that takes longer is ended by a kill, as a supervisor would. */
const DRAIN_MS = 10_000

export interface Disorder {
  readonly world: World
  readonly cluster: Cluster
  readonly ensemble: Ensemble
  readonly deviceLines: readonly FaultyProxy[]
  readonly chance: Seeded
  readonly counts: Map<ChaosStrike | 'connections_cut', number>
}

/** Strikes until the signal; resolves when everything that was begun is healed. */
export async function makeDisorder(
  disorder: Disorder,
  everyMs: number,
  signal: AbortSignal,
): Promise<void> {
  const healing = new Set<Promise<void>>()
  while (!signal.aborted) {
    await sleep(everyMs * (0.5 + disorder.chance()), undefined, { signal }).catch(() => {})
    if (signal.aborted) break
    const kind = pick(disorder.chance)
    disorder.counts.set(kind, (disorder.counts.get(kind) ?? 0) + 1)
    const healed = strike(disorder, kind).finally(() => healing.delete(healed))
    healing.add(healed)
  }
  await Promise.all(healing)
}

function pick(chance: Seeded): ChaosStrike {
  return oneOf(
    chance,
    STRIKES.flatMap((kind) => Array.from({ length: WEIGHTS[kind] }, () => kind)),
  )
}

/** Resolves when its part of the world works again. */
async function strike(disorder: Disorder, kind: ChaosStrike): Promise<void> {
  const { chance, cluster, ensemble, world } = disorder
  const seat = oneOf(chance, ensemble.seats)
  switch (kind) {
    case 'kill':
      return comeBack(ensemble, [seat], chance)
    case 'kill_both':
      return comeBack(ensemble, ensemble.seats, chance)
    case 'stop':
      return stopAndWake(seat, chance)
    case 'drain':
      return drain(ensemble, seat)
    case 'database_kill':
      cluster.killServer()
      return
    case 'database_restart':
      return cluster.restartServer()
    case 'database_cut':
      count(disorder, seat.line.cut())
      return
    case 'answers_lost':
      seat.line.loseAnswers(SHORT_MS * chance())
      return
    case 'line_stalled':
      seat.line.stall(SHORT_MS * 5 * chance())
      return
    case 'device_fault':
      oneOf(chance, world.simulator.terminals).armFault(oneOf(chance, DEVICE_FAULTS))
      return
    case 'device_cut':
      count(disorder, oneOf(chance, disorder.deviceLines).cut())
      return
    case 'device_reboot':
      oneOf(chance, world.simulator.terminals).reboot(300)
      return
    case 'receiver_fault':
      return annoy(world, chance)
    case 'clock_jump':
      // The first seat's alone: the second keeps the right time.
      ensemble.seats[0]?.instance?.tell({
        kind: 'clock',
        offsetMs: oneOf(chance, [-400, -20, 0, 20, 400]) * DAY_MS,
      })
  }
}

async function comeBack(ensemble: Ensemble, seats: readonly Seat[], chance: Seeded): Promise<void> {
  await Promise.all(seats.map((seat) => ensemble.kill(seat)))
  await sleep(2_000 * chance())
  await Promise.all(seats.map((seat) => ensemble.fill(seat)))
}

async function stopAndWake(seat: Seat, chance: Seeded): Promise<void> {
  const { instance } = seat
  if (instance === null || seat.isStopped) return
  const [least, most] = STOPPED_MS
  seat.isStopped = true
  instance.signal('SIGSTOP')
  await sleep(least + (most - least) * chance())
  instance.signal('SIGCONT')
  seat.isStopped = false
}

async function drain(ensemble: Ensemble, seat: Seat): Promise<void> {
  const { instance } = seat
  if (instance === null || seat.isStopped) return
  seat.url = null
  instance.signal('SIGTERM')
  const patience = new AbortController()
  await Promise.race([
    instance.ended,
    sleep(DRAIN_MS, undefined, { signal: patience.signal }).catch(() => {}),
  ])
  patience.abort()
  await ensemble.kill(seat)
  await ensemble.fill(seat)
}

/** Payments that were created last: their events are still to come. */
async function annoy({ client, receiver }: World, chance: Seeded): Promise<void> {
  for (const { id, what } of client.journal.slice(-8)) {
    if (what === 'init' && id !== null) receiver.misbehave(id, oneOf(chance, MISCHIEF), 1)
  }
}

function count({ counts }: Disorder, cut: number): void {
  counts.set('connections_cut', (counts.get('connections_cut') ?? 0) + cut)
}
