// The long run: `npm run sim -- --seed 1 --histories 100000 --workers 2`. Prints seeds that broke something with
// what is left of their events, and the figures; its exit code says whether anything broke.

import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { startTestServer } from '../support/test-server.ts'
import { EVENTS, eventsOf } from './history.ts'
import { runMany } from './many-seeds.ts'
import { shrink, told } from './shrink.ts'
import type { Came } from './worker.ts'

const USAGE = `npm run sim -- [--seed 1] [--histories 1000] [--events ${EVENTS}] [--workers 2] [--memory-only]`
/** More than that need no shrinking to be believed. */
const SHRUNK_LIMIT = 5
const TELL_EVERY_MS = 10_000

function numberOf(text: string | undefined, otherwise: number): number {
  const number = text === undefined ? otherwise : Number(text)
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`Не число: ${text}\n${USAGE}`)
  return number
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      histories: { type: 'string' },
      events: { type: 'string' },
      workers: { type: 'string' },
      'memory-only': { type: 'boolean', default: false },
    },
  })
  return {
    seed: numberOf(values.seed, 1),
    histories: numberOf(values.histories, 1_000),
    events: numberOf(values.events, EVENTS),
    workers: numberOf(values.workers, availableParallelism()),
    isMemoryOnly: values['memory-only'],
  }
}

type Options = ReturnType<typeof readOptions>

async function tellFailures(broken: readonly Came[], { events }: Options): Promise<void> {
  for (const { failure, isOverPostgres, seed } of broken.slice(0, SHRUNK_LIMIT)) {
    if (failure === null) continue
    const whole = { events: eventsOf(seed, events), failure }
    // A real server has its own order of things, so such a history does not shrink.
    const less = isOverPostgres ? whole : await shrink(seed, whole.events, failure)
    print(told(seed, less))
  }
  const more = broken.slice(SHRUNK_LIMIT)
  for (const { failure, seed } of more) print(`Зерно ${seed}: ${failure?.message}`)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function main(): Promise<number> {
  const options = readOptions()
  const server = options.isMemoryOnly ? null : await startTestServer()
  if (server !== null) process.env['BYFLY_TEST_SERVER'] = JSON.stringify(server.server)
  const broken: Came[] = []
  let done = 0
  let overPostgres = 0
  const startedAt = performance.now()
  const figures = () => {
    const seconds = (performance.now() - startedAt) / 1_000
    const share = Math.round((100 * overPostgres) / Math.max(done, 1))
    return `историй ${done}, в секунду ${(done / seconds).toFixed(1)}, над PostgreSQL ${share} %, сломалось ${broken.length}`
  }
  const telling = setInterval(() => print(figures()), TELL_EVERY_MS)
  try {
    await runMany({ ...options, hasServer: !options.isMemoryOnly }, (came) => {
      done += 1
      if (came.isOverPostgres) overPostgres += 1
      if (came.failure === null) return
      broken.push(came)
      // At once: a run of half an hour may be ended by hand.
      print(`зерно ${came.seed}: ${came.failure.message}`)
    })
    clearInterval(telling)
    await tellFailures(broken, options)
    print(figures())
  } finally {
    clearInterval(telling)
    await server?.stop()
  }
  return broken.length === 0 && done === options.histories ? 0 : 1
}

process.exit(await main())
