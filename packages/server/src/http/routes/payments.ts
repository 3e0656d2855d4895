// The documented calls of a source about its payments. Each reads the request, asks the middle, words
// the outcome; none decides anything about money.

import {
  CancelAnswer,
  InfoAnswer,
  InitAnswer,
  InitRequest,
  KaspiAnswer,
  KaspiRequest,
  StatusAnswer,
  StatusQuery,
} from '@byfly-pay/contract'
import { SECOND_MS } from '@byfly-pay/core'
import cors from '@fastify/cors'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Source } from '../../ports/account-store.ts'
import type { Centre } from '../../ports/centre.ts'
import type { PaymentStanding, PaymentView } from '../../ports/payment-store.ts'
import { send, success } from '../answer.ts'
import { authenticate, sourceOf } from '../authenticate.ts'
import { cancelOnce } from '../cancel-once.ts'
import { clientGone } from '../client-gone.ts'
import { OPEN_WITHOUT_CREDENTIALS } from '../cors.ts'
import { addFormerIds } from '../former-ids.ts'
import { answerOnce, type KeyedCall, type KeyedRoute } from '../idempotency.ts'
import { initOnce } from '../init-once.ts'
import type { HttpLimits } from '../limits.ts'
import { afterChange } from '../live/after-change.ts'
import { type Live, seatsOfSource } from '../live/live.ts'
import { readPart, readPaymentRequest } from '../payment-request.ts'
import { POLLING, RateLimit } from '../rate-limit.ts'
import { showInfo, showStatus } from '../show-payment.ts'
import { ownOf, paymentIdOf, refuseTooOften } from '../source-payment.ts'
import { startOnce } from '../start-once.ts'
import { addEvents } from './payment-events.ts'
import { addRefunds } from './payment-refunds.ts'

export interface PaymentRoutesOptions {
  readonly centre: Centre
  readonly limits: HttpLimits
  readonly live: Live
}

/** A call that only writes rows is over long before this. */
const SHORT_CALL_MS = 30_000
/** Beyond the start call's own budget: its last step may have been a call to a terminal. */
const START_CALL_SLACK_MS = 4_000

const ofPayment = Type.Object({ id: Type.String({ description: 'transaction_id' }) })

type TypedApp = Parameters<FastifyPluginAsyncTypebox>[0]

export const paymentRoutes: FastifyPluginAsyncTypebox<PaymentRoutesOptions> = async (
  app,
  options,
) => {
  await app.register(cors, OPEN_WITHOUT_CREDENTIALS)
  app.addHook('onRequest', authenticate(options.centre))
  addFormerIds(app, options.centre)
  addInit(app, options)
  addKaspi(app, options)
  addStatus(app, options)
  addEvents(app, options)
  addInfo(app, options)
  addCancel(app, options)
  addRefunds(app, { ...options, keyed: (...call) => keyed(options, ...call) })
}

function addInit(app: TypedApp, options: PaymentRoutesOptions): void {
  const { centre } = options
  const route: KeyedRoute = { name: 'init', target: null, callMs: SHORT_CALL_MS }
  app.post(
    '/init',
    { schema: { body: InitRequest, response: { 201: InitAnswer } } },
    async (request, reply) => {
      const source = sourceOf(request)
      const wanted = readPaymentRequest(request.body, source.amountUnit)
      const answer = await answerOnce(keyed(options, request, reply, route), (turn) =>
        initOnce({ centre, source, requestId: request.id, turn }, wanted),
      )
      return send(reply, answer)
    },
  )
}

function addKaspi(app: TypedApp, options: PaymentRoutesOptions): void {
  const { centre } = options
  const callMs = centre.limits.startCallMs + START_CALL_SLACK_MS
  app.post(
    '/:id/kaspi',
    { schema: { params: ofPayment, body: KaspiRequest, response: { 200: KaspiAnswer } } },
    async (request, reply) => {
      const source = sourceOf(request)
      const paymentId = paymentIdOf(request.params.id)
      const { payment_method: method, presence, terminal_id: terminalId } = request.body
      const wanted = {
        source,
        paymentId,
        method: method ?? null,
        partTiyn: readPart(request.body.amount, source.amountUnit),
        presence: presence ?? 'remote',
        terminalId: terminalId ?? null,
        signal: clientGone(reply),
      } as const
      const route: KeyedRoute = { name: 'kaspi', target: paymentId, callMs }
      const answer = await answerOnce(keyed(options, request, reply, route), (turn) =>
        startOnce({ centre, source, requestId: request.id, turn }, wanted),
      )
      return send(reply, answer)
    },
  )
}

function addStatus(app: TypedApp, { centre, live }: PaymentRoutesOptions): void {
  const calls = new RateLimit(POLLING)
  app.get(
    '/:id/status',
    {
      schema: { params: ofPayment, querystring: StatusQuery, response: { 200: StatusAnswer } },
    },
    async (request, reply) => {
      const source = sourceOf(request)
      const paymentId = paymentIdOf(request.params.id)
      refuseTooOften(calls, source, paymentId, centre.clock.now())
      const seen = ownOf(source, await centre.storage.payments.standing(paymentId))
      const waitMs = Number(request.query.wait ?? 0) * SECOND_MS
      const seats = seatsOfSource(live, source.id, paymentId)
      const isNews = (view: PaymentView) => !isSameStatus(view, seen)
      const standing =
        waitMs === 0 ? seen : await afterChange(live, { seen, isNews, waitMs, reply, seats })
      const data = showStatus(centre, standing, source.amountUnit)
      return send(reply, success<StatusAnswer>(200, { success: true, data }))
    },
  )
}

function isSameStatus(a: PaymentStanding, b: PaymentStanding): boolean {
  return a.status === b.status && a.statusDetail === b.statusDetail
}

function addInfo(app: TypedApp, { centre }: PaymentRoutesOptions): void {
  const calls = new RateLimit(POLLING)
  app.get(
    '/:id',
    { schema: { params: ofPayment, response: { 200: InfoAnswer } } },
    async (request, reply) => {
      const source = sourceOf(request)
      const paymentId = paymentIdOf(request.params.id)
      refuseTooOften(calls, source, paymentId, centre.clock.now())
      const [view, links] = await Promise.all([
        viewOf(centre, source, paymentId),
        centre.storage.refunds.linksOf(paymentId),
      ])
      const data = showInfo(centre, view, links, source.amountUnit)
      return send(reply, success<InfoAnswer>(200, { success: true, data }))
    },
  )
}

function addCancel(app: TypedApp, options: PaymentRoutesOptions): void {
  const { centre } = options
  app.post(
    '/:id/cancel',
    { schema: { params: ofPayment, response: { 200: CancelAnswer } } },
    async (request, reply) => {
      const source = sourceOf(request)
      const { id: paymentId } = await viewOf(centre, source, paymentIdOf(request.params.id))
      const route: KeyedRoute = { name: 'cancel', target: paymentId, callMs: SHORT_CALL_MS }
      const answer = await answerOnce(keyed(options, request, reply, route), (turn) =>
        cancelOnce({ centre, source, requestId: request.id, turn }, paymentId),
      )
      return send(reply, answer)
    },
  )
}

function keyed(
  { centre, limits }: PaymentRoutesOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  route: KeyedRoute,
): KeyedCall {
  const { id: callerId } = sourceOf(request)
  const { idempotency: keys } = centre.storage
  return { centre, request, reply, route, keys, callerId, waitMs: limits.keyWaitMs }
}

async function viewOf(centre: Centre, source: Source, paymentId: string): Promise<PaymentView> {
  return ownOf(source, await centre.storage.payments.view(paymentId))
}
