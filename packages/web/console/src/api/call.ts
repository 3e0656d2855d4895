// One call of the centre's API from its own page. The session travels in a cookie that no script can read,
// so nothing secret is ever held here.

import { chosenLanguage } from '../words/chosen.ts'
import { heard, missed } from './contact.ts'

export interface Field {
  readonly [name: string]: string
}

/** A refusal as the centre worded it, or the silence of a centre that could not be reached. */
export class CallError extends Error {
  override readonly name = 'CallError'
  /** Of the contract's error table; `network` when there was no answer at all. */
  readonly code: string
  readonly status: number
  readonly fields: Field
  readonly requestId: string | null
  readonly retryAfterSeconds: number | null

  constructor(
    message: string,
    about: Pick<CallError, 'code' | 'status' | 'fields' | 'requestId' | 'retryAfterSeconds'>,
  ) {
    super(message)
    this.code = about.code
    this.status = about.status
    this.fields = about.fields
    this.requestId = about.requestId
    this.retryAfterSeconds = about.retryAfterSeconds
  }
}

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>

export interface Answered {
  readonly success: true
  readonly data: unknown
}

/** The body of a refusal, as the centre's contract has it. */
export interface Refused {
  readonly message: string
  readonly code: string
  readonly errors?: Field
  readonly request_id?: string
}

/** A start may wait for a terminal for a minute; nothing waits longer. */
const PATIENCE_MS = 75_000

export function addressOf(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null)
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return text === '' ? path : `${path}?${text}`
}

/** @throws CallError */
export function read<Answer extends Answered>(
  path: string,
  query?: Query,
): Promise<Answer['data']> {
  return call<Answer>('GET', addressOf(path, query))
}

export interface CallTerms {
  /** Where the call may be sent again without being done again. */
  readonly key?: string
  /** For what waits for a person, who may take longer. */
  readonly patienceMs?: number
}

/** @throws CallError */
export function write<Answer extends Answered>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
  terms: CallTerms = {},
): Promise<Answer['data']> {
  return call<Answer>(method, path, body, terms)
}

/**
 * A call that answers with lines of JSON, each handed to `hear` when it comes.
 *
 * @throws CallError
 */
export async function writeAndHear<Event>(
  path: string,
  hear: (event: Event) => void,
): Promise<void> {
  const response = await send('POST', path, undefined, {})
  if (!response.ok) throw refusedBy(response, await jsonOf(response))
  let unread = ''
  try {
    const texts = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    for (let part = await texts?.read(); part?.done === false; part = await texts?.read()) {
      const lines = `${unread}${part.value}`.split('\n')
      unread = lines.pop() ?? ''
      for (const line of lines) hear(JSON.parse(line))
    }
  } catch {
    throw silence()
  }
}

async function call<Answer extends Answered>(
  method: string,
  address: string,
  body?: object,
  terms: CallTerms = {},
): Promise<Answer['data']> {
  const response = await send(method, address, body, terms)
  const answer = await jsonOf(response)
  if (response.ok) return answer.data
  throw refusedBy(response, answer)
}

async function send(
  method: string,
  address: string,
  body: object | undefined,
  { key, patienceMs = PATIENCE_MS }: CallTerms,
): Promise<Response> {
  const response = await fetch(address, {
    method,
    credentials: 'same-origin',
    signal: AbortSignal.timeout(patienceMs),
    headers: {
      'Accept-Language': chosenLanguage(),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    missed()
    throw silence()
  })
  heard()
  return response
}

function jsonOf(response: Response) {
  return response.json().catch(() => {
    throw silence()
  })
}

function refusedBy(response: Response, answer: Refused): CallError {
  return refusalOf(answer, response.status, response.headers.get('retry-after'))
}

export function refusalOf(answer: Refused, status: number, wait: string | null): CallError {
  return new CallError(answer.message, {
    code: answer.code,
    status,
    fields: answer.errors ?? {},
    requestId: answer.request_id ?? null,
    retryAfterSeconds: wait === null ? null : Number(wait),
  })
}

/** No answer that could be read. */
export function silence(): CallError {
  const about = { code: 'network', status: 0, fields: {}, requestId: null, retryAfterSeconds: null }
  return new CallError('network', about)
}
