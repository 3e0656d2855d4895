// Which rows exist for a member of staff (L4): those of the countries, payment systems and sources that
// are listed for them. What is outside does not exist: not in a list, not in a count, not by its number.

import { isBoundToSources, type Role } from './role.ts'

/** Each list: null allows all, an empty one nothing (N9). Countries are ISO 3166-1 alpha-2. */
export interface Scope {
  readonly countries: readonly string[] | null
  readonly systems: readonly string[] | null
  readonly sources: readonly number[] | null
}

export const EVERYTHING: Scope = { countries: null, systems: null, sources: null }

/** What is listed for one person; without meaning for a super admin, who ignores the lists (N9). */
export interface AllowedLists {
  readonly countries: readonly string[] | null
  readonly systems: readonly string[] | null
  /** Only a cashier and a developer have such a list. */
  readonly sources: readonly number[]
}

export function scopeOf(role: Role, lists: AllowedLists): Scope {
  if (role === 'super_admin') return EVERYTHING
  const { countries, systems, sources } = lists
  return { countries, systems, sources: isBoundToSources(role) ? sources : null }
}

/** What a row is known by; `system` is null while a payment has none yet (N8). */
export interface Placed {
  readonly countryIso: string
  readonly system: string | null
  /** Null for what belongs to no source: a terminal, a method. */
  readonly sourceId: number | null
}

export function isInScope(scope: Scope, { countryIso, system, sourceId }: Placed): boolean {
  if (scope.countries !== null && !scope.countries.includes(countryIso)) return false
  if (scope.systems !== null && system !== null && !scope.systems.includes(system)) return false
  return scope.sources === null || sourceId === null || scope.sources.includes(sourceId)
}
