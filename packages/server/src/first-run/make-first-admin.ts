// The first member of staff, by the setup code and a code sent to their phone. Of two browsers that come at
// once one gets in; the other finds the door closed, as everybody does from then on.

import { STAFF_SESSION_MS, tryBudgets } from '@byfly-pay/core'
import { type Audited, audited } from '../accounts/audited.ts'
import { takeBudgets } from '../accounts/take-budgets.ts'
import type { Centre } from '../ports/centre.ts'
import type { Admin, StaffSession } from '../ports/staff-store.ts'
import { FIRST_RUN } from './actor.ts'
import { admit, type NotAdmitted, type SetupCaller } from './setup-code.ts'

export interface FirstAdmin {
  /** E.164. */
  readonly phone: string
  readonly name: string
  /** Six digits, off the phone. */
  readonly code: string
  readonly ip: string
  readonly userAgent: string | null
}

export type FirstAdminOutcome =
  | {
      readonly kind: 'made'
      readonly admin: Admin
      readonly session: StaffSession
      readonly token: string
    }
  | { readonly kind: 'wrong_code' }
  | NotAdmitted

const WRONG_CODE = { kind: 'wrong_code' } as const

type Made = Pick<Extract<FirstAdminOutcome, { readonly kind: 'made' }>, 'admin' | 'session'>
type Refused = Exclude<FirstAdminOutcome, { readonly kind: 'made' }>

export async function makeFirstAdmin(
  centre: Pick<Centre, 'loginSecrets' | 'staffTokens' | 'storage'>,
  caller: SetupCaller,
  first: FirstAdmin,
): Promise<FirstAdminOutcome> {
  const { loginSecrets, staffTokens, storage } = centre
  const admission = await admit(centre, caller)
  if (admission.kind !== 'admitted') return admission
  const budgets = tryBudgets(caller.address)
  const waitMs = await storage.transaction((tx) => takeBudgets(centre, tx, budgets))
  if (waitMs > 0) return { kind: 'too_often', waitMs }
  const claimed = await storage.logins.claimTry(loginSecrets.phoneKey(first.phone))
  if (claimed === null || !loginSecrets.isCode(claimed.codeHash, first.phone, first.code)) {
    return WRONG_CODE
  }
  const made = await enter(centre, admission.codeHash, claimed.codeHash, first)
  if ('kind' in made) return made
  const { admin, session } = made
  const token = await staffTokens.issue(session.id, admin.id, session.expiresAtMs)
  return { kind: 'made', admin, session, token }
}

function enter(
  centre: Pick<Centre, 'loginSecrets' | 'storage'>,
  setupHash: Buffer,
  codeHash: Buffer,
  { ip, name, phone, userAgent }: FirstAdmin,
): Promise<Made | Refused> {
  const { loginSecrets, storage } = centre
  const { firstRun, logins, staff } = storage
  const refused = (result: Refused): Audited<Refused> => ({ result, line: null })
  return audited<Made | Refused>(centre, FIRST_RUN, async (tx) => {
    // In this order, as everybody who adds an admin takes them: the table, then the door.
    await staff.lockAdmins(tx)
    if (!(await firstRun.holdDoor(tx, setupHash))) {
      const isOpen = await firstRun.isOpen()
      return refused({ kind: isOpen ? 'wrong_setup_code' : 'closed' })
    }
    if (!(await logins.useCode(tx, loginSecrets.phoneKey(phone), codeHash))) {
      return refused(WRONG_CODE)
    }
    const lists = { countries: null, systems: null, sources: [] }
    const role = 'super_admin'
    const id = await staff.addAdmin(tx, { phone, name, countryIso: 'KZ', role, ...lists })
    const admin = id === null ? null : await staff.adminIn(tx, id)
    // The door is open only while there is nobody, so nobody has the phone.
    if (admin === null) throw new Error('Первый сотрудник не записался')
    const life = { adminId: admin.id, lifeMs: STAFF_SESSION_MS }
    const session = await staff.openSession(tx, { ...life, ip, userAgent })
    const target = { kind: 'admin', id: String(admin.id) }
    const facts = { role, ip, session: session.id }
    return { result: { admin, session }, line: { action: 'admin.created', target, facts } }
  })
}
