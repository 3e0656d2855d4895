// What lists of staff cost: `node bench/lists.ts` loads a million payments into an embedded database and
// measures pages, filters and searches, each with its total; prints a table and writes bench/lists.md.

import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { PaymentLedger } from '../packages/server/src/ports/payment-ledger.ts'
import { openLedgerWorld } from './ledger-world.ts'
import { askedOf, type Question, questionsOf } from './list-questions.ts'

const PAYMENTS = Number(process.env['BENCH_PAYMENTS'] ?? 1_000_000)
const RUNS = Number(process.env['BENCH_RUNS'] ?? 100)

interface Times {
  readonly what: string
  readonly rows: number
  readonly page: readonly number[]
  readonly count: readonly number[]
}

async function measure(ledger: PaymentLedger, question: Question): Promise<Times> {
  const page: number[] = []
  const count: number[] = []
  let rows = 0
  for (let n = -3; n < RUNS; n += 1) {
    const asked = askedOf(question, Math.abs(n))
    const began = performance.now()
    const { lines } = await ledger.page(asked.scope, asked.filter, asked.page)
    const paged = performance.now()
    await ledger.count(asked.scope, asked.filter)
    const counted = performance.now()
    // The first few only warm the connection.
    if (n < 0) continue
    rows = Math.max(rows, lines.length)
    page.push(paged - began)
    count.push(counted - paged)
  }
  return { what: question.what, rows, page, count }
}

function quantile(times: readonly number[], share: number): string {
  const sorted = [...times].sort((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return value < 10 ? value.toFixed(1) : Math.round(value).toString()
}

const world = await openLedgerWorld(PAYMENTS)
try {
  const lines = [
    '| list of 100 | rows | page p50 | p99 | total p50 | p99 |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
  ]
  for (const question of questionsOf(PAYMENTS)) {
    const { count, page, rows, what } = await measure(world.centre.storage.ledger, question)
    const figures = [page, count].flatMap((times) => [quantile(times, 0.5), quantile(times, 0.99)])
    lines.push(`| ${what} | ${rows} | ${figures.join(' | ')} |`)
    process.stdout.write(`${lines.at(-1)}\n`)
  }
  const text = `${lines.join('\n')}

Milliseconds, ${RUNS} runs each over ${PAYMENTS.toLocaleString('en')} payments of twelve months, one question
at a time, on ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}. The total is exact but for searches.
`
  writeFileSync(
    join(import.meta.dirname, 'lists.md'),
    `# Lists\n\n\`node bench/lists.ts\`\n\n${text}`,
  )
} finally {
  await world.stop()
}
