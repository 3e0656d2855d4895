// An act of staff, whose answer may never come.

import type { Instance } from '../instances/instance.ts'
import type { World } from '../world.ts'

/** @param work whether its line of the audit is written */
export function act(world: World, work: (at: Instance) => Promise<boolean>): void {
  const [at] = world.running
  if (at === undefined) return
  work(at).then(
    (isWritten) => {
      if (isWritten) world.auditsDue += 1
    },
    (error: unknown) => {
      if (!(error instanceof Error && error.name === 'DatabaseUnavailable')) world.fail(error)
    },
  )
}
