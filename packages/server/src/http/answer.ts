// An answer as the exact text that is sent. Routes make answers, one place sends them, and a text that
// is kept for a repeated request is the same text (T9).

import { ERRORS, type ErrorAnswer, type ErrorCode } from '@byfly-pay/contract'
import type { FastifyReply } from 'fastify'
import { monthName } from '../months/month-name.ts'
import { Refusal, type RefusalDetails } from './refusal.ts'

export interface Answer {
  readonly httpStatus: number
  readonly body: string
  /** May be kept under an Idempotency-Key: a success, or a refusal by the payment's state. */
  readonly isKept: boolean
  readonly retryAfterSeconds: number | null
  readonly isReplay: boolean
}

const JSON_TYPE = 'application/json; charset=utf-8'

/** `T` is the schema's own type of the answer, so that a field too few or too many does not compile. */
export function success<T extends { readonly success: true }>(
  httpStatus: 200 | 201,
  body: T,
): Answer {
  return {
    httpStatus,
    body: JSON.stringify(body),
    isKept: true,
    retryAfterSeconds: null,
    isReplay: false,
  }
}

/** A success that has only its documented message to say. */
export function done<
  T extends { readonly success: true; readonly message: string; readonly data: null },
>(message: T['message'], httpStatus: 200 | 201 = 200): Answer {
  return success(httpStatus, { success: true, message, data: null })
}

export function refusal(code: ErrorCode, requestId: string, details: RefusalDetails = {}): Answer {
  const row = ERRORS[code]
  const { errors, queue, retryAfterSeconds } = details
  const body: ErrorAnswer = {
    success: false,
    message: messageOf(code, details),
    // Documented ones first.
    ...(errors === undefined ? {} : { errors }),
    code,
    ...(queue === undefined ? {} : { queue }),
    request_id: requestId,
  }
  return {
    httpStatus: row.httpStatus,
    body: JSON.stringify(body),
    isKept: row.isAboutState === true,
    retryAfterSeconds: retryAfterSeconds ?? row.retryAfterSeconds ?? null,
    isReplay: false,
  }
}

/** A refusal is an answer of keyed work: one by state is kept under the key and repeated (T9). */
export async function refusalAsAnswer(
  requestId: string,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refusal(error.code, requestId, error.details)
  }
}

/** An integrator at work reads the message first, so it names the fields, and the month of an archive. */
function messageOf(code: ErrorCode, { errors, month }: RefusalDetails): string {
  const { message } = ERRORS[code]
  if (month !== undefined) return `${message} за ${monthName(month)}`
  if (code !== 'validation' || errors === undefined) return message
  return `${message}: ${Object.keys(errors).join(', ')}`
}

export function send(reply: FastifyReply, answer: Answer): FastifyReply {
  if (answer.retryAfterSeconds !== null) reply.header('retry-after', answer.retryAfterSeconds)
  if (answer.isReplay) reply.header('idempotent-replayed', 'true')
  return reply.code(answer.httpStatus).header('content-type', JSON_TYPE).send(answer.body)
}
