// Which attempts are asked about once more after their end, in the order of their beginnings.

import type { EndedAttempt, RecheckStore } from '../ports/recheck-store.ts'
import { IS_BOOKED_ELSEWHERE } from './payments.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

/** An id is of the moment of its start, so both bounds and the mark of the last look are ranges of ids. */
const NEXT: Statement = {
  name: 'attempts_to_recheck',
  text: `
    SELECT a.id, a.payment_id AS "paymentId", p.source_id AS "sourceId",
      a.terminal_id AS "terminalId", a.process_id AS "processId", c.gross_tiyn AS "grossTiyn",
      a.created_at AS "startedAtMs"
    FROM attempts a
    JOIN terminals t ON t.id = a.terminal_id AND t.deleted_at IS NULL
    JOIN payments p ON p.id = a.payment_id
    LEFT JOIN captures c ON c.attempt_id = a.id
    WHERE a.id > (
        SELECT greatest(
          uuid7_floor(centre_now() - interval '23 hours'),
          (SELECT (value #>> '{}')::uuid FROM settings WHERE name = 'rechecked_to')))
      AND a.id < (SELECT uuid7_floor(centre_now() - interval '20 minutes'))
      AND a.state IN ('failed', 'succeeded') AND a.process_id IS NOT NULL
      AND a.device = coalesce(t.serial, 't' || t.id) || '#' || t.registration
    ORDER BY a.id LIMIT $1`,
}

const NOTE_LOOKED: Statement = {
  name: 'attempts_rechecked',
  text: `
    INSERT INTO settings VALUES ('rechecked_to', to_jsonb($1::text))
    ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
}

export function recheckStore(session: Session): RecheckStore {
  return {
    next: (limit) => session.rows<EndedAttempt>(NEXT, [limit]),
    async noteLooked(tx, attemptId) {
      await sessionOf(tx).rows(NOTE_LOOKED, [attemptId])
    },
    async isBookedElsewhere(attemptId, moneyKind, providerTransactionId) {
      const values = [attemptId, moneyKind, providerTransactionId]
      const [row] = await session.rows<{ yes: boolean }>(IS_BOOKED_ELSEWHERE, values)
      return row?.yes === true
    },
  }
}
