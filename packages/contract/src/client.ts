// A typed client of the API for integrators, over `fetch`. It never retries a request by itself, but for
// the stream that `follow` reads: who repeats one that takes money must do it with the same
// Idempotency-Key.

import type { ErrorAnswer, QueuePlace } from './envelope.ts'
import { ERRORS, type ErrorCode } from './errors.ts'
import { follow } from './follow.ts'
import type { PaymentMethodData } from './payment-methods.ts'
import type {
  CreatedPayment,
  InitRequest,
  KaspiRequest,
  PaymentInfo,
  PaymentStatusData,
  StartedPayment,
} from './payments.ts'

export interface ClientOptions {
  /** For example `https://pay.example.kz`. */
  readonly baseUrl: string
  /** The source's token: 64 lower-case hex characters. */
  readonly apiToken: string
  /** For tests, or a fetch with a proxy or a time limit of its own. */
  readonly fetch?: typeof fetch
}

export interface CallOptions {
  /** At most 255 characters; makes a repeated call have one effect. */
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

/** A refusal as the API words it. Compare `code`, never `message`. */
export class PaymentError extends Error {
  readonly httpStatus: number
  readonly code: ErrorCode | 'unreadable_answer'
  readonly errors: Readonly<Record<string, string>>
  readonly queue: QueuePlace | null
  /** Seconds, where the API says when to come again. */
  readonly retryAfterSeconds: number | null
  readonly requestId: string | null

  constructor(response: Response, answer: ErrorAnswer | null) {
    super(answer?.message ?? `HTTP ${response.status}`)
    this.name = 'PaymentError'
    this.httpStatus = response.status
    this.code = answer !== null && isErrorCode(answer.code) ? answer.code : 'unreadable_answer'
    this.errors = answer?.errors ?? {}
    this.queue = answer?.queue ?? null
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
    this.retryAfterSeconds = Number.isFinite(retryAfter) ? retryAfter : null
    this.requestId = response.headers.get('x-request-id')
  }

  /** The same call, with the same Idempotency-Key, may succeed after a while. */
  get isRetryable(): boolean {
    return this.code === 'unreadable_answer' ? this.httpStatus >= 500 : ERRORS[this.code].retryable
  }
}

export interface PaymentClient {
  init(request: InitRequest, options?: CallOptions): Promise<CreatedPayment>
  kaspi(id: string, request?: KaspiRequest, options?: CallOptions): Promise<StartedPayment>
  /** `waitSeconds`, at most 25: answers at the next change of status. */
  status(
    id: string,
    options?: CallOptions & { readonly waitSeconds?: number },
  ): Promise<PaymentStatusData>
  /**
   * The present state, then each newer one as it comes; ends when nothing more is expected. It connects
   * again by itself.
   */
  follow(id: string, options?: Pick<CallOptions, 'signal'>): AsyncGenerator<PaymentStatusData, void>
  get(id: string, options?: CallOptions): Promise<PaymentInfo>
  cancel(id: string, options?: CallOptions): Promise<void>
  methods(options?: CallOptions): Promise<PaymentMethodData[]>
}

/** @throws PaymentError from every call that the API refuses */
export function paymentClient(options: ClientOptions): PaymentClient {
  const send = senderOf(options)
  const call = callerOf(send)
  const path = (id: string) => `/api/payment/${encodeURIComponent(id)}`
  return {
    init: (request, opts) => call('POST', '/api/payment/init', request, opts),
    kaspi: (id, request = {}, opts = {}) => call('POST', `${path(id)}/kaspi`, request, opts),
    status: (id, { waitSeconds, ...opts } = {}) => {
      const query = waitSeconds === undefined ? '' : `?wait=${waitSeconds}`
      return call('GET', `${path(id)}/status${query}`, undefined, opts)
    },
    follow: (id, { signal } = {}) =>
      follow({
        async open(headers) {
          const request = { headers, ...(signal === undefined ? {} : { signal }) }
          const response = await send('GET', `${path(id)}/events`, request)
          if (response.ok) return response
          throw new PaymentError(response, refusalIn(await readAnswer(response)))
        },
        mayRetry: (error) =>
          signal?.aborted !== true && (!(error instanceof PaymentError) || error.isRetryable),
        pause: (ms) => pause(ms, signal),
      }),
    get: (id, opts) => call('GET', path(id), undefined, opts),
    cancel: async (id, opts) => {
      await call<null>('POST', `${path(id)}/cancel`, undefined, opts)
    },
    methods: (opts) => call('GET', '/api/payment-methods', undefined, opts),
  }
}

interface SentRequest {
  readonly body?: string
  readonly headers: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

function senderOf({ baseUrl, apiToken, fetch: ownFetch }: ClientOptions) {
  const base = baseUrl.replace(/\/+$/, '')
  return (method: 'GET' | 'POST', path: string, { headers, ...request }: SentRequest) =>
    (ownFetch ?? fetch)(base + path, {
      method,
      headers: { 'X-API-Token': apiToken, ...headers },
      ...request,
    })
}

function callerOf(send: ReturnType<typeof senderOf>) {
  return async <T>(
    method: 'GET' | 'POST',
    path: string,
    body: object | undefined,
    { idempotencyKey, signal }: CallOptions = {},
  ): Promise<T> => {
    const response = await send(method, path, {
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    })
    const answer = await readAnswer<T>(response)
    if (answer?.success !== true) throw new PaymentError(response, answer)
    return answer.data
  }
}

/** Ends early when aborted; whoever waited asks the signal itself. */
function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done)
  })
}

type Answer<T> = { readonly success: true; readonly data: T } | ErrorAnswer

/** Null for anything that is no answer of this API: a proxy's page, half an answer. */
async function readAnswer<T>(response: Response): Promise<Answer<T> | null> {
  try {
    const answer: unknown = await response.json()
    return isAnswer<T>(answer) ? answer : null
  } catch {
    return null
  }
}

function refusalIn(answer: Answer<unknown> | null): ErrorAnswer | null {
  return answer?.success === false ? answer : null
}

function isAnswer<T>(answer: unknown): answer is Answer<T> {
  return typeof answer === 'object' && answer !== null && 'success' in answer
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code)
}
