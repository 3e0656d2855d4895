// Every place that holds what a customer said of themselves, and how it is emptied there; docs/guide/personal-data.md
// lists the same places. A place that is added to the schema is added here: tests/drill/forgetting.test.ts looks for
// what remains in every column of every table.

import { DAY_MS, utcTime } from '@byfly-pay/core'
import type { CustomerStore } from '../ports/customer-store.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

/** Nothing is to come of it any more: no money, no person at a desk, nothing to send. */
const IS_OVER = `
  p.status IN ('paid', 'cancelled') AND p.customer_forgotten_at IS NULL
  AND NOT EXISTS (SELECT FROM open_attempts o WHERE o.payment_id = p.id)
  AND NOT EXISTS (SELECT FROM tasks t WHERE t.payment_id = p.id AND t.closed_at IS NULL)
  AND NOT EXISTS (SELECT FROM reconciliation r WHERE r.payment_id = p.id AND r.closed_at IS NULL)
  AND NOT EXISTS (SELECT FROM texts x WHERE x.payment_id = p.id AND x.ended_at IS NULL)
  AND NOT EXISTS (
    SELECT FROM refunds r WHERE r.payment_id = p.id
      AND r.state NOT IN ('succeeded', 'failed', 'declined', 'cancelled'))
  AND NOT EXISTS (
    SELECT FROM deliveries d WHERE d.payment_id = p.id AND d.state IN ('waiting', 'held'))`

/** A day of ids at a time, so that no look is wider than a day; where it goes on is kept. */
const PLACE: Statement = {
  name: 'customers_place',
  text: `
    SELECT coalesce(
        (SELECT (value #>> '{}')::timestamptz FROM settings WHERE name = 'customers_forgotten_until'),
        (SELECT date_trunc('day', created_at, 'UTC') FROM payments ORDER BY id LIMIT 1)) AS place,
      centre_now() - $1::integer * interval '1 day' AS until`,
}

const MOVE_PLACE: Statement = {
  name: 'customers_place_move',
  text: `
    INSERT INTO settings VALUES ('customers_forgotten_until', to_jsonb($1::timestamptz))
    ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
}

const BEGIN_AGAIN: Statement = {
  name: 'customers_place_drop',
  text: `DELETE FROM settings WHERE name = 'customers_forgotten_until'`,
}

const OF_DAY: Statement = {
  name: 'customers_of_day',
  text: `
    SELECT p.id FROM payments p
    WHERE p.id >= uuid7_floor($1::timestamptz)
      AND p.id < uuid7_floor($1::timestamptz + interval '1 day')
      AND p.updated_at < $2::timestamptz AND ${IS_OVER}
    ORDER BY p.id LIMIT $3
    FOR UPDATE OF p SKIP LOCKED`,
}

const ENDED: Statement = {
  name: 'customers_ended',
  text: `
    SELECT p.id FROM payments p WHERE p.id = ANY ($1::uuid[]) AND ${IS_OVER}
    ORDER BY p.id FOR UPDATE OF p`,
}

const OF_PHONE: Statement = {
  name: 'customers_of_phone',
  text: `
    SELECT id FROM payments
    WHERE reverse(customer_phone) = reverse($1) AND customer_phone IS NOT NULL
    ORDER BY id DESC LIMIT $2`,
}

/** Searches that staff keep for themselves by what this customer is found by. */
const FORGET_VIEWS: Statement = {
  name: 'customers_views',
  text: `
    UPDATE saved_views v SET filters = v.filters - 'search'
    FROM payments p
    WHERE p.id = ANY ($1::uuid[]) AND v.filters ? 'search'
      AND (lower(v.filters ->> 'search') IN (lower(p.customer_email), lower(p.customer_name))
        OR right(regexp_replace(v.filters ->> 'search', '\\D', '', 'g'), 10)
          = right(p.customer_phone, 10))`,
}

const FORGET_PAYMENTS: Statement = {
  name: 'customers_payments',
  text: `
    UPDATE payments SET customer_phone = NULL, customer_email = NULL, customer_name = NULL,
      description = NULL, metadata = '{}', customer_forgotten_at = centre_now()
    WHERE id = ANY ($1::uuid[]) AND customer_forgotten_at IS NULL`,
}

const FORGET_REFUNDS: Statement = {
  name: 'customers_refunds',
  text: 'UPDATE refunds SET note = NULL WHERE payment_id = ANY ($1::uuid[]) AND note IS NOT NULL',
}

const FORGET_TEXTS: Statement = {
  name: 'customers_texts',
  text: `
    UPDATE texts SET masked_to = '•••', provider_word = NULL WHERE payment_id = ANY ($1::uuid[])`,
}

const FORGET_EXCHANGES: Statement = {
  name: 'customers_exchanges',
  text: `
    UPDATE device_exchanges SET said = NULL
    WHERE payment_id = ANY ($1::uuid[]) AND said IS NOT NULL`,
}

const FORGET_MISSES: Statement = {
  name: 'customers_misses',
  text: 'DELETE FROM camera_misses WHERE payment_id = ANY ($1::uuid[])',
}

const FORGET_TASKS: Statement = {
  name: 'customers_tasks',
  text: `
    UPDATE tasks SET facts = facts - 'order',
      close_reason = CASE WHEN close_reason IS NOT NULL THEN '' END
    WHERE payment_id = ANY ($1::uuid[]) AND (facts ? 'order' OR close_reason <> '')`,
}

const FORGET_KEYS: Statement = {
  name: 'customers_keys',
  text: `
    WITH of_staff AS (
      DELETE FROM staff_idempotency_keys
      WHERE target = ANY ($1::uuid[]) OR effect_id = ANY ($1::uuid[])
    )
    DELETE FROM idempotency_keys WHERE target = ANY ($1::uuid[]) OR effect_id = ANY ($1::uuid[])`,
}

const FORGET_WORDS: Statement = {
  name: 'customers_audit_words',
  text: 'SELECT forget_audit_words($1::uuid[])',
}

const FORGET_TRIES: Statement = {
  name: 'customers_delivery_tries',
  text: `
    UPDATE delivery_tries SET answer = NULL, headers = '{}'
    WHERE delivery_id IN (SELECT id FROM deliveries WHERE payment_id = ANY ($1::uuid[]))`,
}

const BODIES: Statement = {
  name: 'customers_bodies',
  text: 'SELECT id, body FROM deliveries WHERE payment_id = ANY ($1::uuid[])',
}

const SAVE_BODIES: Statement = {
  name: 'customers_bodies_save',
  text: `
    UPDATE deliveries d SET body = b.body
    FROM json_to_recordset($1) AS b (id uuid, body text) WHERE d.id = b.id`,
}

/** In this order: the views are found by what the payments lose. */
const PLAIN: readonly Statement[] = [
  FORGET_VIEWS,
  FORGET_PAYMENTS,
  FORGET_REFUNDS,
  FORGET_TEXTS,
  FORGET_EXCHANGES,
  FORGET_MISSES,
  FORGET_TASKS,
  FORGET_KEYS,
  FORGET_TRIES,
  FORGET_WORDS,
]

export function customerStore(session: Session): CustomerStore {
  return {
    async nextToForget(tx, afterDays, limit) {
      const inside = sessionOf(tx)
      interface PlaceRow {
        readonly place: number | null
        readonly until: number
      }
      const [row] = await inside.rows<PlaceRow>(PLACE, [afterDays])
      if (row === undefined || row.place === null || row.place >= row.until) {
        await inside.rows(BEGIN_AGAIN, [])
        return { paymentIds: [], isRoundDone: true }
      }
      const values = [utcTime(row.place), utcTime(row.until), limit]
      const found = await inside.rows<{ id: string }>(OF_DAY, values)
      if (found.length < limit) await inside.rows(MOVE_PLACE, [utcTime(row.place + DAY_MS)])
      return { paymentIds: found.map(({ id }) => id), isRoundDone: false }
    },
    async ended(tx, paymentIds) {
      const rows = await sessionOf(tx).rows<{ id: string }>(ENDED, [paymentIds])
      return rows.map(({ id }) => id)
    },
    async ofPhone(phone, limit) {
      const rows = await session.rows<{ id: string }>(OF_PHONE, [phone, limit])
      return rows.map(({ id }) => id)
    },
    forget: (tx, paymentIds) => forget(sessionOf(tx), paymentIds),
  }
}

async function forget(session: Session, paymentIds: readonly string[]): Promise<void> {
  for (const statement of PLAIN) await session.rows(statement, [paymentIds])
  const bodies = await session.rows<{ id: string; body: string }>(BODIES, [paymentIds])
  if (bodies.length === 0) return
  const emptied = bodies.map(({ body, id }) => ({ id, body: withoutCustomer(body) }))
  await session.rows(SAVE_BODIES, [JSON.stringify(emptied)])
}

/** Printed as it was at first (W2), so that a verifier of either documented kind accepts it on a replay. */
function withoutCustomer(body: string): string {
  return JSON.stringify({ ...JSON.parse(body), description: null, metadata: {} })
}
