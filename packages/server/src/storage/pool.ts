// The pool of terminals: one view of it for a decision, under a lock that all instances share, and the
// claim of one terminal. Who is next and which terminal is best is core's to say.

import {
  PLACES,
  type QuarantineReason,
  type Reservation,
  type Route,
  type TerminalFacts,
  type Ticket,
  type Way,
} from '@byfly-pay/core'
import type { PoolStore, PoolView } from '../ports/pool-store.ts'
import { leaseOf, releaseLeases, renewLeases, sharingProcess, takeOver } from './attempt-leases.ts'
import {
  dropDeadTickets,
  dropTicket,
  grant,
  keepTicket,
  TICKETS_ALIVE,
  waitingNow,
} from './queue-tickets.ts'
import { type Session, type Statement, sessionOf } from './session.ts'
import { momentOf, momentOrNull } from './type-parsers.ts'

/** Any fixed number: who holds it decides for the pool. Taken after a payment's lock, never before. */
const POOL_LOCK = 7_204_117_003

const LOCK: Statement = {
  name: 'pool_lock',
  text: 'SELECT pg_advisory_xact_lock($1)',
}

/** One device is held by one attempt; the bank's own server by as many as it carries, which hold it not. */
const IS_HELD = `CASE t.way
  WHEN 'terminal' THEN EXISTS (
    SELECT FROM open_attempts o WHERE o.terminal_id = t.id AND o.holds_terminal)
  ELSE (SELECT count(*) FROM open_attempts o WHERE o.terminal_id = t.id) >= ${PLACES.qr_api} END`

/** One statement, since every start waits while it runs; measured times are read, not measured, here. */
const VIEW: Statement = {
  name: 'pool_view',
  text: `
    SELECT
      (SELECT coalesce(json_agg(terminal), '[]') FROM (
        SELECT t.id, t.way, t.is_active, t.camera_url IS NOT NULL AS has_camera, t.quarantined_until,
          t.needs_probe, t.offline_until, t.last_reserved_at, t.trouble IS NOT NULL AS needs_mending,
          t.taken_out_at IS NOT NULL AS is_taken_out, t.reserved_sources, t.reserved_country,
          h.suspended_at IS NOT NULL AS is_suspended, h.score, h.times_ms,
          ${IS_HELD} AS is_held
        FROM terminals t LEFT JOIN terminal_health h ON h.terminal_id = t.id
        WHERE t.payment_system = $1 AND t.deleted_at IS NULL
      ) AS terminal) AS terminals,
      (SELECT coalesce(json_agg(ticket), '[]') FROM (${TICKETS_ALIVE}) AS ticket) AS tickets,
      (SELECT coalesce(json_agg(source), '[]') FROM (
        SELECT source_id, count(*) AS open FROM open_attempts WHERE holds_terminal OR holds_payment
        GROUP BY source_id
      ) AS source) AS sources`,
}

/**
 * The first of the ranked that no open attempt holds. A terminal that another transaction has in hand is
 * passed over; should one have been taken since this statement began, the unique index on
 * `open_attempts` refuses the attempt and the transaction runs again.
 */
const CLAIM_FIRST_FREE: Statement = {
  name: 'terminals_claim_first_free',
  text: `
    UPDATE terminals SET last_reserved_at = centre_now()
    WHERE id = (
      SELECT t.id
      FROM unnest($1::integer[]) WITH ORDINALITY AS ranked (id, place)
      JOIN terminals t ON t.id = ranked.id
      WHERE t.is_active AND t.taken_out_at IS NULL AND t.deleted_at IS NULL AND NOT ${IS_HELD}
      ORDER BY ranked.place
      FOR UPDATE OF t SKIP LOCKED
      LIMIT 1)
    RETURNING id`,
}

const QUARANTINE: Statement = {
  name: 'terminal_quarantine',
  text: `
    UPDATE terminals SET needs_probe = true, quarantine_reason = $2, quarantined_until =
      greatest(quarantined_until, centre_now() + $3::integer * interval '1 millisecond')
    WHERE id = $1`,
}

const PROVE_IDLE: Statement = {
  name: 'terminal_prove_idle',
  text: `
    UPDATE terminals SET needs_probe = false, quarantine_reason = NULL, quarantined_until = NULL,
      offline_until = NULL, offline_since = NULL, last_seen_at = centre_now()
    WHERE id = $1`,
}

const MARK_OFFLINE: Statement = {
  name: 'terminal_mark_offline',
  text: `
    UPDATE terminals SET offline_since = coalesce(offline_since, centre_now()),
      offline_until = centre_now() + $2::integer * interval '1 millisecond'
    WHERE id = $1`,
}

const MARK_ONLINE: Statement = {
  name: 'terminal_mark_online',
  text: `
    UPDATE terminals SET offline_until = NULL, offline_since = NULL
    WHERE id = $1 AND num_nonnulls(offline_until, offline_since) > 0`,
}

export function poolStore(session: Session): PoolStore {
  return {
    lockPool: (tx, system) => lockPool(sessionOf(tx), system),
    async lookAtQueue(paymentId, system) {
      const now = await waitingNow(session, paymentId)
      return now === null ? null : { view: await readPool(session, system), now }
    },
    async claimFirstFree(tx, ranked) {
      const rows = await sessionOf(tx).rows<{ id: number }>(CLAIM_FIRST_FREE, [ranked])
      return rows[0]?.id ?? null
    },
    keepTicket: (tx, ticket) => keepTicket(sessionOf(tx), ticket),
    grant: (tx, paymentIds, forMs) => grant(sessionOf(tx), paymentIds, forMs),
    dropTicket: (tx, paymentId) => dropTicket(sessionOf(tx), paymentId),
    dropDeadTickets: () => dropDeadTickets(session),

    async quarantine(terminalId: number, reason: QuarantineReason, forMs: number) {
      await session.rows(QUARANTINE, [terminalId, reason, forMs])
    },
    async proveIdle(terminalId) {
      await session.rows(PROVE_IDLE, [terminalId])
    },
    async markOffline(terminalId, forMs) {
      await session.rows(MARK_OFFLINE, [terminalId, forMs])
    },
    async markOnline(terminalId) {
      await session.rows(MARK_ONLINE, [terminalId])
    },

    renewLeases: (owner, attemptIds, forMs) => renewLeases(session, owner, attemptIds, forMs),
    takeOver: (owner, forMs, limit) => takeOver(session, owner, forMs, limit),
    releaseLeases: (owner) => releaseLeases(session, owner),
    leaseOf: (attemptId) => leaseOf(session, attemptId),
    sharingProcess: (leased, processId) => sharingProcess(session, leased, processId),
  }
}

export function reservationOf(
  sourceIds: readonly number[] | null,
  countryIso: string | null,
): Reservation | null {
  return sourceIds === null && countryIso === null
    ? null
    : { sourceIds: sourceIds ?? [], countryIso }
}

interface PoolRow {
  readonly terminals: readonly {
    readonly id: number
    readonly way: Way
    readonly is_active: boolean
    readonly is_taken_out: boolean
    readonly has_camera: boolean
    readonly is_held: boolean
    readonly needs_mending: boolean
    readonly quarantined_until: string | null
    readonly needs_probe: boolean
    readonly offline_until: string | null
    readonly last_reserved_at: string | null
    readonly reserved_sources: readonly number[] | null
    readonly reserved_country: string | null
    readonly is_suspended: boolean
    readonly score: number | null
    readonly times_ms: readonly number[] | null
  }[]
  readonly tickets: readonly {
    readonly payment_id: string
    readonly source_id: number
    readonly country_iso: string
    readonly terminal_id: number | null
    readonly route: Route
    readonly enqueued_at: string
    readonly turn: number
    readonly last_seen_at: string
    readonly granted_until: string | null
  }[]
  readonly sources: readonly { readonly source_id: number; readonly open: number }[]
}

/** The lock is a statement of its own: what it waited for must be seen by the next, though both are sent at once. */
async function lockPool(session: Session, system: string): Promise<PoolView> {
  const [, view] = await Promise.all([session.rows(LOCK, [POOL_LOCK]), readPool(session, system)])
  return view
}

export async function readPool(session: Session, system: string): Promise<PoolView> {
  const [row] = await session.rows<PoolRow>(VIEW, [system])
  if (row === undefined) throw new Error('Пул терминалов не прочитался')
  return {
    terminals: row.terminals.map(terminalFactsOf),
    tickets: row.tickets.map(ticketOf),
    timesMs: row.terminals.flatMap(({ times_ms, way }) =>
      way === 'terminal' ? (times_ms ?? []) : [],
    ),
    openBySource: new Map(row.sources.map(({ source_id, open }) => [source_id, open])),
  }
}

function terminalFactsOf(row: PoolRow['terminals'][number]): TerminalFacts {
  return {
    id: row.id,
    way: row.way,
    isActive: row.is_active,
    isTakenOut: row.is_taken_out,
    hasCamera: row.has_camera,
    isHeld: row.is_held,
    needsMending: row.needs_mending,
    quarantinedUntilMs: momentOrNull(row.quarantined_until),
    needsProbe: row.needs_probe,
    offlineUntilMs: momentOrNull(row.offline_until),
    lastReservedAtMs: momentOrNull(row.last_reserved_at),
    isSuspended: row.is_suspended,
    health: row.score ?? 100,
    reservedFor: reservationOf(row.reserved_sources, row.reserved_country),
  }
}

function ticketOf(row: PoolRow['tickets'][number]): Ticket {
  return {
    paymentId: row.payment_id,
    wanted: {
      presence: row.terminal_id === null ? 'remote' : 'in_person',
      terminalId: row.terminal_id,
      route: row.route,
      tried: [],
      sourceId: row.source_id,
      countryIso: row.country_iso,
    },
    enqueuedAtMs: momentOf(row.enqueued_at),
    turn: row.turn,
    lastSeenAtMs: momentOf(row.last_seen_at),
    grantedUntilMs: momentOrNull(row.granted_until),
  }
}
