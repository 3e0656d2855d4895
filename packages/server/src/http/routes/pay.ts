// The customer's own calls (N5). The payment's number is the only key, so they say little, are limited
// per address, and no other site's page may read them.

import {
  EventStreamText,
  EventsQuery,
  PayStartAnswer,
  PayStartRequest,
  type PayState,
  PayStateAnswer,
} from '@byfly-pay/contract'
import { isRefundAtWork, parseTransactionId, type Refund, SECOND_MS } from '@byfly-pay/core'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import QRCode from 'qrcode'
import { Type } from 'typebox'
import { startPayment } from '../../payments/start-payment.ts'
import type { Source } from '../../ports/account-store.ts'
import type { Centre } from '../../ports/centre.ts'
import type { PaymentView } from '../../ports/payment-store.ts'
import { refundsOf } from '../../refunds/refunds-of.ts'
import { addressKey } from '../address-key.ts'
import { refusal, send, success } from '../answer.ts'
import { clientGone } from '../client-gone.ts'
import type { Told } from '../live/event-stream.ts'
import { type Live, seatsOfCustomer } from '../live/live.ts'
import { streamEvents } from '../live/stream-events.ts'
import { type Rate, RateLimit } from '../rate-limit.ts'
import { Refusal } from '../refusal.ts'
import { showPayStarted, showPayState } from '../show-pay-page.ts'
import { startRefusal } from '../start-once.ts'

export interface PayRoutesOptions {
  readonly centre: Centre
  readonly live: Live
}

/** Many customers of one mobile operator can share an address. */
const LOOKS: Rate = { everyMs: 50, burst: 100 }
const STARTS: Rate = { everyMs: 1_000, burst: 20 }

const ofPayment = Type.Object({ id: Type.String({ description: 'transaction_id' }) })

const QR_OPTIONS = { errorCorrectionLevel: 'M', margin: 4 } as const
const PNG_WIDTH = 480

type TypedApp = Parameters<FastifyPluginAsyncTypebox>[0]

export const payRoutes: FastifyPluginAsyncTypebox<PayRoutesOptions> = async (app, options) => {
  const { centre } = options
  const looks = new RateLimit(LOOKS)
  const starts = new RateLimit(STARTS)
  const { clock } = centre

  app.get(
    '/:id/state',
    { schema: { params: ofPayment, response: { 200: PayStateAnswer } } },
    async (request, reply) => {
      refuseTooOften(looks, request.ip, clock.now())
      const { view, source } = await findPayment(centre, request.params.id)
      const data = await stateOf(centre, view, source)
      return send(reply, success<PayStateAnswer>(200, { success: true, data }))
    },
  )

  addEvents(app, options, looks)

  app.post(
    '/:id/start',
    { schema: { params: ofPayment, body: PayStartRequest, response: { 200: PayStartAnswer } } },
    async (request, reply) => {
      refuseTooOften(starts, request.ip, clock.now())
      const { view, source } = await findPayment(centre, request.params.id)
      if (!source.isActive) throw new Refusal('source_disabled')
      const outcome = await startPayment(centre, {
        source,
        paymentId: view.id,
        method: request.body.payment_method ?? null,
        partTiyn: null,
        presence: 'remote',
        terminalId: null,
        signal: clientGone(reply),
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
    const { view } = await findPayment(centre, request.params.id)
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

async function stateOf(centre: Centre, view: PaymentView, source: Source): Promise<PayState> {
  const methods = await centre.storage.accounts.methods()
  return showPayState(centre, view, source, methods, await refundAtWork(centre, view))
}

/** The hottest page of all asks for refunds only where there is one. */
async function refundAtWork(centre: Centre, view: PaymentView): Promise<Refund | null> {
  if (view.refundStatus !== 'processing') return null
  const lines = await refundsOf(centre, view.id)
  return lines.find(({ refund }) => isRefundAtWork(refund))?.refund ?? null
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
      const source = await centre.storage.accounts.sourceById(view.sourceId)
      if (source === null) throw new Refusal('payment_not_found')
      return stateOf(centre, view, source)
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
      const { view } = await findPayment(centre, request.params.id)
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
  const { view } = await findPayment(centre, transactionId)
  if (view.qr === null) throw new Refusal('qr_not_found')
  return view.qr.text
}

async function findPayment(
  centre: Centre,
  transactionId: string,
): Promise<{ readonly view: PaymentView; readonly source: Source }> {
  const { payments, accounts } = centre.storage
  const paymentId = parseTransactionId(transactionId)
  const view = paymentId === null ? null : await payments.view(paymentId)
  const source = view === null ? null : await accounts.sourceById(view.sourceId)
  if (view === null || source === null) throw new Refusal('payment_not_found')
  return { view, source }
}

function refuseTooOften(calls: RateLimit, ip: string, nowMs: number): void {
  const waitMs = calls.take(addressKey(ip), nowMs)
  if (waitMs === 0) return
  throw new Refusal('rate_limited', { retryAfterSeconds: Math.ceil(waitMs / SECOND_MS) })
}
