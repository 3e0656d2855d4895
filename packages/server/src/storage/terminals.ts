// The store of terminals put together, how a device is reached, and what the centre learns of it. Its
// token is opened here, for the driver alone, and goes nowhere else.

import type { Vault } from '../ports/centre.ts'
import type { ApiVersion, Device, TlsMode } from '../ports/provider.ts'
import type { TerminalStore } from '../ports/terminal-store.ts'
import { deviceTokens } from './device-tokens.ts'
import { deviceTroubles } from './device-troubles.ts'
import type { Session, Statement } from './session.ts'
import { listTerminals, viewTerminal } from './terminal-views.ts'
import { terminalWrites } from './terminal-writes.ts'

/** A terminal that was deleted or switched off is still asked about what it is carrying. */
const DEVICE: Statement = {
  name: 'terminal_device',
  text: `
    SELECT id, payment_system, scheme, host, port, tls_mode, tls_fingerprint, api_version,
      access_token, token_version, device_number, can_stop, camera_url, own_cheque
    FROM terminals WHERE id = $1`,
}

const PIN_FIRST: Statement = {
  name: 'terminal_pin_first',
  text: 'UPDATE terminals SET tls_fingerprint = $2 WHERE id = $1 AND tls_fingerprint IS NULL',
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

const NOTE_SEEN: Statement = {
  name: 'terminal_note_seen',
  text: 'UPDATE terminals SET last_seen_at = centre_now() WHERE id = $1',
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
  return {
    ...deviceTokens(session, vault),
    ...deviceTroubles(session),
    ...terminalWrites(),
    device: (terminalId) => openDevice(session, vault, terminalId),
    list: (scope, page) => listTerminals(session, scope, page),
    view: (scope, terminalId) => viewTerminal(session, scope, terminalId),
    async pinFirst(terminalId, fingerprint) {
      await session.rows(PIN_FIRST, [terminalId, fingerprint])
    },
    async noteIdentity(terminalId, { serial, posNumber, deviceNumber }, version) {
      await session.rows(NOTE_IDENTITY, [terminalId, serial, posNumber, deviceNumber, version])
    },
    async noteSeen(terminalId) {
      await session.rows(NOTE_SEEN, [terminalId])
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
