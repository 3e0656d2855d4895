// Members of staff and their sessions. A session is looked up with its admin at every request, so that
// what was revoked or blocked is refused at once, on every instance (A28).

import type { Moment, Role } from '@byfly-pay/core'
import type { Admin, AdminAtWork, SessionLine, StaffStore } from '../ports/staff-store.ts'
import { HAS_SECOND_FACTOR, IS_OBLIGED } from './second-factors.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

const ADMIN_COLUMNS = `
  a.id, a.phone, a.name, a.country_iso, a.role, a.is_active, a.allowed_countries,
  a.allowed_payment_systems, a.allowed_sources, a.created_at`

const ADMIN: Statement = {
  name: 'admin',
  text: `SELECT ${ADMIN_COLUMNS} FROM admins a WHERE a.id = $1`,
}

const ADMIN_BY_PHONE: Statement = {
  name: 'admin_by_phone',
  text: `SELECT ${ADMIN_COLUMNS} FROM admins a WHERE a.phone = $1`,
}

const ACTIVE_SUPER_ADMINS: Statement = {
  name: 'admins_active_super',
  text: `SELECT count(*)::integer AS count FROM admins WHERE role = 'super_admin' AND is_active`,
}

const ADD_ADMIN: Statement = {
  name: 'admin_add',
  text: `
    INSERT INTO admins (phone, name, country_iso, role, allowed_countries,
      allowed_payment_systems, allowed_sources, is_active)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT ON CONSTRAINT admins_phone_once DO NOTHING
    RETURNING id`,
}

const ADMINS: Statement = {
  name: 'admins_page',
  text: `SELECT ${ADMIN_COLUMNS} FROM admins a WHERE a.id > $1 ORDER BY a.id LIMIT $2`,
}

/** Others go on reading and logging in; who would add or change an admin waits. */
const LOCK_ADMINS: Statement = {
  name: null,
  text: 'LOCK TABLE admins IN SHARE ROW EXCLUSIVE MODE',
}

const OTHER_SUPER_ADMIN: Statement = {
  name: 'admins_other_super',
  text: `
    SELECT EXISTS (
      SELECT FROM admins WHERE role = 'super_admin' AND is_active AND id <> $1) AS yes`,
}

const SAVE_ADMIN: Statement = {
  name: 'admin_save',
  text: `
    UPDATE admins SET (phone, name, country_iso, role, allowed_countries, allowed_payment_systems,
      allowed_sources, is_active) = ($2, $3, $4, $5, $6, $7, $8, $9)
    WHERE id = $1`,
}

const OPEN_SESSION: Statement = {
  name: 'admin_session_open',
  text: `
    INSERT INTO admin_sessions (id, admin_id, expires_at, ip, user_agent)
    VALUES (new_id(), $1, centre_now() + $2::bigint * interval '1 millisecond', $3, left($4, 200))
    RETURNING id, expires_at`,
}

const ADMIN_OF_SESSION: Statement = {
  name: 'admin_of_session',
  text: `
    WITH seen AS (
      UPDATE admin_sessions SET last_seen_at = centre_now()
      WHERE id = $1 AND revoked_at IS NULL AND expires_at > centre_now()
        AND last_seen_at <= centre_now() - interval '1 minute'
    )
    SELECT ${ADMIN_COLUMNS}, ${IS_OBLIGED} AND NOT ${HAS_SECOND_FACTOR} AS must_enrol
    FROM admin_sessions s JOIN admins a ON a.id = s.admin_id
    WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > centre_now() AND a.is_active`,
}

const ADMINS_OF_SESSIONS: Statement = {
  name: 'admins_of_sessions',
  text: `
    SELECT s.id AS session_id, ${ADMIN_COLUMNS}, ${IS_OBLIGED} AND NOT ${HAS_SECOND_FACTOR} AS must_enrol
    FROM admin_sessions s JOIN admins a ON a.id = s.admin_id
    WHERE s.id = ANY ($1::uuid[]) AND s.revoked_at IS NULL AND s.expires_at > centre_now()
      AND a.is_active`,
}

const REVOKE_SESSION: Statement = {
  name: 'admin_session_revoke',
  text: `
    UPDATE admin_sessions SET revoked_at = centre_now()
    WHERE id = $1 AND revoked_at IS NULL RETURNING id`,
}

const SESSIONS_OF: Statement = {
  name: 'admin_sessions_of',
  text: `
    SELECT id, admin_id, created_at, expires_at, last_seen_at, ip, user_agent
    FROM admin_sessions
    WHERE admin_id = $1 AND revoked_at IS NULL AND expires_at > centre_now()
    ORDER BY created_at DESC, id LIMIT $2`,
}

const REVOKE_SESSION_OF: Statement = {
  name: 'admin_session_revoke_of',
  text: `
    UPDATE admin_sessions SET revoked_at = centre_now()
    WHERE id = $1 AND admin_id = $2 AND revoked_at IS NULL AND expires_at > centre_now()
    RETURNING id`,
}

const REVOKE_SESSIONS_OF: Statement = {
  name: 'admin_sessions_revoke_all',
  text: `
    UPDATE admin_sessions SET revoked_at = centre_now()
    WHERE admin_id = $1 AND revoked_at IS NULL`,
}

interface AdminRow {
  readonly id: number
  readonly phone: string
  readonly name: string
  readonly country_iso: string
  readonly role: Role
  readonly is_active: boolean
  readonly allowed_countries: readonly string[] | null
  readonly allowed_payment_systems: readonly string[] | null
  readonly allowed_sources: readonly number[]
  readonly created_at: number
}

const SESSION_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function staffStore(session: Session): StaffStore {
  const oneAdmin = (statement: Statement, value: unknown) => findAdmin(session, statement, value)
  return {
    admin: (id) => oneAdmin(ADMIN, id),
    adminByPhone: (phone) => oneAdmin(ADMIN_BY_PHONE, phone),
    async activeSuperAdmins() {
      const [row] = await session.rows<{ count: number }>(ACTIVE_SUPER_ADMINS, [])
      return row?.count ?? 0
    },
    async addAdmin(tx, admin) {
      const { phone, name, countryIso, role, countries, systems, sources } = admin
      const isActive = admin.isActive ?? true
      const values = [phone, name, countryIso, role, countries, systems, sources, isActive]
      const [row] = await sessionOf(tx).rows<{ id: number }>(ADD_ADMIN, values)
      return row?.id ?? null
    },
    async admins(afterId, limit) {
      return (await session.rows<AdminRow>(ADMINS, [afterId, limit])).map(adminOf)
    },
    async lockAdmins(tx) {
      await sessionOf(tx).rows(LOCK_ADMINS, [])
    },
    async hasOtherSuperAdmin(tx, id) {
      const [row] = await sessionOf(tx).rows<{ yes: boolean }>(OTHER_SUPER_ADMIN, [id])
      return row?.yes === true
    },
    adminIn: (tx, id) => findAdmin(sessionOf(tx), ADMIN, id),
    adminByPhoneIn: (tx, phone) => findAdmin(sessionOf(tx), ADMIN_BY_PHONE, phone),
    async saveAdmin(tx, admin) {
      const { id, phone, name, countryIso, role, countries, systems, sources, isActive } = admin
      const values = [id, phone, name, countryIso, role, countries, systems, sources, isActive]
      await sessionOf(tx).rows(SAVE_ADMIN, values)
    },
    async openSession(tx, { adminId, lifeMs, ip, userAgent }) {
      const [row] = await sessionOf(tx).rows<{ id: string; expires_at: number }>(OPEN_SESSION, [
        adminId,
        lifeMs,
        ip,
        userAgent,
      ])
      if (row === undefined) throw new Error('Сессия не записалась')
      return { id: row.id, adminId, expiresAtMs: row.expires_at }
    },
    async adminOfSession(sessionId) {
      if (!SESSION_ID.test(sessionId)) return null
      const [row] = await session.rows<AtWorkRow>(ADMIN_OF_SESSION, [sessionId])
      return row === undefined ? null : atWorkOf(row)
    },
    async adminsOfSessions(sessionIds) {
      const rows = await session.rows<AtWorkRow & { session_id: string }>(ADMINS_OF_SESSIONS, [
        sessionIds,
      ])
      return new Map(rows.map((row) => [row.session_id, atWorkOf(row)]))
    },
    async revokeSession(tx, sessionId) {
      return (await sessionOf(tx).rows(REVOKE_SESSION, [sessionId])).length > 0
    },
    async sessionsOf(adminId, limit) {
      return (await session.rows<SessionRow>(SESSIONS_OF, [adminId, limit])).map(sessionLineOf)
    },
    async revokeSessionOf(tx, adminId, sessionId) {
      if (!SESSION_ID.test(sessionId)) return false
      return (await sessionOf(tx).rows(REVOKE_SESSION_OF, [sessionId, adminId])).length > 0
    },
    async revokeSessionsOf(tx, adminId) {
      await sessionOf(tx).rows(REVOKE_SESSIONS_OF, [adminId])
    },
  }
}

async function findAdmin(
  session: Session,
  statement: Statement,
  value: unknown,
): Promise<Admin | null> {
  const [row] = await session.rows<AdminRow>(statement, [value])
  return row === undefined ? null : adminOf(row)
}

function adminOf(row: AdminRow): Admin {
  return {
    id: row.id,
    phone: row.phone,
    name: row.name,
    countryIso: row.country_iso,
    role: row.role,
    isActive: row.is_active,
    countries: row.allowed_countries,
    systems: row.allowed_payment_systems,
    sources: row.allowed_sources,
    createdAtMs: row.created_at,
  }
}

interface AtWorkRow extends AdminRow {
  readonly must_enrol: boolean
}

function atWorkOf(row: AtWorkRow): AdminAtWork {
  return { ...adminOf(row), mustEnrol: row.must_enrol }
}

interface SessionRow {
  readonly id: string
  readonly admin_id: number
  readonly created_at: Moment
  readonly expires_at: Moment
  readonly last_seen_at: Moment
  readonly ip: string
  readonly user_agent: string | null
}

function sessionLineOf(row: SessionRow): SessionLine {
  return {
    id: row.id,
    adminId: row.admin_id,
    createdAtMs: row.created_at,
    expiresAtMs: row.expires_at,
    lastSeenAtMs: row.last_seen_at,
    ip: row.ip,
    userAgent: row.user_agent,
  }
}
