// `node bench/big.ts`: ten million payments of three years against ten thousand. Loads both (hours; with
// BENCH_DATA_DIR they are kept, and a load that was cut short goes on), then asks both the same in turn; prints
// a table and writes bench/big.md. BENCH_PAYMENTS=100000 for a quick look.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { DAY_MS, localTime } from '@byfly-pay/core'
import { newDataFolder } from '../tests/support/embedded-centre.ts'
import type { Progress } from './big-load.ts'
import { type Aim, type Probe, probes, type Timed } from './big-probes.ts'
import { type Books, openBigWorld, type Size } from './big-world.ts'
import { ZONE } from './list-questions.ts'
import { percentile } from './report.ts'

const PAYMENTS = Number(process.env['BENCH_PAYMENTS'] ?? 10_000_000)
const RUNS = Number(process.env['BENCH_RUNS'] ?? 200)
const KEPT = process.env['BENCH_DATA_DIR'] ?? null
const DAYS = 36 * 30
const SMALL = 10_000
const SIZES: readonly [Size, Size] = [
  { payments: SMALL, days: DAYS },
  { payments: PAYMENTS, days: DAYS },
]
const WARMING_RUNS = 3
const CHECKED_DAYS = [1, 400, 1_000]

interface Line {
  readonly probe: Probe
  readonly small: readonly Timed[]
  readonly big: readonly Timed[]
}

if (PAYMENTS <= SMALL) throw new Error(`BENCH_PAYMENTS: нужно больше ${SMALL}`)

const number = (value: number) => Math.round(value).toLocaleString('en')
const loads: string[] = []
const folder = KEPT === null ? newDataFolder() : { path: KEPT, remove: async () => {} }
const world = await openBigWorld(folder.path, SIZES, tell)
try {
  const [small, big] = world.books
  assert.ok(small !== undefined && big !== undefined)
  for (const books of world.books) await checkFigures(books)
  const lines: string[] = []
  for (const probe of probes()) {
    lines.push(row(await inTurn(probe, small, big)))
    process.stdout.write(`${lines.at(-1)}\n`)
  }
  writeFileSync(join(import.meta.dirname, 'big.md'), report([small, big], lines))
} finally {
  await world.stop()
  await folder.remove()
}

/** Now the one first and now the other, so that neither always finds the machine as the other left it. */
async function inTurn(probe: Probe, small: Books, big: Books): Promise<Line> {
  const of = { small: [] as Timed[], big: [] as Timed[] }
  for (let n = -WARMING_RUNS; n < RUNS; n += 1) {
    const turns = [
      { books: small, times: of.small },
      { books: big, times: of.big },
    ]
    for (const { books, times } of n % 2 === 0 ? turns : turns.reverse()) {
      const time = await probe.ask(books, n + WARMING_RUNS)
      if (n >= 0) times.push(time)
    }
  }
  return { probe, ...of }
}

function row({ big, probe, small }: Line): string {
  const sides = [small, big].map((times) => {
    const ms = times.map((time) => time.ms)
    const rows = times.reduce((most, time) => Math.max(most, time.rows ?? 0), 0)
    const hasRows = times.some((time) => time.rows !== null)
    return {
      rows: hasRows ? number(rows) : '',
      p50: percentile(ms, 0.5),
      p99: percentile(ms, 0.99),
    }
  })
  const [of, against] = [sides[1], sides[0]]
  assert.ok(of !== undefined && against !== undefined)
  const cells = [
    probe.what,
    ...sides.flatMap(({ p50, p99, rows }) => [rows, tenths(p50), tenths(p99)]),
    (of.p50 / against.p50).toFixed(2),
    (of.p99 / against.p99).toFixed(2),
    probe.aim === null ? '' : verdict(probe.aim, of.p99, against.p99),
  ]
  return `| ${cells.join(' | ')} |`
}

function tenths(ms: number): string {
  return ms < 10 ? ms.toFixed(1) : number(ms)
}

function verdict({ kind, most }: Aim, p99: number, smallP99: number): string {
  const isMet = (kind === 'ms' ? p99 : p99 / smallP99) <= most
  return `${isMet ? 'met' : 'missed'}: ≤ ${most}${kind === 'ms' ? ' ms' : '×'}`
}

/** What the load wrote of days is what the house itself would keep of them. */
async function checkFigures({ centre, ledger }: Books): Promise<void> {
  for (const ago of CHECKED_DAYS) {
    const day = localTime(ledger.untilMs - ago * DAY_MS, ZONE).slice(0, 10)
    assert.deepEqual(await centre.storage.figures.differences(day), [], `Итоги за ${day}`)
  }
}

/** Of the whole load, or of what was left of it. */
function tell({ done, of, seconds, secondsLeft }: Progress): void {
  const words = [`${number(done)} of ${number(of)} loaded in ${number(seconds)} s`]
  if (done < of) words.push(`some ${number(secondsLeft)} s more`)
  else loads.push(`${number(of)} payments were loaded in ${number(seconds)} s.`)
  process.stdout.write(`${words.join(', ')}\n`)
}

function report(books: readonly [Books, Books], lines: readonly string[]): string {
  const sizes = books.map(({ bytes, ledger }) => {
    const gb = (bytes / 1e9).toFixed(2)
    return `${number(ledger.payments)} payments take ${gb} GB`
  })
  return [
    '# Many payments against few',
    '',
    '`node bench/big.ts`',
    '',
    `${sizes.join(', ')}; both lie over ${DAYS} days, in months of their own.`,
    ...loads,
    `${RUNS} runs each, in turn, one question at a time, in milliseconds, on ${cpus().length} ×`,
    `${cpus()[0]?.model.trim() ?? 'CPU'}. An aim is of p99: its ratio, or for a search itself.`,
    '',
    '| what | rows, small | p50 | p99 | rows, big | p50 | p99 | p50, ratio | p99, ratio | aim |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |',
    ...lines,
    '',
  ].join('\n')
}
