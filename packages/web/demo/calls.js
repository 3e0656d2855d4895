// The page's calls to the pretend world, all through the centre's own address. What the world refuses is an
// answer like any other.

/** @typedef {import('../../simulator/src/control/world-state.ts').WorldState} World */
/** @typedef {World['terminals'][number]} Terminal */
/** @typedef {World['orders'][number]} Order */
/** @typedef {World['webhooks'][number]} Webhook */
/** @typedef {World['entries'][number]} Entry */
/** @typedef {World['phone']} Phone */

/**
 * How a visitor gets into the console.
 *
 * @typedef {{ readonly admin_phone: string, readonly sms: string, readonly sms_path: string | null }} About
 */

/**
 * `reason` is a stable word where the world has one, `message` its own Russian sentence; both are null when
 * nobody answered.
 *
 * @typedef {{ readonly isDone: true }
 *   | { readonly isDone: false, readonly reason: string | null, readonly message: string | null }} Outcome
 */

const STATE_MS = 8_000
/** A refund waits for a terminal. */
const WISH_MS = 80_000

/** @returns {Promise<World | null>} null when nobody answered */
export function askWorld() {
  return read('/demo/state')
}

/** @returns {Promise<About | null>} */
export function askAbout() {
  return read('/demo/about')
}

/** @param {string} path */
async function read(path) {
  try {
    const response = await fetch(path, { signal: AbortSignal.timeout(STATE_MS) })
    return response.ok ? await response.json() : null
  } catch {
    return null
  }
}

/**
 * @param {'POST' | 'DELETE'} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<Outcome>}
 */
export async function send(method, path, body = {}) {
  const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  try {
    const response = await fetch(`/demo${path}`, {
      method,
      signal: AbortSignal.timeout(WISH_MS),
      ...(method === 'POST' ? json : {}),
    })
    if (response.ok) return { isDone: true }
    const { reason = null, message = null } = await response.json()
    return { isDone: false, reason, message }
  } catch {
    return { isDone: false, reason: null, message: null }
  }
}
