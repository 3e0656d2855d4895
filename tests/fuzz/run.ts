// `npm run fuzz -- --requests 100000 --seed N`: random requests to every route of the reference. Its exit code
// says whether anything was wrong; the same seed draws the same requests.

import { parseArgs } from 'node:util'
import { newSeed } from '../crash/seeded.ts'
import { startTestServer } from '../support/test-server.ts'
import { type FuzzReport, runFuzz } from './fuzz.ts'
import type { Memory } from './target.ts'

/** What may be more at the end than when everything had been touched once. */
const GROWTH_SHARE = 1.25
const GROWTH_BYTES = 32 * 2 ** 20
/** Fewer requests than that say nothing about memory. */
const MEASURED_FROM = 20_000

const say = (line: string) => process.stdout.write(`${line}\n`)
const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} МБ`

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

/** The second fifth against the last one: before that caches fill and code is compiled. */
function growth(memory: readonly Memory[], of: (memory: Memory) => number) {
  const fifth = Math.floor(memory.length / 5)
  const early = median(memory.slice(fifth, 2 * fifth).map(of))
  const late = median(memory.slice(-fifth).map(of))
  return { early, late, isGrown: late > early * GROWTH_SHARE + GROWTH_BYTES }
}

function tell(report: FuzzReport): boolean {
  const statuses = [...report.byStatus].sort(([a], [b]) => a - b)
  say(`запросов ${report.sent}, не дождались ответа ${report.left}`)
  say(`ответы: ${statuses.map(([status, count]) => `${status} × ${count}`).join(', ')}`)
  say(`успешно хоть раз: ${report.succeeded} операций из ${report.operations}`)
  const heap = growth(report.memory, ({ heapBytes }) => heapBytes)
  const rss = growth(report.memory, ({ rssBytes }) => rssBytes)
  say(
    `куча: ${megabytes(heap.early)} → ${megabytes(heap.late)}, RSS: ${megabytes(rss.early)} → ${megabytes(rss.late)}`,
  )
  for (const fault of report.faults) say(`✖ ${fault}`)
  const isGrown = report.sent >= MEASURED_FROM && (heap.isGrown || rss.isGrown)
  if (isGrown) say('✖ память растёт')
  return report.faults.length === 0 && !isGrown
}

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '2000' }, seed: { type: 'string' } },
})
const options = {
  requests: Number(values.requests),
  seed: values.seed === undefined ? newSeed() : Number(values.seed),
  tell: (sent: number) => say(`отправлено ${sent}`),
}
say(`seed ${options.seed}`)
const server = await startTestServer()
process.env['BYFLY_TEST_SERVER'] = JSON.stringify(server.server)
const startedAt = performance.now()
const isGood = await runFuzz(options).then(tell, (error: unknown) => {
  say(String((error as Error).stack))
  return false
})
say(`${((performance.now() - startedAt) / 1_000).toFixed(0)} с, seed ${options.seed}`)
await server.stop()
process.exit(isGood ? 0 : 1)
