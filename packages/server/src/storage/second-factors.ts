// Second factors in the database: secrets sealed, recovery codes as HMACs, each used once.

import type { Moment } from '@byfly-pay/core'
import type { Vault } from '../ports/centre.ts'
import type { SecondFactorStanding, SecondFactorStore } from '../ports/second-factor-store.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

/** Whether admin `a` must have a second factor. */
export const IS_OBLIGED = `
  (a.second_factor_obligatory OR (SELECT second_factor_obligatory FROM login_settings))`

/** Whether admin `a` has one that is asked for at their login. */
export const HAS_SECOND_FACTOR = `
  EXISTS (SELECT FROM admin_totp f WHERE f.admin_id = a.id AND f.confirmed_at IS NOT NULL)`

const STANDING: Statement = {
  name: 'second_factor_standing',
  text: `
    SELECT ${HAS_SECOND_FACTOR} AS is_on, ${IS_OBLIGED} AS is_obligatory,
      (SELECT count(*)::integer FROM admin_recovery_codes c
        WHERE c.admin_id = a.id AND c.used_at IS NULL) AS codes_left
    FROM admins a WHERE a.id = $1`,
}

const LOCK: Statement = {
  name: 'second_factor_lock',
  text: `
    SELECT secret, confirmed_at IS NOT NULL AS is_confirmed, centre_now() AS now
    FROM admin_totp WHERE admin_id = $1 FOR UPDATE`,
}

const START: Statement = {
  name: 'second_factor_start',
  text: `
    INSERT INTO admin_totp AS f (admin_id, secret) VALUES ($1, $2)
    ON CONFLICT (admin_id) DO UPDATE SET secret = excluded.secret, started_at = excluded.started_at
    WHERE f.confirmed_at IS NULL
    RETURNING admin_id`,
}

const CONFIRM: Statement = {
  name: 'second_factor_confirm',
  text: `
    WITH confirmed AS (
      UPDATE admin_totp SET confirmed_at = centre_now(), last_step = $2
      WHERE admin_id = $1 AND confirmed_at IS NULL RETURNING admin_id
    )
    INSERT INTO admin_recovery_codes (admin_id, code_hash)
    SELECT confirmed.admin_id, hash FROM confirmed, unnest($3::bytea[]) AS hash`,
}

const TAKE_STEP: Statement = {
  name: 'second_factor_take_step',
  text: `
    UPDATE admin_totp SET last_step = $2
    WHERE admin_id = $1 AND last_step < $2 RETURNING admin_id`,
}

const TAKE_RECOVERY_CODE: Statement = {
  name: 'second_factor_take_recovery_code',
  text: `
    UPDATE admin_recovery_codes SET used_at = centre_now()
    WHERE admin_id = $1 AND code_hash = $2 AND used_at IS NULL RETURNING admin_id`,
}

const REMOVE: Statement = {
  name: 'second_factor_remove',
  text: `
    WITH codes AS (DELETE FROM admin_recovery_codes WHERE admin_id = $1)
    DELETE FROM admin_totp WHERE admin_id = $1 RETURNING admin_id`,
}

const FOR_ALL: Statement = {
  name: 'second_factor_for_all',
  text: 'SELECT second_factor_obligatory AS before FROM login_settings',
}

const SET_FOR_ALL: Statement = {
  name: 'second_factor_set_for_all',
  text: `
    UPDATE login_settings s SET second_factor_obligatory = $1
    FROM (SELECT second_factor_obligatory AS before FROM login_settings FOR UPDATE) AS was
    RETURNING was.before`,
}

const OBLIGE: Statement = {
  name: 'second_factor_oblige',
  text: `
    UPDATE admins a SET second_factor_obligatory = $2
    FROM (SELECT id, second_factor_obligatory AS before FROM admins WHERE id = $1 FOR UPDATE) AS was
    WHERE a.id = was.id RETURNING was.before`,
}

export function secondFactorStore(session: Session, vault: Vault): SecondFactorStore {
  const isDone = async (on: Session, statement: Statement, values: readonly unknown[]) =>
    (await on.rows(statement, values)).length > 0
  const before = async (on: Session, statement: Statement, values: readonly unknown[]) => {
    const [row] = await on.rows<{ before: boolean }>(statement, values)
    return row?.before ?? null
  }
  return {
    standing: (adminId) => standing(session, adminId),
    async lock(tx, adminId) {
      interface Row {
        readonly secret: Buffer
        readonly is_confirmed: boolean
        readonly now: Moment
      }
      const [row] = await sessionOf(tx).rows<Row>(LOCK, [adminId])
      if (row === undefined) return null
      const { secret, is_confirmed: isConfirmed, now: nowMs } = row
      return { secret: vault.open(secret), isConfirmed, nowMs }
    },
    start: (tx, adminId, secret) => isDone(sessionOf(tx), START, [adminId, vault.seal(secret)]),
    async confirm(tx, adminId, step, recoveryHashes) {
      await sessionOf(tx).rows(CONFIRM, [adminId, step, recoveryHashes])
    },
    takeStep: (tx, adminId, step) => isDone(sessionOf(tx), TAKE_STEP, [adminId, step]),
    takeRecoveryCode: (tx, adminId, hash) =>
      isDone(sessionOf(tx), TAKE_RECOVERY_CODE, [adminId, hash]),
    remove: (tx, adminId) => isDone(sessionOf(tx), REMOVE, [adminId]),
    isForAll: async () => (await before(session, FOR_ALL, [])) === true,
    setForAll: async (tx, isForAll) =>
      (await before(sessionOf(tx), SET_FOR_ALL, [isForAll])) === true,
    oblige: (tx, adminId, isObligatory) => before(sessionOf(tx), OBLIGE, [adminId, isObligatory]),
  }
}

async function standing(session: Session, adminId: number): Promise<SecondFactorStanding> {
  interface Row {
    readonly is_on: boolean
    readonly is_obligatory: boolean
    readonly codes_left: number
  }
  const [row] = await session.rows<Row>(STANDING, [adminId])
  return {
    isOn: row?.is_on ?? false,
    isObligatory: row?.is_obligatory ?? false,
    recoveryCodesLeft: row?.codes_left ?? 0,
  }
}
