// What a run of chaos is told, and how it is told at the command line.

import { parseArgs } from 'node:util'

export interface ChaosOptions {
  readonly minutes: number
  readonly seed: number
  /** Mean time between two strikes. */
  readonly strikeEveryMs: number
  /** Customers at a time. */
  readonly customers: number
  readonly say: (line: string) => void
}

export const CHAOS_DEFAULTS = { strikeEveryMs: 4_000, customers: 6 } as const

export function readOptions(
  argv: readonly string[],
  newSeed: () => number,
  say: (line: string) => void,
): ChaosOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      minutes: { type: 'string', default: '20' },
      seed: { type: 'string' },
      'strike-every': { type: 'string', default: String(CHAOS_DEFAULTS.strikeEveryMs) },
      customers: { type: 'string', default: String(CHAOS_DEFAULTS.customers) },
    },
  })
  return {
    minutes: Number(values.minutes),
    seed: values.seed === undefined ? newSeed() : Number(values.seed),
    strikeEveryMs: Number(values['strike-every']),
    customers: Number(values.customers),
    say,
  }
}
