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
 * (S4). An id is of the moment of its row, so the period is a range of ids. Its parameters: source,
 * from, to, events, only parked.
 */
const MEANT = `source_id = $1 AND id >= uuid7_floor($2) AND id < uuid7_floor($3) AND event = ANY($4)
  AND (state = 'parked' OR (state = 'delivered' AND NOT $5::boolean))`

const COUNT: Statement = {
  name: 'replay_count',
  text: `
    SELECT count(*)::integer AS count FROM (SELECT FROM deliveries WHERE ${MEANT} LIMIT $6) AS meant`,
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
 * Two instances never give out the same one: the row of the replay is locked first, and each statement after it
 * sees what was committed until then. As one statement with the lock inside, it brought the whole server down:
 * PostgreSQL 18 crashes where an update waits for a row and its new values come from another locking query.
 */
const LOCK: Statement = {
  name: 'replay_lock',
  text: `
    SELECT ${COLUMNS}, last_id FROM webhook_replays WHERE id = $1 AND finished_at IS NULL FOR UPDATE`,
}

const WAITING: Statement = {
  name: 'replay_waiting',
  text: `
    SELECT count(*)::integer AS count FROM (
      SELECT FROM deliveries WHERE source_id = $1 AND state = 'waiting' LIMIT $2
    ) AS waiting`,
}

const PICK: Statement = {
  name: 'replay_pick',
  text: `
    SELECT id, endpoint FROM deliveries WHERE ${MEANT} AND ($6::uuid IS NULL OR id > $6)
    ORDER BY id LIMIT $7 FOR UPDATE`,
}

const AGAIN: Statement = {
  name: 'replay_again',
  text: `
    UPDATE deliveries SET state = 'waiting', next_at = centre_now(), tries = 0
    WHERE id = ANY($1::uuid[])
    RETURNING pg_notify('centre', 'delivery_due')`,
}

/** Asking again is a person's word that the receiver is back, so it may be tried. */
const SWITCH_ON: Statement = {
  name: 'replay_switch_on',
  text: `
    UPDATE webhook_endpoints SET failing_since = NULL, warned_at = NULL, switched_off_at = NULL
    WHERE source_id = $1 AND endpoint = ANY($2::text[]) AND switched_off_at IS NOT NULL`,
}

const MOVE: Statement = {
  name: 'replay_move',
  text: `
    UPDATE webhook_replays SET released = released + $2, last_id = coalesce($3, last_id),
      finished_at = CASE WHEN $4::boolean THEN centre_now() END
    WHERE id = $1`,
}

/**
 * Whatever of the source waits counts against the room: a receiver that fails stops its replay by itself, and
 * nobody else waits behind a slow one.
 */
async function release(session: Session, id: string, inTheAir: number): Promise<void> {
  const [replay] = await session.rows<Row & { last_id: string | null }>(LOCK, [id])
  if (replay === undefined) return
  const { last_id: lastId, source_id: sourceId } = replay
  const [waiting] = await session.rows<{ count: number }>(WAITING, [sourceId, inTheAir])
  const room = inTheAir - (waiting?.count ?? 0)
  if (room === 0) return
  const meant = [sourceId, ...valuesOf(replayOf(replay)), lastId, room]
  const picked = await session.rows<{ id: string; endpoint: string }>(PICK, meant)
  if (picked.length > 0) {
    await session.rows(AGAIN, [picked.map((each) => each.id)])
    await session.rows(SWITCH_ON, [sourceId, [...new Set(picked.map(({ endpoint }) => endpoint))]])
  }
  await session.rows(MOVE, [id, picked.length, picked.at(-1)?.id ?? null, picked.length < room])
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
    release: (tx, id, inTheAir) => release(sessionOf(tx), id, inTheAir),
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
