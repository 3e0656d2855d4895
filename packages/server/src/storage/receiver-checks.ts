// Runs of the doctor of webhooks, kept for a month. A case is stored as it is told.

import { DAY_MS } from '@byfly-pay/core'
import type {
  CheckedCase,
  ReceiverCheck,
  ReceiverCheckStore,
} from '../ports/receiver-check-store.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

const KEPT_MS = 30 * DAY_MS

const RECENT: Statement = {
  name: 'webhook_checks_recent',
  text: `
    SELECT (extract(epoch FROM centre_now() - started_at) * 1000)::float8 AS ago_ms,
      finished_at IS NOT NULL AS has_ended
    FROM webhook_checks
    WHERE source_id = $1 AND id >= uuid7_floor(centre_now() - $2::bigint * interval '1 millisecond')
    ORDER BY id DESC LIMIT 100`,
}

const BEGIN: Statement = {
  name: 'webhook_check_begin',
  text: `
    INSERT INTO webhook_checks (id, source_id, endpoint, asked_by) VALUES (new_id(), $1, $2, $3)
    RETURNING id`,
}

const SAVE: Statement = {
  name: 'webhook_check_save',
  text: `
    UPDATE webhook_checks SET cases = $2, finished_at = CASE WHEN $3::boolean THEN centre_now() END
    WHERE id = $1 AND finished_at IS NULL`,
}

const LIST: Statement = {
  name: 'webhook_checks_list',
  text: `
    SELECT id, source_id, endpoint, asked_by, started_at, finished_at, cases
    FROM webhook_checks WHERE source_id = $1 ORDER BY id DESC LIMIT $2`,
}

const FORGET: Statement = {
  name: 'webhook_checks_forget',
  text: `
    DELETE FROM webhook_checks
    WHERE id < uuid7_floor(centre_now() - ${KEPT_MS}::bigint * interval '1 millisecond')`,
}

export function receiverCheckStore(session: Session): ReceiverCheckStore {
  return {
    async recent(tx, sourceId, withinMs) {
      interface RecentRow {
        readonly ago_ms: number
        readonly has_ended: boolean
      }
      const rows = await sessionOf(tx).rows<RecentRow>(RECENT, [sourceId, withinMs])
      return rows.map((row) => ({ agoMs: row.ago_ms, hasEnded: row.has_ended }))
    },
    async begin(tx, { askedBy, endpoint, sourceId }) {
      const values = [sourceId, endpoint, askedBy]
      const [row] = await sessionOf(tx).rows<{ id: string }>(BEGIN, values)
      if (row === undefined) throw new Error('Проверка не записалась')
      return row.id
    },
    async save(id, cases, isOver) {
      await session.rows(SAVE, [id, JSON.stringify(cases), isOver])
    },
    async list(sourceId, limit) {
      return (await session.rows<Row>(LIST, [sourceId, limit])).map(checkOf)
    },
    async forgetOld() {
      await session.rows(FORGET, [])
    },
  }
}

interface Row {
  readonly id: string
  readonly source_id: number
  readonly endpoint: string
  readonly asked_by: string
  readonly started_at: number
  readonly finished_at: number | null
  readonly cases: readonly CheckedCase[]
}

function checkOf(row: Row): ReceiverCheck {
  return {
    id: row.id,
    sourceId: row.source_id,
    endpoint: row.endpoint,
    askedBy: row.asked_by,
    startedAtMs: row.started_at,
    finishedAtMs: row.finished_at,
    cases: row.cases,
  }
}
