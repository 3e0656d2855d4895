// The shop's side of the payment centre: it creates payments by the documented REST API, asks about them
// and asks for refunds. It must never decide by itself that something was paid.

/** Who the shop is at the centre. */
export interface Account {
  /** Without a slash at the end. */
  readonly baseUrl: string
  readonly apiToken: string
  readonly webhookSecret: string
}

/** A payment as the centre tells it to its source; sums are in tiyn. */
export interface ToldPayment {
  readonly transaction_id: string
  readonly status: string
  readonly checkout_url: string
  readonly qr_code: string | null
  readonly payment_url: string | null
  readonly payment_method: string | null
  readonly paid_amount: number
  readonly remaining_amount: number
  readonly refunded_amount: number
  readonly refund_status: string | null
}

export type Told<Data> =
  | { readonly ok: true; readonly data: Data }
  | { readonly ok: false; readonly status: number; readonly message: string }

interface Call {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
  readonly answerMs?: number
}

const ANSWER_MS = 5_000
/** A refund waits for a terminal. */
const REFUND_ANSWER_MS = 70_000
const TIYN_IN_TENGE = 100

export function createPayment(
  account: Account,
  amountTenge: number,
  description: string,
): Promise<Told<ToldPayment>> {
  const body = { amount: amountTenge * TIYN_IN_TENGE, description }
  return ask(account, { method: 'POST', path: 'init', body })
}

export function askPayment(account: Account, id: string): Promise<Told<ToldPayment>> {
  return ask(account, { method: 'GET', path: id })
}

interface ToldRefund {
  readonly id: string
  readonly state: string
}

/**
 * The whole of it. Money that came in parts goes back in parts, one at a time: what waits to be begun is begun
 * before anything is asked for again. `key` names the request: repeated under one key it is one refund.
 */
export async function refundPayment(
  account: Account,
  id: string,
  key: string,
): Promise<Told<unknown>> {
  const refunds = await ask<readonly ToldRefund[]>(account, {
    method: 'GET',
    path: `${id}/refunds`,
  })
  if (!refunds.ok) return refunds
  const waiting = refunds.data.find(({ state }) => state === 'approved')
  return ask(account, {
    method: 'POST',
    path: `${id}/refund`,
    body: waiting === undefined ? {} : { refund_id: waiting.id },
    headers: { 'idempotency-key': key },
    answerMs: REFUND_ANSWER_MS,
  })
}

async function ask<Data>(account: Account, call: Call): Promise<Told<Data>> {
  const { baseUrl, apiToken } = account
  const { method, path, body, headers = {}, answerMs = ANSWER_MS } = call
  try {
    const response = await fetch(`${baseUrl}/api/payment/${path}`, {
      method,
      headers: { 'x-api-token': apiToken, 'content-type': 'application/json', ...headers },
      signal: AbortSignal.timeout(answerMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer = JSON.parse(await response.text())
    if (response.ok) return { ok: true, data: answer.data }
    return { ok: false, status: response.status, message: String(answer.message) }
  } catch {
    return { ok: false, status: 502, message: 'Платёжный центр не отвечает' }
  }
}
