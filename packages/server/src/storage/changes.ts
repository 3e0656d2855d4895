// Where what changed belongs, read once for everybody who listens. Whom it exists for is core's to say.

import type { AlertKind, Change } from '@byfly-pay/core'
import type { Changed, ChangeStore } from '../ports/change-store.ts'
import type { Session, Statement } from './session.ts'

/** Longer than a creation takes to commit after it has taken its number. */
const YOUNG_SECONDS = 10

/** A method that is in no list any more is of no system that could be listed for anybody. */
const SYSTEM = `coalesce(m.payment_system, CASE WHEN p.chosen_method IS NOT NULL THEN '' END)`
const METHOD_OF_PAYMENT = 'LEFT JOIN payment_methods m ON m.code = p.chosen_method'

const PAYMENTS: Statement = {
  name: 'changes_payments',
  text: `
    SELECT p.id, p.version, p.terminal_id, p.country_iso, ${SYSTEM} AS system, p.source_id
    FROM payments p ${METHOD_OF_PAYMENT}
    WHERE p.id = ANY ($1::uuid[]) ORDER BY p.id`,
}

const TERMINALS: Statement = {
  name: 'changes_terminals',
  text: `
    SELECT id, country_iso, payment_system AS system, NULL::integer AS source_id
    FROM terminals WHERE id = ANY ($1::integer[]) ORDER BY id`,
}

const TASKS: Statement = {
  name: 'changes_tasks',
  text: `
    SELECT k.id::text AS id,
      CASE WHEN k.payment_id IS NOT NULL THEN 'payment'
        WHEN k.terminal_id IS NOT NULL THEN 'terminal' ELSE 'itself' END AS of,
      CASE WHEN k.payment_id IS NOT NULL THEN p.country_iso
        WHEN k.terminal_id IS NOT NULL THEN t.country_iso ELSE k.country_iso END AS country_iso,
      CASE WHEN k.payment_id IS NOT NULL THEN ${SYSTEM}
        WHEN k.terminal_id IS NOT NULL THEN t.payment_system ELSE k.payment_system END AS system,
      CASE WHEN k.payment_id IS NOT NULL THEN p.source_id
        WHEN k.terminal_id IS NOT NULL THEN NULL ELSE k.source_id END AS source_id
    FROM tasks k
    LEFT JOIN payments p ON p.id = k.payment_id
    ${METHOD_OF_PAYMENT}
    LEFT JOIN terminals t ON t.id = k.terminal_id
    WHERE k.id = ANY ($1::bigint[]) ORDER BY k.id`,
}

const ALERTS: Statement = {
  name: 'changes_alerts',
  text: `
    SELECT id, kind, country_iso, payment_system AS system, source_id
    FROM alerts WHERE id = ANY ($1::integer[]) ORDER BY id`,
}

/** The time stands in a subquery, for a volatile function in a comparison would rule out the index. */
const YOUNGEST: Statement = {
  name: 'payments_youngest',
  text: `
    SELECT id, version FROM payments
    WHERE id > (SELECT uuid7_floor(centre_now() - interval '${YOUNG_SECONDS} seconds'))
    ORDER BY id DESC LIMIT $1`,
}

interface PlaceRow {
  readonly id: string | number
  readonly country_iso: string
  readonly system: string | null
  readonly source_id: number | null
}

export function changeStore(session: Session): ChangeStore {
  const rows = async <Row>(statement: Statement, ids: readonly string[]) =>
    ids.length === 0 ? [] : session.rows<Row>(statement, [ids])
  return {
    async placesOf({ alerts, payments, tasks, terminals }: Changed) {
      interface PaymentRow extends PlaceRow {
        readonly version: number
        readonly terminal_id: number | null
      }
      const ofPayments = await rows<PaymentRow>(PAYMENTS, payments)
      const touched = ofPayments.flatMap(({ terminal_id: id }) => (id === null ? [] : [`${id}`]))
      const all = [...new Set([...terminals, ...touched])]
      const ofTerminals = await rows<PlaceRow>(TERMINALS, all)
      const ofTasks = await rows<TaskRow>(TASKS, tasks)
      const ofAlerts = await rows<AlertRow>(ALERTS, alerts)
      return [
        ...ofPayments.map((row): Change => {
          const { id, version } = row
          return { kind: 'payment', id: String(id), version, place: placed(row) }
        }),
        ...ofTerminals.map(
          (row): Change => ({ kind: 'terminal', id: String(row.id), place: placed(row) }),
        ),
        ...ofTasks.flatMap(taskOf),
        ...ofAlerts.map((row): Change => {
          return { kind: 'alert', id: String(row.id), alert: row.kind, place: placed(row) }
        }),
      ]
    },
    async youngest(limit) {
      const young = await session.rows<{ id: string; version: number }>(YOUNGEST, [limit])
      return new Map(young.map(({ id, version }) => [id, version]))
    },
  }
}

interface TaskRow extends Omit<PlaceRow, 'country_iso'> {
  readonly of: 'payment' | 'terminal' | 'itself'
  readonly country_iso: string | null
}

interface AlertRow extends Omit<PlaceRow, 'country_iso'> {
  readonly kind: AlertKind
  readonly country_iso: string | null
}

function placed<Country extends string | null>(row: {
  readonly country_iso: Country
  readonly system: string | null
  readonly source_id: number | null
}) {
  return { countryIso: row.country_iso, system: row.system, sourceId: row.source_id }
}

/** A task whose payment or terminal is gone exists for nobody. */
function taskOf(row: TaskRow): Change[] {
  const { country_iso: countryIso, of } = row
  const task = { kind: 'task', id: String(row.id) } as const
  const place = placed(row)
  if (of === 'itself') return [{ ...task, place: { of, place } }]
  return countryIso === null ? [] : [{ ...task, place: { of, place: { ...place, countryIso } } }]
}
