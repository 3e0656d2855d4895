// Members of staff and their sessions.

import type { AllowedLists, Moment, Role } from '@byfly-pay/core'
import type { Transaction } from './transaction.ts'

export interface NewAdmin extends AllowedLists {
  /** E.164. */
  readonly phone: string
  readonly name: string
  readonly countryIso: string
  readonly role: Role
  /** True where nothing is said. */
  readonly isActive?: boolean
}

export interface Admin extends NewAdmin {
  readonly id: number
  readonly isActive: boolean
  readonly createdAtMs: Moment
}

/** An admin by whose session something is asked. */
export interface AdminAtWork extends Admin {
  /** Must have a second factor and has none yet: their session is good for getting one, and nothing else. */
  readonly mustEnrol: boolean
}

export interface StaffSession {
  readonly id: string
  readonly adminId: number
  readonly expiresAtMs: Moment
}

/** A living session as its owner, or a super admin, looks at it. */
export interface SessionLine extends StaffSession {
  readonly createdAtMs: Moment
  /** To the minute. */
  readonly lastSeenAtMs: Moment
  readonly ip: string
  readonly userAgent: string | null
}

export interface StaffStore {
  admin(id: number): Promise<Admin | null>
  adminByPhone(phone: string): Promise<Admin | null>
  /** How many super admins may log in now. */
  activeSuperAdmins(): Promise<number>
  /** Null when the phone is another admin's already. */
  addAdmin(tx: Transaction, admin: NewAdmin): Promise<number | null>

  /** Only ids above `afterId`, in their order. */
  admins(afterId: number, limit: number): Promise<Admin[]>
  /** Until the transaction ends nobody else adds or changes an admin. */
  lockAdmins(tx: Transaction): Promise<void>
  /** What that transaction would leave: super admins that may log in, but for this one. */
  hasOtherSuperAdmin(tx: Transaction, id: number): Promise<boolean>
  adminIn(tx: Transaction, id: number): Promise<Admin | null>
  adminByPhoneIn(tx: Transaction, phone: string): Promise<Admin | null>
  saveAdmin(tx: Transaction, admin: Admin): Promise<void>

  openSession(
    tx: Transaction,
    session: {
      readonly adminId: number
      readonly lifeMs: number
      readonly ip: string
      readonly userAgent: string | null
    },
  ): Promise<StaffSession>
  /** Those of these sessions that live, with whose they are; looking on is no sign of life. */
  adminsOfSessions(sessionIds: readonly string[]): Promise<ReadonlyMap<string, AdminAtWork>>
  /** The admin of a living session; null when it ended, was revoked, or its admin is blocked (L2). */
  adminOfSession(sessionId: string): Promise<AdminAtWork | null>
  revokeSession(tx: Transaction, sessionId: string): Promise<boolean>
  /** Living ones, the newest first. */
  sessionsOf(adminId: number, limit: number): Promise<SessionLine[]>
  /** False when it is not a living session of this admin's. */
  revokeSessionOf(tx: Transaction, adminId: number, sessionId: string): Promise<boolean>
  /** Every session of theirs is dead, and stays so. */
  revokeSessionsOf(tx: Transaction, adminId: number): Promise<void>
}
