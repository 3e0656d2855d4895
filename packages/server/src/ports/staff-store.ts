// Members of staff and their sessions.

import type { AllowedLists, Moment, Role } from '@byfly-pay/core'
import type { Transaction } from './transaction.ts'

export interface NewAdmin extends AllowedLists {
  /** E.164. */
  readonly phone: string
  readonly name: string
  readonly countryIso: string
  readonly role: Role
}

export interface Admin extends NewAdmin {
  readonly id: number
  readonly isActive: boolean
  readonly createdAtMs: Moment
}

export interface StaffSession {
  readonly id: string
  readonly adminId: number
  readonly expiresAtMs: Moment
}

export interface StaffStore {
  admin(id: number): Promise<Admin | null>
  adminByPhone(phone: string): Promise<Admin | null>
  /** How many super admins may log in now. */
  activeSuperAdmins(): Promise<number>
  /** Null when the phone is another admin's already. */
  addAdmin(tx: Transaction, admin: NewAdmin): Promise<number | null>

  openSession(
    tx: Transaction,
    session: {
      readonly adminId: number
      readonly lifeMs: number
      readonly ip: string
      readonly userAgent: string | null
    },
  ): Promise<StaffSession>
  /** The admin of a living session; null when it ended, was revoked, or its admin is blocked (L2). */
  adminOfSession(sessionId: string): Promise<Admin | null>
  revokeSession(tx: Transaction, sessionId: string): Promise<boolean>
}
