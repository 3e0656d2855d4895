// Terminals as an operator enters them, and how a device is reached. Its token is opened here, for the
// driver alone, and goes nowhere else.

import type { Vault } from '../ports/centre.ts'
import type { ApiVersion, Device, TlsMode } from '../ports/provider.ts'
import type {
  LastingTrouble,
  NewTerminal,
  TerminalChange,
  TerminalRow,
  TerminalStore,
} from '../ports/terminal-store.ts'
import { deviceTokens } from './device-tokens.ts'
import { deviceTroubles } from './device-troubles.ts'
import type { Session, Statement } from './session.ts'

/** A terminal that was deleted or switched off is still asked about what it is carrying. */
const DEVICE: Statement = {
  name: 'terminal_device',
  text: `
    SELECT id, payment_system, scheme, host, port, tls_mode, tls_fingerprint, api_version,
      access_token, token_version, device_number, can_stop, camera_url, own_cheque
    FROM terminals WHERE id = $1`,
}

const ADD: Statement = {
  name: 'terminal_add',
  text: `
    INSERT INTO terminals (name, ip_address, scheme, host, port, tls_mode, api_version, camera_id,
      camera_url, own_cheque)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    RETURNING id`,
}

const LIST: Statement = {
  name: 'terminals_list',
  text: `
    SELECT id, name, ip_address, scheme, host, port, tls_mode, tls_fingerprint, api_version,
      camera_id, camera_url, own_cheque, is_active, serial, registered_name, token_expires_at, trouble
    FROM terminals WHERE deleted_at IS NULL ORDER BY id`,
}

/** A field that is absent keeps its value, one that is null loses it. */
const CHANGE: Statement = {
  name: 'terminal_change',
  text: `
    UPDATE terminals SET
      name = coalesce(wanted->>'name', name),
      tls_mode = coalesce(wanted->>'tls', tls_mode),
      api_version = coalesce(wanted->>'apiVersion', api_version),
      own_cheque = coalesce((wanted->>'ownCheque')::boolean, own_cheque),
      is_active = coalesce((wanted->>'isActive')::boolean, is_active),
      camera_id = CASE WHEN wanted ? 'cameraId' THEN (wanted->>'cameraId')::integer ELSE camera_id END,
      camera_url = CASE WHEN wanted ? 'cameraUrl' THEN wanted->>'cameraUrl' ELSE camera_url END
    FROM (SELECT $2::jsonb AS wanted) AS change
    WHERE id = $1 AND deleted_at IS NULL
    RETURNING id`,
}

const PIN_FIRST: Statement = {
  name: 'terminal_pin_first',
  text: 'UPDATE terminals SET tls_fingerprint = $2 WHERE id = $1 AND tls_fingerprint IS NULL',
}

const PIN: Statement = {
  name: 'terminal_pin',
  text: 'UPDATE terminals SET tls_fingerprint = $2 WHERE id = $1',
}

/** What the device leaves unsaid is kept as it was. */
const NOTE_IDENTITY: Statement = {
  name: 'terminal_note_identity',
  text: `
    UPDATE terminals SET serial = coalesce($2, serial), pos_number = coalesce($3, pos_number),
      device_number = coalesce($4, device_number), api_version = $5
    WHERE id = $1 AND (serial, pos_number, device_number, api_version) IS DISTINCT FROM
      (coalesce($2, serial), coalesce($3, pos_number), coalesce($4, device_number), $5)`,
}

const NOTE_STOPPING: Statement = {
  name: 'terminal_note_stopping',
  text: 'UPDATE terminals SET can_stop = $2 WHERE id = $1',
}

interface DeviceRow {
  readonly id: number
  readonly payment_system: string
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly port: number
  readonly tls_mode: TlsMode
  readonly tls_fingerprint: string | null
  readonly api_version: ApiVersion
  readonly access_token: Buffer | null
  readonly token_version: number
  readonly device_number: string | null
  readonly can_stop: boolean | null
  readonly camera_url: string | null
  readonly own_cheque: boolean
}

export function terminalStore(session: Session, vault: Vault): TerminalStore {
  const troubles = deviceTroubles(session)
  return {
    ...deviceTokens(session, vault),
    ...troubles,
    device: (terminalId) => openDevice(session, vault, terminalId),
    add: (terminal) => addTerminal(session, terminal),
    list: () => listTerminals(session),
    async change(terminalId: number, change: TerminalChange) {
      const rows = await session.rows(CHANGE, [terminalId, JSON.stringify(change)])
      return rows.length > 0
    },
    async pinFirst(terminalId, fingerprint) {
      await session.rows(PIN_FIRST, [terminalId, fingerprint])
    },
    async pin(terminalId, fingerprint) {
      await session.rows(PIN, [terminalId, fingerprint])
      await troubles.endTrouble(terminalId)
    },
    async noteIdentity(terminalId, { serial, posNumber, deviceNumber }, version) {
      await session.rows(NOTE_IDENTITY, [terminalId, serial, posNumber, deviceNumber, version])
    },
    async noteStopping(terminalId, canStop) {
      await session.rows(NOTE_STOPPING, [terminalId, canStop])
    },
  }
}

async function openDevice(
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
    tls: row.tls_mode,
    fingerprint: row.tls_fingerprint,
    apiVersion: row.api_version,
    accessToken: row.access_token === null ? null : vault.open(row.access_token),
    tokenVersion: row.token_version,
    deviceNumber: row.device_number,
    canStop: row.can_stop,
    cameraUrl: row.camera_url,
    ownCheque: row.own_cheque,
  }
}

async function addTerminal(session: Session, terminal: NewTerminal): Promise<number> {
  const [row] = await session.rows<{ id: number }>(ADD, [
    terminal.name,
    terminal.ipAddress,
    terminal.scheme,
    terminal.host,
    terminal.port,
    terminal.tls,
    terminal.apiVersion,
    terminal.cameraId,
    terminal.cameraUrl,
    terminal.ownCheque,
  ])
  if (row === undefined) throw new Error('Терминал не записался')
  return row.id
}

type ListedColumns =
  | 'id'
  | 'scheme'
  | 'host'
  | 'port'
  | 'tls_mode'
  | 'tls_fingerprint'
  | 'api_version'
  | 'camera_url'
  | 'own_cheque'

interface ListRow extends Pick<DeviceRow, ListedColumns> {
  readonly name: string
  readonly ip_address: string
  readonly camera_id: number | null
  readonly is_active: boolean
  readonly serial: string | null
  readonly registered_name: string | null
  readonly token_expires_at: number | null
  readonly trouble: LastingTrouble | null
}

async function listTerminals(session: Session): Promise<TerminalRow[]> {
  const rows = await session.rows<ListRow>(LIST, [])
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    ipAddress: row.ip_address,
    scheme: row.scheme,
    host: row.host,
    port: row.port,
    tls: row.tls_mode,
    apiVersion: row.api_version,
    cameraId: row.camera_id,
    cameraUrl: row.camera_url,
    ownCheque: row.own_cheque,
    isActive: row.is_active,
    fingerprint: row.tls_fingerprint,
    serial: row.serial,
    registeredName: row.registered_name,
    tokenExpiresAtMs: row.token_expires_at,
    trouble: row.trouble,
  }))
}
