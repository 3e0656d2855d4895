// What exists for a member of staff (L4), as a condition on rows: the only place where a country, a payment
// system or a list of sources becomes SQL. Aliases are fixed: p payments, s sources, t terminals, m methods,
// f figures, k tasks, a alerts, r what is kept of statements and closed days.

import type { Scope } from '@byfly-pay/core'
import { type RawBuilder, type SqlBool, sql } from 'kysely'

type Condition = RawBuilder<SqlBool>

const ALWAYS: Condition = sql<SqlBool>`true`

/** Of `payments p`. Before a method is chosen a payment has no system and is its country's (N8). */
export function paymentsIn({ countries, systems, sources }: Scope): Condition {
  return all([
    within('p.country_iso', countries, 'text'),
    systems === null
      ? ALWAYS
      : sql<SqlBool>`(p.chosen_method IS NULL OR p.chosen_method IN (
          SELECT code FROM payment_methods WHERE payment_system = ANY(${[...systems]}::text[])))`,
    within('p.source_id', sources, 'integer'),
  ])
}

/** Of `sources s`. A source takes money through any system. */
export function sourcesIn({ countries, sources }: Scope): Condition {
  return all([within('s.country_iso', countries, 'text'), within('s.id', sources, 'integer')])
}

/** Of `terminals t`. */
export function terminalsIn({ countries, systems }: Scope): Condition {
  return all([
    within('t.country_iso', countries, 'text'),
    within('t.payment_system', systems, 'text'),
  ])
}

/** Of `payment_methods m`. */
export function methodsIn({ countries, systems }: Scope): Condition {
  return all([
    within('m.country_iso', countries, 'text'),
    within('m.payment_system', systems, 'text'),
  ])
}

/** Of figures `f`. A payment without a method is its country's (N8); money is its attempt's system's. */
export function figuresIn({ countries, systems, sources }: Scope): Condition {
  return all([
    within('f.country_iso', countries, 'text'),
    systems === null
      ? ALWAYS
      : sql<SqlBool>`(f.method IS NULL OR f.method IN (
          SELECT code FROM payment_methods WHERE payment_system = ANY(${[...systems]}::text[])))`,
    within('f.source_id', sources, 'integer'),
  ])
}

/** Of `tasks k`: a payment's and a terminal's belong where those do, any other where it says itself. */
export function tasksIn(scope: Scope): Condition {
  const { countries, systems, sources } = scope
  if (countries === null && systems === null && sources === null) return ALWAYS
  const own = all([
    within('k.country_iso', countries, 'text'),
    within('k.payment_system', systems, 'text'),
    within('k.source_id', sources, 'integer'),
  ])
  return sql<SqlBool>`CASE
    WHEN k.payment_id IS NOT NULL THEN EXISTS (
      SELECT FROM payments p WHERE p.id = k.payment_id AND ${paymentsIn(scope)})
    WHEN k.terminal_id IS NOT NULL THEN EXISTS (
      SELECT FROM terminals t WHERE t.id = k.terminal_id AND ${terminalsIn(scope)})
    ELSE ${own} END`
}

/** Of statements, their operations and closed days `r`: each is of one country and one system. */
export function statementsIn({ countries, systems }: Scope): Condition {
  return all([
    within('r.country_iso', countries, 'text'),
    within('r.payment_system', systems, 'text'),
  ])
}

/** Of `alerts a`. One without a country is the whole centre's, so of those who see all countries. */
export function alertsIn({ countries, systems, sources }: Scope): Condition {
  return all([
    within('a.country_iso', countries, 'text'),
    orNone('a.payment_system', systems, 'text'),
    orNone('a.source_id', sources, 'integer'),
  ])
}

function orNone(...[column, list, type]: Parameters<typeof within>): Condition {
  if (list === null) return ALWAYS
  return sql<SqlBool>`(${sql.ref(column)} IS NULL OR ${within(column, list, type)})`
}

type Column =
  | 'a.country_iso'
  | 'a.payment_system'
  | 'a.source_id'
  | 'f.country_iso'
  | 'f.source_id'
  | 'k.country_iso'
  | 'k.payment_system'
  | 'k.source_id'
  | 'm.country_iso'
  | 'm.payment_system'
  | 'p.country_iso'
  | 'p.source_id'
  | 'r.country_iso'
  | 'r.payment_system'
  | 's.country_iso'
  | 's.id'
  | 't.country_iso'
  | 't.payment_system'

/** Null lists everything, an empty list nothing (N9). */
function within(
  column: Column,
  list: readonly (string | number)[] | null,
  type: 'text' | 'integer',
): Condition {
  if (list === null) return ALWAYS
  return sql<SqlBool>`${sql.ref(column)} = ANY(${[...list]}::${sql.raw(type)}[])`
}

function all(conditions: readonly Condition[]): Condition {
  const limits = conditions.filter((condition) => condition !== ALWAYS)
  return limits.length === 0 ? ALWAYS : sql<SqlBool>`(${sql.join(limits, sql` AND `)})`
}
