// /api/admin/sources/{id}: its receivers, replays of a period, and the doctor, for who builds a receiver.

import {
  CheckAnswer,
  CheckRequest,
  ChecksAnswer,
  EndpointsAnswer,
  ReplayedAnswer,
  ReplayRequest,
  ReplayStoppedAnswer,
  ReplaysAnswer,
} from '@byfly-pay/contract'
import { DAY_MS, type Scope } from '@byfly-pay/core'
import { type CheckOutcome, checkReceiver } from '../../notices/check-receiver.ts'
import {
  MOST_REPLAYED,
  type ReplayRequest as Replaying,
  type ReplayOutcome,
  replayDeliveries,
  stopReplay,
} from '../../notices/replay-deliveries.ts'
import { done, send, success } from '../answer.ts'
import { Refusal, refuseFaults } from '../refusal.ts'
import { tooOften } from '../too-often.ts'
import type { AdminApp, AdminRoutes, AdminRoutesOptions } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { readId, type WithId } from './path-id.ts'
import { readMoment } from './read-moment.ts'
import { readDeliveryId } from './show-delivery.ts'
import { showCheck, showEndpoint, showReplay } from './show-webhook-portal.ts'

const HEALTH_MS = 7 * DAY_MS
const HEALTH_TRIES = 1_000
const REPLAYS_SHOWN = 20
const CHECKS_SHOWN = 10

export const webhookPortalRoutes: AdminRoutes = async (app, options) => {
  endpointRoute(app, options)
  replayRoutes(app, options)
  checkRoutes(app, options)
}

function endpointRoute(app: AdminApp, { centre }: AdminRoutesOptions): void {
  app.get<{ Params: WithId }>(
    '/sources/:id/endpoints',
    {
      config: { right: 'deliveries.read' },
      schema: { response: { 200: EndpointsAnswer } },
    },
    async (request, reply) => {
      const id = await knownSource(centre, staffAt(request).scope, request.params.id)
      const found = await centre.storage.deliveryTries.health(id, HEALTH_MS, HEALTH_TRIES)
      const data = found.map((endpoint) => showEndpoint(endpoint, centre.zone))
      return send(reply, success<EndpointsAnswer>(200, { success: true, data }))
    },
  )
}

function replayRoutes(app: AdminApp, { centre }: AdminRoutesOptions): void {
  const { zone } = centre
  app.get<{ Params: WithId }>(
    '/sources/:id/replays',
    {
      config: { right: 'deliveries.read' },
      schema: { response: { 200: ReplaysAnswer } },
    },
    async (request, reply) => {
      const id = await knownSource(centre, staffAt(request).scope, request.params.id)
      const found = await centre.storage.replays.list(id, REPLAYS_SHOWN)
      const data = found.map((replay) => showReplay(replay, zone))
      return send(reply, success<ReplaysAnswer>(200, { success: true, data }))
    },
  )
  app.post<{ Params: WithId; Body: ReplayRequest }>(
    '/sources/:id/replays',
    {
      config: { right: 'deliveries.resend' },
      schema: { body: ReplayRequest, response: { 200: ReplayedAnswer } },
    },
    async (request, reply) => {
      const terms = readReplay(request.body, centre.clock.now(), zone)
      const id = readId(request.params.id)
      const outcome = await replayDeliveries(centre, staffAt(request), id, terms)
      if (outcome.kind !== 'going') throw refusalOfReplay(outcome)
      const data = showReplay(outcome.replay, zone)
      const body = { success: true, message: 'События отправляются снова', data } as const
      return send(reply, success<ReplayedAnswer>(200, body))
    },
  )
  app.post<{ Params: WithId & { replayId: string } }>(
    '/sources/:id/replays/:replayId/stop',
    {
      config: { right: 'deliveries.resend' },
      schema: { response: { 200: ReplayStoppedAnswer } },
    },
    async (request, reply) => {
      const replayId = readDeliveryId(request.params.replayId)
      if (replayId === null) throw new Refusal('not_found')
      const id = readId(request.params.id)
      const isKnown = await stopReplay(centre, staffAt(request), id, replayId)
      if (!isKnown) throw new Refusal('not_found')
      return send(reply, done<ReplayStoppedAnswer>('Повтор остановлен'))
    },
  )
}

function checkRoutes(app: AdminApp, { centre }: AdminRoutesOptions): void {
  const { zone } = centre
  app.get<{ Params: WithId }>(
    '/sources/:id/webhook-checks',
    {
      config: { right: 'deliveries.read' },
      schema: { response: { 200: ChecksAnswer } },
    },
    async (request, reply) => {
      const id = await knownSource(centre, staffAt(request).scope, request.params.id)
      const found = await centre.storage.receiverChecks.list(id, CHECKS_SHOWN)
      const data = found.map((check) => showCheck(check, zone))
      return send(reply, success<ChecksAnswer>(200, { success: true, data }))
    },
  )
  app.post<{ Params: WithId; Body: CheckRequest }>(
    '/sources/:id/webhook-checks',
    {
      config: { right: 'sources.webhooks' },
      schema: { body: CheckRequest, response: { 200: CheckAnswer } },
    },
    async (request, reply) => {
      const id = readId(request.params.id)
      const url = request.body?.url ?? null
      const outcome = await checkReceiver(centre, staffAt(request), id, url)
      if (outcome.kind !== 'checked') throw refusalOfCheck(outcome)
      const data = showCheck(outcome.check, zone)
      const body = { success: true, message: 'Приёмник проверен', data } as const
      return send(reply, success<CheckAnswer>(200, body))
    },
  )
}

/** @throws Refusal not_found */
async function knownSource(
  { storage }: AdminRoutesOptions['centre'],
  scope: Scope,
  text: string,
): Promise<number> {
  const source = await storage.sources.find(scope, readId(text))
  if (source === null) throw new Refusal('not_found')
  return source.id
}

/** @throws Refusal for moments that do not exist */
function readReplay(body: ReplayRequest, nowMs: number, zone: string): Replaying {
  const fromMs = readMoment(body.from, zone)
  const beforeMs = body.to === undefined ? nowMs : readMoment(body.to, zone)
  refuseFaults({
    ...(fromMs === null || fromMs < 0 ? { from: 'Is not a moment' } : {}),
    ...(beforeMs === null ? { to: 'Is not a moment' } : {}),
  })
  return {
    fromMs: fromMs ?? 0,
    beforeMs: beforeMs ?? nowMs,
    events: body.events ?? [],
    onlyParked: body.only_parked ?? false,
    requestKey: body.request_key,
  }
}

function refusalOfReplay({ kind }: Exclude<ReplayOutcome, { readonly kind: 'going' }>): Refusal {
  switch (kind) {
    case 'not_found':
      return new Refusal('not_found')
    case 'in_progress':
      return new Refusal('replay_in_progress')
    case 'too_long':
      return faulty('from', 'Must be before to, and at most 31 days before it')
    case 'too_many':
      return faulty('from', `Holds more than ${MOST_REPLAYED} events: take a shorter time`)
    case 'key_taken':
      return faulty('request_key', 'Was used for another replay')
  }
}

function refusalOfCheck(outcome: Exclude<CheckOutcome, { readonly kind: 'checked' }>): Refusal {
  switch (outcome.kind) {
    case 'not_found':
      return new Refusal('not_found')
    case 'no_url':
      return new Refusal('no_webhook_url')
    case 'forbidden_url':
      return faulty('url', 'Must be an https address that can be reached from outside')
    case 'too_often':
      return tooOften(outcome.waitMs)
  }
}

function faulty(field: string, fault: string): Refusal {
  return new Refusal('validation', { errors: { [field]: fault } })
}
