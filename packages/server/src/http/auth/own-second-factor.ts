// One's own second factor: start, confirm, disable. Whoever must have one and has none yet may call these,
// and next to nothing else.

import {
  ConfirmTotpAnswer,
  ConfirmTotpRequest,
  DisableTotpAnswer,
  DisableTotpRequest,
  SecondFactorAnswer,
  StartTotpAnswer,
} from '@byfly-pay/contract'
import {
  type ConfirmOutcome,
  confirmSecondFactor,
  type DisableOutcome,
  disableSecondFactor,
  startSecondFactor,
} from '../../accounts/enrol-second-factor.ts'
import type { Centre } from '../../ports/centre.ts'
import { staffAt } from '../admin/authenticate-staff.ts'
import { send, success } from '../answer.ts'
import { Refusal } from '../refusal.ts'
import { showSecondFactor } from '../show-second-factor.ts'
import { tooOften } from '../too-often.ts'
import type { AuthRoutes } from './auth-routes.ts'
import { proofIn } from './proof.ts'

type App = Parameters<AuthRoutes>[0]

export const ownSecondFactorRoutes: AuthRoutes = async (app, { centre }) => {
  addStanding(app, centre)
  addStart(app, centre)
  addConfirm(app, centre)
  addDisable(app, centre)
}

function addStanding(app: App, centre: Centre): void {
  app.get(
    '/totp',
    { schema: { response: { 200: SecondFactorAnswer } } },
    async (request, reply) => {
      const standing = await centre.storage.secondFactors.standing(staffAt(request).admin.id)
      const data = showSecondFactor(standing)
      return send(reply, success<SecondFactorAnswer>(200, { success: true, data }))
    },
  )
}

function addStart(app: App, centre: Centre): void {
  app.post(
    '/totp/start',
    {
      schema: {
        response: { 200: StartTotpAnswer },
      },
    },
    async (request, reply) => {
      const started = await startSecondFactor(centre, staffAt(request))
      if (started === null) throw new Refusal('second_factor_on')
      const data = { secret: started.secret, otpauth_url: started.url }
      return send(reply, success<StartTotpAnswer>(200, { success: true, data }))
    },
  )
}

function addConfirm(app: App, centre: Centre): void {
  app.post(
    '/totp/confirm',
    {
      schema: {
        body: ConfirmTotpRequest,
        response: { 200: ConfirmTotpAnswer },
      },
    },
    async (request, reply) => {
      const outcome = await confirmSecondFactor(centre, staffAt(request), request.body.totp)
      if (outcome.kind !== 'on') throw refusalOf(outcome)
      const message = 'Второй фактор включен'
      const data = { recovery_codes: [...outcome.recoveryCodes] }
      return send(reply, success<ConfirmTotpAnswer>(200, { success: true, message, data }))
    },
  )
}

function addDisable(app: App, centre: Centre): void {
  app.post(
    '/totp/disable',
    {
      schema: {
        body: DisableTotpRequest,
        response: { 200: DisableTotpAnswer },
      },
    },
    async (request, reply) => {
      const proof = proofIn(request.body)
      if (proof === null) throw new Refusal('validation', { errors: { totp: 'Field is required' } })
      const outcome = await disableSecondFactor(centre, staffAt(request), proof)
      if (outcome.kind !== 'off') throw refusalOf(outcome)
      const message = 'Второй фактор выключен'
      return send(reply, success<DisableTotpAnswer>(200, { success: true, message, data: null }))
    },
  )
}

function refusalOf(
  outcome: Exclude<ConfirmOutcome | DisableOutcome, { readonly kind: 'on' | 'off' }>,
): Refusal {
  switch (outcome.kind) {
    case 'not_started':
      return new Refusal('second_factor_not_started')
    case 'already_on':
      return new Refusal('second_factor_on')
    case 'not_on':
      return new Refusal('second_factor_off')
    case 'wrong':
      return new Refusal('wrong_totp')
    case 'too_often':
      return tooOften(outcome.waitMs)
  }
}
