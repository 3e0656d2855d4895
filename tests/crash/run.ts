// `npm run crash`: the whole table, or what is asked of it, against a server of its own. Prints each cell
// that fails with its seed, and a table at the end.

import { parseArgs } from 'node:util'
import { startTestServer } from '../support/test-server.ts'
import { allCells, batchesOf, nameOf, runnableCells, whyNever } from './cells.ts'
import { newSeed, seeded, shuffled } from './seeded.ts'
import { type BatchReport, runBatch } from './sweep.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    fault: { type: 'string', multiple: true },
    step: { type: 'string', multiple: true },
    workers: { type: 'string', default: '2' },
    share: { type: 'string', default: '1' },
  },
})

const say = (line: string) => process.stdout.write(`${line}\n`)
const seed = values.seed === undefined ? newSeed() : Number(values.seed)
const chosen = runnableCells()
  .filter(({ fault }) => values.fault?.includes(fault) ?? true)
  .filter(({ step }) => values.step?.includes(step) ?? true)
const cells = shuffled(seeded(seed), chosen).slice(
  0,
  Math.ceil(chosen.length * Number(values.share)),
)

const server = await startTestServer()
process.env['BYFLY_TEST_SERVER'] = JSON.stringify(server.server)
const began = performance.now()
const reports: BatchReport[] = []
const waiting = batchesOf(cells)
say(`seed ${seed}: ${cells.length} клеток, ${waiting.length} процессов, потоков ${values.workers}`)

async function work(): Promise<void> {
  for (let batch = waiting.pop(); batch !== undefined; batch = waiting.pop()) {
    const from = performance.now()
    const report = await runBatch(batch, seed)
    reports.push(report)
    const seconds = ((performance.now() - from) / 1000).toFixed(1)
    say(`${report.wrong.length === 0 ? '✔' : '✖'} ${batch.length} клеток за ${seconds} с`)
    if (report.wrong.length > 0) {
      say(`  ${batch.map(nameOf).join(', ')}`)
      for (const line of report.wrong) say(`  ${line}`)
    }
  }
}

try {
  await Promise.all(Array.from({ length: Number(values.workers) }, work))
} finally {
  await server.stop()
}
const failed = reports.filter(({ wrong }) => wrong.length > 0)
const declared = allCells().filter((cell) => whyNever(cell) !== null).length
say(
  `клеток ${cells.length}, объявлено невозможными ${declared}, процессов ${reports.length}, ` +
    `с ошибками ${failed.length}, ${((performance.now() - began) / 60_000).toFixed(1)} мин, seed ${seed}`,
)
process.exit(failed.length === 0 ? 0 : 1)
