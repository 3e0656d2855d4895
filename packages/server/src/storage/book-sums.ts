// What the books come to, counted from the rows themselves and not from any figure that is kept of them.

import type pg from 'pg'
import type { AccountSum, BookSums, CaptureSum } from '../ports/backup-store.ts'

/** A capture outlives its payment in the database, so its currency is its terminal's. */
const CAPTURES = `
  SELECT s.currency, count(*)::integer AS captures, sum(c.gross_tiyn)::text AS gross,
    sum(c.credit_tiyn)::text AS credit
  FROM captures c JOIN terminals t ON t.id = c.terminal_id
  JOIN payment_systems s ON s.code = t.payment_system
  GROUP BY s.currency ORDER BY s.currency COLLATE "C"`

const ACCOUNTS = `
  SELECT p.currency, s.account, count(*)::integer AS postings, sum(s.tiyn)::text AS sum
  FROM postings s LEFT JOIN payments p ON p.id = s.payment_id
  GROUP BY p.currency, s.account ORDER BY p.currency COLLATE "C" NULLS LAST, s.account COLLATE "C"`

const UNBALANCED = `
  SELECT count(*)::integer AS sets
  FROM (SELECT FROM postings GROUP BY set_id HAVING sum(tiyn) <> 0) AS unbalanced`

/** Needs tables that every version of the schema has. */
export async function bookSums(client: pg.Client): Promise<BookSums> {
  const captures = await client.query<CaptureSum>(CAPTURES)
  const accounts = await client.query<AccountSum>(ACCOUNTS)
  const unbalanced = await client.query<{ sets: number }>(UNBALANCED)
  return {
    captures: captures.rows,
    accounts: accounts.rows,
    unbalanced: unbalanced.rows[0]?.sets ?? 0,
  }
}
