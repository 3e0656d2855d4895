// The page's two calls. Each ends within its time, and a failure of the line is an answer of its own kind:
// it says nothing about the payment.

/** @typedef {import('../../contract/src/pay-page.ts').PayState} PayState */
/** @typedef {{ readonly position: number, readonly eta_seconds: number }} Place */

/**
 * @typedef {{ readonly kind: 'state', readonly state: PayState }
 *   | { readonly kind: 'missing' }
 *   | { readonly kind: 'too_often' }
 *   | { readonly kind: 'unreachable' }} StateAnswer
 */

/**
 * @typedef {{ readonly kind: 'started' }
 *   | { readonly kind: 'refused', readonly code: string, readonly place: Place | null }
 *   | { readonly kind: 'unreachable' }} StartAnswer
 */

/** Of a payment that can no longer be shown. */
const MISSING = new Set(['payment_not_found', 'payment_archived'])

const STATE_TIMEOUT_MS = 8_000
/** Longer than the server's own minute, so that its answer and not ours is the last word. */
const START_TIMEOUT_MS = 75_000

/**
 * @param {string} url
 * @param {RequestInit} init
 * @param {number} timeoutMs
 * @param {AbortController} cut
 * @returns {Promise<{ status: number, body: any } | null>} null when nothing came that could be read
 */
async function ask(url, init, timeoutMs, cut) {
  const timer = setTimeout(() => cut.abort(), timeoutMs)
  try {
    const response = await fetch(url, { ...init, signal: cut.signal })
    return { status: response.status, body: await response.json() }
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}

/**
 * @param {string} base
 * @param {{ seconds: number, version: number } | null} wait for a state newer than this
 * @param {AbortController} [cut]
 * @returns {Promise<StateAnswer>}
 */
export async function askState(base, wait = null, cut = new AbortController()) {
  const query = wait === null ? '' : `?wait=${wait.seconds}&version=${wait.version}`
  const timeoutMs = STATE_TIMEOUT_MS + (wait === null ? 0 : wait.seconds * 1_000)
  const answer = await ask(`${base}/state${query}`, {}, timeoutMs, cut)
  if (answer === null) return { kind: 'unreachable' }
  if (answer.body?.success === true) return { kind: 'state', state: answer.body.data }
  if (MISSING.has(answer.body?.code)) return { kind: 'missing' }
  return { kind: answer.status === 429 ? 'too_often' : 'unreachable' }
}

/**
 * Safe to repeat: the same method of the same payment is the same attempt.
 *
 * @param {string} base
 * @param {string} method
 * @param {AbortController} cut
 * @returns {Promise<StartAnswer>}
 */
export async function askStart(base, method, cut) {
  const init = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ payment_method: method }),
  }
  const answer = await ask(`${base}/start`, init, START_TIMEOUT_MS, cut)
  if (answer === null) return { kind: 'unreachable' }
  const { body } = answer
  if (body?.success === true) return { kind: 'started' }
  // A proxy in between speaks for itself, not for the payment.
  if (typeof body?.code !== 'string') return { kind: 'unreachable' }
  return { kind: 'refused', code: body.code, place: body.queue ?? null }
}
