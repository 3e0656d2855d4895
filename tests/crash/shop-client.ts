// An integrator's client that keeps a journal of what it asked and what it was told: ok, fail or
// unknown. What it was told ok must be true for ever (I9); of the unknown it may assume nothing.

export interface Told {
  readonly what: 'init' | 'kaspi' | 'cancel' | 'status' | 'wait'
  /** `transaction_id`, null when the creation was not answered. */
  readonly id: string | null
  readonly key: string | null
  readonly outcome: 'ok' | 'fail' | 'unknown'
  readonly httpStatus: number | null
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever the wire says
  readonly body: any
  readonly retryAfterMs: number
}

export interface ShopClient {
  readonly journal: readonly Told[]
  init(url: string, amountTiyn: number, key: string): Promise<Told>
  /** The key carries the payment's id, by which the instances find whose answer it is. */
  kaspi(url: string, id: string, part: string): Promise<Told>
  cancel(url: string, id: string): Promise<Told>
  status(url: string, id: string): Promise<Told>
  /** A long poll: answered at the next change, or when its time is up. */
  wait(url: string, id: string): Promise<Told>
}

const ANSWER_MS = 30_000
const WAIT_SECONDS = 20
const MAX_RETRY_MS = 500

/** @param answerMs how long an answer is waited for */
export function shopClient(token: string, answerMs = ANSWER_MS): ShopClient {
  const journal: Told[] = []

  async function ask(
    what: Told['what'],
    url: string,
    request: { path: string; id: string | null; key?: string; body?: unknown },
  ): Promise<Told> {
    const { path, id, body } = request
    const key = request.key ?? null
    const told = await fetch(`${url}${path}`, {
      method: what === 'status' || what === 'wait' ? 'GET' : 'POST',
      headers: {
        'X-API-Token': token,
        ...(key === null ? {} : { 'Idempotency-Key': key }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerMs),
    })
      .then(async (response): Promise<Told> => {
        const text = await response.text()
        const isOk = response.status < 300
        const answer = text.startsWith('{') ? JSON.parse(text) : null
        const after = Number(response.headers.get('retry-after') ?? 0) * 1_000
        return {
          what,
          id: id ?? answer?.data?.transaction_id ?? null,
          key,
          outcome: isOk ? 'ok' : response.status >= 500 ? 'unknown' : 'fail',
          httpStatus: response.status,
          text,
          body: answer,
          retryAfterMs: Math.min(after, MAX_RETRY_MS),
        }
      })
      .catch(
        (error: Error): Told => ({
          what,
          id,
          key,
          outcome: 'unknown',
          httpStatus: null,
          text: error.message,
          body: null,
          retryAfterMs: 100,
        }),
      )
    journal.push(told)
    return told
  }

  return {
    journal,
    init: (url, amount, key) =>
      ask('init', url, { path: '/api/payment/init', id: null, key, body: { amount } }),
    kaspi: (url, id, part) =>
      ask('kaspi', url, {
        path: `/api/payment/${id}/kaspi`,
        id,
        key: `kaspi:${dashed(id)}:${part}`,
        body: { payment_method: 'kaspi_gold' },
      }),
    cancel: (url, id) => ask('cancel', url, { path: `/api/payment/${id}/cancel`, id }),
    status: (url, id) => ask('status', url, { path: `/api/payment/${id}`, id }),
    wait: (url, id) =>
      ask('wait', url, { path: `/api/payment/${id}/status?wait=${WAIT_SECONDS}`, id }),
  }
}

function dashed(id: string): string {
  return id.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
