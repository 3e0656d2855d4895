// The books as a test reads them: past the centre, by a superuser.

import type { QueryResult, QueryResultRow } from 'pg'
import { asSuperuser } from './test-server.ts'

const INNERMOST_PARENTHESES = /\([^()]*\)/g

/**
 * A database may answer a query that names no order in any order, and nearly always answers in the one it was written
 * in. Here such rows come the other way round, always, so that a test that counts on their order fails the first time.
 * Several statements at once have no rows.
 */
export function inNoOrder<Row extends QueryResultRow>(
  text: string,
  // Typed as one by the driver, whatever was asked.
  answer: QueryResult<Row> | QueryResult<Row>[],
): Row[] {
  if (Array.isArray(answer)) return []
  return namesOrder(text) ? answer.rows : answer.rows.toReversed()
}

/** Only an order of the whole counts: those of its parts stand within parentheses. */
function namesOrder(text: string): boolean {
  const outer = text.replace(INNERMOST_PARENTHESES, '')
  return outer === text ? /\border\s+by\b/i.test(text) : namesOrder(outer)
}

export async function readRows(
  superuserUrl: string,
  text: string,
  values: readonly unknown[] = [],
  // biome-ignore lint/suspicious/noExplicitAny: a test knows the columns that it asks for
): Promise<any[]> {
  return asSuperuser(superuserUrl, async (client) =>
    inNoOrder(text, await client.query(text, [...values])),
  )
}
