// The books of an earlier centre in its PostgreSQL, read in one snapshot by a cursor. The session is read only:
// nothing there can be changed by it.

import pg from 'pg'
import type { FormerBooks, FormerRow } from '../ports/former-books.ts'
import { OperatorError } from '../ports/operator-error.ts'

const CONNECT_TIMEOUT_MS = 10_000
const FETCH_ROWS = 500
const CURSOR = 'former_rows'

export async function openPostgresBooks(url: string): Promise<FormerBooks> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'byfly-pay import',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    // Moments are printed with their offset; a time without a zone stays as it was written.
    options: '-c TimeZone=UTC -c DateStyle=ISO -c default_transaction_read_only=on',
  })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  } catch (error) {
    throw new OperatorError(`Прежняя база не отвечает: ${(error as Error).message}`)
  }
  return {
    rows: (table, columns) => read(client, table, columns),
    close: () => client.end(),
  }
}

async function* read(
  client: pg.Client,
  table: string,
  columns: readonly string[],
): AsyncGenerator<readonly FormerRow[]> {
  const name = table.split('.').map(pg.escapeIdentifier).join('.')
  const list = columns.map((column) => {
    const quoted = pg.escapeIdentifier(column)
    return `${quoted}::text AS ${quoted}`
  })
  try {
    await client.query(
      `DECLARE ${CURSOR} NO SCROLL CURSOR FOR SELECT ${list.join(', ') || '1'} FROM ${name}`,
    )
  } catch (error) {
    throw new OperatorError(`Таблица ${table} не читается: ${(error as Error).message}`)
  }
  for (;;) {
    const { rows } = await client.query<Record<string, string | null>>(
      `FETCH ${FETCH_ROWS} FROM ${CURSOR}`,
    )
    if (rows.length === 0) break
    yield rows
  }
  await client.query(`CLOSE ${CURSOR}`)
}
