// The end of a login before its time: by its owner, or by a super admin. The token is dead at the next
// request, on every instance (L2, A28).

import type { Actor } from '../ports/actor.ts'
import type { Centre } from '../ports/centre.ts'
import { audited } from './audited.ts'

/** False when the admin has no such living session. */
export function closeSession(
  centre: Pick<Centre, 'storage'>,
  actor: Actor,
  adminId: number,
  sessionId: string,
): Promise<boolean> {
  return audited(centre, actor, async (tx) => {
    const isClosed = await centre.storage.staff.revokeSessionOf(tx, adminId, sessionId)
    if (!isClosed) return { result: false, line: null }
    const target = { kind: 'session', id: sessionId }
    return { result: true, line: { action: 'session.closed', target, facts: { admin: adminId } } }
  })
}
