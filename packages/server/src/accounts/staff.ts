// Who is at work: the member of staff behind a token, with the rights and the scope of this very moment.

import { hasRight, type Right, type Scope, scopeOf } from '@byfly-pay/core'
import type { Actor } from '../ports/actor.ts'
import type { Centre } from '../ports/centre.ts'
import type { AdminAtWork } from '../ports/staff-store.ts'

/** On whose word something is done, and what exists for them. */
export interface Acting {
  readonly actor: Actor
  readonly scope: Scope
}

export interface Staff extends Acting {
  readonly admin: AdminAtWork
  readonly sessionId: string
}

/** Null for every token that lets nobody in, whatever is wrong with it. */
export async function staffOf(
  { staffTokens, storage }: Pick<Centre, 'staffTokens' | 'storage'>,
  token: string,
  ip: string,
): Promise<Staff | null> {
  const claims = await staffTokens.read(token)
  if (claims === null) return null
  const admin = await storage.staff.adminOfSession(claims.sessionId)
  if (admin === null || admin.id !== claims.adminId) return null
  const actor: Actor = { kind: 'admin', adminId: admin.id, name: admin.name, ip }
  return { admin, sessionId: claims.sessionId, scope: scopeOf(admin.role, admin), actor }
}

export function may({ admin }: Staff, right: Right): boolean {
  return hasRight(admin.role, right)
}
