// What the right of a route says about it: who may call it, and how it refuses the others. Nothing of this
// is written a second time beside the operations.

import type { ErrorCode } from '@byfly-pay/contract'
import { hasRight, type Right, ROLES, type Role } from '@byfly-pay/core'
import { ALWAYS, OF_BODY } from './operation.ts'

/** Whoever must have a second factor and has none may not work yet. */
const OF_STAFF = ['staff_unauthorized', 'second_factor_setup_required'] as const

/** As a route of the administration names it in its `config`. */
export type RouteRight = Right | 'any_staff'

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  super_admin: 'супер-админ',
  country_admin: 'админ страны',
  accountant: 'бухгалтер',
  cashier: 'кассир',
  developer: 'разработчик',
}

/** One line of Markdown. */
export function whoMay(right: RouteRight): string {
  if (right === 'any_staff') return '**Кто может:** любой сотрудник.'
  const roles = ROLES.filter((role) => hasRight(role, right)).map((role) => ROLE_NAMES[role])
  return `**Кто может:** ${roles.join(', ')} (право \`${right}\`).`
}

/**
 * @param takes what the route takes beside its path, and whether it writes
 * @param own what only this operation refuses
 */
export function refusalsOfStaff(
  right: RouteRight,
  takes: { readonly body: boolean; readonly query: boolean; readonly isWrite: boolean },
  own: readonly ErrorCode[],
): readonly ErrorCode[] {
  return [
    ...OF_STAFF,
    ...(right === 'any_staff' ? [] : (['forbidden'] as const)),
    ...(takes.isWrite ? (['foreign_origin'] as const) : []),
    ...(takes.body ? OF_BODY : []),
    ...(takes.query && !takes.body ? (['validation'] as const) : []),
    ...own,
    ...ALWAYS,
  ]
}
