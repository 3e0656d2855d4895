// The first super admin (L3): named by the operator in the configuration or at the command line, since
// before there is one nobody can log in to name another.

import type { Actor } from '../ports/actor.ts'
import type { Centre } from '../ports/centre.ts'
import { audited } from './audited.ts'

const NAME = 'Super Admin'
const ACTOR: Actor = { kind: 'system', name: 'BYFLY_ADMIN_PHONE' }

/** Nothing happens when any super admin can log in already. */
export async function ensureFirstAdmin(
  centre: Pick<Centre, 'storage'>,
  phone: string,
): Promise<void> {
  const { staff } = centre.storage
  if ((await staff.activeSuperAdmins()) > 0) return
  await audited(centre, ACTOR, async (tx) => {
    const id = await staff.addAdmin(tx, {
      phone,
      name: NAME,
      countryIso: 'KZ',
      role: 'super_admin',
      countries: null,
      systems: null,
      sources: [],
    })
    // Another instance was first, or the number is a blocked admin's, which is not for this to lift.
    if (id === null) return { result: undefined, line: null }
    const target = { kind: 'admin', id: String(id) }
    return {
      result: undefined,
      line: { action: 'admin.created', target, facts: { role: 'super_admin' } },
    }
  })
}
