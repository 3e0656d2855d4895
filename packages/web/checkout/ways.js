// The two quick ways of hearing that a payment has changed: a stream of events, and a long poll where no
// stream gets through. Each says when it is of no use; neither decides what to do then.

import { askState } from './calls.js'
import { elapsedMs, sleep } from './clock.js'

/** @typedef {import('./calls.js').PayState} PayState */

/**
 * @typedef {object} Listener
 * @property {(state: PayState) => void} onState
 * @property {() => void} onStumble the line broke; the way may find itself again
 * @property {() => void} onUseless nothing more will come by this way
 * @property {() => PayState | null} newest what the page knows
 */

/** A stream that says nothing at all is being kept back on its way. */
const SILENT_STREAM_MS = 6_000
const STREAM_ERRORS_LIMIT = 3
const LONG_POLL_SECONDS = 20
/** An answer sooner than this was no waiting. */
const NO_WAIT_MS = 1_000

/**
 * @param {string} base address of the payment's page
 * @param {Listener} listener
 * @returns {() => void} what ends it
 */
export function openStream(base, { onState, onStumble, onUseless }) {
  if (typeof EventSource === 'undefined') {
    const timer = setTimeout(onUseless)
    return () => clearTimeout(timer)
  }
  let errors = 0
  const source = new EventSource(`${base}/events`)
  const silence = setTimeout(onUseless, SILENT_STREAM_MS)
  source.addEventListener('state', (event) => {
    clearTimeout(silence)
    errors = 0
    onState(JSON.parse(event.data))
  })
  source.addEventListener('end', () => {
    clearTimeout(silence)
    source.close()
  })
  source.addEventListener('error', () => {
    errors += 1
    const isOver = source.readyState === EventSource.CLOSED || errors >= STREAM_ERRORS_LIMIT
    if (isOver) onUseless()
    else onStumble()
  })
  return () => {
    clearTimeout(silence)
    source.close()
  }
}

/**
 * @param {string} base address of the payment's page
 * @param {Listener} listener
 * @returns {() => void} what ends it
 */
export function openLongPoll(base, { onState, onUseless, newest }) {
  const cut = new AbortController()
  const poll = async () => {
    while (!cut.signal.aborted && !isAtRest(newest())) {
      const askedMs = elapsedMs()
      const wait = { seconds: LONG_POLL_SECONDS, version: newest()?.version ?? 0 }
      const answer = await askState(base, wait, cut)
      if (cut.signal.aborted) return
      if (answer.kind !== 'state') return onUseless()
      onState(answer.state)
      if (elapsedMs() - askedMs < NO_WAIT_MS) await sleep(NO_WAIT_MS)
    }
  }
  void poll()
  return () => cut.abort()
}

/**
 * The server has nothing more to tell by itself; a refund, or late money, is found by looks.
 *
 * @param {PayState | null} state
 */
export function isAtRest(state) {
  if (state === null) return false
  return (state.status === 'paid' || state.status === 'cancelled') && state.status_detail === null
}
