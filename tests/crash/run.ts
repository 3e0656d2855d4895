// `npm run crash`: the whole table, or what is asked of it, against a server of its own. Prints each cell
// that fails with its seed, and a table at the end.

import { parseArgs } from 'node:util'
import { startTestServer } from '../support/test-server.ts'
import { allCells, batchesOf, nameOf, runnableCells, whyNever } from './cells.ts'
import { newSeed, seeded, shuffled } from './seeded.ts'
import { runCells } from './sweep.ts'

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
let failed = 0
let done = 0
const waiting = batchesOf(cells)
say(`seed ${seed}: ${cells.length} клеток, ${waiting.length} процессов, потоков ${values.workers}`)

async function work(): Promise<void> {
  for (let batch = waiting.pop(); batch !== undefined; batch = waiting.pop()) {
    const from = performance.now()
    const wrong = await runCells(batch, seed)
    done += 1
    if (wrong.length > 0) failed += 1
    const seconds = ((performance.now() - from) / 1000).toFixed(1)
    say(`${wrong.length === 0 ? '✔' : '✖'} ${batch.length} клеток за ${seconds} с`)
    if (wrong.length > 0) {
      say(`  ${batch.map(nameOf).join(', ')}`)
      for (const line of wrong) say(`  ${line}`)
    }
  }
}

try {
  await Promise.all(Array.from({ length: Number(values.workers) }, work))
} finally {
  await server.stop()
}
const declared = allCells().filter((cell) => whyNever(cell) !== null).length
say(
  `клеток ${cells.length}, объявлено невозможными ${declared}, процессов ${done}, ` +
    `с ошибками ${failed}, ${((performance.now() - began) / 60_000).toFixed(1)} мин, seed ${seed}`,
)
process.exit(failed === 0 ? 0 : 1)
