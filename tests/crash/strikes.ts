// What strikes when every payment of a batch stands at its step. Each says what is left afterwards: who
// still lives, and what has to be let go. Nothing here looks at the books.

import { setTimeout as sleep } from 'node:timers/promises'
import { DAY_MS } from '@byfly-pay/core'
import type { Cluster } from './cluster.ts'
import type { Strike } from './faults.ts'
import type { Instance } from './spawn-instance.ts'
import type { World } from './world.ts'
import { allowWrites, type RefusedAs, refuseWrites } from './write-faults.ts'

export interface Struck {
  readonly world: World
  /** Null unless the strike needs a server of its own. */
  readonly cluster: Cluster | null
  /** Those that work; every payment stands at its step in one of them. */
  readonly working: readonly Instance[]
  /** Loaded, not begun: takes the place of what is killed. */
  readonly heir: Instance
  readonly paymentIds: readonly string[]
  /** Lets every payment go on from its step. */
  letGo(): void
}

const CLOCK_JUMP_MS = 400 * DAY_MS
const SMALL_JUMP_MS = 20 * DAY_MS

/** Longer than a lease lives, so that the heir has taken over what was stopped. */
const STOPPED_MS = 2_500
const LOST_ANSWERS_MS = 150
const EXHAUSTED_MS = 1_500
/** Longer than a race is run again, shorter than what is learned is kept trying to be saved. */
const REFUSED_MS = 1_200
/** Shorter than a race is run again. */
const RACING_MS = 40

/** @returns the instance that answers from now on */
export async function strike(kind: Strike, struck: Struck): Promise<Instance> {
  const { heir, letGo, working, world } = struck
  switch (kind) {
    case 'kill':
      await Promise.all(working.map((instance) => instance.kill()))
      await heir.begin()
      return heir
    case 'terminate':
      for (const instance of working) instance.signal('SIGTERM')
      letGo()
      await heir.begin()
      return heir
    case 'stop_and_wake':
      for (const instance of working) instance.signal('SIGSTOP')
      await heir.begin()
      await sleep(STOPPED_MS)
      letGo()
      for (const instance of working) instance.signal('SIGCONT')
      return heir
    case 'cut_connections':
      world.line.cut()
      break
    case 'lose_answers':
      world.line.loseAnswers(LOST_ANSWERS_MS)
      break
    case 'exhaust_pool':
      for (const { tell } of working) tell({ kind: 'exhaust', forMs: EXHAUSTED_MS })
      break
    case 'clock_ahead':
      for (const { tell } of working) tell({ kind: 'clock', offsetMs: CLOCK_JUMP_MS })
      break
    case 'clock_behind':
      for (const { tell } of working) tell({ kind: 'clock', offsetMs: -CLOCK_JUMP_MS })
      break
    case 'clock_a_little_behind':
      for (const { tell } of working) tell({ kind: 'clock', offsetMs: -SMALL_JUMP_MS })
      break
    case 'serialization_failure':
      return refused(struck, '40001', RACING_MS)
    case 'disk_full':
      return refused(struck, '53100', REFUSED_MS)
    case 'kill_database':
      struck.cluster?.killServer()
      break
    case 'restart_database':
      await struck.cluster?.restartServer()
      break
  }
  letGo()
  return survivorOf(struck)
}

async function refused(struck: Struck, state: RefusedAs, forMs: number): Promise<Instance> {
  await refuseWrites(struck.world, struck.paymentIds, state)
  struck.letGo()
  await sleep(forMs)
  await allowWrites(struck.world)
  return survivorOf(struck)
}

function survivorOf({ heir, working }: Struck): Instance {
  return working[0] ?? heir
}
