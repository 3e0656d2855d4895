// A source's till: calls the centre as its routes are called, by the very functions behind them, and keeps a
// journal of what it was answered. A call whose instance dies is answered by nobody.

import { createHash } from 'node:crypto'
import { parseTransactionId, SECOND_MS } from '@byfly-pay/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Answer } from '../../../packages/server/src/http/answer.ts'
import { cancelOnce } from '../../../packages/server/src/http/cancel-once.ts'
import {
  answerOnce,
  type KeyedRoute,
  type Turn,
} from '../../../packages/server/src/http/idempotency.ts'
import { initOnce } from '../../../packages/server/src/http/init-once.ts'
import { refundOnce } from '../../../packages/server/src/http/refund-once.ts'
import { startOnce } from '../../../packages/server/src/http/start-once.ts'
import type { PaymentRequest } from '../../../packages/server/src/payments/create-payment.ts'
import { DatabaseUnavailable } from '../../../packages/server/src/ports/database-unavailable.ts'
import type { Instance } from '../instances/instance.ts'

/** Longer than one call may take; then the key is another call's (T9). */
const CALL_MS = 65 * SECOND_MS

export interface ShopCall {
  readonly route: KeyedRoute['name']
  readonly sourceId: number
  /** The payment in the path, null at init. */
  readonly paymentId: string | null
  readonly key: string | null
  /** What the request says, word for word. */
  readonly body: string
}

export type Reply =
  | {
      readonly kind: 'answered'
      readonly httpStatus: number
      readonly body: string
      readonly isKept: boolean
    }
  /** The database was away: 503. */
  | { readonly kind: 'unavailable' }
  /** A refusal without a body to compare: of a key, or of a payment that is not there. */
  | { readonly kind: 'refused'; readonly code: string }
  /** The connection broke: nobody knows what came of it. */
  | { readonly kind: 'broken' }

export interface Called extends ShopCall {
  readonly reply: Reply
  readonly askedAtMs: number
  readonly answeredAtMs: number
}

export interface Init {
  readonly amountTiyn: bigint
  readonly externalId: string | null
  readonly lifetimeSeconds: number
  readonly webhookUrl: string
}

export interface Start {
  readonly method: string
  readonly partTiyn: bigint | null
  readonly presence: 'remote' | 'in_person'
  readonly terminalId: number | null
}

type Work = (turn: Turn) => Promise<Answer>

export async function callInit(at: Instance, call: ShopCall, wanted: Init): Promise<Reply> {
  const request: PaymentRequest = {
    amountTiyn: wanted.amountTiyn,
    currency: 'KZT',
    description: `заказ источника ${call.sourceId}`,
    customerPhone: null,
    customerEmail: null,
    customerName: null,
    paymentMethodId: null,
    webhookUrl: wanted.webhookUrl,
    metadata: { source: call.sourceId },
    externalId: wanted.externalId,
    expiresIn: wanted.lifetimeSeconds,
  }
  return ask(at, call, async (turn) => initOnce(await sourceCall(at, call, turn), request))
}

export async function callStart(at: Instance, call: ShopCall, wanted: Start): Promise<Reply> {
  const { paymentId } = call
  if (paymentId === null) throw new Error('Старт без платежа')
  return ask(at, call, async (turn) => {
    const sourced = await sourceCall(at, call, turn)
    return startOnce(sourced, { source: sourced.source, paymentId, ...wanted })
  })
}

export async function callCancel(at: Instance, call: ShopCall): Promise<Reply> {
  const { paymentId } = call
  if (paymentId === null) throw new Error('Отмена без платежа')
  return ask(at, call, async (turn) => cancelOnce(await sourceCall(at, call, turn), paymentId))
}

export interface RefundWanted {
  /** Start this one instead of asking for another. */
  readonly refundId: string | null
  readonly amountTiyn: bigint | null
}

export async function callRefund(
  at: Instance,
  call: ShopCall,
  wanted: RefundWanted,
): Promise<Reply> {
  const { paymentId } = call
  if (paymentId === null) throw new Error('Возврат без платежа')
  const { signal } = new AbortController()
  const asked = { attemptId: null, reason: 'customer_request', note: null } as const
  return ask(at, call, async (turn) =>
    refundOnce(await sourceCall(at, call, turn), { ...wanted, ...asked, paymentId, signal }),
  )
}

async function sourceCall(at: Instance, { sourceId }: ShopCall, turn: Turn) {
  const { centre } = at
  const source = await centre.storage.accounts.sourceById(sourceId)
  if (source === null) throw new Error(`Нет источника ${sourceId}`)
  return { centre, source, requestId: 'req_world', turn }
}

async function ask(at: Instance, call: ShopCall, work: Work): Promise<Reply> {
  const answering = answerOnce(
    {
      centre: at.centre,
      request: requestOf(call),
      reply: NOBODY_HANGS_UP,
      keys: at.centre.storage.idempotency,
      callerId: call.sourceId,
      route: { name: call.route, target: call.paymentId, callMs: CALL_MS },
      waitMs: CALL_MS,
    },
    work,
  ).then(replied, told)
  return Promise.race([answering, at.gate.died.then(() => ({ kind: 'broken' }) as const)])
}

function replied({ httpStatus, body, isKept }: Answer): Reply {
  return { kind: 'answered', httpStatus, body, isKept }
}

function told(error: unknown): Reply {
  if (error instanceof DatabaseUnavailable) return { kind: 'unavailable' }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return { kind: 'refused', code: error.code }
  }
  throw error
}

/** What `answerOnce` looks at of a request, and no more. */
function requestOf({ body, key }: ShopCall): FastifyRequest {
  const request = {
    headers: key === null ? {} : { 'idempotency-key': key },
    bodyHash: createHash('sha256').update(body).digest(),
  }
  return request as unknown as FastifyRequest
}

const NOBODY_HANGS_UP = {
  raw: { once: () => {}, writableFinished: true },
} as unknown as FastifyReply

/** The payment that a 201 tells of. */
export function paymentIdIn(body: string): string | null {
  const { data } = JSON.parse(body) as { data?: { transaction_id?: string } }
  return data?.transaction_id === undefined ? null : parseTransactionId(data.transaction_id)
}

/** The QR that a 200 of a start gives out; null in person. */
export function qrIn(body: string): string | null {
  const { data } = JSON.parse(body) as { data?: { qr_code?: string | null } }
  return data?.qr_code ?? null
}

interface RefundsTold {
  readonly data?: { readonly refunds?: readonly { id: string; qr_code: string | null }[] }
}

/** The refunds that a 200 tells of. */
export function refundIdsIn(body: string): string[] {
  const { data } = JSON.parse(body) as RefundsTold
  return (data?.refunds ?? []).flatMap(({ id }) => parseTransactionId(id) ?? [])
}

/** The QRs that a 200 gives out for customers to scan and be given back their money. */
export function refundQrsIn(body: string): string[] {
  const { data } = JSON.parse(body) as RefundsTold
  return (data?.refunds ?? []).flatMap(({ qr_code: qr }) => qr ?? [])
}
