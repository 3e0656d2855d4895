// The deliveries that a change of a payment brings about, written with it (W4, I10): new ones, and what
// becomes of the ones that waited for an attempt's final word (S4).

import { type Applied, utcTime } from '@byfly-pay/core'
import type { LockedPayment, NewDelivery } from '../ports/payment-store.ts'
import type { Statement, Write } from './session.ts'

const ADD: Statement = {
  name: 'deliveries_add',
  text: `
    INSERT INTO deliveries (id, payment_id, source_id, event, sequence, url, endpoint, body, state,
      next_at, created_at)
    SELECT new_id(), $2::uuid, $3::integer, event, sequence, url, endpoint, body,
      CASE WHEN held THEN 'held' ELSE 'waiting' END,
      CASE WHEN held THEN NULL ELSE $4::timestamptz END, $4
    FROM jsonb_to_recordset($1)
      AS d (event text, sequence integer, url text, endpoint text, body text, held boolean)`,
}

const SEND_HELD: Statement = {
  name: 'deliveries_send_held',
  text: `
    UPDATE deliveries SET state = 'waiting', next_at = $2
    WHERE payment_id = $1 AND state = 'held'`,
}

const SUPERSEDE_HELD: Statement = {
  name: 'deliveries_supersede_held',
  text: `UPDATE deliveries SET state = 'superseded' WHERE payment_id = $1 AND state = 'held'`,
}

export function deliveryWrites(
  { facts, now }: LockedPayment,
  { effects, payment }: Applied,
  deliveries: readonly NewDelivery[],
): Write[] {
  const at = utcTime(now)
  // First the verdict on what was held before, or it would fall on the new ones too.
  const writes = effects.flatMap((effect): Write[] => {
    if (effect.kind !== 'held_events') return []
    return effect.verdict === 'send'
      ? [{ statement: SEND_HELD, values: [payment.id, at] }]
      : [{ statement: SUPERSEDE_HELD, values: [payment.id] }]
  })
  if (deliveries.length === 0) return writes
  const rows = deliveries.map((delivery) => ({ ...delivery, endpoint: endpointOf(delivery.url) }))
  const values = [JSON.stringify(rows), payment.id, facts.sourceId, at]
  return [...writes, { statement: ADD, values }]
}

/** One receiver of one source, whatever the query says (W4). */
function endpointOf(url: string): string {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}
