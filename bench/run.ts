// `npm run bench`: every figure against its limit, in turn, in one run; prints a table and writes
// bench/results.md. Everything runs on loopback and stops by itself. BENCH_ROUNDS=1 for a quick look, the names of pieces for a
// few of them (`npm run bench -- road start`), which are then only printed.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { measureDeliveries } from './deliveries.ts'
import { measureInstances } from './instances.ts'
import { type Figure, table } from './report.ts'
import { measureRequests } from './requests.ts'
import { measureRoad } from './road.ts'
import { ROUNDS } from './run-alone.ts'
import { measureStart } from './start.ts'
import { measureWaiting } from './waiting.ts'

const PIECES: Readonly<Record<string, (rounds: number) => Promise<readonly Figure[]>>> = {
  requests: measureRequests,
  road: measureRoad,
  deliveries: measureDeliveries,
  start: measureStart,
  instances: measureInstances,
  waiting: measureWaiting,
}

const names = process.argv.slice(2)
const figures: Figure[] = []
const broken: string[] = []
const beganMs = performance.now()
for (const [name, work] of Object.entries(PIECES)) {
  if (names.length > 0 && !names.includes(name)) continue
  process.stdout.write(`${name}…\n`)
  try {
    figures.push(...(await work(ROUNDS)))
  } catch (error) {
    // One piece that breaks must not cost the figures of the others.
    broken.push(`${name}: ${(error as Error).message}`)
    process.exitCode = 1
  }
}
const minutes = ((performance.now() - beganMs) / 60_000).toFixed(0)
const text = `# Figures

\`npm run bench\`, ${minutes} minutes. What each row compares, and where its time goes:
[docs/development/performance.md](../docs/development/performance.md).

${table(figures, ROUNDS)}${broken.map((why) => `\nNot measured: ${why}\n`).join('')}
By themselves: pictures (pictures.md), ten thousand waiting clients (live.md), the pool under load (pool-load.md), capacity
(capacity.md), lists (lists.md), figures (figures.md), exports (export.md), ten million payments (big.md).
`
process.stdout.write(`\n${text}`)
if (names.length === 0) writeFileSync(join(import.meta.dirname, 'results.md'), text)
