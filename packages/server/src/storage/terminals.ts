// The store of terminals put together, how a device is reached, and what the centre learns of it. Its
// token is opened here, for the driver alone, and goes nowhere else.

import { utcTime, type Way } from '@byfly-pay/core'
import type { Vault } from '../ports/centre.ts'
import type { ApiVersion, Device, TlsMode } from '../ports/provider.ts'
import type { TerminalStore } from '../ports/terminal-store.ts'
import { type AccountRow, accountOf } from './bank-account.ts'
import { type CameraColumns, cameraUrlOf, sealCameraLogins } from './camera-logins.ts'
import { deviceTokens } from './device-tokens.ts'
import { deviceTroubles } from './device-troubles.ts'
import type { Session, Statement } from './session.ts'
import { listTerminals, viewTerminal } from './terminal-views.ts'
import { terminalWrites } from './terminal-writes.ts'

/** A terminal that was deleted or switched off is still asked about what it is carrying. */
const DEVICE: Statement = {
  name: 'terminal_device',
  text: `
    SELECT t.id, t.payment_system, t.way, t.scheme, t.host, t.port, t.tls_mode, t.tls_fingerprint,
      t.api_version, t.access_token, t.token_version, t.device_number, t.can_stop, t.camera_url,
      t.camera_login, t.own_cheque, t.poll_ms, c.scheme AS bank_scheme, c.form, c.api_key, c.certificate_file,
      c.key_file, c.passphrase, c.organization_bin, c.trade_point_id
    FROM terminals t LEFT JOIN qr_connections c ON c.terminal_id = t.id WHERE t.id = $1`,
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

const NOTE_POLLING: Statement = {
  name: 'terminal_note_polling',
  text: 'UPDATE terminals SET poll_ms = $2 WHERE id = $1',
}

const NOTE_OWN_CERTIFICATE: Statement = {
  name: 'terminal_note_own_certificate',
  text: `
    UPDATE qr_connections SET certificate_expires_at = $2
    WHERE terminal_id = $1 AND certificate_expires_at IS DISTINCT FROM $2`,
}

interface DeviceRow extends AccountRow, CameraColumns {
  readonly id: number
  readonly payment_system: string
  readonly way: Way
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
  readonly own_cheque: boolean
  readonly poll_ms: number | null
}

export function terminalStore(session: Session, vault: Vault): TerminalStore {
  return {
    ...deviceTokens(session, vault),
    ...deviceTroubles(session),
    ...terminalWrites(vault),
    device: (terminalId) => openDevice(session, vault, terminalId),
    list: (scope, page) => listTerminals(session, scope, page),
    view: (scope, terminalId) => viewTerminal(session, scope, terminalId),
    sealCameraLogins: () => sealCameraLogins(session, vault),
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
    async noteOwnCertificate(terminalId, endsAtMs) {
      await session.rows(NOTE_OWN_CERTIFICATE, [terminalId, utcTime(endsAtMs)])
    },
    async notePolling(terminalId, pollMs) {
      await session.rows(NOTE_POLLING, [terminalId, pollMs])
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
    way: row.way,
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
    cameraUrl: cameraUrlOf(vault, row),
    ownCheque: row.own_cheque,
    pollMs: row.poll_ms,
    account: accountOf(row, vault),
  }
}
