// A centre in a process of its own, to be stopped, cut off and killed. When it is watched it reports
// every named step and waits there for its parent's word. It must never decide what goes wrong.

import { setTimeout as sleep } from 'node:timers/promises'
import type { FromInstance, Orders, ToInstance } from './messages.ts'
import { watched } from './watched.ts'

// Every reader of this machine's time goes through it, the libraries too: set before they load.
const realNow = Date.now
let offsetMs = 0
Date.now = () => realNow() + offsetMs

const { readConfig } = await import('../../packages/server/src/config.ts')
const { createLog, startCentre } = await import('../../packages/server/src/main.ts')

const orders: Orders = JSON.parse(process.argv[2] ?? '{}')
const waiting = new Map<number, () => void>()
let passes = 0

function say(message: FromInstance): void {
  process.send?.(message)
}

/** Says it and stands still until the parent says go; a parent that is gone ends the process. */
function ask(message: (pass: number) => FromInstance): Promise<void> {
  passes += 1
  const pass = passes
  return new Promise((resolve) => {
    waiting.set(pass, resolve)
    say(message(pass))
  })
}

/** As many transactions as the pool has connections, all of them idle. */
const POOL_SIZE = 20

async function begin() {
  const config = readConfig({ ...orders.env })
  const url = config.databaseUrl ?? ''
  const database = { url, ownerUrl: config.databaseOwnerUrl ?? url, stop: async () => {} }
  const running = await startCentre(config, database, createLog(config), {
    limits: orders.limits,
    provider: { limits: { connectMs: 1_000, startMs: 1_500, statusMs: 1_000, stopMs: 1_000 } },
    ...(orders.isWatched
      ? {
          wrap: (centre) =>
            watched(centre, {
              at: (passing) => ask((pass) => ({ kind: 'at', pass, passing })),
              calls: (calling) => ask((pass) => ({ kind: 'calls', pass, calling })),
            }),
        }
      : {}),
  })
  process.on('SIGTERM', () => {
    void running.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  })
  say({ kind: 'listening', url: running.url })
  return running
}

let running: ReturnType<typeof begin> | null = null

async function exhaust(forMs: number): Promise<void> {
  const started = await running
  if (started === null) return
  const { storage } = started.centre
  const idle = Array.from({ length: POOL_SIZE }, () =>
    storage.transaction(() => sleep(forMs)).catch(() => {}),
  )
  await Promise.all(idle)
}

process.on('message', (message: ToInstance) => {
  switch (message.kind) {
    case 'begin':
      running = begin()
      // Whoever started it begins it again, as a supervisor would.
      running.catch(() => process.exit(1))
      return
    case 'go':
      waiting.get(message.pass)?.()
      waiting.delete(message.pass)
      return
    case 'clock':
      offsetMs = message.offsetMs
      return
    case 'exhaust':
      void exhaust(message.forMs)
  }
})
process.on('disconnect', () => process.exit(1))
say({ kind: 'loaded' })
