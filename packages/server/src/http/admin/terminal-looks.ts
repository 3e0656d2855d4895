// What staff has the centre ask a device: its live status, its whole test, a registration, a
// certificate.

import {
  RegisterAnswer,
  RegisterRequest,
  SelfTestAnswer,
  TerminalStatusAnswer,
  TrustAnswer,
} from '@byfly-pay/contract'
import { localTime, transactionIdOf, utcTime } from '@byfly-pay/core'
import type { Centre } from '../../ports/centre.ts'
import { probeTerminal, type TerminalProbe } from '../../terminals/probe-terminal.ts'
import { registerTerminal } from '../../terminals/register-terminal.ts'
import { REGISTRATION_WORDS } from '../../terminals/registration-words.ts'
import { selfTest } from '../../terminals/self-test.ts'
import { trustCertificate } from '../../terminals/trust-certificate.ts'
import { send, success } from '../answer.ts'
import { Refusal } from '../refusal.ts'
import type { AdminApp, AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { ofTerminal, terminalIdOf } from './terminal-request.ts'

const CENTRE_NAME = 'ByFly Pay'

export const terminalLookRoutes: AdminRoutes = async (app, { centre }) => {
  status(app, centre)
  test(app, centre)
  register(app, centre)
  trust(app, centre)
}

function status(app: AdminApp, centre: Centre): void {
  app.get(
    '/terminals/:id/status',
    {
      config: { right: 'terminals.read' },
      schema: {
        params: ofTerminal,
        response: { 200: TerminalStatusAnswer },
      },
    },
    async (request, reply) => {
      const terminalId = terminalIdOf(request.params.id)
      const probe = await probeTerminal(centre, staffAt(request), terminalId)
      if (probe === null) throw new Refusal('terminal_not_found')
      const data = showProbe(probe, centre.zone)
      return send(reply, success<TerminalStatusAnswer>(200, { success: true, data }))
    },
  )
}

function test(app: AdminApp, centre: Centre): void {
  app.post(
    '/terminals/:id/self-test',
    {
      config: { right: 'terminals.operate' },
      schema: {
        params: ofTerminal,
        response: { 200: SelfTestAnswer },
      },
    },
    async (request, reply) => {
      const terminalId = terminalIdOf(request.params.id)
      const tested = await selfTest(centre, staffAt(request), terminalId)
      if (tested === null) throw new Refusal('terminal_not_found')
      const data = {
        id: terminalId,
        checked_at: localTime(tested.atMs, centre.zone),
        checked_at_utc: utcTime(tested.atMs),
        lines: [...tested.lines],
      }
      return send(reply, success<SelfTestAnswer>(200, { success: true, data }))
    },
  )
}

function register(app: AdminApp, centre: Centre): void {
  app.post(
    '/terminals/:id/register',
    {
      config: { right: 'terminals.operate' },
      schema: {
        params: ofTerminal,
        body: RegisterRequest,
        response: { 200: RegisterAnswer },
      },
    },
    async (request, reply) => {
      const terminalId = terminalIdOf(request.params.id)
      const name = request.body.name?.trim() ?? CENTRE_NAME
      const outcome = await registerTerminal(centre, staffAt(request), terminalId, name)
      if (outcome === 'not_found') throw new Refusal('terminal_not_found')
      if (outcome === 'in_progress') throw new Refusal('registration_in_progress')
      const data = { outcome, ...REGISTRATION_WORDS[outcome] }
      return send(reply, success<RegisterAnswer>(200, { success: true, data }))
    },
  )
}

function trust(app: AdminApp, centre: Centre): void {
  app.post(
    '/terminals/:id/trust-certificate',
    {
      config: { right: 'terminals.operate' },
      schema: {
        params: ofTerminal,
        response: { 200: TrustAnswer },
      },
    },
    async (request, reply) => {
      const terminalId = terminalIdOf(request.params.id)
      const outcome = await trustCertificate(centre, staffAt(request), terminalId)
      if (outcome.kind === 'not_found') throw new Refusal('terminal_not_found')
      const fingerprint = outcome.kind === 'trusted' ? outcome.fingerprint : null
      const data = { outcome: outcome.kind, fingerprint, ...TRUST_WORDS[outcome.kind] }
      return send(reply, success<TrustAnswer>(200, { success: true, data }))
    },
  )
}

const TRUST_WORDS = {
  trusted: {
    message: 'Сертификат запомнен',
    cure: 'Сверьте отпечаток с экраном терминала или повторите из другой сети',
  },
  no_certificate: {
    message: 'Терминал не показал сертификата',
    cure: 'Проверьте, что он включён и что его адрес начинается с https',
  },
} as const

function showProbe(probe: TerminalProbe, zone: string): TerminalStatusAnswer['data'] {
  const { isCameraWell, latencyMs, message, status, terminal } = probe
  const { currentPaymentId, holder, id, name, nowMs } = terminal
  return {
    id,
    name,
    status,
    is_busy: holder !== null,
    latency_ms: latencyMs === null ? null : Math.round(latencyMs),
    camera_ok: isCameraWell,
    last_check: localTime(nowMs, zone),
    last_check_utc: utcTime(nowMs),
    current_transaction_id: currentPaymentId === null ? null : transactionIdOf(currentPaymentId),
    message,
  }
}
