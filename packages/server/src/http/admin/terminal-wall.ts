// GET /api/admin/terminals/wall: the page of terminals that one leaves open, in one answer.

import { type TerminalOnWall, TerminalWallAnswer } from '@byfly-pay/contract'
import { localTime, type Moment, SECOND_MS, transactionIdOf, utcTime } from '@byfly-pay/core'
import type { CameraSight, Work } from '../../ports/wall-store.ts'
import { lookAtWall, type WallTerminal } from '../../terminals/look-at-wall.ts'
import { send, success } from '../answer.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { showTerminal } from './show-terminal.ts'

export const terminalWallRoutes: AdminRoutes = async (app, { centre }) => {
  app.get(
    '/terminals/wall',
    {
      config: { right: 'terminals.read' },
      schema: { response: { 200: TerminalWallAnswer } },
    },
    async (request, reply) => {
      const { queues, terminals } = await lookAtWall(centre, staffAt(request))
      const data = {
        terminals: terminals.map((terminal) => showOnWall(terminal, centre.zone)),
        queues: queues.map(({ etaSeconds, system, waiting }) => ({
          payment_system: system,
          waiting,
          eta_seconds: etaSeconds,
        })),
      }
      return send(reply, success<TerminalWallAnswer>(200, { success: true, data }))
    },
  )
}

function showOnWall({ screen, sight, view, waiting }: WallTerminal, zone: string): TerminalOnWall {
  const { camera = null, nowMs = view.nowMs, work = null } = sight ?? {}
  return {
    ...showTerminal(view, zone),
    screen,
    qr_read: sight?.isQrRead ?? false,
    work: work === null ? null : showWork(work, nowMs, zone),
    camera: camera === null ? null : showCamera(camera, nowMs, zone),
    waiting,
  }
}

function showWork(work: Work, nowMs: Moment, zone: string): TerminalOnWall['work'] {
  const { amountTiyn, currency, paymentId, purpose, sinceMs } = work
  return {
    transaction_id: transactionIdOf(paymentId),
    purpose,
    amount: Number(amountTiyn),
    currency,
    since: localTime(sinceMs, zone),
    since_utc: utcTime(sinceMs),
    for_seconds: secondsBetween(sinceMs, nowMs),
  }
}

function showCamera(
  { lookedAtMs, outcome, seenAtMs }: CameraSight,
  nowMs: Moment,
  zone: string,
): TerminalOnWall['camera'] {
  return {
    outcome,
    looked_at: localTime(lookedAtMs, zone),
    looked_at_utc: utcTime(lookedAtMs),
    frame_at: seenAtMs === null ? null : localTime(seenAtMs, zone),
    frame_at_utc: seenAtMs === null ? null : utcTime(seenAtMs),
    frame_age_seconds: seenAtMs === null ? null : secondsBetween(seenAtMs, nowMs),
  }
}

function secondsBetween(fromMs: Moment, toMs: Moment): number {
  return Math.max(0, Math.floor((toMs - fromMs) / SECOND_MS))
}
