// /api/admin/settings: the switch that stops taking money everywhere, and who turned it last.

import { ChangeSettingsRequest, SettingsAnswer, SettingsChangedAnswer } from '@byfly-pay/contract'
import { localTime, utcTime } from '@byfly-pay/core'
import { lastSwitch, switchTakingMoney } from '../../accounts/switch-taking-money.ts'
import { done, send, success } from '../answer.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { refuseUnshowable } from './showable.ts'

export const settingRoutes: AdminRoutes = async (app, { centre }) => {
  app.get(
    '/settings',
    {
      config: { right: 'any_staff' },
      schema: { response: { 200: SettingsAnswer } },
    },
    async (_request, reply) => {
      const isOn = await centre.storage.settings.isTakingMoney()
      const last = await lastSwitch(centre)
      const data = {
        taking_money: isOn,
        switched_by: last?.byName ?? null,
        switched_at: last === null ? null : localTime(last.atMs, centre.zone),
        switched_at_utc: last === null ? null : utcTime(last.atMs),
        reason: last?.reason ?? null,
      }
      return send(reply, success<SettingsAnswer>(200, { success: true, data }))
    },
  )
  app.put(
    '/settings',
    {
      config: { right: 'settings.write' },
      schema: {
        body: ChangeSettingsRequest,
        response: { 200: SettingsChangedAnswer },
      },
    },
    async (request, reply) => {
      const { taking_money: isOn, reason } = request.body
      refuseUnshowable({ reason })
      await switchTakingMoney(centre, staffAt(request), isOn, reason)
      return send(reply, done<SettingsChangedAnswer>('Настройки обновлены'))
    },
  )
}
