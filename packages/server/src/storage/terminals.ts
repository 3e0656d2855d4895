// Terminals as an operator enters them, and how a device is reached. Its token is opened here, for the
// driver alone, and goes nowhere else.

import type { Vault } from '../ports/centre.ts'
import type { NewTerminal, TerminalRow } from '../ports/pool-store.ts'
import type { Device } from '../ports/provider.ts'
import type { Session, Statement } from './session.ts'

/** A terminal that was deleted or switched off is still asked about what it is carrying. */
const DEVICE: Statement = {
  name: 'terminal_device',
  text: `
    SELECT id, payment_system, scheme, host, port, camera_url, access_token, own_cheque
    FROM terminals WHERE id = $1`,
}

const ADD: Statement = {
  name: 'terminal_add',
  text: `
    INSERT INTO terminals (name, ip_address, scheme, host, port, camera_id, camera_url)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    RETURNING id`,
}

const LIST: Statement = {
  name: 'terminals_list',
  text: `
    SELECT id, name, ip_address, scheme, host, port, camera_id, camera_url, is_active
    FROM terminals WHERE deleted_at IS NULL ORDER BY id`,
}

interface DeviceRow {
  readonly id: number
  readonly payment_system: string
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly port: number
  readonly camera_url: string | null
  readonly access_token: Buffer | null
  readonly own_cheque: boolean
}

export async function openDevice(
  session: Session,
  vault: Vault,
  terminalId: number,
): Promise<Device | null> {
  const [row] = await session.rows<DeviceRow>(DEVICE, [terminalId])
  if (row === undefined) return null
  return {
    terminalId: row.id,
    system: row.payment_system,
    scheme: row.scheme,
    host: row.host,
    port: row.port,
    accessToken: row.access_token === null ? null : vault.open(row.access_token),
    cameraUrl: row.camera_url,
    ownCheque: row.own_cheque,
  }
}

export async function addTerminal(session: Session, terminal: NewTerminal): Promise<number> {
  const [row] = await session.rows<{ id: number }>(ADD, [
    terminal.name,
    terminal.ipAddress,
    terminal.scheme,
    terminal.host,
    terminal.port,
    terminal.cameraId,
    terminal.cameraUrl,
  ])
  if (row === undefined) throw new Error('Терминал не записался')
  return row.id
}

interface ListRow extends Omit<DeviceRow, 'access_token' | 'own_cheque'> {
  readonly name: string
  readonly ip_address: string
  readonly camera_id: number | null
  readonly is_active: boolean
}

export async function listTerminals(session: Session): Promise<TerminalRow[]> {
  const rows = await session.rows<ListRow>(LIST, [])
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    ipAddress: row.ip_address,
    scheme: row.scheme,
    host: row.host,
    port: row.port,
    cameraId: row.camera_id,
    cameraUrl: row.camera_url,
    isActive: row.is_active,
  }))
}
