// The rows of a month's tables as COPY's text: out in the order of their ids, so that the same rows are the
// same bytes, and in again whole or not at all.

import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { Tally } from '../ports/month-store.ts'
import { quoted, SEAL } from './month-parts.ts'
import type { Session } from './session.ts'

const COLUMNS = `
  SELECT attname AS name FROM pg_attribute
  WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`

export async function columnsOf(session: Session, part: string): Promise<string[]> {
  const values = [`public.${quoted(part)}`]
  const rows = await session.rows<{ name: string }>({ name: null, text: COLUMNS }, values)
  return rows.map(({ name }) => name)
}

/** Counted by the database, to be held against what was read from a file. */
export async function tallyOf(session: Session, part: string): Promise<Tally> {
  const columns = await columnsOf(session, part)
  const hasSums = columns.includes('account') && columns.includes('tiyn')
  const [by, sum] = hasSums ? ['account', 'sum(tiyn)::text'] : ['NULL::text', 'NULL::text']
  const text = `
    SELECT ${by} AS account, count(*)::integer AS rows, ${sum} AS sum
    FROM public.${quoted(part)} GROUP BY 1 ORDER BY 1`
  interface Row {
    readonly account: string | null
    readonly rows: number
    readonly sum: string | null
  }
  const found = await session.rows<Row>({ name: null, text }, [])
  const sums = found.flatMap(({ account, sum: tiyn }) =>
    account === null || tiyn === null ? [] : [[account, tiyn] as const],
  )
  return { rows: found.reduce((all, { rows }) => all + rows, 0), sums: Object.fromEntries(sums) }
}

export async function* copyOut(
  pool: pg.Pool,
  part: string,
  columns: readonly string[],
): AsyncIterable<Buffer> {
  const client = await pool.connect()
  let isWhole = false
  try {
    const rows = `SELECT ${columns.map(quoted).join(', ')} FROM public.${quoted(part)} ORDER BY id`
    yield* client.query(copyTo(`COPY (${rows}) TO STDOUT`))
    isWhole = true
  } finally {
    client.release(!isWhole)
  }
}

interface Load {
  readonly table: string
  readonly part: string
  readonly columns: readonly string[]
  readonly lines: AsyncIterable<Buffer>
}

/** Columns that came after the archive get their defaults, as in rows that were here when they came. */
export async function loadTable(pool: pg.Pool, { columns, lines, part, table }: Load) {
  const client = await pool.connect()
  const name = `public.${quoted(part)}`
  let isWhole = false
  try {
    await client.query('BEGIN')
    await client.query(`DROP TABLE IF EXISTS ${name}`)
    await client.query(
      `CREATE TABLE ${name} (LIKE public.${quoted(table)} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`,
    )
    const list = columns.map(quoted).join(', ')
    await pipeline(
      Readable.from(lines),
      client.query(copyFrom(`COPY ${name} (${list}) FROM STDIN`)),
    )
    await client.query(SEAL(part))
    await client.query('COMMIT')
    isWhole = true
  } finally {
    // Whatever was not committed goes with its connection.
    client.release(!isWhole)
  }
}
