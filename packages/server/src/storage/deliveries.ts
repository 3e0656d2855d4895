// Webhook deliveries after they were written: claimed when due and in order, tried, retried, parked,
// sent again (W4). The body is never touched.

import {
  ENDPOINT_FAILS_LIMIT_MS,
  ENDPOINT_WARNING_MS,
  TRIES_BEFORE_OVERTAKING,
} from '@byfly-pay/core'
import type { DeliveryStore, DueDelivery, EndpointNews } from '../ports/delivery-store.ts'
import {
  deliveriesOfPayment,
  findDelivery,
  lockDelivery,
  pageOfDeliveries,
  recentDeliveries,
} from './delivery-lines.ts'
import { grouping } from './grouping.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

/**
 * An event waits while an earlier one of its payment is still to be sent, unless that one has failed
 * four times. What is due for an endpoint that was switched off is parked instead of sent. Claimed rows
 * keep their state and only move on in time, so a worker that dies gives them back.
 */
const CLAIM_DUE: Statement = {
  name: 'deliveries_claim_due',
  text: `
    WITH due AS MATERIALIZED (
      SELECT d.id, e.switched_off_at IS NOT NULL AS is_off
      FROM deliveries d
      LEFT JOIN webhook_endpoints e ON e.source_id = d.source_id AND e.endpoint = d.endpoint
      WHERE d.state = 'waiting' AND d.next_at <= (SELECT centre_now())
        AND NOT EXISTS (
          SELECT FROM deliveries before
          WHERE before.payment_id = d.payment_id AND before.sequence < d.sequence
            AND before.state IN ('held', 'waiting') AND before.tries < ${TRIES_BEFORE_OVERTAKING})
      ORDER BY d.next_at
      FOR UPDATE OF d SKIP LOCKED
      LIMIT $1
    ),
    claimed AS (
      UPDATE deliveries d SET
        state = CASE WHEN due.is_off THEN 'parked' ELSE d.state END,
        last_reason = CASE WHEN due.is_off THEN 'endpoint_switched_off' ELSE d.last_reason END,
        next_at = CASE WHEN NOT due.is_off
          THEN centre_now() + $2::integer * interval '1 millisecond' END
      FROM due WHERE d.id = due.id
      RETURNING d.id, d.payment_id, d.source_id, d.url, d.body, d.tries, d.sequence, due.is_off
    )
    SELECT id, payment_id, source_id, url, body, tries FROM claimed WHERE NOT is_off
    ORDER BY payment_id, sequence`,
}

/** Wakes the workers when this one's end lets another of its payment go. */
const WAKE_NEXT = `
  SELECT pg_notify('centre', 'delivery_due')
  FROM done
  WHERE EXISTS (
    SELECT FROM deliveries later
    WHERE later.payment_id = done.payment_id AND later.sequence > done.sequence
      AND later.state = 'waiting')`

/** What receivers took at the same time shares a commit. */
const MARK_DELIVERED: Statement = {
  name: 'deliveries_mark_delivered',
  text: `
    WITH done AS (
      UPDATE deliveries d SET state = 'delivered', next_at = NULL, delivered_at = centre_now(),
        last_http_status = taken.http_status, last_reason = NULL
      FROM unnest($1::uuid[], $2::integer[]) AS taken (id, http_status)
      WHERE d.id = taken.id AND d.state <> 'delivered'
      RETURNING d.payment_id, d.sequence, d.source_id, d.endpoint
    ),
    endpoint AS (
      UPDATE webhook_endpoints e
      SET failing_since = NULL, warned_at = NULL, switched_off_at = NULL
      FROM done
      WHERE e.source_id = done.source_id AND e.endpoint = done.endpoint
        AND e.failing_since IS NOT NULL
    )
    ${WAKE_NEXT}`,
}

/** A try whose row has meanwhile been delivered, or parked, by another changes nothing of it. */
const MARK_FAILED: Statement = {
  name: 'delivery_mark_failed',
  text: `
    WITH done AS (
      UPDATE deliveries SET tries = tries + 1, last_http_status = $2, last_reason = $3,
        state = CASE WHEN $4::bigint IS NULL THEN 'parked' ELSE 'waiting' END,
        next_at = centre_now() + $4::bigint * interval '1 millisecond'
      WHERE id = $1 AND state = 'waiting'
      RETURNING payment_id, sequence, tries
    )
    ${WAKE_NEXT} AND ($4::bigint IS NULL OR done.tries >= ${TRIES_BEFORE_OVERTAKING})`,
}

/**
 * What became of the endpoint. Its row is locked before it is judged, so that each news is told once
 * however many of its deliveries fail at a time; the first failure of all only begins the count.
 */
const ENDPOINT_FAILED: Statement = {
  name: 'webhook_endpoint_failed',
  text: `
    WITH clock AS MATERIALIZED (SELECT centre_now() AS now),
    failing AS (
      INSERT INTO webhook_endpoints (source_id, endpoint, failing_since)
      SELECT d.source_id, d.endpoint, clock.now FROM deliveries d, clock WHERE d.id = $1
      ON CONFLICT (source_id, endpoint) DO NOTHING
    ),
    known AS MATERIALIZED (
      SELECT e.source_id, e.endpoint, e.failing_since, e.warned_at, e.switched_off_at
      FROM webhook_endpoints e
      WHERE (e.source_id, e.endpoint) = (SELECT source_id, endpoint FROM deliveries WHERE id = $1)
      FOR UPDATE
    ),
    judged AS MATERIALIZED (
      SELECT known.source_id, known.endpoint,
        CASE
          WHEN switched_off_at IS NULL
            AND failing_since <= now - interval '${ENDPOINT_FAILS_LIMIT_MS} milliseconds'
            THEN 'switched_off'
          WHEN warned_at IS NULL AND switched_off_at IS NULL
            AND failing_since <= now - interval '${ENDPOINT_WARNING_MS} milliseconds'
            THEN 'warn'
          ELSE 'none'
        END AS news
      FROM known, clock
    ),
    kept AS (
      UPDATE webhook_endpoints e SET failing_since = coalesce(e.failing_since, clock.now),
        warned_at = CASE WHEN judged.news = 'warn' THEN clock.now ELSE e.warned_at END,
        switched_off_at = CASE WHEN judged.news = 'switched_off'
          THEN clock.now ELSE e.switched_off_at END
      FROM judged, clock
      WHERE e.source_id = judged.source_id AND e.endpoint = judged.endpoint
        AND (e.failing_since IS NULL OR judged.news <> 'none')
    )
    SELECT news FROM judged`,
}

/** Asking for it again is an operator's word that the receiver is back, so its endpoint may try too. */
const RESEND: Statement = {
  name: 'delivery_resend',
  text: `
    WITH again AS (
      UPDATE deliveries SET state = 'waiting', next_at = centre_now(), tries = 0
      WHERE id = $1 AND state <> 'held'
      RETURNING source_id, endpoint
    ),
    endpoint AS (
      UPDATE webhook_endpoints e
      SET failing_since = NULL, warned_at = NULL, switched_off_at = NULL
      FROM again WHERE e.source_id = again.source_id AND e.endpoint = again.endpoint
    )
    SELECT pg_notify('centre', 'delivery_due') FROM again`,
}

/** One on its way and one that gathers: more would only make commits smaller. */
const GROUP = { groups: 1, items: 64 }

interface Taken {
  readonly id: string
  readonly httpStatus: number
}

/** `wide` is for what staff list. */
export function deliveryStore(session: Session, wide: Session): DeliveryStore {
  const markTogether = grouping((taken: readonly Taken[]) => markDelivered(session, taken), GROUP)
  return {
    claimDue: (limit, holdMs) => claimDue(session, limit, holdMs),
    markDelivered: (id, httpStatus) => markTogether({ id, httpStatus }),
    markFailed: (delivery, httpStatus, reason, nextInMs) =>
      markFailed(session, delivery.id, httpStatus, reason, nextInMs),
    async resend(tx, id) {
      return (await sessionOf(tx).rows(RESEND, [id])).length > 0
    },
    lock: (tx, scope, id) => lockDelivery(sessionOf(tx), scope, id),
    page: (scope, filter) => pageOfDeliveries(wide, scope, filter),
    find: (scope, id) => findDelivery(wide, scope, id),
    ofPayment: (paymentId) => deliveriesOfPayment(session, paymentId),
    recent: (limit) => recentDeliveries(session, limit),
  }
}

async function claimDue(session: Session, limit: number, holdMs: number): Promise<DueDelivery[]> {
  interface DueRow {
    readonly id: string
    readonly payment_id: string
    readonly source_id: number
    readonly url: string
    readonly body: string
    readonly tries: number
  }
  const rows = await session.rows<DueRow>(CLAIM_DUE, [limit, holdMs])
  return rows.map((row) => ({
    id: row.id,
    paymentId: row.payment_id,
    sourceId: row.source_id,
    url: row.url,
    body: row.body,
    tries: row.tries,
  }))
}

async function markDelivered(session: Session, taken: readonly Taken[]): Promise<undefined[]> {
  const ids = taken.map(({ id }) => id)
  const statuses = taken.map(({ httpStatus }) => httpStatus)
  await session.rows(MARK_DELIVERED, [ids, statuses])
  return taken.map(() => undefined)
}

async function markFailed(
  session: Session,
  id: string,
  httpStatus: number | null,
  reason: string,
  nextInMs: number | null,
): Promise<EndpointNews> {
  await session.rows(MARK_FAILED, [id, httpStatus, reason, nextInMs])
  const [row] = await session.rows<{ news: EndpointNews }>(ENDPOINT_FAILED, [id])
  return row?.news ?? 'none'
}
