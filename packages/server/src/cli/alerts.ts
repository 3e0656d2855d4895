// `byfly alerts list | test`: what is wrong now, and whether a message about it would arrive.

import { ALERT_KINDS, EVERYTHING, localTime } from '@byfly-pay/core'
import { alertText } from '../alerts/alert-words.ts'
import { sendTestAlert } from '../alerts/send-test-alert.ts'
import { operator } from './operator.ts'
import { complain, say, sayTable } from './output.ts'
import { withCentre } from './with-centre.ts'

const LIMIT = 100
/** Nobody's number: what the command line looks at, nobody has read. */
const NOBODY = 0

export function listAlerts({ all }: { readonly all?: boolean }): Promise<void> {
  return withCentre(async ({ storage, zone }) => {
    const viewer = { adminId: NOBODY, kinds: ALERT_KINDS, scope: EVERYTHING }
    const filter = { isOpenOnly: all !== true, isUnreadOnly: false, beforeId: null, limit: LIMIT }
    const alerts = await storage.alerts.page(viewer, filter)
    if (alerts.length === 0) {
      say('Тревог нет.')
      return
    }
    sayTable(
      ['№', 'Началось', 'Кончилось', 'Что'],
      alerts.map((alert) => [
        String(alert.id),
        localTime(alert.openedAtMs, zone),
        alert.endedAtMs === null ? '—' : localTime(alert.endedAtMs, zone),
        alertText(alert, 'opened', 'ru'),
      ]),
    )
  })
}

export function testAlerts(): Promise<void> {
  return withCentre(async (centre) => {
    const tested = await sendTestAlert(centre, operator().actor)
    if (tested.length === 0) {
      complain('Некуда отправлять: задайте BYFLY_TELEGRAM_TOKEN и BYFLY_TELEGRAM_CHAT.')
      complain('SMS проверяет byfly sms test.')
      process.exitCode = 1
    }
    for (const { address, channel, outcome } of tested) {
      if (outcome.kind === 'sent') {
        say(`${channel} ${address}: отправлено`)
        continue
      }
      complain(`${channel} ${address}: не отправлено, ${outcome.fault}`)
      process.exitCode = 1
    }
  })
}
