// How the books stand as a whole, for monitoring. It only reads, one statement after the other over one
// connection at a time, and counts nothing further than a limit: it must never be felt by payments.

import { AVAILABILITIES, availabilityOf, TICKET_LIFE_MS } from '@byfly-pay/core'
import type {
  BacklogStanding,
  BooksStanding,
  OpenStanding,
  StandingStore,
} from '../ports/standing-store.ts'
import { readPool } from './pool.ts'
import type { Session, Statement } from './session.ts'

/** Beyond it more is no news: whoever looks has known for long that something is wrong. */
const COUNT_LIMIT = 100_000
const OPEN_LIMIT = 10_000

/** A certificate that no instance has told of for so long is served no more. */
const SERVED_MINUTES = 5

const OPEN: Statement = {
  name: 'standing_open',
  text: `
    SELECT o.purpose, o.state, greatest(0, extract(epoch FROM
        clock.now - coalesce(a.created_at, r.since, r.updated_at, clock.now)) * 1000)::float8
      AS "ageMs"
    FROM (SELECT centre_now() AS now OFFSET 0) AS clock CROSS JOIN open_attempts o
    LEFT JOIN attempts a ON a.id = o.attempt_id AND o.purpose = 'payment'
    LEFT JOIN refunds r ON r.id = o.attempt_id AND o.purpose = 'refund'
    LIMIT ${OPEN_LIMIT}`,
}

/** Rows that wait since `since`, of which the table's own index finds the first ones. */
function backlog(name: string, rows: string): Statement {
  return {
    name,
    text: `
      SELECT count(*)::integer AS count,
        coalesce(extract(epoch FROM centre_now() - min(since)) * 1000, 0)::float8 AS "oldestMs"
      FROM (${rows} LIMIT ${COUNT_LIMIT}) AS waiting`,
  }
}

const QUEUE = backlog(
  'standing_queue',
  `SELECT enqueued_at AS since FROM queue_tickets
   WHERE last_seen_at >= (SELECT centre_now()) - interval '${TICKET_LIFE_MS} milliseconds'`,
)

const DELIVERIES = backlog(
  'standing_deliveries',
  `SELECT next_at AS since FROM deliveries
   WHERE state = 'waiting' AND next_at <= (SELECT centre_now()) ORDER BY next_at`,
)

const TEXTS = backlog(
  'standing_texts',
  `SELECT created_at AS since FROM texts
   WHERE ended_at IS NULL AND next_at <= (SELECT centre_now()) ORDER BY next_at`,
)

const REST: Statement = {
  name: 'standing_rest',
  text: `
    SELECT
      (SELECT count(*)::integer FROM (
        SELECT FROM webhook_endpoints WHERE failing_since IS NOT NULL LIMIT ${COUNT_LIMIT}
      ) AS failing) AS "failingEndpoints",
      (SELECT count(*)::integer FROM (
        SELECT FROM figure_deltas LIMIT ${COUNT_LIMIT}) AS deltas) AS "unfoldedDeltas",
      (SELECT min(expires_at) FROM tls_certificates
        WHERE seen_at > centre_now() - interval '${SERVED_MINUTES} minutes')
        AS "certificateExpiresAtMs",
      centre_now() AS now`,
}

const SYSTEMS: Statement = {
  name: 'standing_systems',
  text: 'SELECT code FROM payment_systems ORDER BY code',
}

type RestRow = Pick<
  BooksStanding,
  'failingEndpoints' | 'unfoldedDeltas' | 'certificateExpiresAtMs'
> & { readonly now: number }

export function standingStore(session: Session): StandingStore {
  const backlogOf = async (statement: Statement): Promise<BacklogStanding> => {
    const [row] = await session.rows<BacklogStanding>(statement, [])
    return row ?? { count: 0, oldestMs: 0 }
  }
  return {
    async read() {
      const [rest] = await session.rows<RestRow>(REST, [])
      if (rest === undefined) throw new Error('Состояние книг не прочиталось')
      const { now, ...few } = rest
      return {
        ...few,
        open: await session.rows<OpenStanding>(OPEN, []),
        queue: await backlogOf(QUEUE),
        deliveries: await backlogOf(DELIVERIES),
        texts: await backlogOf(TEXTS),
        terminals: await terminals(session, now),
      }
    },
  }
}

/** Counted by core's own word for each, so that no figure differs from what the pool decides by. */
async function terminals(session: Session, now: number): Promise<BooksStanding['terminals']> {
  const found: BooksStanding['terminals'][number][] = []
  for (const { code } of await session.rows<{ code: string }>(SYSTEMS, [])) {
    const pool = await readPool(session, code)
    const words = pool.terminals.map((terminal) => availabilityOf(terminal, now))
    const counts = AVAILABILITIES.map((word) => [word, words.filter((w) => w === word).length])
    found.push({ system: code, byAvailability: Object.fromEntries(counts) })
  }
  return found
}
