// The centre's switches: one row each.

import type { SettingStore } from '../ports/setting-store.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

const REFUND_APPROVAL: Statement = {
  name: 'setting_refund_approval',
  text: `
    SELECT (value #>> '{}')::bigint AS above FROM settings
    WHERE name = 'refund_approval_above_tiyn'`,
}

const SET_REFUND_APPROVAL: Statement = {
  name: 'setting_refund_approval_set',
  text: `
    UPDATE settings SET value = coalesce(to_jsonb($1::bigint), 'null')
    WHERE name = 'refund_approval_above_tiyn'
      AND value IS DISTINCT FROM coalesce(to_jsonb($1::bigint), 'null')
    RETURNING name`,
}

/** A row that is already so is left alone, and then nothing comes back. */
const SWITCH: Statement = {
  name: 'setting_switch',
  text: `
    INSERT INTO settings (name, value) VALUES ($1, to_jsonb($2::boolean))
    ON CONFLICT (name) DO UPDATE SET value = excluded.value
      WHERE settings.value IS DISTINCT FROM excluded.value
    RETURNING name`,
}

const IS_TAKING_MONEY: Statement = {
  name: 'setting_taking_money',
  text: `SELECT value = 'true'::jsonb AS is_on FROM settings WHERE name = 'taking_money'`,
}

export function settingStore(session: Session): SettingStore {
  return {
    isTakingMoney: () => isTakingMoney(session),
    async switchTakingMoney(tx, isOn) {
      return (await sessionOf(tx).rows(SWITCH, ['taking_money', isOn])).length > 0
    },
    async refundApprovalAboveTiyn() {
      const [row] = await session.rows<{ above: bigint | null }>(REFUND_APPROVAL, [])
      // Without the row nobody has said that anything may go back unapproved.
      return row === undefined ? 0n : row.above
    },
    async setRefundApproval(tx, aboveTiyn) {
      return (await sessionOf(tx).rows(SET_REFUND_APPROVAL, [aboveTiyn])).length > 0
    },
  }
}

/** Without the row nobody has said that money may be taken. */
export async function isTakingMoney(session: Session): Promise<boolean> {
  const [row] = await session.rows<{ is_on: boolean }>(IS_TAKING_MONEY, [])
  return row?.is_on === true
}
