// One piece of `npm run bench` by itself: prints its table and writes nothing.

import { type Figure, table } from './report.ts'

export const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5)

export async function runAlone(
  name: string,
  work: (rounds: number) => Promise<readonly Figure[]>,
): Promise<void> {
  const beganMs = performance.now()
  const text = table(await work(ROUNDS), ROUNDS)
  const seconds = Math.round((performance.now() - beganMs) / 1_000)
  process.stdout.write(`${name}, ${seconds} s\n\n${text}`)
}
