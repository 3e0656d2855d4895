// What staff are told of the moment it changes, and whom each change exists for (L4): exactly those who would
// find the thing itself in a list.

import { type AlertKind, type AlertPlace, mayKnow } from '../alert/kind.ts'
import { hasRight, type Role } from './role.ts'
import { isInScope, type Placed, type Scope } from './scope.ts'

export type Change =
  | {
      readonly kind: 'payment'
      readonly id: string
      /** Grows with each change of the payment. */
      readonly version: number
      readonly place: Placed
    }
  | { readonly kind: 'terminal'; readonly id: string; readonly place: Placed }
  | { readonly kind: 'task'; readonly id: string; readonly place: TaskPlace }
  | {
      readonly kind: 'alert'
      readonly id: string
      readonly alert: AlertKind
      readonly place: AlertPlace
    }

/** A payment's or a terminal's task belongs where those do; any other where it says itself. */
export type TaskPlace =
  | { readonly of: 'payment' | 'terminal'; readonly place: Placed }
  | { readonly of: 'itself'; readonly place: AlertPlace }

export function mayHear(role: Role, scope: Scope, change: Change): boolean {
  switch (change.kind) {
    case 'payment':
      return hasRight(role, 'payments.read') && isInScope(scope, change.place)
    case 'terminal':
      return hasRight(role, 'terminals.read') && isInScope(scope, change.place)
    case 'task':
      return hasRight(role, 'desks.read') && isTaskInScope(scope, change.place)
    case 'alert':
      return mayKnow(role, scope, { kind: change.alert, place: change.place })
  }
}

function isTaskInScope(scope: Scope, task: TaskPlace): boolean {
  if (task.of !== 'itself') return isInScope(scope, task.place)
  const { countryIso, sourceId, system } = task.place
  // What names no country is of those alone who see all of them; so for systems and sources.
  return (
    allows(scope.countries, countryIso) &&
    allows(scope.systems, system) &&
    allows(scope.sources, sourceId)
  )
}

function allows<Name>(list: readonly Name[] | null, name: Name | null): boolean {
  return list === null || (name !== null && list.includes(name))
}
