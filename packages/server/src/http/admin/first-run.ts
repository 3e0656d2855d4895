// /api/admin/first-run: how far the centre is from its first payment; /sms: by whose account SMS go out, and
// one to try it.

import {
  FirstRunAnswer,
  SmsAccountRequest,
  SmsSetUpAnswer,
  SmsTestAnswer,
  SmsTestRequest,
} from '@byfly-pay/contract'
import { parseStaffPhone } from '../../accounts/admin-terms.ts'
import { readProgress } from '../../first-run/progress.ts'
import { sendTestText } from '../../notices/send-test-text.ts'
import { senderStanding } from '../../notices/sender-standing.ts'
import { setUpTexts } from '../../notices/set-up-texts.ts'
import { send, success } from '../answer.ts'
import { languageOf } from '../language.ts'
import { Refusal } from '../refusal.ts'
import { readSmsAccount, showSmsCheck, showTried } from '../setup/sms-account.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'

const config = { right: 'settings.write' } as const

export const firstRunRoutes: AdminRoutes = async (app, { centre }) => {
  app.get(
    '/first-run',
    { config, schema: { response: { 200: FirstRunAnswer } } },
    async (_request, reply) => {
      const progress = await readProgress(centre)
      const data = {
        public_url: centre.publicUrl(),
        steps: progress.map(({ isDone, step }) => ({ step, is_done: isDone })),
      }
      return send(reply, success<FirstRunAnswer>(200, { success: true, data }))
    },
  )

  app.put(
    '/sms',
    { config, schema: { body: SmsAccountRequest, response: { 200: SmsSetUpAnswer } } },
    async (request, reply) => {
      const settings = readSmsAccount(request.body)
      if ((await setUpTexts(centre, staffAt(request).actor, settings)) === 'fixed') {
        throw new Refusal('sms_fixed')
      }
      const message = 'Отправка SMS настроена'
      const data = showSmsCheck(
        await senderStanding(centre),
        centre.textSenders.isFixed,
        languageOf(request),
      )
      return send(reply, success<SmsSetUpAnswer>(200, { success: true, message, data }))
    },
  )

  app.post(
    '/sms/test',
    { config, schema: { body: SmsTestRequest, response: { 200: SmsTestAnswer } } },
    async (request, reply) => {
      const phone = parseStaffPhone(request.body.phone)
      if (phone === null) {
        throw new Refusal('validation', { errors: { phone: 'Must be a phone number' } })
      }
      const { outcome, provider } = await sendTestText(centre, staffAt(request).actor, phone)
      const data = showTried(outcome, provider, languageOf(request))
      return send(reply, success<SmsTestAnswer>(200, { success: true, data }))
    },
  )
}
