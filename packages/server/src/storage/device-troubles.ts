// What only a person can mend on a terminal: noted once with a task, however many stumble over it, and
// kept out of the pool until it is over.

import type { TerminalStore } from '../ports/terminal-store.ts'
import type { Session, Statement } from './session.ts'

/** One statement, so that a trouble and its task are there together. */
const NOTE: Statement = {
  name: 'terminal_note_trouble',
  text: `
    WITH noted AS (
      UPDATE terminals SET trouble = $2, trouble_since = centre_now()
      WHERE id = $1 AND trouble IS DISTINCT FROM $2
      RETURNING id
    ),
    closed AS (
      UPDATE tasks SET closed_at = centre_now()
      WHERE terminal_id IN (SELECT id FROM noted) AND closed_at IS NULL AND kind <> $2
        AND kind IN ('not_registered', 'certificate_changed')
    )
    INSERT INTO tasks (kind, terminal_id, opened_at) SELECT $2, id, centre_now() FROM noted
    ON CONFLICT DO NOTHING
    RETURNING id`,
}

const END: Statement = {
  name: 'terminal_end_trouble',
  text: `
    WITH ended AS (
      UPDATE terminals SET trouble = NULL, trouble_since = NULL
      WHERE id = $1 AND trouble IS NOT NULL
      RETURNING id
    )
    UPDATE tasks SET closed_at = centre_now()
    WHERE terminal_id IN (SELECT id FROM ended) AND closed_at IS NULL
      AND kind IN ('not_registered', 'certificate_changed')`,
}

const SILENT: Statement = {
  name: 'terminals_silent',
  text: `
    SELECT t.id FROM terminals t
    WHERE t.deleted_at IS NULL AND t.is_active AND t.taken_out_at IS NULL AND t.trouble IS NULL
      AND (t.offline_since IS NOT NULL
        OR coalesce(t.last_seen_at, t.created_at)
          <= centre_now() - $1::integer * interval '1 millisecond')
      AND NOT EXISTS (
        SELECT FROM open_attempts o WHERE o.terminal_id = t.id AND o.holds_terminal)
    ORDER BY t.last_seen_at NULLS FIRST
    LIMIT $2`,
}

const TROUBLED: Statement = {
  name: 'terminals_troubled',
  text: `
    SELECT id FROM terminals WHERE trouble IS NOT NULL AND deleted_at IS NULL
    ORDER BY id LIMIT $1`,
}

export function deviceTroubles(
  session: Session,
): Pick<TerminalStore, 'noteTrouble' | 'endTrouble' | 'troubled' | 'silent'> {
  return {
    async noteTrouble(terminalId, trouble) {
      return (await session.rows(NOTE, [terminalId, trouble])).length > 0
    },
    endTrouble: (terminalId) => endTrouble(session, terminalId),
    async troubled(limit) {
      const rows = await session.rows<{ id: number }>(TROUBLED, [limit])
      return rows.map(({ id }) => id)
    },
    async silent(forMs, limit) {
      const rows = await session.rows<{ id: number }>(SILENT, [forMs, limit])
      return rows.map(({ id }) => id)
    },
  }
}

export async function endTrouble(session: Session, terminalId: number): Promise<void> {
  await session.rows(END, [terminalId])
}
