// Entries on desks: the tasks table, joined with what each is about as its reader may see it.

import type { EntryKind, QuarantineReason, Scope } from '@byfly-pay/core'
import { type RawBuilder, sql } from 'kysely'
import type {
  DeskEntry,
  DeskFilter,
  DeskStore,
  FoundEntry,
  KindCount,
} from '../ports/desk-store.ts'
import { thingOf } from './ledger-rows.ts'
import { rowsOfSql } from './query-builder.ts'
import { sourcesIn, tasksIn, terminalsIn } from './scope.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

const ASSIGN: Statement = {
  name: 'task_assign',
  text: 'UPDATE tasks SET assignee_id = $2 WHERE id = $1',
}

const CLOSE: Statement = {
  name: 'task_close',
  text: `
    WITH closed AS (
      UPDATE tasks SET closed_at = centre_now(), closed_by = $2, close_reason = $3
      WHERE id = $1 AND closed_at IS NULL
      RETURNING kind, attempt_id
    )
    UPDATE reconciliation SET closed_at = centre_now()
    WHERE closed_at IS NULL
      AND attempt_id IN (SELECT attempt_id FROM closed WHERE kind = 'start_lost')`,
}

const OPEN: Statement = {
  name: 'tasks_open_found',
  text: `
    INSERT INTO tasks (kind, key, payment_id, attempt_id, terminal_id, source_id, country_iso,
      payment_system, facts, opened_at)
    SELECT kind, key, payment_id, attempt_id, terminal_id, source_id, country_iso, system, facts,
      centre_now()
    FROM jsonb_to_recordset($1) AS t (kind text, key text, payment_id uuid, attempt_id uuid,
      terminal_id integer, source_id integer, country_iso text, system text, facts jsonb)
    ORDER BY key
    ON CONFLICT (key) DO NOTHING
    RETURNING id`,
}

const EXPLAIN: Statement = {
  name: 'tasks_explain',
  text: `
    UPDATE tasks SET closed_at = centre_now()
    WHERE key = ANY($1) AND closed_at IS NULL RETURNING id`,
}

interface Row {
  readonly id: bigint
  readonly kind: EntryKind
  readonly facts: Readonly<Record<string, unknown>>
  readonly opened_at: number
  readonly closed_at: number | null
  readonly closed_by: string | null
  readonly close_reason: string | null
  readonly assignee_id: number | null
  readonly assignee_name: string | null
  readonly payment_id: string | null
  readonly status: string
  readonly original_tiyn: bigint
  readonly paid_tiyn: bigint
  readonly credited_tiyn: bigint
  readonly overpaid_tiyn: bigint
  readonly attempt_id: string | null
  readonly state: string
  readonly charge_tiyn: bigint
  readonly gross_tiyn: bigint | null
  readonly product_word: string | null
  readonly held: DeskEntry['held']
  readonly terminal_id: number | null
  readonly terminal_name: string | null
  readonly quarantine_reason: QuarantineReason | null
  readonly quarantined_until: number | null
  readonly source_id: number | null
  readonly source_name: string | null
  readonly now: number
}

export function deskStore(session: Session): DeskStore {
  return {
    counts: (scope) => countByKind(session, scope),
    page: (scope, filter) => readEntries(session, scope, pageOf(filter)),
    missingThere: (scope, { countryIso, covers, system }, after, limit) =>
      readEntries(
        session,
        scope,
        sql`
          AND k.kind = 'missing_there' AND k.closed_at IS NULL
          AND (k.facts ->> 'at_ms')::numeric BETWEEN ${covers.fromMs}::numeric AND ${covers.toMs}::numeric
          AND EXISTS (SELECT FROM terminals m WHERE m.id = k.terminal_id
            AND m.payment_system = ${system}::text AND m.country_iso = ${countryIso}::text)
          AND (${after}::bigint IS NULL OR k.id > ${after}::bigint)
          ORDER BY k.id LIMIT ${limit}::integer`,
      ),
    async entry(scope, id, tx) {
      const on = tx === undefined ? session : sessionOf(tx)
      const [entry] = await readEntries(on, scope, sql`AND k.id = ${id}::bigint`)
      return entry ?? null
    },
    async lock(tx, scope, id) {
      const one = sql`AND k.id = ${id}::bigint FOR UPDATE OF k`
      const [entry] = await readEntries(sessionOf(tx), scope, one)
      return entry ?? null
    },
    async assign(tx, id, adminId) {
      await sessionOf(tx).rows(ASSIGN, [id, adminId])
    },
    async close(tx, id, by, reason) {
      await sessionOf(tx).rows(CLOSE, [id, by, reason])
    },
    async open(tx, found) {
      if (found.length === 0) return 0
      return (await sessionOf(tx).rows(OPEN, [JSON.stringify(found.map(columnsOf))])).length
    },
    async explain(tx, keys) {
      if (keys.length === 0) return 0
      return (await sessionOf(tx).rows(EXPLAIN, [keys])).length
    },
  }
}

function countByKind(session: Session, scope: Scope): Promise<KindCount[]> {
  return rowsOfSql(
    session,
    sql`
      SELECT k.kind, count(*) AS open, min(k.opened_at) AS "oldestMs",
        count(*) FILTER (WHERE k.assignee_id IS NULL) AS unassigned
      FROM tasks k WHERE k.closed_at IS NULL AND ${tasksIn(scope)} GROUP BY k.kind`,
  )
}

function pageOf({ after, assignee, isClosed, kinds, limit }: DeskFilter): RawBuilder<unknown> {
  const beyond = sql.raw(isClosed ? '<' : '>')
  return sql`
    AND k.kind = ANY(${[...kinds]}::text[])
    AND (k.closed_at IS NOT NULL) = ${isClosed}::boolean
    ${after === null ? sql`` : sql`AND k.id ${beyond} ${after}::bigint`}
    ${whoseOf(assignee)}
    ORDER BY k.id ${sql.raw(isClosed ? 'DESC' : 'ASC')} LIMIT ${limit}::integer`
}

function whoseOf(assignee: DeskFilter['assignee']): RawBuilder<unknown> {
  if (assignee === 'anybody') return sql``
  if (assignee === 'nobody') return sql`AND k.assignee_id IS NULL`
  return sql`AND k.assignee_id = ${assignee}::integer`
}

/** A kind of a newer release has no desk here yet, and is left to that. */
async function readEntries(
  session: Session,
  scope: Scope,
  which: RawBuilder<unknown>,
): Promise<DeskEntry[]> {
  const rows = await rowsOfSql<Row>(
    session,
    sql`
      SELECT k.id, k.kind, k.facts, k.opened_at, k.closed_at, k.closed_by, k.close_reason,
        a.id AS assignee_id, a.name AS assignee_name,
        p.id AS payment_id, p.status, p.original_tiyn, p.paid_tiyn, p.credited_tiyn, p.overpaid_tiyn,
        x.id AS attempt_id, x.state, x.charge_tiyn, c.gross_tiyn, c.product_word,
        t.id AS terminal_id, t.name AS terminal_name, t.quarantine_reason, t.quarantined_until,
        s.id AS source_id, s.name AS source_name, centre_now() AS now,
        (SELECT h.facts FROM payment_history h
          WHERE h.payment_id = k.payment_id AND h.attempt_id = k.attempt_id AND h.what
            = CASE k.kind WHEN 'settle_by_hand' THEN 'held_for_operator'
              WHEN 'refund_unclear' THEN 'refund_held' END
          ORDER BY h.version DESC LIMIT 1) AS held
      FROM tasks k
      LEFT JOIN payments p ON p.id = k.payment_id
      LEFT JOIN attempts x ON x.id = k.attempt_id
      LEFT JOIN captures c ON c.attempt_id = k.attempt_id
      LEFT JOIN terminals t
        ON t.id = coalesce(k.terminal_id, x.terminal_id) AND ${terminalsIn(scope)}
      LEFT JOIN sources s ON s.id = coalesce(p.source_id, k.source_id) AND ${sourcesIn(scope)}
      LEFT JOIN admins a ON a.id = k.assignee_id
      WHERE ${tasksIn(scope)} ${which}`,
  )
  return rows.map(entryOf)
}

function entryOf(row: Row): DeskEntry {
  const { attempt_id: attemptId, payment_id: paymentId, terminal_id: terminalId } = row
  return {
    id: row.id,
    kind: row.kind,
    facts: row.facts,
    openedAtMs: row.opened_at,
    closedAtMs: row.closed_at,
    closedBy: row.closed_by,
    closeReason: row.close_reason,
    assignee: thingOf(row.assignee_id, row.assignee_name),
    payment:
      paymentId === null
        ? null
        : {
            id: paymentId,
            status: row.status,
            originalTiyn: row.original_tiyn,
            paidTiyn: row.paid_tiyn,
            creditedTiyn: row.credited_tiyn,
            overpaidTiyn: row.overpaid_tiyn,
          },
    attempt:
      attemptId === null
        ? null
        : {
            id: attemptId,
            state: row.state,
            chargeTiyn: row.charge_tiyn,
            grossTiyn: row.gross_tiyn,
            productWord: row.product_word,
          },
    terminal:
      terminalId === null
        ? null
        : {
            id: terminalId,
            name: row.terminal_name ?? '',
            quarantineReason: row.quarantine_reason,
            quarantinedUntilMs: row.quarantined_until,
          },
    held: row.held,
    source: thingOf(row.source_id, row.source_name),
    nowMs: row.now,
  }
}

function columnsOf(found: FoundEntry) {
  return {
    kind: found.kind,
    key: found.key,
    payment_id: found.paymentId,
    attempt_id: found.attemptId,
    terminal_id: found.terminalId,
    source_id: found.sourceId,
    country_iso: found.countryIso,
    system: found.system,
    facts: found.facts,
  }
}
