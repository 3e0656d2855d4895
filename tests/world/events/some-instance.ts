// Which process a call of a source comes to.

import type { Instance } from '../instances/instance.ts'
import type { World } from '../world.ts'

/** The first that runs is asked most, as a balancer with its own ideas would. */
export function someInstance(world: World): Instance | null {
  const { running } = world
  return running[world.calls.length % 3 === 0 ? running.length - 1 : 0] ?? null
}
