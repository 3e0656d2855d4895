// What staff change about alerts: rules, quiet hours, who is told, and what each of them has read.

import {
  type AlertKind,
  type AlertRule,
  alertKindsFor,
  alertRules,
  hasThreshold,
} from '@byfly-pay/core'
import { audited, changes } from '../accounts/audited.ts'
import type { Acting, Staff } from '../accounts/staff.ts'
import type { AlertSettings, AlertViewer, NewRecipient } from '../ports/alert-store.ts'
import type { Centre } from '../ports/centre.ts'

export function viewerOf({ admin, scope }: Staff): AlertViewer {
  return { adminId: admin.id, kinds: alertKindsFor(admin.role), scope }
}

/** All up to this one, of those the reader can see. */
export function readAlerts(centre: Centre, staff: Staff, upToId: number): Promise<number> {
  return audited(centre, staff.actor, async (tx) => {
    const count = await centre.storage.alerts.markRead(tx, viewerOf(staff), upToId)
    const target = { kind: 'alert', id: String(upToId) }
    const line = { action: 'alert.read', target, facts: { count } } as const
    return { result: count, line: count === 0 ? null : line }
  })
}

export interface AlertSettingsChange {
  readonly settings: Partial<AlertSettings>
  readonly rules: Partial<Record<AlertKind, Partial<AlertRule>>>
}

/** Only what is named changes. A threshold counts only where a rule has one. */
export function changeAlertSettings(
  centre: Centre,
  { actor }: Acting,
  change: AlertSettingsChange,
): Promise<void> {
  const { alerts } = centre.storage
  return audited(centre, actor, async (tx) => {
    const before = { settings: await alerts.settings(), rules: alertRules(await alerts.rules()) }
    const settings = { ...before.settings, ...change.settings }
    await alerts.saveSettings(tx, settings)
    const facts: Record<string, unknown> = changes(before.settings, settings)
    for (const [kind, wanted] of entriesOf(change.rules)) {
      const rule = { ...before.rules[kind], ...wanted }
      const whole = hasThreshold(kind) ? rule : { ...rule, threshold: null }
      await alerts.saveRule(tx, kind, whole)
      const changed = changes(before.rules[kind], whole)
      if (Object.keys(changed).length > 0) facts[kind] = changed
    }
    const target = { kind: 'setting', id: 'alerts' }
    const line = { action: 'setting.alerts_changed', target, facts } as const
    return { result: undefined, line: Object.keys(facts).length === 0 ? null : line }
  })
}

function entriesOf(rules: AlertSettingsChange['rules']) {
  return Object.entries(rules) as [AlertKind, Partial<AlertRule>][]
}

/** Null where there is such a recipient already, or no such member of staff. */
export function addRecipient(
  centre: Centre,
  { actor }: Acting,
  recipient: NewRecipient,
): Promise<number | null> {
  return audited(centre, actor, async (tx) => {
    const id = await centre.storage.alerts.addRecipient(tx, recipient)
    if (id === null) return { result: null, line: null }
    const target = { kind: 'alert_recipient', id: String(id) }
    const facts = { ...recipient }
    return { result: id, line: { action: 'alert_recipient.added', target, facts } }
  })
}

export function removeRecipient(centre: Centre, { actor }: Acting, id: number): Promise<boolean> {
  return audited(centre, actor, async (tx) => {
    const removed = await centre.storage.alerts.removeRecipient(tx, id)
    if (removed === null) return { result: false, line: null }
    const target = { kind: 'alert_recipient', id: String(id) }
    const { id: _, ...facts } = removed
    return { result: true, line: { action: 'alert_recipient.removed', target, facts } }
  })
}
