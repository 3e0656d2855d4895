// How values of the database become values of the program, for this pool alone: pg's own parsers are
// global and would change under everybody else in the process.

import pg from 'pg'

const INT8 = 20
const TIMESTAMPTZ = 1184

/**
 * Epoch milliseconds of a timestamptz as PostgreSQL prints it in UTC, bare or inside JSON.
 *
 * @throws Error for `infinity`, which no column that is read may hold
 */
export function momentOf(text: string): number {
  const moment = Date.parse(text.replace(' ', 'T').replace(/\+00$/, 'Z'))
  if (Number.isNaN(moment)) throw new Error(`База данных отдала не момент времени: ${text}`)
  return moment
}

export function momentOrNull(text: string | null): number | null {
  return text === null ? null : momentOf(text)
}

const PARSERS = new Map<number, (text: string) => unknown>([
  // Sums are integers of the whole column's width, never floats.
  [INT8, BigInt],
  [TIMESTAMPTZ, momentOf],
])

export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') =>
    PARSERS.get(oid) ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}
