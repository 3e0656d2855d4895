// The command line of a process, by which a remembered pid is known to be still the same program.
// It must answer with nothing, not an error, for a process that has gone.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

export function commandLine(pid: number): string[] {
  if (process.platform !== 'linux') {
    const answer = spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
    return (answer.stdout ?? '').trim().split(' ')
  }
  try {
    // A zombie (nobody collects it where pid 1 is not an init) has an empty command line: not
    // alive.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}
