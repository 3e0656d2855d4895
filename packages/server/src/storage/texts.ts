// SMS in the database: written with the code they carry, claimed before the gateway is called, forgotten
// but for their fate. A claimed one never waits again unless its sender says that nobody took it.

import { DAY_MS, type Moment } from '@byfly-pay/core'
import type { Vault } from '../ports/centre.ts'
import type { TextRow, TextStore } from '../ports/text-store.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

/** Longer than any sender takes. */
const SENDING_LIMIT_MS = 60_000
const KEPT_MS = 90 * DAY_MS

/** What every end of a text comes to, whatever the reason. */
const FORGOTTEN = `
  sealed_to = NULL, sealed_text = NULL, next_at = NULL, sending_since = NULL, ended_at = centre_now()`

/** One statement for an admin's phone and for any other: it does the same work for both (A4). */
const ADD_LOGIN_CODE: Statement = {
  name: 'text_add_login_code',
  text: `
    WITH admin AS MATERIALIZED (SELECT id FROM admins WHERE phone = $1 AND is_active),
    superseded AS (
      UPDATE texts t SET state = 'superseded', ${FORGOTTEN}
      FROM admin WHERE t.admin_id = admin.id AND t.kind = 'login_code' AND t.state = 'waiting'
    ),
    added AS (
      INSERT INTO texts (id, kind, admin_id, sealed_to, sealed_text, masked_to, next_at, expires_at)
      SELECT new_id(), 'login_code', admin.id, $2, $3, $4, centre_now(),
        centre_now() + $5::integer * interval '1 millisecond'
      FROM admin
      RETURNING id
    )
    SELECT pg_notify('centre', 'text_due') FROM added`,
}

const ADD_LINK: Statement = {
  name: 'text_add_link',
  text: `
    WITH added AS (
      INSERT INTO texts (id, kind, admin_id, payment_id, sealed_to, sealed_text, masked_to, next_at,
        expires_at)
      VALUES (new_id(), 'payment_link', $1, $2, $3, $4, $5, centre_now(),
        centre_now() + $6::integer * interval '1 millisecond')
      RETURNING id
    )
    SELECT pg_notify('centre', 'text_due') FROM added`,
}

const CLAIM_DUE: Statement = {
  name: 'texts_claim_due',
  text: `
    UPDATE texts t SET state = 'sending', next_at = NULL, sending_since = centre_now(),
      tries = tries + 1
    WHERE id IN (
      SELECT id FROM texts
      WHERE state = 'waiting' AND next_at <= centre_now() AND expires_at > centre_now()
      ORDER BY next_at
      FOR UPDATE SKIP LOCKED
      LIMIT $1)
    RETURNING id, sealed_to, sealed_text, tries,
      (1000 * extract(epoch FROM expires_at - centre_now()))::integer AS left_ms`,
}

const SETTLE: Statement = {
  name: 'text_settle',
  text: `
    UPDATE texts SET state = $2, provider = $3, provider_id = $4, fault = $5, provider_word = $6,
      ${FORGOTTEN}
    WHERE id = $1 AND state = 'sending'`,
}

const SEND_AGAIN: Statement = {
  name: 'text_send_again',
  text: `
    UPDATE texts SET state = 'waiting', sending_since = NULL, provider = $2, fault = $3,
      provider_word = $4, next_at = centre_now() + $5::integer * interval '1 millisecond'
    WHERE id = $1 AND state = 'sending'`,
}

const CLOSE_OVERDUE: Statement = {
  name: 'texts_close_overdue',
  text: `
    UPDATE texts SET
      fault = CASE WHEN state = 'sending' THEN 'interrupted' ELSE fault END,
      state = CASE WHEN state = 'sending' THEN 'unknown' ELSE 'expired' END,
      ${FORGOTTEN}
    WHERE ended_at IS NULL AND (
      (state = 'waiting' AND expires_at <= centre_now())
      OR sending_since <= centre_now() - interval '${SENDING_LIMIT_MS} milliseconds')`,
}

const COLUMNS = `
  id, kind, admin_id, masked_to, state, tries, provider, provider_id, fault, provider_word,
  created_at, ended_at`

const PAGE: Statement = {
  name: 'texts_page',
  text: `
    SELECT ${COLUMNS} FROM texts WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
}

const LAST_FAULT: Statement = {
  name: 'texts_last_fault',
  text: `SELECT ${COLUMNS} FROM texts WHERE fault IS NOT NULL ORDER BY id DESC LIMIT 1`,
}

const SETTINGS: Statement = {
  name: 'text_settings',
  text: 'SELECT sealed FROM text_settings',
}

const KEEP_SETTINGS: Statement = {
  name: 'text_settings_keep',
  text: `
    INSERT INTO text_settings (sealed) VALUES ($1)
    ON CONFLICT (only_row) DO UPDATE SET sealed = EXCLUDED.sealed, changed_at = centre_now()`,
}

const FORGET_OLD: Statement = {
  name: 'texts_forget_old',
  text: `DELETE FROM texts WHERE ended_at < centre_now() - interval '${KEPT_MS} milliseconds'`,
}

export function textStore(session: Session, vault: Vault): TextStore {
  return {
    async addLoginCode(tx, { phone, maskedPhone, text, lifeMs }) {
      const values = [phone, vault.seal(phone), vault.seal(text), maskedPhone, lifeMs]
      await sessionOf(tx).rows(ADD_LOGIN_CODE, values)
    },
    async addLink(tx, { adminId, lifeMs, paymentId, phone, text }) {
      const sealed = [vault.seal(phone), vault.seal(text)]
      const masked = `${phone.slice(0, 4)}•••${phone.slice(-2)}`
      await sessionOf(tx).rows(ADD_LINK, [adminId, paymentId, ...sealed, masked, lifeMs])
    },
    async claimDue(limit) {
      interface DueRow {
        readonly id: string
        readonly sealed_to: Buffer
        readonly sealed_text: Buffer
        readonly tries: number
        readonly left_ms: number
      }
      const rows = await session.rows<DueRow>(CLAIM_DUE, [limit])
      return rows.map((row) => ({
        id: row.id,
        to: vault.open(row.sealed_to),
        text: vault.open(row.sealed_text),
        tries: row.tries,
        leftMs: row.left_ms,
      }))
    },
    async settle(id, state, { provider, providerId, fault, word }) {
      await session.rows(SETTLE, [id, state, provider, providerId, fault, word])
    },
    async sendAgain(id, nextInMs, { provider, fault, word }) {
      await session.rows(SEND_AGAIN, [id, provider, fault, word, nextInMs])
    },
    async closeOverdue() {
      await session.rows(CLOSE_OVERDUE, [])
    },
    async settings() {
      const [row] = await session.rows<{ sealed: Buffer }>(SETTINGS, [])
      return row === undefined ? null : JSON.parse(vault.open(row.sealed))
    },
    async keepSettings(tx, settings) {
      await sessionOf(tx).rows(KEEP_SETTINGS, [vault.seal(JSON.stringify(settings))])
    },
    async page(beforeId, limit) {
      return (await session.rows<Row>(PAGE, [beforeId, limit])).map(rowOf)
    },
    async lastFault() {
      const [row] = await session.rows<Row>(LAST_FAULT, [])
      return row === undefined ? null : rowOf(row)
    },
    async forgetOld() {
      await session.rows(FORGET_OLD, [])
    },
  }
}

interface Row {
  readonly id: string
  readonly kind: TextRow['kind']
  readonly admin_id: number
  readonly masked_to: string
  readonly state: TextRow['state']
  readonly tries: number
  readonly provider: string | null
  readonly provider_id: string | null
  readonly fault: TextRow['fault']
  readonly provider_word: string | null
  readonly created_at: Moment
  readonly ended_at: Moment | null
}

function rowOf(row: Row): TextRow {
  return {
    id: row.id,
    kind: row.kind,
    adminId: row.admin_id,
    maskedTo: row.masked_to,
    state: row.state,
    tries: row.tries,
    provider: row.provider,
    providerId: row.provider_id,
    fault: row.fault,
    word: row.provider_word,
    createdAtMs: row.created_at,
    endedAtMs: row.ended_at,
  }
}
