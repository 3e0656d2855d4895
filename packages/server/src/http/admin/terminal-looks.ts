// What staff has the centre ask a device: its live status, its whole test, a registration.

import { PassThrough } from 'node:stream'
import {
  RegisterAnswer,
  RegisterRequest,
  SelfTestAnswer,
  type SelfTestEvent,
  TerminalStatusAnswer,
} from '@byfly-pay/contract'
import { localTime, transactionIdOf, utcTime } from '@byfly-pay/core'
import type { Centre } from '../../ports/centre.ts'
import { probeTerminal, type TerminalProbe } from '../../terminals/probe-terminal.ts'
import { registerTerminal } from '../../terminals/register-terminal.ts'
import { testByStaff } from '../../terminals/self-test.ts'
import { TERMINAL_WORDS } from '../../terminals/words/words.ts'
import { send, success } from '../answer.ts'
import { languageOf } from '../language.ts'
import { Refusal } from '../refusal.ts'
import type { AdminApp, AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { ofTerminal, terminalIdOf } from './terminal-request.ts'

const CENTRE_NAME = 'ByFly Pay'

export const terminalLookRoutes: AdminRoutes = async (app, { centre }) => {
  status(app, centre)
  test(app, centre)
  testLive(app, centre)
  register(app, centre)
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
      const probe = await probeTerminal(centre, staffAt(request), terminalId, languageOf(request))
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
      const tested = await testByStaff(centre, staffAt(request), terminalId, languageOf(request))
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

/** Each line of the test as a line of JSON, once it is found; the last one says that it was all. */
function testLive(app: AdminApp, centre: Centre): void {
  app.post(
    '/terminals/:id/self-test/live',
    { config: { right: 'terminals.operate' }, schema: { params: ofTerminal } },
    async (request, reply) => {
      const staff = staffAt(request)
      const terminalId = terminalIdOf(request.params.id)
      if ((await centre.storage.terminals.view(staff.scope, terminalId)) === null) {
        throw new Refusal('terminal_not_found')
      }
      const stream = new PassThrough()
      // Whoever left hears no more; the test goes on to its end.
      stream.on('error', () => {})
      const tell = (told: SelfTestEvent) => stream.write(`${JSON.stringify(told)}\n`)
      testByStaff(centre, staff, terminalId, languageOf(request), (lines) =>
        tell({ lines: [...lines] }),
      )
        .then((tested) => {
          if (tested !== null) tell({ checked_at: localTime(tested.atMs, centre.zone) })
          stream.end()
        })
        .catch((error: Error) => {
          centre.log.error(
            { terminal: terminalId, error: error.message },
            'Самопроверка прервалась',
          )
          stream.end()
        })
      return reply.header('content-type', 'application/x-ndjson; charset=utf-8').send(stream)
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
      const data = { outcome, ...TERMINAL_WORDS[languageOf(request)].registration[outcome] }
      return send(reply, success<RegisterAnswer>(200, { success: true, data }))
    },
  )
}

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
