// Tickets of the queue before the pool (S8): written under the pool's lock, ordered by core.

import { type Moment, TICKET_LIFE_MS, type Ticket } from '@byfly-pay/core'
import type { Session, Statement } from './session.ts'

const LIFE = `interval '${TICKET_LIFE_MS} milliseconds'`

/** Part of the pool's view. */
export const TICKETS_ALIVE = `
  SELECT q.payment_id, q.source_id, s.country_iso, q.terminal_id, q.route, q.enqueued_at, q.turn,
    q.last_seen_at, q.granted_until
  FROM queue_tickets q JOIN sources s ON s.id = q.source_id
  WHERE q.last_seen_at >= (SELECT centre_now()) - ${LIFE}`

/** When it is read, of a payment that waits; no row of one that does not. */
const ALIVE: Statement = {
  name: 'queue_ticket_alive',
  text: `
    SELECT clock.now FROM (SELECT centre_now() AS now OFFSET 0) AS clock
    JOIN queue_tickets q ON q.payment_id = $1 AND q.last_seen_at >= clock.now - ${LIFE}`,
}

/** A dead ticket's place is lost; a lapsed grant is forgotten, so that it may be given again. */
const KEEP: Statement = {
  name: 'queue_ticket_keep',
  text: `
    INSERT INTO queue_tickets AS t (payment_id, source_id, terminal_id, turn, route,
      enqueued_at, last_seen_at)
    SELECT $1, $2, $3, $4, $5, clock.now, clock.now FROM (SELECT centre_now() AS now OFFSET 0) AS clock
    ON CONFLICT (payment_id) DO UPDATE SET
      (enqueued_at, turn) = (
        SELECT CASE WHEN is_dead THEN EXCLUDED.enqueued_at ELSE t.enqueued_at END,
          CASE WHEN is_dead THEN EXCLUDED.turn ELSE t.turn END
        FROM (SELECT t.last_seen_at < EXCLUDED.last_seen_at - ${LIFE} AS is_dead) AS own),
      last_seen_at = EXCLUDED.last_seen_at, terminal_id = EXCLUDED.terminal_id,
      route = EXCLUDED.route,
      granted_until = CASE WHEN t.granted_until > EXCLUDED.last_seen_at THEN t.granted_until END`,
}

const GRANT: Statement = {
  name: 'queue_tickets_grant',
  text: `
    UPDATE queue_tickets
    SET granted_until = centre_now() + $2::integer * interval '1 millisecond'
    WHERE payment_id = ANY ($1::uuid[])`,
}

const DROP: Statement = {
  name: 'queue_ticket_drop',
  text: 'DELETE FROM queue_tickets WHERE payment_id = $1',
}

const DROP_DEAD: Statement = {
  name: 'queue_tickets_drop_dead',
  text: `
    DELETE FROM queue_tickets WHERE last_seen_at < (SELECT centre_now()) - ${LIFE}
    RETURNING payment_id`,
}

/** Its turn counts for a new ticket only, and for one that comes back from the dead. */
export async function keepTicket(
  session: Session,
  { paymentId, turn, wanted }: Pick<Ticket, 'paymentId' | 'turn' | 'wanted'>,
): Promise<void> {
  await session.rows(KEEP, [paymentId, wanted.sourceId, wanted.terminalId, turn, wanted.route])
}

/** The moment at which it was found waiting, or null. */
export async function waitingNow(session: Session, paymentId: string): Promise<Moment | null> {
  const [row] = await session.rows<{ now: Moment }>(ALIVE, [paymentId])
  return row?.now ?? null
}

export async function grant(session: Session, paymentIds: readonly string[], forMs: number) {
  if (paymentIds.length > 0) await session.rows(GRANT, [paymentIds, forMs])
}

export async function dropTicket(session: Session, paymentId: string) {
  await session.rows(DROP, [paymentId])
}

export async function dropDeadTickets(session: Session): Promise<number> {
  return (await session.rows(DROP_DEAD, [])).length
}
