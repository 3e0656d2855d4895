// Every error on its way out: refusals, Fastify's own complaints, faults of the program. All come from
// the one table; an unforeseen one says nothing of the inside to the client (T2, A24).

import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { ERRORS, type ErrorCode } from '@byfly-pay/contract'
import { parseTransactionId } from '@byfly-pay/core'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Centre } from '../ports/centre.ts'
import { DatabaseUnavailable } from '../ports/database-unavailable.ts'
import { MonthSealed } from '../ports/month-sealed.ts'
import { PeriodArchived } from '../ports/period-archived.ts'
import { QueryTooWide } from '../ports/query-too-wide.ts'
import { refusal, send } from './answer.ts'
import { Refusal } from './refusal.ts'

/** Fastify's words for faults of a request that have a code of their own here. */
const FRAMEWORK_CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'wrong_content_type',
  FST_ERR_MAX_PARAM_LENGTH: 'unknown_route',
}

export function installErrorReplies(app: FastifyInstance, centre: Centre): void {
  app.setNotFoundHandler((request, reply) => send(reply, refusal('unknown_route', request.id)))
  app.setErrorHandler<FastifyError>(async (error, request, reply) =>
    replyWithError(centre, await orArchived(centre, error, request), request, reply),
  )
}

/**
 * A payment that is not found may lie in an archive. It is told of its month alone, so that nobody learns from
 * it whether there was such a payment.
 */
async function orArchived(
  { storage }: Centre,
  error: FastifyError | Refusal,
  request: FastifyRequest,
): Promise<FastifyError | Refusal> {
  if (!(error instanceof Refusal) || error.code !== 'payment_not_found') return error
  const { id } = request.params as { readonly id?: string }
  const paymentId = id === undefined ? null : parseTransactionId(id)
  if (paymentId === null) return error
  // Whatever fails here, the payment was not found.
  const month = await storage.archives.monthOf(paymentId).catch(() => null)
  return month === null ? error : new Refusal('payment_archived', { month })
}

export function replyWithError(
  centre: Centre,
  error: FastifyError | Refusal | PeriodArchived,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof Refusal) return send(reply, refusal(error.code, request.id, error.details))
  if (error instanceof PeriodArchived) {
    return send(reply, refusal('period_archived', request.id, { month: error.month }))
  }
  const code = codeOf(error)
  if (ERRORS[code].httpStatus >= 500) report(centre, code, error, request)
  return send(reply, refusal(code, request.id))
}

function codeOf(error: FastifyError): ErrorCode {
  if (error instanceof DatabaseUnavailable) return 'database_unavailable'
  if (error instanceof QueryTooWide) return 'query_too_wide'
  if (error instanceof MonthSealed) return 'payment_archived'
  const known = FRAMEWORK_CODES[error.code]
  if (known !== undefined) return known
  const { statusCode } = error
  return statusCode !== undefined && statusCode < 500 ? 'broken_request' : 'internal'
}

/** Names and places only: messages of the database quote values, and an URL holds a payment's number. */
function report(centre: Centre, code: ErrorCode, error: FastifyError, request: FastifyRequest) {
  const where = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  centre.log.error(
    {
      request: request.id,
      route: `${request.method} ${request.routeOptions.url ?? '?'}`,
      error: error.name,
      errorCode: typeof error.code === 'string' ? error.code : null,
      where: where.slice(0, 8).map((line) => line.trim()),
    },
    code === 'internal' ? 'Непредвиденная ошибка' : 'База данных недоступна',
  )
}

/**
 * The answer to bytes that are no HTTP request, or that came too slowly: no route, hook or reply
 * exists for them, so it is written by hand, in the same envelope.
 */
export function answerBrokenClient(newRequestId: () => string) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    const requestId = newRequestId()
    const { httpStatus, body } = refusal('broken_request', requestId)
    socket.end(
      `HTTP/1.1 ${httpStatus} ${STATUS_CODES[httpStatus]}\r\n` +
        'Content-Type: application/json; charset=utf-8\r\n' +
        `Content-Length: ${Buffer.byteLength(body)}\r\n` +
        `X-Request-Id: ${requestId}\r\n` +
        'X-Content-Type-Options: nosniff\r\n' +
        'Cache-Control: no-store\r\n' +
        `Connection: close\r\n\r\n${body}`,
    )
  }
}
