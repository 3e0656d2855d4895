// The database and its two roles: the owner changes the schema, `byfly_app` does the work and owns
// nothing. Run at every start, so that an interrupted first one is completed; it must never change
// what is there.

import pg from 'pg'
import type { ClusterRecord } from './cluster-record.ts'
import { superuserUrl } from './server-ready.ts'

export const DATABASE = 'byfly'
export const OWNER_ROLE = 'byfly_owner'
export const APP_ROLE = 'byfly_app'

export async function ensureRolesAndDatabase(record: ClusterRecord): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl(record) })
  client.on('error', () => {})
  await client.connect()
  try {
    await ensureRole(client, OWNER_ROLE, record.ownerPassword)
    await ensureRole(client, APP_ROLE, record.appPassword)
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER_ROLE}`)
  } finally {
    await client.end()
  }
}

/** Roles belong to the whole server, so a server that tests share may have them already. */
export async function ensureRole(client: pg.Client, role: string, password: string): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])
  if (found.rowCount !== 0) return
  await client.query(`CREATE ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(password)}`)
}
