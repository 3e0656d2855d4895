// What is on each terminal now and what its camera saw last, read for people: nothing is decided by it.

import type { AttemptStateKind, Phase, Scope } from '@byfly-pay/core'
import { sql } from 'kysely'
import type { Purpose } from '../ports/pool-store.ts'
import type { QrReading } from '../ports/provider.ts'
import type { WallSight, WallStore } from '../ports/wall-store.ts'
import { shownTo } from './camera-frames.ts'
import { readPool } from './pool.ts'
import { rowsOfSql } from './query-builder.ts'
import { paymentsIn, terminalsIn } from './scope.ts'
import type { Session, Statement } from './session.ts'

const NOW: Statement = { name: 'wall_now', text: 'SELECT centre_now() AS now' }

export function wallStore(session: Session): WallStore {
  return {
    sights: async (scope) => (await sights(session, scope)).map(sightOf),
    async pool(system) {
      const [row] = await session.rows<{ now: number }>(NOW, [])
      return { view: await readPool(session, system), now: row?.now ?? 0 }
    },
  }
}

interface Row {
  readonly id: number
  readonly state: AttemptStateKind | null
  readonly purpose: Purpose | null
  readonly phase: Phase | null
  readonly qr_read: boolean
  readonly payment_id: string | null
  readonly amount_tiyn: bigint | null
  readonly currency: string | null
  readonly since: number | null
  readonly outcome: QrReading['kind'] | null
  readonly looked_at: number | null
  readonly seen_at: number | null
  readonly now: number
}

function sights(session: Session, scope: Scope): Promise<Row[]> {
  return rowsOfSql<Row>(
    session,
    sql`SELECT t.id, o.state, o.purpose, coalesce(a.phase, r.phase) AS phase,
        coalesce(a.qr_at IS NOT NULL, r.qr_text IS NOT NULL, false) AS qr_read,
        p.id AS payment_id, coalesce(a.charge_tiyn, r.amount_tiyn) AS amount_tiyn, p.currency,
        coalesce(a.created_at, r.since, r.updated_at) AS since, f.outcome, f.looked_at,
        CASE WHEN ${shownTo(scope)} THEN f.seen_at END AS seen_at, centre_now() AS now
      FROM terminals t
      LEFT JOIN open_attempts o ON o.terminal_id = t.id AND o.holds_terminal
      LEFT JOIN attempts a ON a.id = o.attempt_id AND o.purpose = 'payment'
      LEFT JOIN refunds r ON r.id = o.attempt_id AND o.purpose = 'refund'
      LEFT JOIN payments p ON p.id = o.payment_id AND ${paymentsIn(scope)}
      LEFT JOIN camera_frames f ON f.terminal_id = t.id
      WHERE t.deleted_at IS NULL AND ${terminalsIn(scope)}`,
  )
}

function sightOf(row: Row): WallSight {
  const { looked_at: lookedAtMs, outcome } = row
  return {
    terminalId: row.id,
    state: row.state,
    phase: row.phase,
    isQrRead: row.qr_read,
    work: workOf(row),
    camera:
      outcome === null || lookedAtMs === null
        ? null
        : { outcome, lookedAtMs, seenAtMs: row.seen_at },
    nowMs: row.now,
  }
}

/** The payment's own columns are null together where it does not exist for the viewer. */
function workOf(row: Row): WallSight['work'] {
  const { amount_tiyn: amountTiyn, currency, payment_id: paymentId, purpose, since } = row
  if (amountTiyn === null || currency === null || paymentId === null) return null
  if (purpose === null || since === null) return null
  return { paymentId, purpose, amountTiyn, currency, sinceMs: since }
}
