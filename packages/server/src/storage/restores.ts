// The database's own identity beside the one that the books were last seen in. A failover and a restore
// show themselves by it; a data folder that was copied back does not, and needs a person's word.

import { utcTime } from '@byfly-pay/core'
import type { Doubt, ReservedAttempt, RestoreStore } from '../ports/restore-store.ts'
import type { Transaction } from '../ports/transaction.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

/** The timeline is in the first eight digits of a WAL file's name, for any role to read. */
const IDENTITY = `
  SELECT system_identifier || '/' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) AS identity
  FROM pg_control_system()`

/** One statement: an identity that changes between looking and writing would hide the change. */
const KEEP_ALIVE: Statement = {
  name: 'database_life_keep',
  text: `
    WITH here AS MATERIALIZED (${IDENTITY}),
    kept AS (
      INSERT INTO database_life AS life (identity, seen_at)
      SELECT identity, centre_now() FROM here
      ON CONFLICT (one) DO UPDATE SET seen_at = EXCLUDED.seen_at
        WHERE life.identity = EXCLUDED.identity
      RETURNING life.identity
    )
    SELECT life.seen_at AS since, centre_now() AS until FROM database_life life
    WHERE NOT EXISTS (SELECT FROM kept)`,
}

const RESERVED: Statement = {
  name: 'open_attempts_reserved',
  text: `SELECT attempt_id, payment_id, purpose FROM open_attempts WHERE state = 'reserved'`,
}

const ADOPT: Statement = {
  name: 'database_life_adopt',
  text: `
    WITH here AS MATERIALIZED (${IDENTITY})
    UPDATE database_life life SET identity = here.identity, seen_at = centre_now()
    FROM here WHERE life.identity <> here.identity
    RETURNING life.identity`,
}

/** Every one that may have been used since then, also one that was taken out of work meanwhile. */
const OPEN_TASKS: Statement = {
  name: 'tasks_open_restored',
  text: `
    INSERT INTO tasks (kind, terminal_id, facts, opened_at)
    SELECT 'books_restored', id, jsonb_build_object('since', $1::text, 'until', $2::text), centre_now()
    FROM terminals WHERE deleted_at IS NULL OR deleted_at >= $1::timestamptz
    RETURNING id`,
}

const NOW: Statement = { name: 'centre_now', text: 'SELECT centre_now() AS now' }

interface ReservedRow {
  readonly attempt_id: string
  readonly payment_id: string
  readonly purpose: ReservedAttempt['purpose']
}

export function restoreStore(session: Session): RestoreStore {
  return {
    async keepAlive() {
      const [row] = await session.rows<{ since: number; until: number }>(KEEP_ALIVE, [])
      return row === undefined ? null : { sinceMs: row.since, untilMs: row.until }
    },
    async reserved() {
      const rows = await session.rows<ReservedRow>(RESERVED, [])
      return rows.map(({ attempt_id: attemptId, payment_id: paymentId, purpose }) => ({
        attemptId,
        paymentId,
        purpose,
      }))
    },
    async adopt(tx, doubt) {
      if ((await sessionOf(tx).rows(ADOPT, [])).length === 0) return null
      return openTasks(tx, doubt)
    },
    doubtTerminals: openTasks,
    async now() {
      const [row] = await session.rows<{ now: number }>(NOW, [])
      if (row === undefined) throw new Error('База данных не назвала времени')
      return row.now
    },
  }
}

async function openTasks(tx: Transaction, { sinceMs, untilMs }: Doubt): Promise<number> {
  const values = [utcTime(sinceMs), utcTime(untilMs)]
  return (await sessionOf(tx).rows(OPEN_TASKS, values)).length
}
