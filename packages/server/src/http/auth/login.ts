// POST /api/auth/send-code and /verify. Anybody may call them, so what they say tells nobody whose phone is
// a member of staff's (A4).

import { SendCodeAnswer, SendCodeRequest, VerifyAnswer, VerifyRequest } from '@byfly-pay/contract'
import type { FastifyRequest } from 'fastify'
import { type LoginRefusal, logIn } from '../../accounts/log-in.ts'
import { parsePhone } from '../../accounts/phone.ts'
import { sendLoginCode } from '../../accounts/send-login-code.ts'
import type { Centre } from '../../ports/centre.ts'
import { addressKey } from '../address-key.ts'
import { showAdmin } from '../admin/show-admin.ts'
import { send, success } from '../answer.ts'
import { Refusal } from '../refusal.ts'
import type { StaffCookie } from '../staff-cookie.ts'
import { tooOften } from '../too-often.ts'
import type { AuthRoutes } from './auth-routes.ts'
import { proofIn } from './proof.ts'

type App = Parameters<AuthRoutes>[0]

export const loginRoutes: AuthRoutes = async (app, { centre, cookie }) => {
  // Before the schema, which would blame the field in the words of all other fields (T3).
  app.addHook('preValidation', async ({ body }) => refuseWithoutPhone(body))
  addSendCode(app, centre)
  addVerify(app, centre, cookie)
}

function addSendCode(app: App, centre: Centre): void {
  app.post(
    '/send-code',
    {
      schema: {
        body: SendCodeRequest,
        response: { 200: SendCodeAnswer },
      },
    },
    async (request, reply) => {
      const phone = phoneIn(request.body.phone)
      const outcome = await sendLoginCode(centre, phone, addressKey(request.ip))
      switch (outcome.kind) {
        case 'no_sender':
          throw new Refusal('login_unavailable')
        case 'too_often':
          throw tooOften(outcome.waitMs)
        case 'sent': {
          const message = 'SMS код отправлен'
          return send(reply, success<SendCodeAnswer>(200, { success: true, message, data: null }))
        }
      }
    },
  )
}

function addVerify(app: App, centre: Centre, cookie: StaffCookie): void {
  app.post(
    '/verify',
    {
      schema: {
        body: VerifyRequest,
        response: { 200: VerifyAnswer },
      },
    },
    async (request, reply) => {
      const { body } = request
      const byCookie = body.session === 'cookie'
      // Else another's page could log the browser in as somebody of its choice.
      if (byCookie) cookie.refuseForeign(request)
      const outcome = await logIn(centre, {
        phone: phoneIn(body.phone),
        code: body.code,
        proof: proofIn(body),
        ip: request.ip,
        address: addressKey(request.ip),
        userAgent: userAgentOf(request),
      })
      if (outcome.kind !== 'logged_in') throw refusalOf(outcome)
      const { admin, mustEnrol, session, token } = outcome
      if (byCookie) cookie.keep(reply, token, session.expiresAtMs)
      const data = {
        token: byCookie ? null : token,
        expires_at: Math.floor(session.expiresAtMs / 1_000),
        admin: showAdmin(admin, await centre.storage.places.countries()),
        session_id: session.id,
        must_set_second_factor: mustEnrol,
      }
      const message = 'Авторизация успешна'
      return send(reply, success<VerifyAnswer>(200, { success: true, message, data }))
    },
  )
}

function refuseWithoutPhone(body: unknown): void {
  const { phone = null } = (body ?? {}) as { readonly phone?: unknown }
  if (phone === null || phone === '') {
    throw new Refusal('phone_required', { errors: { phone: 'Field is required' } })
  }
}

function phoneIn(text: string): string {
  const phone = parsePhone(text)
  if (phone !== null) return phone
  throw new Refusal('validation', { errors: { phone: 'Must be a phone number' } })
}

function userAgentOf({ headers }: FastifyRequest): string | null {
  return headers['user-agent'] ?? null
}

function refusalOf(outcome: LoginRefusal): Refusal {
  switch (outcome.kind) {
    case 'wrong_code':
      return new Refusal('wrong_login_code')
    case 'second_factor_required':
      return new Refusal('second_factor_required')
    case 'wrong_second_factor':
      return new Refusal('wrong_second_factor')
    case 'too_often':
      return tooOften(outcome.waitMs)
  }
}
