// `node bench/live.ts`: what thousands of waiting clients cost one instance beside idle sockets on a bare Fastify, and how soon
// after a commit each is told, at a hundred commits a second; and 500 open payment pages. Writes bench/live.md.
// Everything is on loopback, and it stops by itself. BENCH_CLIENTS=1000 for a quick look.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { NAMES, type Result, report } from './live-report.ts'
import { openWaitingWorld } from './waiting-world.ts'

const CLIENTS = Number(process.env['BENCH_CLIENTS'] ?? 10_000)
const PAGES = Math.min(500, CLIENTS)
const COMMITS = Math.min(1_000, CLIENTS)

const world = await openWaitingWorld(CLIENTS)
try {
  const results: Result[] = []
  for (const kind of ['bare', 'idle', 'stream', 'poll', 'page'] as const) {
    process.stdout.write(`${NAMES[kind]}…\n`)
    results.push(await world.measure(kind, kind === 'page' ? PAGES : CLIENTS, COMMITS))
  }
  const text = report(results)
  process.stdout.write(`\n${text}`)
  writeFileSync(join(import.meta.dirname, 'live.md'), text)
} finally {
  await world.stop()
}
