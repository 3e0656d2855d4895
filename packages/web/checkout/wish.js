// From a tap on a method to a payment that has begun: waits in the queue as long as it takes and keeps its
// place. It starts nothing twice: one start at a time, and a repeated one is the same attempt.

import { askStart } from './calls.js'
import { sleep } from './clock.js'
import { rememberWish } from './memory.js'

/** @typedef {import('./calls.js').Place} Place */
/** @typedef {import('./screen.js').Refusal} Refusal */

/**
 * @typedef {object} Wished
 * @property {string | null} wish
 * @property {Place | null} place
 * @property {Refusal | null} refusal
 */

const QUEUE_AGAIN_MS = 500
const QR_AGAIN_MS = 3_000
const LINE_AGAIN_MS = 2_000
const BUSY_AGAIN_MS = 3_000
/** After so many «it is still going on» a person is asked. */
const BUSY_LIMIT = 5

/** The payment is not what this page last saw: the state says what it is. */
const TOLD_BY_STATE = new Set([
  'already_paid',
  'cancelled',
  'expired',
  'payment_not_found',
  'payment_archived',
])

/**
 * @param {string} base address of the payment's page
 * @param {(wished: Wished) => void} onChange
 * @param {() => Promise<void>} look brings the newest state
 * @returns {{ choose(code: string): void, drop(): void }}
 */
export function openWishes(base, onChange, look) {
  let cut = new AbortController()

  /** @param {Partial<Wished>} change */
  function tell(change) {
    onChange({ wish: null, place: null, refusal: null, ...change })
  }

  /**
   * @param {string} code
   * @param {AbortController} own
   */
  async function pursue(code, own) {
    let busy = 0
    const isDropped = () => own.signal.aborted
    while (!isDropped()) {
      // Written each time, since it stays fresh only as long as the place does.
      rememberWish(base, code)
      const answer = await askStart(base, code, own)
      if (isDropped()) return
      if (answer.kind === 'unreachable') {
        await sleep(LINE_AGAIN_MS)
        continue
      }
      if (answer.kind === 'started' || TOLD_BY_STATE.has(answer.code)) {
        await look()
        if (!isDropped()) drop()
        return
      }
      const againMs = againAfter(answer.code, busy)
      if (answer.code === 'attempt_in_progress') busy += 1
      if (againMs === null) {
        drop()
        tell({ refusal: { code: answer.code, method: code } })
        return
      }
      tell({ wish: code, place: answer.place })
      await sleep(againMs)
    }
  }

  function drop() {
    cut.abort()
    rememberWish(base, null)
    tell({})
  }

  return {
    choose(code) {
      cut.abort()
      cut = new AbortController()
      tell({ wish: code })
      void pursue(code, cut)
    },
    drop,
  }
}

/**
 * @param {string} code of a refusal
 * @param {number} busy how often the earlier attempt was still going on
 * @returns {number | null} null when trying again by itself would not help
 */
function againAfter(code, busy) {
  switch (code) {
    case 'terminals_busy':
      return QUEUE_AGAIN_MS
    case 'qr_not_ready':
    case 'rate_limited':
      return QR_AGAIN_MS
    case 'attempt_in_progress':
      return busy < BUSY_LIMIT ? BUSY_AGAIN_MS : null
    default:
      return null
  }
}
