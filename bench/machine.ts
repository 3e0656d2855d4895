// What a process has taken of the machine so far, as Linux counts it: processor time and memory.

import { readdirSync, readFileSync } from 'node:fs'

/** Linux says so many of these to every program, whatever its kernel's own. */
const TICK_MS = 10
/** Fields of /proc/<pid>/stat after the name, from its third: parent, own time, time of children that ended. */
const PARENT = 1
const OWN = [11, 12]
const ENDED = [13, 14]

/** Milliseconds of the monotonic clock, which all processes of a machine share. */
export function sharedNowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

/** Of all its threads, user and system, ms. */
export function cpuMsOf(pid: number): number {
  return timesOf(statOf(pid), OWN)
}

/** The same of a server with a process for each connection: those that have ended count too. */
export function cpuMsOfFamily(pid: number): number {
  const own = statOf(pid)
  let sum = timesOf(own, [...OWN, ...ENDED])
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = statOf(Number(name))
    if (Number(stat[PARENT]) === pid) sum += timesOf(stat, OWN)
  }
  return sum
}

function timesOf(stat: readonly string[], fields: readonly number[]): number {
  return fields.reduce((sum, field) => sum + TICK_MS * Number(stat[field] ?? 0), 0)
}

/** Empty for a process that has just ended. */
function statOf(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

export interface Memory {
  readonly rssBytes: number
  /** With its share only of what it has in common with others. */
  readonly pssBytes: number
}

export function memoryOf(pid: number): Memory {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  const bytes = (name: string) =>
    1_024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? Number.NaN)
  return { rssBytes: bytes('Rss'), pssBytes: bytes('Pss') }
}
