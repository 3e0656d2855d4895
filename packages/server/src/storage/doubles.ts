// Payments that may be one paid twice: looked for among captures that are new since the last look.

import { DUPLICATE_WITHIN_MS } from '@byfly-pay/core'
import type { DoubleStore, FoundDouble } from '../ports/double-store.ts'
import { type Statement, sessionOf } from './session.ts'

/**
 * What was committed late is met by looking a while back again; found once, it is found for ever. An order
 * is known by the names of order_of(), or by the source's external_id, or one of each.
 */
const FIND: Statement = {
  name: 'doubles_find',
  text: `
    WITH fresh AS MATERIALIZED (
      SELECT DISTINCT ON (p.id) p.id, p.source_id, p.customer_phone, p.original_tiyn, p.external_id,
        order_of(p.metadata) AS own_order, c.at
      FROM captures c JOIN payments p ON p.id = c.payment_id
      WHERE c.at > coalesce(
        (SELECT (value #>> '{}')::timestamptz - interval '10 minutes' FROM settings
          WHERE name = 'doubles_seen_until'),
        centre_now() - interval '1 day')
    ),
    pairs AS (
      SELECT 'second_payment' AS kind, f.id AS one, q.id AS other, f.own_order AS name, f.source_id
      FROM fresh f JOIN payments q ON q.metadata::text <> '{}' AND order_of(q.metadata) = f.own_order
      WHERE q.source_id = f.source_id AND q.id <> f.id AND q.paid_tiyn > 0
      UNION
      SELECT 'second_payment', f.id, q.id, f.external_id, f.source_id
      FROM fresh f JOIN payments q
        ON q.metadata::text <> '{}' AND order_of(q.metadata) = f.external_id
      WHERE q.source_id = f.source_id AND q.id <> f.id AND q.paid_tiyn > 0
      UNION
      SELECT 'second_payment', f.id, q.id, f.own_order, f.source_id
      FROM fresh f JOIN external_ids e ON e.source_id = f.source_id AND e.external_id = f.own_order
      JOIN payments q ON q.id = e.payment_id
      WHERE q.id <> f.id AND q.paid_tiyn > 0
      UNION
      SELECT 'possible_duplicate', f.id, q.id, NULL, f.source_id
      FROM fresh f
      JOIN captures c ON c.source_id = f.source_id AND c.payment_id <> f.id
        AND c.at BETWEEN f.at - $1::integer * interval '1 millisecond'
          AND f.at + $1::integer * interval '1 millisecond'
      JOIN payments q ON q.id = c.payment_id AND q.customer_phone = f.customer_phone
        AND q.original_tiyn = f.original_tiyn
    )
    SELECT DISTINCT ON (least(one, other), greatest(one, other)) kind,
      greatest(one, other) AS "paymentId", least(one, other) AS "otherId", name AS order,
      source_id AS "sourceId"
    FROM pairs ORDER BY least(one, other), greatest(one, other), kind DESC, name`,
}

const SEEN: Statement = {
  name: 'doubles_seen',
  text: `
    INSERT INTO settings VALUES ('doubles_seen_until', to_jsonb(centre_now()))
    ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
}

export function doubleStore(): DoubleStore {
  return {
    find: (tx) => sessionOf(tx).rows<FoundDouble>(FIND, [DUPLICATE_WITHIN_MS]),
    async noteSeen(tx) {
      await sessionOf(tx).rows(SEEN, [])
    },
  }
}
