// Keeps the page true: it looks at intervals whatever happens, and a stream of events, or where none gets
// through a long poll, lets it know at once. Nothing it hears is dropped for a reason of the page's own,
// but a state older than one already shown.

import { askState } from './calls.js'
import { elapsedMs, sleep } from './clock.js'

/** @typedef {import('./calls.js').PayState} PayState */

/**
 * @typedef {object} Told
 * @property {(state: PayState) => void} onState
 * @property {(isThere: boolean) => void} onLine the line to the server is there, or not
 * @property {() => void} onMissing there is no such payment
 */

/** How the page hears of a change between two looks. */
/** @typedef {'stream' | 'long_poll' | 'looks'} Way */

/** A stream that says nothing at all is being kept back on its way. */
const SILENT_STREAM_MS = 6_000
const STREAM_ERRORS_LIMIT = 3
const LONG_POLL_SECONDS = 20
/** An answer sooner than this was no waiting. */
const NO_WAIT_MS = 1_000
const BUSY_LOOK_MS = 2_000
const CALM_LOOK_MS = 15_000
const TOO_OFTEN_MS = 5_000
/** After so long on looks alone the stream is tried again. */
const STREAM_AGAIN_MS = 60_000

/**
 * @param {string} base address of the payment's page
 * @param {Told} told
 * @returns {{ look(): Promise<void>, way(): Way }}
 */
export function followPayment(base, told) {
  /** @type {PayState | null} */
  let newest = null
  /** @type {Way} */
  let way = 'stream'
  let isConfirmed = false
  let isOver = false
  let wayBeganMs = elapsedMs()
  /** @type {Promise<void> | null} */
  let looking = null
  let pauseMs = 0
  let stopWay = () => {}

  /** @param {PayState} state */
  function heard(state) {
    told.onLine(true)
    if (newest !== null && state.version < newest.version) return
    newest = state
    try {
      told.onState(state)
    } catch {
      // A screen that cannot be drawn must not keep the page from the next one.
    }
  }

  /** @param {import('./calls.js').StateAnswer} answer */
  function take(answer) {
    switch (answer.kind) {
      case 'state':
        return heard(answer.state)
      case 'missing':
        isOver = true
        stopWay()
        return told.onMissing()
      case 'too_often':
        pauseMs = TOO_OFTEN_MS
        return
      case 'unreachable':
        return told.onLine(false)
    }
  }

  function look() {
    looking ??= askState(base)
      .then(take)
      .finally(() => {
        looking = null
      })
    return looking
  }

  /** @param {Way} next */
  function goBy(next) {
    stopWay()
    way = next
    isConfirmed = false
    wayBeganMs = elapsedMs()
    stopWay = next === 'stream' ? openStream() : next === 'long_poll' ? keepPolling() : () => {}
  }

  /** @returns {() => void} what ends it */
  function openStream() {
    if (typeof EventSource === 'undefined') {
      setTimeout(() => goBy('long_poll'))
      return () => {}
    }
    let errors = 0
    const source = new EventSource(`${base}/events`)
    const giveUp = () => goBy('long_poll')
    const silence = setTimeout(giveUp, SILENT_STREAM_MS)
    source.addEventListener('state', (event) => {
      clearTimeout(silence)
      errors = 0
      isConfirmed = true
      heard(JSON.parse(event.data))
    })
    source.addEventListener('end', () => source.close())
    source.addEventListener('error', () => {
      errors += 1
      if (source.readyState === EventSource.CLOSED || errors >= STREAM_ERRORS_LIMIT) giveUp()
      else void look()
    })
    return () => {
      clearTimeout(silence)
      source.close()
    }
  }

  /** @returns {() => void} what ends it */
  function keepPolling() {
    const cut = new AbortController()
    const poll = async () => {
      while (!cut.signal.aborted && !isAtRest(newest)) {
        const askedMs = elapsedMs()
        const wait = { seconds: LONG_POLL_SECONDS, version: newest?.version ?? 0 }
        const answer = await askState(base, wait, cut)
        if (cut.signal.aborted) return
        if (answer.kind !== 'state') return goBy('looks')
        isConfirmed = true
        heard(answer.state)
        if (elapsedMs() - askedMs < NO_WAIT_MS) await sleep(NO_WAIT_MS)
      }
    }
    void poll()
    return () => cut.abort()
  }

  function lookAfterMs() {
    // No notice tells of these two.
    if (newest?.refund || newest?.queue) return BUSY_LOOK_MS
    return isConfirmed || isAtRest(newest) ? CALM_LOOK_MS : BUSY_LOOK_MS
  }

  async function keepLooking() {
    await look()
    if (!isOver) goBy('stream')
    while (!isOver) {
      const beganMs = elapsedMs()
      while (elapsedMs() - beganMs < Math.max(lookAfterMs(), pauseMs)) await sleep(250)
      pauseMs = 0
      if (document.hidden) continue
      const isStale = way === 'looks' && elapsedMs() - wayBeganMs > STREAM_AGAIN_MS
      if (isStale && !isAtRest(newest)) goBy('stream')
      await look()
    }
  }

  function comeBack() {
    if (document.hidden || isOver) return
    if (way === 'looks' && !isAtRest(newest)) goBy('stream')
    void look()
  }
  document.addEventListener('visibilitychange', comeBack)
  addEventListener('pageshow', comeBack)
  addEventListener('online', comeBack)
  addEventListener('offline', () => told.onLine(false))

  void keepLooking()
  return { look, way: () => way }
}

/**
 * The server has nothing more to tell by itself; a refund, or late money, is found by looks.
 *
 * @param {PayState | null} state
 */
function isAtRest(state) {
  if (state === null) return false
  return (state.status === 'paid' || state.status === 'cancelled') && state.status_detail === null
}
