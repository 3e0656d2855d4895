// A new member of staff. Whether they can log in is up to their phone: no password, no token is made here.

import type { Centre } from '../ports/centre.ts'
import type { NewAdmin } from '../ports/staff-store.ts'
import { type AdminFault, faultOfAdmin } from './admin-terms.ts'
import { audited } from './audited.ts'
import type { Acting } from './staff.ts'

export type AddAdminOutcome =
  | { readonly kind: 'added'; readonly id: number }
  | { readonly kind: 'refused'; readonly reason: AdminFault }

export function addAdmin(
  centre: Pick<Centre, 'storage'>,
  { actor }: Acting,
  admin: NewAdmin,
): Promise<AddAdminOutcome> {
  const { storage } = centre
  return audited<AddAdminOutcome>(centre, actor, async (tx) => {
    await storage.staff.lockAdmins(tx)
    const reason = await faultOfAdmin(storage, tx, null, admin)
    if (reason !== null) return { result: { kind: 'refused', reason }, line: null }
    const id = await storage.staff.addAdmin(tx, admin)
    if (id === null) return { result: { kind: 'refused', reason: 'phone_taken' }, line: null }
    const target = { kind: 'admin', id: String(id) }
    return {
      result: { kind: 'added', id },
      line: { action: 'admin.created', target, facts: { ...admin } },
    }
  })
}
