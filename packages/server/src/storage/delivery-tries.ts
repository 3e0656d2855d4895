// The log of tries of deliveries. Which delivery is sent when is never read from here.

import { utcTime } from '@byfly-pay/core'
import type {
  DeliveryTry,
  DeliveryTryStore,
  EndpointHealth,
  NewDeliveryTry,
} from '../ports/delivery-try-store.ts'
import { grouping } from './grouping.ts'
import type { Session, Statement } from './session.ts'

/** `$1` is a list of lines in JSON: those that come at the same time share a commit. */
const KEEP: Statement = {
  name: 'delivery_tries_keep',
  text: `
    INSERT INTO delivery_tries (id, delivery_id, source_id, started_at, took_ms, http_status, reason,
      answer, headers)
    SELECT new_id(), delivery_id, source_id, started_at, took_ms, http_status, reason, answer, headers
    FROM json_to_recordset($1::json) AS (
      delivery_id uuid, source_id integer, started_at timestamptz, took_ms integer,
      http_status integer, reason text, answer text, headers jsonb)`,
}

const GROUP = { groups: 1, items: 64 }

const OF_DELIVERY: Statement = {
  name: 'delivery_tries_of_delivery',
  text: `
    SELECT id, started_at, took_ms, http_status, reason, answer, headers
    FROM delivery_tries WHERE delivery_id = $1 ORDER BY id DESC LIMIT $2`,
}

/** Bounded by its newest tries: a busy source is told of its last hours, a quiet one of its last week. */
const HEALTH: Statement = {
  name: 'delivery_tries_health',
  text: `
    WITH latest AS MATERIALIZED (
      SELECT t.id, t.delivery_id, t.started_at, t.http_status, t.reason
      FROM delivery_tries t
      WHERE t.source_id = $1
        AND t.id >= uuid7_floor(centre_now() - $2::bigint * interval '1 millisecond')
      ORDER BY t.id DESC LIMIT $3
    ),
    tried AS (
      SELECT d.endpoint, count(*)::integer AS tries,
        count(*) FILTER (WHERE l.reason IS NOT NULL)::integer AS failed,
        max(l.started_at) FILTER (WHERE l.reason IS NULL) AS last_delivered_at,
        max(l.started_at) FILTER (WHERE l.reason IS NOT NULL) AS last_failed_at,
        (array_agg(l.reason ORDER BY l.id DESC) FILTER (WHERE l.reason IS NOT NULL))[1]
          AS last_reason,
        (array_agg(l.http_status ORDER BY l.id DESC) FILTER (WHERE l.reason IS NOT NULL))[1]
          AS last_http_status
      FROM latest l JOIN deliveries d ON d.id = l.delivery_id
      GROUP BY d.endpoint
    ),
    ailing AS (
      SELECT endpoint, failing_since, switched_off_at FROM webhook_endpoints WHERE source_id = $1
    ),
    waiting AS (
      SELECT endpoint, count(*)::integer AS waiting FROM deliveries
      WHERE source_id = $1 AND state = 'waiting' GROUP BY endpoint
    )
    SELECT endpoint, coalesce(tries, 0) AS tries, coalesce(failed, 0) AS failed, last_delivered_at,
      last_failed_at, last_reason, last_http_status, failing_since, switched_off_at,
      coalesce(waiting, 0) AS waiting
    FROM tried FULL JOIN ailing USING (endpoint) FULL JOIN waiting USING (endpoint)
    ORDER BY coalesce(tries, 0) DESC, endpoint LIMIT 50`,
}

export function deliveryTryStore(session: Session, wide: Session): DeliveryTryStore {
  return {
    keep: grouping((tried: readonly NewDeliveryTry[]) => keep(session, tried), GROUP),
    async ofDelivery(deliveryId, limit) {
      return (await session.rows<TryRow>(OF_DELIVERY, [deliveryId, limit])).map(tryOf)
    },
    async health(sourceId, withinMs, limit) {
      return (await wide.rows<HealthRow>(HEALTH, [sourceId, withinMs, limit])).map(healthOf)
    },
  }
}

async function keep(session: Session, tried: readonly NewDeliveryTry[]): Promise<undefined[]> {
  await session.rows(KEEP, [JSON.stringify(tried.map(lineOf))])
  return tried.map(() => undefined)
}

/** A line of `KEEP`'s list. */
function lineOf(tried: NewDeliveryTry) {
  return {
    delivery_id: tried.deliveryId,
    source_id: tried.sourceId,
    started_at: utcTime(tried.startedAtMs),
    took_ms: tried.tookMs,
    http_status: tried.httpStatus,
    reason: tried.reason,
    answer: tried.answer,
    headers: tried.headers,
  }
}

interface TryRow {
  readonly id: string
  readonly started_at: number
  readonly took_ms: number
  readonly http_status: number | null
  readonly reason: string | null
  readonly answer: string | null
  readonly headers: Readonly<Record<string, string>>
}

function tryOf(row: TryRow): DeliveryTry {
  return {
    id: row.id,
    startedAtMs: row.started_at,
    tookMs: row.took_ms,
    httpStatus: row.http_status,
    reason: row.reason,
    answer: row.answer,
    headers: row.headers,
  }
}

interface HealthRow {
  readonly endpoint: string
  readonly tries: number
  readonly failed: number
  readonly last_delivered_at: number | null
  readonly last_failed_at: number | null
  readonly last_reason: string | null
  readonly last_http_status: number | null
  readonly failing_since: number | null
  readonly switched_off_at: number | null
  readonly waiting: number
}

function healthOf(row: HealthRow): EndpointHealth {
  return {
    endpoint: row.endpoint,
    tries: row.tries,
    failed: row.failed,
    lastDeliveredAtMs: row.last_delivered_at,
    lastFailedAtMs: row.last_failed_at,
    lastReason: row.last_reason,
    lastHttpStatus: row.last_http_status,
    failingSinceMs: row.failing_since,
    switchedOffAtMs: row.switched_off_at,
    waiting: row.waiting,
  }
}
