// A member of staff changes, is blocked or let in again. Never is the last super admin shut out, however
// many ask at once: there would be nobody to let anybody in.

import type { Centre } from '../ports/centre.ts'
import type { Admin } from '../ports/staff-store.ts'
import { type AdminFault, faultOfAdmin } from './admin-terms.ts'
import { audited, changes } from './audited.ts'
import type { Acting } from './staff.ts'

export type AdminChange = Partial<Omit<Admin, 'id' | 'createdAtMs'>>

export type ChangeAdminOutcome =
  | { readonly kind: 'changed' }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'refused'; readonly reason: AdminFault | 'last_super_admin' }

export function changeAdmin(
  centre: Pick<Centre, 'storage'>,
  { actor }: Acting,
  id: number,
  wanted: AdminChange,
): Promise<ChangeAdminOutcome> {
  const { storage } = centre
  const { staff } = storage
  return audited<ChangeAdminOutcome>(centre, actor, async (tx) => {
    await staff.lockAdmins(tx)
    const before = await staff.adminIn(tx, id)
    if (before === null) return { result: { kind: 'not_found' }, line: null }
    const after = { ...before, ...wanted }
    const facts = changes<Admin>(before, after)
    if (Object.keys(facts).length === 0) return { result: { kind: 'changed' }, line: null }
    if (isSuper(before) && !isSuper(after) && !(await staff.hasOtherSuperAdmin(tx, id))) {
      return { result: { kind: 'refused', reason: 'last_super_admin' }, line: null }
    }
    const reason = await faultOfAdmin(storage, tx, before, after)
    if (reason !== null) return { result: { kind: 'refused', reason }, line: null }
    await staff.saveAdmin(tx, after)
    // Also when they are let in again: a login that was under way while they were blocked is not theirs.
    if (after.isActive !== before.isActive || after.phone !== before.phone) {
      await staff.revokeSessionsOf(tx, id)
    }
    const target = { kind: 'admin', id: String(id) }
    const action = actionOf(before, after)
    return { result: { kind: 'changed' }, line: { action, target, facts } }
  })
}

function isSuper({ role, isActive }: Admin): boolean {
  return role === 'super_admin' && isActive
}

function actionOf(before: Admin, after: Admin) {
  if (before.isActive === after.isActive) return 'admin.changed'
  return after.isActive ? 'admin.unblocked' : 'admin.blocked'
}
