// /api/admin/alert-settings and /alert-recipients: what is told, when, and to whom.

import {
  AlertRecipientAdded,
  AlertRecipientRemoved,
  AlertSettingsAnswer,
  AlertSettingsChanged,
  AlertSettingsRequest,
  NewAlertRecipientRequest,
} from '@byfly-pay/contract'
import { ALERT_KINDS, type AlertRule, alertRules } from '@byfly-pay/core'
import {
  type AlertSettingsChange,
  addRecipient,
  changeAlertSettings,
  removeRecipient,
} from '../../alerts/change-alerts.ts'
import type { NewRecipient } from '../../ports/alert-store.ts'
import type { Centre } from '../../ports/centre.ts'
import { done, send, success } from '../answer.ts'
import { onlyGiven } from '../only-given.ts'
import { Refusal } from '../refusal.ts'
import type { AdminApp, AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { readId, type WithId } from './path-id.ts'
import { readClock, showQuiet } from './show-alert.ts'

const config = { right: 'settings.write' } as const

export const alertSettingRoutes: AdminRoutes = async (app, { centre }) => {
  show(app, centre)
  change(app, centre)
  recipients(app, centre)
}

function show(app: AdminApp, centre: Centre): void {
  app.get(
    '/alert-settings',
    { config, schema: { response: { 200: AlertSettingsAnswer } } },
    async (_request, reply) => {
      const { alerts } = centre.storage
      const { quiet, remindAfterMinutes } = await alerts.settings()
      const rules = alertRules(await alerts.rules())
      const sender = await centre.textSenders.inUse()
      const data = {
        quiet_hours: showQuiet(quiet),
        remind_after_minutes: remindAfterMinutes,
        rules: ALERT_KINDS.map((kind) => ({ kind, ...showRule(rules[kind]) })),
        recipients: (await alerts.recipients()).map(
          ({ adminId: admin_id, channel, chatId: chat_id, id, role, severity }) => {
            return { id, channel, admin_id, role, chat_id, severity }
          },
        ),
        channels: [
          ...(sender.name === 'none' ? [] : (['sms'] as const)),
          ...centre.channels.map(({ name }) => name),
        ],
      }
      return send(reply, success<AlertSettingsAnswer>(200, { success: true, data }))
    },
  )
}

function showRule({ afterSeconds, isOn, severity, threshold }: AlertRule) {
  return { is_on: isOn, severity, after_seconds: afterSeconds, threshold }
}

function change(app: AdminApp, centre: Centre): void {
  app.put(
    '/alert-settings',
    { config, schema: { body: AlertSettingsRequest, response: { 200: AlertSettingsChanged } } },
    async (request, reply) => {
      await changeAlertSettings(centre, staffAt(request), readSettings(request.body))
      return send(reply, done<AlertSettingsChanged>('Настройки тревог обновлены'))
    },
  )
}

function readSettings(body: AlertSettingsRequest): AlertSettingsChange {
  const { quiet_hours: quiet, remind_after_minutes: remindAfterMinutes, rules = [] } = body
  return {
    settings: onlyGiven({
      remindAfterMinutes,
      quiet:
        quiet === undefined || quiet === null
          ? quiet
          : { fromMinute: readClock(quiet.from), toMinute: readClock(quiet.to) },
    }),
    rules: Object.fromEntries(
      rules.map(({ after_seconds: afterSeconds, is_on: isOn, kind, severity, threshold }) => [
        kind,
        onlyGiven({ afterSeconds, isOn, severity, threshold }),
      ]),
    ),
  }
}

function recipients(app: AdminApp, centre: Centre): void {
  app.post(
    '/alert-recipients',
    { config, schema: { body: NewAlertRecipientRequest, response: { 201: AlertRecipientAdded } } },
    async (request, reply) => {
      const id = await addRecipient(centre, staffAt(request), readRecipient(request.body))
      if (id === null) {
        const errors = { admin_id: 'Is not an active member of staff, or is on the list already' }
        throw new Refusal('validation', { errors })
      }
      const message = 'Получатель добавлен'
      const body = { success: true, message, data: { id } } as const
      return send(reply, success<AlertRecipientAdded>(201, body))
    },
  )
  app.delete<{ Params: WithId }>(
    '/alert-recipients/:id',
    { config, schema: { response: { 200: AlertRecipientRemoved } } },
    async (request, reply) => {
      const id = readId(request.params.id)
      if (!(await removeRecipient(centre, staffAt(request), id))) throw new Refusal('not_found')
      return send(reply, done<AlertRecipientRemoved>('Получатель удален'))
    },
  )
}

/** @throws Refusal validation where it does not say whom, or says two */
function readRecipient(body: NewAlertRecipientRequest): NewRecipient {
  const { admin_id: adminId = null, channel, chat_id: chatId = null, role = null } = body
  const { severity = 'warning' } = body
  const isWhole =
    channel === 'sms'
      ? (adminId === null) !== (role === null) && chatId === null
      : chatId !== null && role === null
  if (!isWhole) {
    const errors =
      channel === 'sms'
        ? { admin_id: 'Give admin_id or role, and no chat_id' }
        : { chat_id: 'Give chat_id, and no role' }
    throw new Refusal('validation', { errors })
  }
  return { channel, adminId, role, chatId, severity }
}
