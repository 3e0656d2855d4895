// The rules of alerts as staff changed them, the quiet hours, and who is told.

import { type AlertKind, type AlertRule, type Role, type Severity, scopeOf } from '@byfly-pay/core'
import type { AlertStore, Destination, Recipient } from '../ports/alert-store.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

const RULES: Statement = {
  name: 'alert_rules',
  text: 'SELECT kind, is_on, severity, after_seconds, threshold FROM alert_rules',
}

const SAVE_RULE: Statement = {
  name: 'alert_rule_save',
  text: `
    INSERT INTO alert_rules (kind, is_on, severity, after_seconds, threshold)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (kind) DO UPDATE SET is_on = EXCLUDED.is_on, severity = EXCLUDED.severity,
      after_seconds = EXCLUDED.after_seconds, threshold = EXCLUDED.threshold`,
}

const SETTINGS: Statement = {
  name: 'alert_settings',
  text: 'SELECT quiet_from, quiet_to, remind_after_minutes FROM alert_settings',
}

const SAVE_SETTINGS: Statement = {
  name: 'alert_settings_save',
  text: 'UPDATE alert_settings SET quiet_from = $1, quiet_to = $2, remind_after_minutes = $3',
}

const RECIPIENTS: Statement = {
  name: 'alert_recipients',
  text: 'SELECT id, channel, admin_id, role, chat_id, severity FROM alert_recipients ORDER BY id',
}

/** A person who is named twice, and by a role too, is told once: of the least grave of what was asked. */
const DESTINATIONS: Statement = {
  name: 'alert_destinations',
  text: `
    SELECT r.channel, CASE r.channel WHEN 'sms' THEN a.id END AS admin_id,
      coalesce(r.chat_id, a.phone) AS address, max(r.severity) AS severity, a.role,
      a.allowed_countries, a.allowed_payment_systems, a.allowed_sources
    FROM alert_recipients r
    LEFT JOIN admins a ON a.is_active AND (a.id = r.admin_id OR a.role = r.role)
    WHERE a.id IS NOT NULL OR (r.admin_id IS NULL AND r.role IS NULL)
    GROUP BY r.channel, a.id, r.chat_id
    ORDER BY 1, 3`,
}

const ADD_RECIPIENT: Statement = {
  name: 'alert_recipient_add',
  text: `
    INSERT INTO alert_recipients (channel, admin_id, role, chat_id, severity)
    SELECT $1, $2, $3, $4, $5
    WHERE $2::integer IS NULL OR EXISTS (SELECT FROM admins WHERE id = $2 AND is_active)
    ON CONFLICT DO NOTHING
    RETURNING id`,
}

const REMOVE_RECIPIENT: Statement = {
  name: 'alert_recipient_remove',
  text: `
    DELETE FROM alert_recipients WHERE id = $1
    RETURNING id, channel, admin_id, role, chat_id, severity`,
}

type Settings = Pick<
  AlertStore,
  | 'rules'
  | 'settings'
  | 'recipients'
  | 'destinations'
  | 'saveRule'
  | 'saveSettings'
  | 'addRecipient'
  | 'removeRecipient'
>

export function alertSettings(session: Session): Settings {
  return {
    rules: () => rules(session),
    settings: () => settings(session),
    async recipients() {
      return (await session.rows<RecipientRow>(RECIPIENTS, [])).map(recipientOf)
    },
    async destinations() {
      return (await session.rows<DestinationRow>(DESTINATIONS, [])).map(destinationOf)
    },
    async saveRule(tx, kind, { afterSeconds, isOn, severity, threshold }) {
      await sessionOf(tx).rows(SAVE_RULE, [kind, isOn, severity, afterSeconds, threshold])
    },
    async saveSettings(tx, { quiet, remindAfterMinutes }) {
      const values = [quiet?.fromMinute ?? null, quiet?.toMinute ?? null, remindAfterMinutes]
      await sessionOf(tx).rows(SAVE_SETTINGS, values)
    },
    async addRecipient(tx, { adminId, channel, chatId, role, severity }) {
      const values = [channel, adminId, role, chatId, severity]
      const [row] = await sessionOf(tx).rows<{ id: number }>(ADD_RECIPIENT, values)
      return row?.id ?? null
    },
    async removeRecipient(tx, id) {
      const [row] = await sessionOf(tx).rows<RecipientRow>(REMOVE_RECIPIENT, [id])
      return row === undefined ? null : recipientOf(row)
    },
  }
}

async function rules(session: Session): Promise<Partial<Record<AlertKind, AlertRule>>> {
  interface Row {
    readonly kind: AlertKind
    readonly is_on: boolean
    readonly severity: Severity
    readonly after_seconds: number
    readonly threshold: number | null
  }
  const rows = await session.rows<Row>(RULES, [])
  const changed = rows.map(({ after_seconds, is_on, kind, severity, threshold }) => {
    return [kind, { isOn: is_on, severity, afterSeconds: after_seconds, threshold }] as const
  })
  return Object.fromEntries(changed)
}

async function settings(session: Session) {
  interface Row {
    readonly quiet_from: number | null
    readonly quiet_to: number | null
    readonly remind_after_minutes: number | null
  }
  const [row] = await session.rows<Row>(SETTINGS, [])
  const { quiet_from: fromMinute = null, quiet_to: toMinute = null } = row ?? {}
  return {
    quiet: fromMinute === null || toMinute === null ? null : { fromMinute, toMinute },
    remindAfterMinutes: row?.remind_after_minutes ?? null,
  }
}

interface RecipientRow {
  readonly id: number
  readonly channel: Recipient['channel']
  readonly admin_id: number | null
  readonly role: Role | null
  readonly chat_id: string | null
  readonly severity: Severity
}

function recipientOf(row: RecipientRow): Recipient {
  const { admin_id: adminId, channel, chat_id: chatId, id, role, severity } = row
  return { id, channel, adminId, role, chatId, severity }
}

interface DestinationRow {
  readonly channel: Destination['channel']
  readonly admin_id: number | null
  readonly address: string
  readonly severity: Severity
  readonly role: Role | null
  readonly allowed_countries: readonly string[] | null
  readonly allowed_payment_systems: readonly string[] | null
  readonly allowed_sources: readonly number[] | null
}

function destinationOf(row: DestinationRow): Destination {
  const { address, admin_id: adminId, channel, role, severity } = row
  const lists = {
    countries: row.allowed_countries,
    systems: row.allowed_payment_systems,
    sources: row.allowed_sources ?? [],
  }
  const reader = role === null ? null : { role, scope: scopeOf(role, lists) }
  return { channel, adminId, address, severity, reader }
}
