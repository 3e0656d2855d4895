// What no answer may be, whatever was asked: a fault of the program, a status or a body that the reference does
// not know, an answer without what protects it.

import { ERRORS, type ErrorCode } from '../../packages/contract/src/index.ts'
import type { FuzzRequest } from './requests.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Null of a stream, which is left as soon as it has begun. */
  readonly text: string | null
}

/** Null when there is nothing against it. */
export function faultOf(request: FuzzRequest, answer: Answer): string | null {
  return serverFault(answer) ?? headerFault(answer) ?? undeclared(request, answer)
}

function serverFault({ status, text }: Answer): string | null {
  if (status < 500) return null
  const code = codeIn(text)
  // What a busy pool says is an answer; what a broken program says is none.
  const isTold = code !== null && ERRORS[code].httpStatus === status && status === 503
  return isTold && code !== 'database_unavailable' ? null : `${status}: ${text}`
}

function codeIn(text: string | null): ErrorCode | null {
  const body = parsed(text)
  const code = typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : ''
  return code in ERRORS ? (code as ErrorCode) : null
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

function headerFault({ status, headers }: Answer): string | null {
  const policy = String(headers['content-security-policy'] ?? '')
  if (headers['x-content-type-options'] !== 'nosniff') return 'no nosniff'
  if (!/frame-ancestors 'none'/.test(policy)) return `policy: ${policy}`
  if (headers['server'] !== undefined) return `Server: ${headers['server']}`
  if ((status === 429 || status === 503) && !/^[1-9]\d*$/.test(String(headers['retry-after']))) {
    return `${status} without a Retry-After`
  }
  return null
}

function undeclared(
  { operation, twist }: FuzzRequest,
  { status, headers, text }: Answer,
): string | null {
  const isJson = String(headers['content-type'] ?? '').startsWith('application/json')
  if (isJson && text !== '' && parsed(text) === undefined) return 'JSON that is none'
  // Where it went is somebody else's operation, or nobody's.
  if (twist !== null) return null
  if (!operation.answers.has(status)) return `${status} is not declared: ${text}`
  const shape = operation.answers.get(status) ?? null
  if (shape === null || text === null) return null
  const wrong = shape.check(parsed(text))
  return wrong === null
    ? null
    : `${status} does not fit its schema: ${wrong}: ${text.slice(0, 500)}`
}
