// Out of the pool, back into it, and out of quarantine: by a person's word, with a reason.

import {
  QuarantineResolved,
  ReasonRequest,
  ResolveQuarantineRequest,
  TerminalBroughtBack,
  TerminalTakenOut,
} from '@byfly-pay/contract'
import type { Centre } from '../../ports/centre.ts'
import { resolveQuarantine } from '../../terminals/resolve-quarantine.ts'
import { bringBackTerminal, takeOutTerminal } from '../../terminals/take-out-terminal.ts'
import { send, success } from '../answer.ts'
import { Refusal } from '../refusal.ts'
import type { AdminApp, AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { ofTerminal, terminalIdOf } from './terminal-request.ts'

export const terminalDutyRoutes: AdminRoutes = async (app, { centre }) => {
  takeOut(app, centre)
  bringBack(app, centre)
  resolve(app, centre)
}

function takeOut(app: AdminApp, centre: Centre): void {
  app.post(
    '/terminals/:id/take-out',
    {
      config: { right: 'terminals.operate' },
      schema: {
        params: ofTerminal,
        body: ReasonRequest,
        response: { 200: TerminalTakenOut },
      },
    },
    async (request, reply) => {
      const terminalId = terminalIdOf(request.params.id)
      const reason = request.body.reason.trim()
      const outcome = await takeOutTerminal(centre, staffAt(request), terminalId, reason)
      if (outcome === 'not_found') throw new Refusal('terminal_not_found')
      if (outcome === 'already_taken_out') throw new Refusal(outcome)
      const message = 'Терминал выведен из работы'
      return send(reply, success<TerminalTakenOut>(200, { success: true, message, data: null }))
    },
  )
}

function bringBack(app: AdminApp, centre: Centre): void {
  app.post(
    '/terminals/:id/return',
    {
      config: { right: 'terminals.operate' },
      schema: {
        params: ofTerminal,
        body: ReasonRequest,
        response: { 200: TerminalBroughtBack },
      },
    },
    async (request, reply) => {
      const terminalId = terminalIdOf(request.params.id)
      const reason = request.body.reason.trim()
      const outcome = await bringBackTerminal(centre, staffAt(request), terminalId, reason)
      if (outcome === 'not_found') throw new Refusal('terminal_not_found')
      if (outcome === 'not_taken_out') throw new Refusal(outcome)
      const message = 'Терминал возвращен в работу'
      return send(reply, success<TerminalBroughtBack>(200, { success: true, message, data: null }))
    },
  )
}

function resolve(app: AdminApp, centre: Centre): void {
  app.post(
    '/terminals/:id/resolve-quarantine',
    {
      config: { right: 'terminals.operate' },
      schema: {
        params: ofTerminal,
        body: ResolveQuarantineRequest,
        response: { 200: QuarantineResolved },
      },
    },
    async (request, reply) => {
      const terminalId = terminalIdOf(request.params.id)
      const evidence = {
        reason: request.body.reason.trim(),
        evidence: request.body.evidence.trim(),
      }
      const outcome = await resolveQuarantine(centre, staffAt(request), terminalId, evidence)
      if (outcome === 'not_found') throw new Refusal('terminal_not_found')
      if (outcome !== 'released') throw new Refusal(outcome)
      const message = 'Карантин снят'
      return send(reply, success<QuarantineResolved>(200, { success: true, message, data: null }))
    },
  )
}
