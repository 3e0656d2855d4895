// Reads a table's text as COPY writes it and says what is in it: how many rows, which sums, which bytes. It
// is counted here a second time, without the database, so that a file is believed by what it holds.

import { createHash } from 'node:crypto'
import type { Measure } from '../ports/archive-folder.ts'

const NEWLINE = 0x0a

export async function measure(
  chunks: AsyncIterable<Buffer>,
  columns: readonly string[],
): Promise<Measure> {
  const { read, take } = meter(columns)
  for await (const chunk of chunks) take(chunk)
  return read()
}

export interface Meter {
  take(chunk: Buffer): void
  /** What was in all that was taken. */
  read(): Measure
}

/** COPY writes a line break inside a value as two signs, so a line is a row. */
export function meter(columns: readonly string[]): Meter {
  const hash = createHash('sha256')
  const sums = new Map<string, bigint>()
  const [account, tiyn] = [columns.indexOf('account'), columns.indexOf('tiyn')]
  const hasSums = account >= 0 && tiyn >= 0
  let rows = 0
  let bytes = 0
  let rest = ''
  return {
    take(chunk) {
      hash.update(chunk)
      bytes += chunk.length
      rows += linesIn(chunk)
      if (!hasSums) return
      // Accounts and sums are ASCII: a character of another value that is cut in two harms neither.
      const lines = (rest + chunk.toString('latin1')).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const values = line.split('\t')
        const key = values[account] ?? ''
        sums.set(key, (sums.get(key) ?? 0n) + BigInt(values[tiyn] ?? '0'))
      }
    },
    read() {
      const sorted = [...sums].sort(([a], [b]) => (a < b ? -1 : 1))
      return {
        rows,
        bytes,
        sha256: hash.digest('hex'),
        sums: Object.fromEntries(sorted.map(([key, sum]) => [key, String(sum)])),
      }
    },
  }
}

function linesIn(chunk: Buffer): number {
  let lines = 0
  for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines += 1
  return lines
}
