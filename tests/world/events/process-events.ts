// What befalls the processes of the centre and their way to the database.

import type { CommitFault } from '../instances/faulty-storage.ts'
import type { Chance } from '../time/chance.ts'
import type { World } from '../world.ts'

const COMMIT_FAULTS: readonly CommitFault[] = ['answer_lost', 'commit_lost']

/** Killed: now, or in the middle of whatever it does a little later. */
export function crash(world: World, dice: Chance, when: 'now' | 'soon'): void {
  const { running } = world
  if (running.length === 0) return
  const { gate, name } = dice.of(running)
  const passes = when === 'now' ? 0 : dice.between(1, 60)
  world.note(`${name}: смерть через ${passes} шагов`)
  gate.dieAfter(passes)
}

/** Stopped and woken: its late writes have to be fenced off (S6a). */
export function stop(world: World, dice: Chance, when: 'now' | 'soon'): void {
  const { running } = world
  if (running.length === 0) return
  const { gate, name } = dice.of(running)
  const forMs = dice.isLucky(0.8) ? dice.between(25_000, 70_000) : dice.between(300_000, 420_000)
  const passes = when === 'now' ? 0 : dice.between(1, 60)
  world.note(`${name}: остановка через ${passes} шагов на ${forMs} мс`)
  gate.stopAfter(passes, forMs)
}

export function faultCommit(world: World, dice: Chance): void {
  world.database.commitFaults.push(dice.of(COMMIT_FAULTS))
}

export function loseStatement(world: World): void {
  world.database.statementsLost += 1
}

export function takeDatabaseAway(world: World, dice: Chance): void {
  world.database.isAway = true
  world.time.after(dice.between(500, 20_000), () => {
    world.database.isAway = false
  })
}
