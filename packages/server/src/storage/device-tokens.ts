// The two tokens of a device. They change together or not at all, and one instance at a time exchanges
// them: a second exchange with the same refresh token would be refused, and look like a lost registration.

import { utcTime } from '@byfly-pay/core'
import type { Vault } from '../ports/centre.ts'
import type { TerminalStore } from '../ports/terminal-store.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

const CLAIM: Statement = {
  name: 'terminal_claim_renewal',
  text: `
    UPDATE terminals SET renewal_blocked_until = centre_now() + $3::integer * interval '1 millisecond'
    WHERE id = $1 AND token_version = $2 AND refresh_token IS NOT NULL
      AND (renewal_blocked_until IS NULL OR renewal_blocked_until <= centre_now())
    RETURNING registered_name, refresh_token`,
}

/** Why nothing was claimed. */
const STANDING: Statement = {
  name: 'terminal_renewal_standing',
  text: `
    SELECT token_version, refresh_token IS NOT NULL AS is_registered,
      trouble IS NOT DISTINCT FROM 'not_registered' AS is_refused
    FROM terminals WHERE id = $1`,
}

const BLOCK: Statement = {
  name: 'terminal_block_renewal',
  text: `
    UPDATE terminals SET renewal_blocked_until = centre_now() + $2::integer * interval '1 millisecond'
    WHERE id = $1`,
}

const KEEP_RENEWED: Statement = {
  name: 'terminal_keep_renewed',
  text: `
    UPDATE terminals SET access_token = $3, refresh_token = $4, token_expires_at = $5,
      token_version = token_version + 1, renewal_blocked_until = NULL
    WHERE id = $1 AND token_version = $2`,
}

/** A new registration may know other calls than the one before, and count its processes anew. */
const KEEP_REGISTERED: Statement = {
  name: 'terminal_keep_registered',
  text: `
    UPDATE terminals SET registered_name = $2, access_token = $3, refresh_token = $4,
      token_expires_at = $5, token_version = token_version + 1, renewal_blocked_until = NULL,
      registration = registration + 1, can_stop = NULL
    WHERE id = $1`,
}

const DUE: Statement = {
  name: 'terminals_due_for_renewal',
  text: `
    SELECT id FROM terminals
    WHERE deleted_at IS NULL AND trouble IS NULL AND refresh_token IS NOT NULL
      AND token_expires_at <= centre_now() + $1::integer * interval '1 millisecond'
      AND (renewal_blocked_until IS NULL OR renewal_blocked_until <= centre_now())
    ORDER BY token_expires_at LIMIT $2`,
}

interface Standing {
  readonly token_version: number
  readonly is_registered: boolean
  /** Whoever exchanged them was refused: there is nothing to wait for until it is tried again. */
  readonly is_refused: boolean
}

type DeviceTokensStore = Pick<
  TerminalStore,
  'claimRenewal' | 'blockRenewal' | 'keepRenewed' | 'keepRegistered' | 'dueForRenewal'
>

export function deviceTokens(session: Session, vault: Vault): DeviceTokensStore {
  return {
    async claimRenewal(terminalId, tokenVersion, forMs) {
      const [claimed] = await session.rows<{ registered_name: string; refresh_token: Buffer }>(
        CLAIM,
        [terminalId, tokenVersion, forMs],
      )
      if (claimed !== undefined) {
        const refreshToken = vault.open(claimed.refresh_token)
        return { kind: 'claimed', name: claimed.registered_name, refreshToken }
      }
      const [standing] = await session.rows<Standing>(STANDING, [terminalId])
      if (standing === undefined || !standing.is_registered) return { kind: 'impossible' }
      if (standing.token_version !== tokenVersion) return { kind: 'renewed' }
      return { kind: standing.is_refused ? 'impossible' : 'blocked' }
    },
    async blockRenewal(terminalId, forMs) {
      await session.rows(BLOCK, [terminalId, forMs])
    },
    async keepRenewed(terminalId, tokenVersion, { accessToken, refreshToken, expiresAtMs }) {
      await session.rows(KEEP_RENEWED, [
        terminalId,
        tokenVersion,
        vault.seal(accessToken),
        vault.seal(refreshToken),
        utcTime(expiresAtMs),
      ])
    },
    async keepRegistered(tx, terminalId, name, { accessToken, refreshToken, expiresAtMs }) {
      await sessionOf(tx).rows(KEEP_REGISTERED, [
        terminalId,
        name,
        vault.seal(accessToken),
        vault.seal(refreshToken),
        utcTime(expiresAtMs),
      ])
    },
    async dueForRenewal(aheadMs, limit) {
      const rows = await session.rows<{ id: number }>(DUE, [aheadMs, limit])
      return rows.map(({ id }) => id)
    },
  }
}
