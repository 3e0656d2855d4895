// Replays of webhooks: what a period means, and giving it out again a few at a time. A delivery keeps its id
// and its bytes; only its state goes back to waiting (W2, W4).

import { type EventKind, utcTime } from '@byfly-pay/core'
import type { Replay, ReplayStore, ReplayTerms } from '../ports/replay-store.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

const COLUMNS = `id, source_id, request_key, from_at, to_at, events, only_parked, asked_by, created_at,
  total, released, finished_at, stopped_by`

const LIST: Statement = {
  name: 'replays_list',
  text: `SELECT ${COLUMNS} FROM webhook_replays WHERE source_id = $1 ORDER BY id DESC LIMIT $2`,
}

const OF_KEY: Statement = {
  name: 'replay_of_key',
  text: `SELECT ${COLUMNS} FROM webhook_replays WHERE source_id = $1 AND request_key = $2`,
}

const GOING: Statement = {
  name: 'replay_going',
  text: `SELECT ${COLUMNS} FROM webhook_replays WHERE source_id = $1 AND finished_at IS NULL`,
}

const FIND: Statement = {
  name: 'replay_find',
  text: `SELECT ${COLUMNS} FROM webhook_replays WHERE source_id = $1 AND id = $2`,
}

/**
 * What is still to be sent goes out by itself, what waits for a terminal's word or was replaced must not
 * (S4). An id is of the moment of its row, so the period is a range of ids.
 */
const MEANT = `d.id >= uuid7_floor(r.from_at) AND d.id < uuid7_floor(r.to_at)
  AND d.source_id = r.source_id AND d.event = ANY(r.events)
  AND (d.state = 'parked' OR (d.state = 'delivered' AND NOT r.only_parked))`

const COUNT: Statement = {
  name: 'replay_count',
  text: `
    SELECT count(*)::integer AS count FROM (
      SELECT FROM deliveries d, (SELECT $1::integer AS source_id, $2::timestamptz AS from_at,
        $3::timestamptz AS to_at, $4::text[] AS events, $5::boolean AS only_parked) AS r
      WHERE ${MEANT} LIMIT $6
    ) AS meant`,
}

const ADD: Statement = {
  name: 'replay_add',
  text: `
    INSERT INTO webhook_replays (id, source_id, request_key, from_at, to_at, events, only_parked,
      asked_by, total)
    VALUES (new_id(), $1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
}

const STOP: Statement = {
  name: 'replay_stop',
  text: `
    UPDATE webhook_replays SET finished_at = centre_now(), stopped_by = $3
    WHERE source_id = $1 AND id = $2 AND finished_at IS NULL RETURNING id`,
}

const UNFINISHED: Statement = {
  name: 'replays_unfinished',
  text: 'SELECT id FROM webhook_replays WHERE finished_at IS NULL ORDER BY id LIMIT $1',
}

/**
 * The row of the replay is locked first, so that two instances never give out the same one. Whatever of the
 * source waits counts against the room: a receiver that fails stops its replay by itself, and nobody else
 * waits behind a slow one. Asking again is a person's word that the receiver is back, so it may be tried.
 */
const RELEASE: Statement = {
  name: 'replay_release',
  text: `
    WITH r AS MATERIALIZED (
      SELECT * FROM webhook_replays WHERE id = $1 AND finished_at IS NULL FOR UPDATE
    ),
    room AS MATERIALIZED (
      SELECT greatest($2::integer - count(*)::integer, 0) AS n
      FROM deliveries WHERE source_id = (SELECT source_id FROM r) AND state = 'waiting'
    ),
    picked AS MATERIALIZED (
      SELECT d.id FROM deliveries d, r
      WHERE ${MEANT} AND (r.last_id IS NULL OR d.id > r.last_id)
      ORDER BY d.id LIMIT (SELECT n FROM room) FOR UPDATE OF d
    ),
    again AS (
      UPDATE deliveries d SET state = 'waiting', next_at = centre_now(), tries = 0
      FROM picked WHERE d.id = picked.id
      RETURNING d.source_id, d.endpoint
    ),
    endpoints AS (
      UPDATE webhook_endpoints e SET failing_since = NULL, warned_at = NULL, switched_off_at = NULL
      WHERE (e.source_id, e.endpoint) IN (SELECT source_id, endpoint FROM again)
        AND e.switched_off_at IS NOT NULL
    ),
    moved AS (
      UPDATE webhook_replays w SET
        released = w.released + (SELECT count(*)::integer FROM picked),
        last_id = coalesce((SELECT id FROM picked ORDER BY id DESC LIMIT 1), w.last_id),
        finished_at = CASE WHEN (SELECT count(*) FROM picked) < (SELECT n FROM room)
          THEN centre_now() END
      FROM r WHERE w.id = r.id
    )
    SELECT pg_notify('centre', 'delivery_due') FROM picked LIMIT 1`,
}

export function replayStore(session: Session): ReplayStore {
  const one = async (on: Session, statement: Statement, values: readonly unknown[]) => {
    const [row] = await on.rows<Row>(statement, values)
    return row === undefined ? null : replayOf(row)
  }
  return {
    async list(sourceId, limit) {
      return (await session.rows<Row>(LIST, [sourceId, limit])).map(replayOf)
    },
    ofKey: (tx, sourceId, key) => one(sessionOf(tx), OF_KEY, [sourceId, key]),
    going: (tx, sourceId) => one(sessionOf(tx), GOING, [sourceId]),
    find: (tx, sourceId, id) => one(sessionOf(tx), FIND, [sourceId, id]),
    async count(tx, sourceId, terms, limit) {
      const values = [sourceId, ...valuesOf(terms), limit]
      const [row] = await sessionOf(tx).rows<{ count: number }>(COUNT, values)
      return row?.count ?? 0
    },
    async add(tx, replay) {
      const { askedBy, requestKey, sourceId, total } = replay
      const values = [sourceId, requestKey, ...valuesOf(replay), askedBy, total]
      const [row] = await sessionOf(tx).rows<{ id: string }>(ADD, values)
      if (row === undefined) throw new Error('Повтор не записался')
      return row.id
    },
    async stop(tx, sourceId, id, by) {
      return (await sessionOf(tx).rows(STOP, [sourceId, id, by])).length > 0
    },
    async unfinished(limit) {
      return (await session.rows<{ id: string }>(UNFINISHED, [limit])).map(({ id }) => id)
    },
    async release(id, inTheAir) {
      await session.rows(RELEASE, [id, inTheAir])
    },
  }
}

function valuesOf({ beforeMs, events, fromMs, onlyParked }: ReplayTerms): unknown[] {
  return [utcTime(fromMs), utcTime(beforeMs), events, onlyParked]
}

interface Row {
  readonly id: string
  readonly source_id: number
  readonly request_key: string
  readonly from_at: number
  readonly to_at: number
  readonly events: readonly EventKind[]
  readonly only_parked: boolean
  readonly asked_by: string
  readonly created_at: number
  readonly total: number
  readonly released: number
  readonly finished_at: number | null
  readonly stopped_by: string | null
}

function replayOf(row: Row): Replay {
  return {
    id: row.id,
    sourceId: row.source_id,
    requestKey: row.request_key,
    fromMs: row.from_at,
    beforeMs: row.to_at,
    events: row.events,
    onlyParked: row.only_parked,
    askedBy: row.asked_by,
    createdAtMs: row.created_at,
    total: row.total,
    released: row.released,
    finishedAtMs: row.finished_at,
    stoppedBy: row.stopped_by,
  }
}
