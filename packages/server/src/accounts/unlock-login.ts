// Gives a member of staff their login back when somebody else has used up the day's codes or tries of their
// phone: a limit that holds a guesser off holds its owner off, too.

import type { Actor } from '../ports/actor.ts'
import type { Centre } from '../ports/centre.ts'
import { audited } from './audited.ts'

export type UnlockOutcome = 'unlocked' | 'not_locked' | 'not_found'

export async function unlockLogin(
  centre: Pick<Centre, 'loginSecrets' | 'storage'>,
  actor: Actor,
  phone: string,
): Promise<UnlockOutcome> {
  const { loginSecrets, storage } = centre
  const admin = await storage.staff.adminByPhone(phone)
  if (admin === null) return 'not_found'
  return audited<UnlockOutcome>(centre, actor, async (tx) => {
    const isUnlocked = await storage.logins.unlock(tx, loginSecrets.phoneKey(phone))
    if (!isUnlocked) return { result: 'not_locked', line: null }
    const target = { kind: 'admin', id: String(admin.id) }
    return { result: 'unlocked', line: { action: 'login.unlocked', target, facts: {} } }
  })
}
