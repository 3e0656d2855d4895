// The heap grows while modules are compiled and validators are built, and V8 keeps what it took for as long as an idle
// process allocates little: a third of the centre's memory.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Gives what is not used any more back to the machine. Stops the process for about a tenth of a second, so it is for the
 * end of a start, when hardly anybody calls. There is no other way to ask V8 for it than the collector that it shows to tests.
 */
export function giveBackMemory(): void {
  setFlagsFromString('--expose-gc')
  const collect: NodeJS.GCFunction = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
