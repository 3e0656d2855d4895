// The centre's switches: one row each.

import type { SettingStore } from '../ports/setting-store.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

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
  }
}

/** Without the row nobody has said that money may be taken. */
export async function isTakingMoney(session: Session): Promise<boolean> {
  const [row] = await session.rows<{ is_on: boolean }>(IS_TAKING_MONEY, [])
  return row?.is_on === true
}
