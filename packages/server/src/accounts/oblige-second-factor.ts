// Who must have a second factor, and what an operator does for somebody who has lost theirs.

import type { Actor } from '../ports/actor.ts'
import type { Centre } from '../ports/centre.ts'
import { audited } from './audited.ts'

type Parts = Pick<Centre, 'storage'>

/** Who has none yet keeps a session that is good for getting one, from the next request on. */
export function setSecondFactorForAll(
  centre: Parts,
  actor: Actor,
  isForAll: boolean,
): Promise<void> {
  return audited(centre, actor, async (tx) => {
    const before = await centre.storage.secondFactors.setForAll(tx, isForAll)
    const target = { kind: 'settings', id: null }
    const facts = { second_factor_for_all: { before, after: isForAll } }
    const line = before === isForAll ? null : { action: 'settings.changed' as const, target, facts }
    return { result: undefined, line }
  })
}

/** False when there is no such admin. */
export function obligeSecondFactor(
  centre: Parts,
  actor: Actor,
  adminId: number,
  isObligatory: boolean,
): Promise<boolean> {
  return audited(centre, actor, async (tx) => {
    const before = await centre.storage.secondFactors.oblige(tx, adminId, isObligatory)
    if (before === null || before === isObligatory) return { result: before !== null, line: null }
    const target = { kind: 'admin', id: String(adminId) }
    const facts = { second_factor_obligatory: { before, after: isObligatory } }
    return { result: true, line: { action: 'admin.changed', target, facts } }
  })
}

/** Takes a lost second factor off; false when the admin has none. */
export function resetSecondFactor(centre: Parts, actor: Actor, adminId: number): Promise<boolean> {
  return audited(centre, actor, async (tx) => {
    const isReset = await centre.storage.secondFactors.remove(tx, adminId)
    if (!isReset) return { result: false, line: null }
    const target = { kind: 'admin', id: String(adminId) }
    return { result: true, line: { action: 'second_factor.reset', target, facts: {} } }
  })
}
