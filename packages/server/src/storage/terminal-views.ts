// Terminals as a viewer sees them: those of the scope, and the payment on each only where that is
// in the scope too (L4, T6).

import type { Scope } from '@byfly-pay/core'
import { sql } from 'kysely'
import type { Page, TerminalView } from '../ports/terminal-store.ts'
import { maskedCameraUrl } from './camera-logins.ts'
import { reservationOf } from './pool.ts'
import { query, rowsOf } from './query-builder.ts'
import { paymentsIn, sourcesIn, terminalsIn } from './scope.ts'
import type { Session } from './session.ts'

const FIRST_PAGE: Page = { limit: 1_000, offset: 0 }

function selectIn(scope: Scope) {
  return query
    .selectFrom('terminals as t')
    .leftJoin('open_attempts as o', (join) =>
      join.onRef('o.terminal_id', '=', 't.id').on('o.holds_terminal', '=', true),
    )
    .leftJoin('payments as p', (join) =>
      join.onRef('p.id', '=', 'o.payment_id').on(paymentsIn(scope)),
    )
    .leftJoin('terminal_health as h', 'h.terminal_id', 't.id')
    .select([
      't.id',
      't.way',
      't.name',
      't.payment_system',
      't.country_iso',
      't.ip_address',
      't.scheme',
      't.host',
      't.port',
      't.tls_mode',
      't.tls_fingerprint',
      't.api_version',
      't.camera_id',
      't.camera_url',
      't.camera_login',
      't.own_cheque',
      't.is_active',
      't.serial',
      't.can_stop',
      't.registered_name',
      't.token_expires_at',
      't.trouble',
      't.trouble_since',
      't.quarantined_until',
      't.quarantine_reason',
      't.needs_probe',
      't.offline_until',
      't.last_reserved_at',
      't.taken_out_at',
      't.taken_out_by',
      't.taken_out_reason',
      't.last_seen_at',
      't.reserved_country',
      // A viewer learns no number of a source that does not exist for them.
      sql<readonly number[] | null>`CASE WHEN t.reserved_sources IS NOT NULL THEN ARRAY(
        SELECT s.id FROM sources s WHERE s.id = ANY(t.reserved_sources) AND ${sourcesIn(scope)}
        ORDER BY s.id) END`.as('reserved_sources'),
      'h.score',
      'h.trials',
      'h.faults',
      'h.start_ms',
      'h.qr_share',
      'h.suspended_at',
      'h.suspended_reason',
      'h.next_test_at',
      't.created_at',
      'o.state as holder',
      'p.id as current_payment_id',
      sql<number>`centre_now()`.as('now'),
    ])
    .where('t.deleted_at', 'is', null)
    .where(terminalsIn(scope))
}

type Row = Awaited<ReturnType<ReturnType<typeof selectIn>['execute']>>[number]

export async function listTerminals(
  session: Session,
  scope: Scope,
  { limit, offset }: Page = FIRST_PAGE,
): Promise<TerminalView[]> {
  // What stands on no desk is listed by a page of its own.
  const devices = selectIn(scope).where('t.way', '=', 'terminal')
  const page = devices.orderBy('t.id').limit(limit).offset(offset)
  return (await rowsOf(session, page)).map(viewOf)
}

export async function viewTerminal(
  session: Session,
  scope: Scope,
  terminalId: number,
): Promise<TerminalView | null> {
  const [row] = await rowsOf(session, selectIn(scope).where('t.id', '=', terminalId))
  return row === undefined ? null : viewOf(row)
}

/** Two statements: the one that waited for the lock would still see the attempts of before. */
export async function lockTerminal(
  session: Session,
  scope: Scope,
  terminalId: number,
): Promise<TerminalView | null> {
  const row = query
    .selectFrom('terminals as t')
    .select('t.id')
    .where('t.id', '=', terminalId)
    .where('t.deleted_at', 'is', null)
    .where(terminalsIn(scope))
    .forUpdate()
  const isThere = (await rowsOf(session, row)).length > 0
  return isThere ? viewTerminal(session, scope, terminalId) : null
}

function viewOf(row: Row): TerminalView {
  return {
    id: row.id,
    name: row.name,
    system: row.payment_system,
    countryIso: row.country_iso,
    ipAddress: row.ip_address,
    scheme: row.scheme,
    host: row.host,
    port: row.port,
    tls: row.tls_mode,
    fingerprint: row.tls_fingerprint,
    apiVersion: row.api_version,
    cameraId: row.camera_id,
    cameraUrl: maskedCameraUrl(row),
    ownCheque: row.own_cheque,
    isActive: row.is_active,
    serial: row.serial,
    canStop: row.can_stop,
    registeredName: row.registered_name,
    tokenExpiresAtMs: row.token_expires_at,
    trouble: row.trouble,
    troubleSinceMs: row.trouble_since,
    quarantineReason: row.quarantine_reason,
    takenOut: takenOutOf(row),
    health: healthOf(row),
    suspension: suspensionOf(row),
    reservedSources: row.reserved_sources,
    reservedCountry: row.reserved_country,
    lastSeenAtMs: row.last_seen_at,
    createdAtMs: row.created_at,
    facts: {
      id: row.id,
      way: row.way,
      isActive: row.is_active,
      isTakenOut: row.taken_out_at !== null,
      hasCamera: row.camera_url !== null,
      isHeld: row.holder !== null,
      needsMending: row.trouble !== null,
      quarantinedUntilMs: row.quarantined_until,
      needsProbe: row.needs_probe,
      offlineUntilMs: row.offline_until,
      lastReservedAtMs: row.last_reserved_at,
      isSuspended: row.suspended_at !== null,
      health: row.score ?? 100,
      reservedFor: reservationOf(row.reserved_sources, row.reserved_country),
    },
    holder: row.holder,
    currentPaymentId: row.current_payment_id,
    nowMs: row.now,
  }
}

function healthOf({ faults, qr_share: qrShare, score, start_ms: startMs, trials }: Row) {
  return score === null || trials === null || faults === null
    ? null
    : { score, trials, faults, startMs, qrShare }
}

/** The three come together: a constraint of the table; so do those of one taken out. */
function suspensionOf(row: Row): TerminalView['suspension'] {
  const { next_test_at: nextTestAtMs, suspended_at: sinceMs, suspended_reason: reason } = row
  return sinceMs === null || reason === null || nextTestAtMs === null
    ? null
    : { reason, sinceMs, nextTestAtMs }
}

function takenOutOf(row: Row): TerminalView['takenOut'] {
  const { taken_out_at: atMs, taken_out_by: by, taken_out_reason: reason } = row
  return atMs === null || by === null || reason === null ? null : { by, reason, atMs }
}
