// The last frame of each camera and the QRs that it missed last. Written beside the work; who may not see a
// payment does not see the screen that showed it.

import type { Scope } from '@byfly-pay/core'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { CameraFrame, FrameFacts } from '../ports/camera-frame.ts'
import {
  type FrameStore,
  type KeptFrame,
  MISSES_LIMIT,
  type Miss,
  type MissReason,
  missReasonOf,
} from '../ports/frame-store.ts'
import { rowsOfSql } from './query-builder.ts'
import { paymentsIn, terminalsIn } from './scope.ts'
import type { Session, Statement } from './session.ts'

/** A refund's payment too. What has just ended may still stand on the screen. */
const ON_SCREEN: Statement = {
  name: 'camera_on_screen',
  text: `
    SELECT coalesce(
      (SELECT payment_id FROM open_attempts WHERE terminal_id = $1 AND holds_terminal),
      (SELECT payment_id FROM attempts a
        WHERE a.terminal_id = $1 AND a.ended_at >= centre_now() - interval '60 seconds'
          AND a.id >= uuid7_floor(centre_now() - interval '1 day')
          AND a.payment_id >= uuid7_floor(centre_now() - interval '2 days')
        ORDER BY a.payment_id DESC LIMIT 1)) AS payment_id`,
}

const KEEP: Statement = {
  name: 'camera_frame_keep',
  text: `
    INSERT INTO camera_frames AS f
      (terminal_id, outcome, looked_at, payment_id, facts, picture, seen_at)
    SELECT $1, $2, now, CASE WHEN $5::bytea IS NOT NULL THEN $3::uuid END, $4, $5,
      CASE WHEN $5::bytea IS NOT NULL THEN now END
    FROM (SELECT centre_now() AS now) AS clock
    ON CONFLICT (terminal_id) DO UPDATE SET outcome = EXCLUDED.outcome,
      looked_at = EXCLUDED.looked_at,
      (payment_id, facts, picture, seen_at) = (SELECT
        CASE WHEN is_new THEN EXCLUDED.payment_id ELSE f.payment_id END,
        CASE WHEN is_new THEN EXCLUDED.facts ELSE f.facts END,
        CASE WHEN is_new THEN EXCLUDED.picture ELSE f.picture END,
        CASE WHEN is_new THEN EXCLUDED.seen_at ELSE f.seen_at END
        FROM (SELECT EXCLUDED.picture IS NOT NULL AS is_new) AS look)`,
}

/** The row that is added here is not seen by the deletion beside it. */
const ADD_MISS: Statement = {
  name: 'camera_miss_add',
  text: `
    WITH added AS (
      INSERT INTO camera_misses (terminal_id, reason, payment_id, facts, picture)
      VALUES ($1, $2, $3, $4, $5))
    DELETE FROM camera_misses WHERE id IN (
      SELECT id FROM camera_misses WHERE terminal_id = $1
      ORDER BY id DESC OFFSET ${MISSES_LIMIT - 1})`,
}

export function frameStore(session: Session): FrameStore {
  return {
    async onScreen(terminalId) {
      const [row] = await session.rows<{ payment_id: string | null }>(ON_SCREEN, [terminalId])
      return row?.payment_id ?? null
    },
    async keep(terminalId, paymentId, { frame, reading }) {
      const { facts, picture } = columnsOf(frame)
      await session.rows(KEEP, [terminalId, reading.kind, paymentId, facts, picture])
    },
    async addMiss(terminalId, paymentId, { frame, reading }) {
      if (reading.kind === 'read') return
      const { facts, picture } = columnsOf(frame)
      const reason = missReasonOf(reading)
      await session.rows(ADD_MISS, [terminalId, reason, paymentId, facts, picture])
    },
    last: (scope, terminalId) => lastFrame(session, scope, terminalId),
    misses: (scope, terminalId) => lastMisses(session, scope, terminalId),
    async maySee(scope, paymentIds) {
      if (paymentIds.length === 0) return true
      const [row] = await rowsOfSql<{ count: number }>(
        session,
        sql`SELECT count(*)::integer AS count FROM payments p
          WHERE p.id = ANY(${[...paymentIds]}::uuid[]) AND ${paymentsIn(scope)}`,
      )
      return row?.count === new Set(paymentIds).size
    },
  }
}

function columnsOf(frame: CameraFrame | null) {
  if (frame === null) return { facts: null, picture: null }
  const { jpeg, ...facts } = frame
  return { facts: JSON.stringify(facts), picture: Buffer.from(jpeg) }
}

/** Of rows `f` with a payment of their own. */
export function shownTo(scope: Scope): RawBuilder<SqlBool> {
  return sql<SqlBool>`(f.payment_id IS NULL OR EXISTS (
    SELECT FROM payments p WHERE p.id = f.payment_id AND ${paymentsIn(scope)}))`
}

async function lastFrame(
  session: Session,
  scope: Scope,
  terminalId: number,
): Promise<KeptFrame | null> {
  const [row] = await rowsOfSql<{ picture: Buffer; seen_at: number }>(
    session,
    sql`SELECT f.picture, f.seen_at FROM camera_frames f JOIN terminals t ON t.id = f.terminal_id
      WHERE t.id = ${terminalId} AND t.deleted_at IS NULL AND ${terminalsIn(scope)}
        AND f.picture IS NOT NULL AND ${shownTo(scope)}`,
  )
  return row === undefined ? null : { jpeg: row.picture, seenAtMs: row.seen_at }
}

interface MissRow {
  readonly reason: MissReason
  readonly at: number
  readonly facts: FrameFacts | null
  readonly picture: Buffer | null
}

async function lastMisses(session: Session, scope: Scope, terminalId: number): Promise<Miss[]> {
  const rows = await rowsOfSql<MissRow>(
    session,
    sql`SELECT f.reason, f.at, shown.facts, shown.picture
      FROM camera_misses f JOIN terminals t ON t.id = f.terminal_id
      LEFT JOIN LATERAL (SELECT f.facts, f.picture WHERE ${shownTo(scope)}) AS shown ON true
      WHERE t.id = ${terminalId} AND t.deleted_at IS NULL AND ${terminalsIn(scope)}
      ORDER BY f.id DESC`,
  )
  return rows.map(({ at, facts, picture, reason }) => ({
    reason,
    atMs: at,
    frame: facts === null || picture === null ? null : { ...facts, jpeg: picture },
  }))
}
