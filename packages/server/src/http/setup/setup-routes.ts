// /api/setup: the first run of an empty centre. Every call proves the setup code again, by a way on which
// nobody listens; once there is a member of staff all of them are refused.

import {
  FirstAdminAnswer,
  FirstAdminRequest,
  OpenSetupAnswer,
  OpenSetupRequest,
  SendFirstCodeRequest,
  SetUpSmsRequest,
  SetupAnswer,
  SmsSetUpAnswer,
  SmsTestAnswer,
} from '@byfly-pay/contract'
import type { Language } from '@byfly-pay/core'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { parseStaffPhone } from '../../accounts/admin-terms.ts'
import { FIRST_RUN } from '../../first-run/actor.ts'
import { type FirstAdminOutcome, makeFirstAdmin } from '../../first-run/make-first-admin.ts'
import { sendFirstCode } from '../../first-run/send-first-code.ts'
import { admit, type NotAdmitted } from '../../first-run/setup-code.ts'
import { senderStanding } from '../../notices/sender-standing.ts'
import { setUpTexts } from '../../notices/set-up-texts.ts'
import type { Centre } from '../../ports/centre.ts'
import { addressKey } from '../address-key.ts'
import { showAdmin } from '../admin/show-admin.ts'
import { refuseUnshowable } from '../admin/showable.ts'
import { send, success } from '../answer.ts'
import { languageOf, varyByLanguage } from '../language.ts'
import { Refusal } from '../refusal.ts'
import type { StaffCookie } from '../staff-cookie.ts'
import { tooOften } from '../too-often.ts'
import { readSmsAccount, showSmsCheck, showTried } from './sms-account.ts'

export interface SetupRoutesOptions {
  readonly centre: Centre
  readonly cookie: StaffCookie
}

type SetupRoutes = FastifyPluginAsyncTypebox<SetupRoutesOptions>
type App = Parameters<SetupRoutes>[0]

export const setupRoutes: SetupRoutes = async (app, { centre, cookie }) => {
  varyByLanguage(app)
  addStanding(app, centre, cookie)
  app.addHook('preValidation', async (request) => {
    if (request.method !== 'GET' && !cookie.mayKeep(request)) throw new Refusal('cookie_needs_tls')
  })
  addOpening(app, centre)
  addSms(app, centre)
  addCode(app, centre)
  addAdmin(app, centre, cookie)
}

function addStanding(app: App, centre: Centre, cookie: StaffCookie): void {
  app.get('', { schema: { response: { 200: SetupAnswer } } }, async (request, reply) => {
    const is_open = await centre.storage.firstRun.isOpen()
    const data = { is_open, is_safe: cookie.mayKeep(request) }
    return send(reply, success<SetupAnswer>(200, { success: true, data }))
  })
}

function addOpening(app: App, centre: Centre): void {
  app.post(
    '/open',
    { schema: { body: OpenSetupRequest, response: { 200: OpenSetupAnswer } } },
    async (request, reply) => {
      const admission = await admit(centre, callerOf(request))
      if (admission.kind !== 'admitted') throw refusalOf(admission)
      const data = await smsCheck(centre, languageOf(request))
      return send(reply, success<OpenSetupAnswer>(200, { success: true, data }))
    },
  )
}

function addSms(app: App, centre: Centre): void {
  app.put(
    '/sms',
    { schema: { body: SetUpSmsRequest, response: { 200: SmsSetUpAnswer } } },
    async (request, reply) => {
      const settings = readSmsAccount(request.body)
      const admission = await admit(centre, callerOf(request))
      if (admission.kind !== 'admitted') throw refusalOf(admission)
      if ((await setUpTexts(centre, FIRST_RUN, settings)) === 'fixed') {
        throw new Refusal('sms_fixed')
      }
      const message = 'Отправка SMS настроена'
      const data = await smsCheck(centre, languageOf(request))
      return send(reply, success<SmsSetUpAnswer>(200, { success: true, message, data }))
    },
  )
}

function addCode(app: App, centre: Centre): void {
  app.post(
    '/send-code',
    { schema: { body: SendFirstCodeRequest, response: { 200: SmsTestAnswer } } },
    async (request, reply) => {
      const phone = phoneIn(request.body.phone)
      const sent = await sendFirstCode(centre, callerOf(request), phone)
      if (sent.kind === 'no_sender') throw new Refusal('login_unavailable')
      if (sent.kind !== 'tried') throw refusalOf(sent)
      const data = showTried(sent.outcome, sent.provider, languageOf(request))
      return send(reply, success<SmsTestAnswer>(200, { success: true, data }))
    },
  )
}

function addAdmin(app: App, centre: Centre, cookie: StaffCookie): void {
  app.post(
    '/admin',
    { schema: { body: FirstAdminRequest, response: { 200: FirstAdminAnswer } } },
    async (request, reply) => {
      const { body } = request
      const byCookie = body.session === 'cookie'
      if (byCookie) cookie.refuseForeign(request)
      refuseUnshowable({ name: body.name })
      const outcome = await makeFirstAdmin(centre, callerOf(request), {
        phone: phoneIn(body.phone),
        name: body.name.trim(),
        code: body.code,
        ip: request.ip,
        userAgent: request.headers['user-agent'] ?? null,
      })
      if (outcome.kind !== 'made') throw refusalOf(outcome)
      const { admin, session, token } = outcome
      if (byCookie) cookie.keep(reply, token, session.expiresAtMs)
      const data = {
        token: byCookie ? null : token,
        expires_at: Math.floor(session.expiresAtMs / 1_000),
        admin: showAdmin(admin, await centre.storage.places.countries()),
        session_id: session.id,
        must_set_second_factor: false,
      }
      const message = 'Первый сотрудник добавлен'
      return send(reply, success<FirstAdminAnswer>(200, { success: true, message, data }))
    },
  )
}

function callerOf({ body, ip }: FastifyRequest<{ Body: { setup_code: string } }>) {
  return { setupCode: body.setup_code, address: addressKey(ip) }
}

async function smsCheck(centre: Centre, language: Language) {
  return showSmsCheck(await senderStanding(centre), centre.textSenders.isFixed, language)
}

function phoneIn(text: string): string {
  const phone = parseStaffPhone(text)
  if (phone !== null) return phone
  throw new Refusal('validation', { errors: { phone: 'Must be a phone number' } })
}

function refusalOf(
  outcome: NotAdmitted | Exclude<FirstAdminOutcome, { readonly kind: 'made' }>,
): Refusal {
  switch (outcome.kind) {
    case 'closed':
      return new Refusal('setup_closed')
    case 'wrong_setup_code':
      return new Refusal('wrong_setup_code')
    case 'wrong_code':
      return new Refusal('wrong_login_code')
    case 'too_often':
      return tooOften(outcome.waitMs)
  }
}
