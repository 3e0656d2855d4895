// A centre in a process of its own for bench/pool-load.ts. It notes when each terminal was asked how its
// operation stands, and says on request how late that was, and what processor time it all took.

import { monitorEventLoopDelay } from 'node:perf_hooks'
import { readConfig } from '../packages/server/src/config.ts'
import { createLog, startCentre } from '../packages/server/src/main.ts'
import { DEFAULT_LIMITS } from '../packages/server/src/ports/centre.ts'

export interface Account {
  /** How much later than it should each look at a terminal came, in ms, ascending. */
  readonly latenessMs: readonly number[]
  readonly cpuMs: number
  readonly loopDelayP99Ms: number
}

const config = readConfig(process.env)
const url = config.databaseUrl ?? ''
const database = { url, ownerUrl: url, stop: async () => {} }
const running = await startCentre(config, database, createLog(config))
const { exchanges } = running.centre
const lastAskedMs = new Map<string, number>()
const latenessMs: number[] = []
// From outside: the centre itself keeps no such figure, and must not be slowed by one.
Object.assign(running.centre, {
  exchanges: {
    of(subject: Parameters<typeof exchanges.of>[0]) {
      const hear = exchanges.of(subject)
      return (exchange: Parameters<typeof hear>[0]) => {
        if (exchange.call === 'status') note(subject.attemptId, exchange.startedAtMs)
        hear(exchange)
      }
    },
  },
})

function note(attemptId: string, askedMs: number): void {
  const before = lastAskedMs.get(attemptId)
  if (before !== undefined) latenessMs.push(Math.max(askedMs - before - DEFAULT_LIMITS.pollMs, 0))
  lastAskedMs.set(attemptId, askedMs)
}

const delay = monitorEventLoopDelay({ resolution: 10 })
delay.enable()
const startedCpu = process.cpuUsage()

process.on('message', () => {
  const { system, user } = process.cpuUsage(startedCpu)
  const account: Account = {
    latenessMs: latenessMs.toSorted((a, b) => a - b),
    cpuMs: (system + user) / 1_000,
    loopDelayP99Ms: delay.percentile(99) / 1e6,
  }
  process.send?.(account)
})
process.on('disconnect', () => void running.stop())
process.send?.(running.url)
