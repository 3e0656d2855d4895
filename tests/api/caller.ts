// Calls as an integrator makes them, and the checks that hold for every answer whatever it is.

import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { Compile } from 'typebox/compile'
import { ERRORS, ErrorAnswer, type ErrorCode } from '../../packages/contract/src/index.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever the wire says
  readonly body: any
}

export type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>

const errorShape = Compile(ErrorAnswer)

/** `body` undefined sends none, a string or bytes go as they are, anything else as JSON. */
export function caller(url: string, token: string | null): Call {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(token === null ? {} : { 'X-API-Token': token }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: bytesOf(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') === true
    const answer = {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : text,
    }
    checkEveryAnswer(answer, isJson)
    return answer
  }
}

function bytesOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return body
  return body instanceof Uint8Array ? Uint8Array.from(body) : JSON.stringify(body)
}

/** T2, T3, A25: what no answer may lack, and what none may say. */
function checkEveryAnswer({ status, headers, body, text }: Answer, isJson: boolean): void {
  assert.match(headers.get('x-request-id') ?? '', /^[0-9a-f]{24}$/)
  assert.equal(headers.get('x-content-type-options'), 'nosniff')
  assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/)
  assert.equal(headers.get('cache-control'), 'no-store')
  assert.equal(headers.get('referrer-policy'), 'no-referrer')
  assert.equal(headers.get('access-control-allow-credentials'), null)
  if (status === 429 || status === 503) assert.match(headers.get('retry-after') ?? '', /^[1-9]\d*$/)
  if (!isJson || body.success !== false) return
  assert.equal(errorShape.Check(body), true, text)
  assert.equal(ERRORS[body.code as ErrorCode].httpStatus, status, text)
  // A repeated answer is the first one's bytes, its request's number among them (T9).
  if (headers.get('idempotent-replayed') === null) {
    assert.equal(body.request_id, headers.get('x-request-id'))
  }
  assert.doesNotMatch(text, /node_modules|\.ts:|at \w+ \(|select |insert /i)
}

/** The refusal's code and fields; fails on anything but a refusal. */
export function refusalOf(answer: Answer): { code: ErrorCode; errors: Record<string, string> } {
  assert.equal(answer.body.success, false, answer.text)
  return { code: answer.body.code, errors: answer.body.errors ?? {} }
}

/** Bytes sent as they are over a socket; resolves with all that came back once it is closed. */
export function raw(port: number, bytes: string | Buffer, patienceMs = 10_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const received: Buffer[] = []
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Error('соединение не закрыто'))
    }, patienceMs)
    socket.on('data', (chunk) => received.push(chunk))
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(Buffer.concat(received).toString('utf8'))
    })
    socket.write(bytes)
  })
}
