// What staff writes of a terminal, each in a transaction that also holds the audit's line of it.

import type { Vault } from '../ports/centre.ts'
import type { HeldFor, NewTerminal, TerminalStore } from '../ports/terminal-store.ts'
import { cameraColumns } from './camera-logins.ts'
import { endTrouble } from './device-troubles.ts'
import { type Session, type Statement, sessionOf } from './session.ts'
import { lockTerminal } from './terminal-views.ts'

const ADD: Statement = {
  name: 'terminal_add',
  text: `
    INSERT INTO terminals (name, payment_system, country_iso, ip_address, scheme, host, port,
      tls_mode, api_version, camera_id, camera_url, own_cheque, is_active, reserved_sources,
      reserved_country, camera_login)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
    RETURNING id`,
}

/** A field that is absent keeps its value, one that is null loses it. */
const CHANGE: Statement = {
  name: 'terminal_change',
  text: `
    UPDATE terminals SET
      name = coalesce(wanted->>'name', name),
      country_iso = coalesce(wanted->>'countryIso', country_iso),
      ip_address = coalesce(wanted->>'ipAddress', ip_address),
      scheme = coalesce(wanted->>'scheme', scheme),
      host = coalesce(wanted->>'host', host),
      port = coalesce((wanted->>'port')::integer, port),
      tls_mode = coalesce(wanted->>'tls', tls_mode),
      api_version = coalesce(wanted->>'apiVersion', api_version),
      own_cheque = coalesce((wanted->>'ownCheque')::boolean, own_cheque),
      is_active = coalesce((wanted->>'isActive')::boolean, is_active),
      camera_id = CASE WHEN wanted ? 'cameraId' THEN (wanted->>'cameraId')::integer ELSE camera_id END,
      camera_url = CASE WHEN wanted ? 'cameraUrl' THEN wanted->>'cameraUrl' ELSE camera_url END,
      camera_login = CASE WHEN wanted ? 'cameraUrl' THEN $4::bytea ELSE camera_login END,
      reserved_sources = CASE WHEN wanted ? 'reservedSources'
        THEN (SELECT array_agg(listed.id)
          FROM jsonb_to_recordset($3::jsonb) AS listed (id integer))
        ELSE reserved_sources END,
      reserved_country = CASE WHEN wanted ? 'reservedCountry'
        THEN wanted->>'reservedCountry' ELSE reserved_country END
    FROM (SELECT $2::jsonb AS wanted) AS change
    WHERE id = $1 AND deleted_at IS NULL`,
}

const REMOVE: Statement = {
  name: 'terminal_remove',
  text: 'UPDATE terminals SET deleted_at = centre_now() WHERE id = $1 AND deleted_at IS NULL',
}

const TAKE_OUT: Statement = {
  name: 'terminal_take_out',
  text: `
    UPDATE terminals
    SET taken_out_at = centre_now(), taken_out_by = $2, taken_out_reason = $3 WHERE id = $1`,
}

const BRING_BACK: Statement = {
  name: 'terminal_bring_back',
  text: `
    UPDATE terminals
    SET taken_out_at = NULL, taken_out_by = NULL, taken_out_reason = NULL WHERE id = $1`,
}

const HELD_FOR: Statement = {
  name: 'terminal_held_for',
  text: `
    SELECT attempt_id, payment_id, state, purpose FROM open_attempts
    WHERE terminal_id = $1 AND holds_terminal`,
}

const END_QUARANTINE: Statement = {
  name: 'terminal_end_quarantine',
  text: 'UPDATE terminals SET quarantined_until = NULL, quarantine_reason = NULL WHERE id = $1',
}

const PIN: Statement = {
  name: 'terminal_pin',
  text: 'UPDATE terminals SET tls_fingerprint = $2 WHERE id = $1',
}

type Writes = Pick<
  TerminalStore,
  | 'lock'
  | 'add'
  | 'change'
  | 'remove'
  | 'takeOut'
  | 'bringBack'
  | 'heldFor'
  | 'endQuarantine'
  | 'pin'
>

export function terminalWrites(vault: Vault): Writes {
  return {
    lock: (tx, scope, terminalId) => lockTerminal(sessionOf(tx), scope, terminalId),
    add: (tx, terminal) => addTerminal(sessionOf(tx), vault, terminal),
    async change(tx, terminalId, change) {
      const sources = (change.reservedSources ?? []).map((id) => ({ id }))
      const camera = cameraColumns(vault, change.cameraUrl ?? null)
      const address = change.cameraUrl === undefined ? {} : { cameraUrl: camera.camera_url }
      const wanted = JSON.stringify({ ...change, ...address })
      const values = [terminalId, wanted, JSON.stringify(sources), camera.camera_login]
      await sessionOf(tx).rows(CHANGE, values)
    },
    async remove(tx, terminalId) {
      await sessionOf(tx).rows(REMOVE, [terminalId])
      await endTrouble(sessionOf(tx), terminalId)
    },
    async takeOut(tx, terminalId, by, reason) {
      await sessionOf(tx).rows(TAKE_OUT, [terminalId, by, reason])
    },
    async bringBack(tx, terminalId) {
      await sessionOf(tx).rows(BRING_BACK, [terminalId])
    },
    heldFor: (tx, terminalId) => heldFor(sessionOf(tx), terminalId),
    async endQuarantine(tx, terminalId) {
      await sessionOf(tx).rows(END_QUARANTINE, [terminalId])
    },
    async pin(tx, terminalId, fingerprint) {
      await sessionOf(tx).rows(PIN, [terminalId, fingerprint])
      await endTrouble(sessionOf(tx), terminalId)
    },
  }
}

async function addTerminal(session: Session, vault: Vault, terminal: NewTerminal): Promise<number> {
  const camera = cameraColumns(vault, terminal.cameraUrl)
  const [row] = await session.rows<{ id: number }>(ADD, [
    terminal.name,
    terminal.system,
    terminal.countryIso,
    terminal.ipAddress,
    terminal.scheme,
    terminal.host,
    terminal.port,
    terminal.tls,
    terminal.apiVersion,
    terminal.cameraId,
    camera.camera_url,
    terminal.ownCheque,
    terminal.isActive,
    terminal.reservedSources,
    terminal.reservedCountry,
    camera.camera_login,
  ])
  if (row === undefined) throw new Error('Терминал не записался')
  return row.id
}

async function heldFor(session: Session, terminalId: number): Promise<HeldFor | null> {
  interface Row {
    readonly attempt_id: string
    readonly purpose: HeldFor['purpose']
    readonly payment_id: string
    readonly state: HeldFor['state']
  }
  const [row] = await session.rows<Row>(HELD_FOR, [terminalId])
  if (row === undefined) return null
  const { attempt_id: attemptId, payment_id: paymentId, purpose, state } = row
  return { attemptId, paymentId, purpose, state }
}
