// A shop and its customer in one: creates a payment, starts it, has the phone scan the QR, and waits until it is paid.

import { setTimeout as sleep } from 'node:timers/promises'

export interface Errand {
  readonly url: string
  readonly token: string
  /** Where the pretend phone is. */
  readonly phoneUrl: string
  /** From the scan to the tap. */
  readonly afterMs: number
}

interface Said {
  readonly data?: {
    readonly transaction_id: string
    readonly qr_code: string
    readonly status: string
  }
}

/** For a terminal that is still being freed. */
const AGAIN_MS = 200

export async function payOne({ afterMs, phoneUrl, token, url }: Errand): Promise<void> {
  const made = await call(url, token, 'POST', '/api/payment/init', { amount: 100_000 })
  const path = `/api/payment/${made.body.data?.transaction_id}`
  for (;;) {
    const { body, status } = await call(url, token, 'POST', `${path}/kaspi`, {
      payment_method: 'kaspi_gold',
    })
    if (status === 200) {
      await scan(phoneUrl, body.data?.qr_code ?? '', afterMs)
      break
    }
    if (status !== 503) throw new Error(`kaspi: ${status}`)
    await sleep(AGAIN_MS)
  }
  for (;;) {
    const { body } = await call(url, token, 'GET', `${path}?wait=25`)
    if (body.data?.status === 'paid') return
    await sleep(AGAIN_MS)
  }
}

async function scan(phoneUrl: string, qr: string, afterMs: number): Promise<void> {
  const body = JSON.stringify({ qr, after_ms: afterMs })
  const { ok } = await fetch(`${phoneUrl}/phone/scan`, { method: 'POST', body })
  if (!ok) throw new Error('Телефон не отсканировал')
}

export async function call(
  url: string,
  token: string,
  method: string,
  path: string,
  body?: object,
): Promise<{ readonly status: number; readonly body: Said }> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { 'X-API-Token': token, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Said }
}
