// A login by the code of an SMS, and by the second factor where there is one (L1, L2). A try is counted and
// committed before anything is compared; a wrong code, a dead one and a stranger's are told apart by nobody.

import { STAFF_SESSION_MS, tryBudgets, waitBeforeTryMs } from '@byfly-pay/core'
import type { Actor } from '../ports/actor.ts'
import type { Centre } from '../ports/centre.ts'
import type { Admin, StaffSession } from '../ports/staff-store.ts'
import { type Audited, audited } from './audited.ts'
import { isProved, type SecondFactorProof } from './second-factor.ts'
import { takeBudgets } from './take-budgets.ts'

export interface LoginAttempt {
  /** E.164. */
  readonly phone: string
  /** Six digits. */
  readonly code: string
  readonly proof: SecondFactorProof | null
  readonly ip: string
  /** The same, an IPv6 one by its network. */
  readonly address: string
  readonly userAgent: string | null
}

export type LoginOutcome =
  | {
      readonly kind: 'logged_in'
      readonly admin: Admin
      readonly session: StaffSession
      readonly token: string
      /** The session is good for getting a second factor, and nothing else until there is one. */
      readonly mustEnrol: boolean
    }
  | LoginRefusal

export type LoginRefusal =
  | { readonly kind: 'wrong_code' }
  /** The code was right and stays so: the same one is sent again with the second factor. */
  | { readonly kind: 'second_factor_required' }
  | { readonly kind: 'wrong_second_factor' }
  | { readonly kind: 'too_often'; readonly waitMs: number }

type LoginParts = Pick<Centre, 'loginSecrets' | 'staffTokens' | 'storage'>

const WRONG_CODE: LoginRefusal = { kind: 'wrong_code' }

export async function logIn(centre: LoginParts, attempt: LoginAttempt): Promise<LoginOutcome> {
  const { loginSecrets, storage } = centre
  const { phone, code } = attempt
  const waitMs = await storage.transaction((tx) =>
    takeBudgets(centre, tx, tryBudgets(attempt.address)),
  )
  if (waitMs > 0) return { kind: 'too_often', waitMs }
  const phoneKey = loginSecrets.phoneKey(phone)
  const claimed = await storage.logins.claimTry(phoneKey)
  if (claimed === null) return whyNoTry(centre, phoneKey)
  if (!loginSecrets.isCode(claimed.codeHash, phone, code)) return WRONG_CODE
  const admin = await storage.staff.adminByPhone(phone)
  // Codes of strangers are kept too, but were sent to nobody.
  if (admin === null || !admin.isActive) return WRONG_CODE
  const opened = await openSession(centre, admin, phoneKey, claimed.codeHash, attempt)
  if ('kind' in opened) return opened
  const token = await centre.staffTokens.issue(opened.id, admin.id, opened.expiresAtMs)
  const { isObligatory, isOn } = await storage.secondFactors.standing(admin.id)
  return { kind: 'logged_in', admin, session: opened, token, mustEnrol: isObligatory && !isOn }
}

async function whyNoTry({ storage }: LoginParts, phoneKey: Buffer): Promise<LoginRefusal> {
  const known = await storage.logins.standing(phoneKey)
  const waitMs = known === null ? 0 : waitBeforeTryMs(known.standing, known.nowMs)
  return waitMs > 0 ? { kind: 'too_often', waitMs } : WRONG_CODE
}

/**
 * The second factor is proved first and the code used last, so that a missing or wrong factor leaves the
 * code as it was. Of two with the same right code one finds it used; so does a second run after a COMMIT
 * without an answer, and asks for another code.
 */
function openSession(
  centre: LoginParts,
  admin: Admin,
  phoneKey: Buffer,
  codeHash: Buffer,
  { ip, proof, userAgent }: LoginAttempt,
): Promise<StaffSession | LoginRefusal> {
  const { logins, secondFactors, staff } = centre.storage
  const actor: Actor = { kind: 'admin', adminId: admin.id, name: admin.name, ip }
  const refused = (result: LoginRefusal): Audited<LoginRefusal> => ({ result, line: null })
  return audited<StaffSession | LoginRefusal>(centre, actor, async (tx) => {
    const factor = await secondFactors.lock(tx, admin.id)
    const isNeeded = factor?.isConfirmed === true
    if (isNeeded && proof === null) return refused({ kind: 'second_factor_required' })
    if (isNeeded && proof !== null && !(await isProved(centre, tx, admin.id, factor, proof))) {
      return refused({ kind: 'wrong_second_factor' })
    }
    if (!(await logins.useCode(tx, phoneKey, codeHash))) return refused(WRONG_CODE)
    const session = await staff.openSession(tx, {
      adminId: admin.id,
      lifeMs: STAFF_SESSION_MS,
      ip,
      userAgent,
    })
    const facts = { second_factor: isNeeded ? (proof?.kind ?? null) : null }
    const target = { kind: 'session', id: session.id }
    return { result: session, line: { action: 'session.opened', target, facts } }
  })
}
