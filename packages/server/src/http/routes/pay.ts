// The customer's own calls (N5). The payment's number is the only key, so they say little, are limited
// per address, and no other site's page may read them.

import {
  EventStreamText,
  EventsQuery,
  PayStartAnswer,
  PayStartRequest,
  PayStateAnswer,
  PayStateQuery,
} from '@byfly-pay/contract'
import { SECOND_MS } from '@byfly-pay/core'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import QRCode from 'qrcode'
import { Type } from 'typebox'
import { startPayment } from '../../payments/start-payment.ts'
import type { Centre } from '../../ports/centre.ts'
import type { PaymentView } from '../../ports/payment-store.ts'
import { addressKey } from '../address-key.ts'
import { refusal, send, success } from '../answer.ts'
import { clientGone } from '../client-gone.ts'
import { afterChange } from '../live/after-change.ts'
import type { Told } from '../live/event-stream.ts'
import { type Live, seatsOfCustomer } from '../live/live.ts'
import { streamEvents } from '../live/stream-events.ts'
import { type Rate, RateLimit } from '../rate-limit.ts'
import { findPagePayment, readPayState, refundAtWork, sourceOfPayment } from '../read-pay-state.ts'
import { Refusal } from '../refusal.ts'
import { showPayStarted } from '../show-pay-page.ts'
import { startRefusal } from '../start-once.ts'

export interface PayRoutesOptions {
  readonly centre: Centre
  readonly live: Live
}

/** Many customers of one mobile operator can share an address. */
const LOOKS: Rate = { everyMs: 50, burst: 100 }
const STARTS: Rate = { everyMs: 1_000, burst: 20 }

/** The page comes again at once and keeps its place; so it can tell where in the queue it stands. */
const PAGE_QUEUE_WAIT_MS = 2_000

const ofPayment = Type.Object({ id: Type.String({ description: 'transaction_id' }) })

const QR_OPTIONS = { errorCorrectionLevel: 'M', margin: 4 } as const
const PNG_WIDTH = 480

type TypedApp = Parameters<FastifyPluginAsyncTypebox>[0]

export const payRoutes: FastifyPluginAsyncTypebox<PayRoutesOptions> = async (app, options) => {
  const { centre } = options
  const looks = new RateLimit(LOOKS)
  const starts = new RateLimit(STARTS)
  const { clock } = centre

  addState(app, options, looks)
  addEvents(app, options, looks)

  app.post(
    '/:id/start',
    { schema: { params: ofPayment, body: PayStartRequest, response: { 200: PayStartAnswer } } },
    async (request, reply) => {
      refuseTooOften(starts, request.ip, clock.now())
      const { view, source } = await findPagePayment(centre, request.params.id)
      if (!source.isActive) throw new Refusal('source_disabled')
      const outcome = await startPayment(centre, {
        source,
        paymentId: view.id,
        method: request.body.payment_method ?? null,
        partTiyn: null,
        presence: 'remote',
        terminalId: null,
        signal: clientGone(reply),
        queueWaitMs: PAGE_QUEUE_WAIT_MS,
      })
      if (outcome.kind !== 'started') {
        const { code, details } = startRefusal(outcome)
        return send(reply, refusal(code, request.id, details))
      }
      const data = showPayStarted(centre, outcome)
      const message = 'Платеж инициирован'
      return send(reply, success<PayStartAnswer>(200, { success: true, message, data }))
    },
  )

  app.get('/:id/qr.svg', { schema: { params: ofPayment } }, async (request, reply) => {
    refuseTooOften(looks, request.ip, clock.now())
    const text = await qrTextOf(centre, request.params.id)
    const image = await QRCode.toString(text, { ...QR_OPTIONS, type: 'svg' })
    return sendImage(reply, 'image/svg+xml', image)
  })

  app.get('/:id/refund-qr.svg', { schema: { params: ofPayment } }, async (request, reply) => {
    refuseTooOften(looks, request.ip, clock.now())
    const { view } = await findPagePayment(centre, request.params.id)
    const refund = await refundAtWork(centre, view)
    if (refund === null || refund.qr === null) throw new Refusal('qr_not_found')
    const image = await QRCode.toString(refund.qr.text, { ...QR_OPTIONS, type: 'svg' })
    return sendImage(reply, 'image/svg+xml', image)
  })

  app.get('/:id/qr.png', { schema: { params: ofPayment } }, async (request, reply) => {
    refuseTooOften(looks, request.ip, clock.now())
    const text = await qrTextOf(centre, request.params.id)
    const image = await QRCode.toBuffer(text, { ...QR_OPTIONS, type: 'png', width: PNG_WIDTH })
    return sendImage(reply, 'image/png', image)
  })
}

/** The state now, or with `wait` as soon as there is a newer one than the page has (S11). */
function addState(app: TypedApp, { centre, live }: PayRoutesOptions, looks: RateLimit): void {
  app.get(
    '/:id/state',
    {
      schema: {
        params: ofPayment,
        querystring: PayStateQuery,
        response: { 200: PayStateAnswer },
      },
    },
    async (request, reply) => {
      refuseTooOften(looks, request.ip, centre.clock.now())
      const { view: seen, source } = await findPagePayment(centre, request.params.id)
      const known = Number(request.query.version ?? seen.version)
      const waitMs = Number(request.query.wait ?? 0) * SECOND_MS
      const seats = seatsOfCustomer(live, addressKey(request.ip), seen.id)
      const isNews = ({ version }: PaymentView) => version > known
      const view =
        waitMs === 0 || isNews(seen)
          ? seen
          : await afterChange(live, { seen, isNews, waitMs, reply, seats })
      const data = await readPayState(centre, { view, source })
      return send(reply, success<PayStateAnswer>(200, { success: true, data }))
    },
  )
}

/** The number in the address is all that this stream asks for. */
async function everybody(): Promise<boolean> {
  return true
}

/** A source that was deleted meanwhile ends the stream, as it ends the page's other calls. */
function stateToPage(centre: Centre): Told {
  return {
    event: 'state',
    wording: 'state',
    async show(view) {
      return readPayState(centre, { view, source: await sourceOfPayment(centre, view) })
    },
  }
}

/** The state's data as a stream: at once, and after each change (S11). */
function addEvents(app: TypedApp, { centre, live }: PayRoutesOptions, looks: RateLimit): void {
  const told = stateToPage(centre)
  app.get(
    '/:id/events',
    {
      schema: {
        params: ofPayment,
        querystring: EventsQuery,
        response: { 200: { content: { 'text/event-stream': { schema: EventStreamText } } } },
      },
    },
    async (request, reply) => {
      refuseTooOften(looks, request.ip, centre.clock.now())
      const { view } = await findPagePayment(centre, request.params.id)
      const seats = seatsOfCustomer(live, addressKey(request.ip), view.id)
      return streamEvents(live, { request, reply, seen: view, told, seats, isAllowed: everybody })
    },
  )
}

/** Shops show the picture on their own pages, which may ask for it by this header. */
function sendImage(reply: FastifyReply, type: string, image: string | Buffer): FastifyReply {
  return reply.header('cross-origin-resource-policy', 'cross-origin').type(type).send(image)
}

async function qrTextOf(centre: Centre, transactionId: string): Promise<string> {
  const { view } = await findPagePayment(centre, transactionId)
  if (view.qr === null) throw new Refusal('qr_not_found')
  return view.qr.text
}

function refuseTooOften(calls: RateLimit, ip: string, nowMs: number): void {
  const waitMs = calls.take(addressKey(ip), nowMs)
  if (waitMs === 0) return
  throw new Refusal('rate_limited', { retryAfterSeconds: Math.ceil(waitMs / SECOND_MS) })
}
