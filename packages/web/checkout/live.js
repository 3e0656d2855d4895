// Keeps the page true: it looks at intervals whatever happens, and a stream of events, or where none gets
// through a long poll, lets it know at once. A state older than one already shown is dropped, nothing else.

import { askState } from './calls.js'
import { elapsedMs, sleep } from './clock.js'
import { isAtRest, openLongPoll, openStream } from './ways.js'

/** @typedef {import('./calls.js').PayState} PayState */

/**
 * @typedef {object} Told
 * @property {(state: PayState) => void} onState
 * @property {(isThere: boolean) => void} onLine the line to the server is there, or not
 * @property {() => void} onMissing there is no such payment
 */

/** How the page hears of a change between two looks. */
/** @typedef {'stream' | 'long_poll' | 'looks'} Way */

const BUSY_LOOK_MS = 2_000
const CALM_LOOK_MS = 15_000
const TOO_OFTEN_MS = 5_000
/** After so long on looks alone the stream is tried again. */
const STREAM_AGAIN_MS = 60_000
const BEAT_MS = 250

/**
 * @param {string} base address of the payment's page
 * @param {Told} told
 * @returns {{ look(): Promise<void> }}
 */
export function followPayment(base, told) {
  const known = newestOf(told)
  const ways = openWays(base, known.heard, known.newest, () => void look())
  let pauseMs = 0
  /** @type {Promise<void> | null} */
  let looking = null

  function look() {
    looking ??= askState(base)
      .then(take)
      .finally(() => {
        looking = null
      })
    return looking
  }

  /** @param {import('./calls.js').StateAnswer} answer */
  function take(answer) {
    switch (answer.kind) {
      case 'state':
        return known.heard(answer.state)
      case 'missing':
        ways.close()
        return told.onMissing()
      case 'too_often':
        pauseMs = TOO_OFTEN_MS
        return
      case 'unreachable':
        return told.onLine(false)
    }
  }

  async function keepLooking() {
    await look()
    ways.goBy('stream')
    while (!ways.isClosed()) {
      const beganMs = elapsedMs()
      const isDue = () => elapsedMs() - beganMs >= Math.max(ways.lookAfterMs(), pauseMs)
      while (!isDue()) await sleep(BEAT_MS)
      pauseMs = 0
      if (document.hidden) continue
      ways.tryAgain(STREAM_AGAIN_MS)
      await look()
    }
  }

  function comeBack() {
    if (document.hidden || ways.isClosed()) return
    ways.tryAgain(0)
    void look()
  }
  document.addEventListener('visibilitychange', comeBack)
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) comeBack()
  })
  addEventListener('online', comeBack)
  addEventListener('offline', () => told.onLine(false))
  void keepLooking()
  return { look }
}

/**
 * The newest state, told on as it comes.
 *
 * @param {Told} told
 */
function newestOf(told) {
  /** @type {PayState | null} */
  let newest = null
  return {
    newest: () => newest,
    /** @param {PayState} state */
    heard(state) {
      told.onLine(true)
      if (newest !== null && state.version < newest.version) return
      newest = state
      try {
        told.onState(state)
      } catch {
        // A screen that cannot be drawn must not keep the page from the next one.
      }
    },
  }
}

/**
 * From one way to the next as each proves useless: stream, long poll, looks alone.
 *
 * @param {string} base
 * @param {(state: PayState) => void} heard
 * @param {() => PayState | null} newest
 * @param {() => void} look
 */
function openWays(base, heard, newest, look) {
  /** @type {Way} */
  let way = 'looks'
  let beganMs = elapsedMs()
  /** Something has come by this way: looks need not be frequent. */
  let isConfirmed = false
  let isClosed = false
  let stop = () => {}

  /** @param {Way} next */
  function goBy(next) {
    if (isClosed) return
    stop()
    way = next
    beganMs = elapsedMs()
    isConfirmed = false
    /** @type {(to: Way) => import('./ways.js').Listener} */
    const listener = (to) => ({
      onState(state) {
        isConfirmed = true
        heard(state)
      },
      onStumble: look,
      onUseless: () => goBy(to),
      newest,
    })
    if (next === 'stream') stop = openStream(base, listener('long_poll'))
    else stop = next === 'long_poll' ? openLongPoll(base, listener('looks')) : () => {}
  }

  return {
    goBy,
    isClosed: () => isClosed,
    close() {
      isClosed = true
      stop()
    },
    /** @param {number} afterMs how long looks alone had to do */
    tryAgain(afterMs) {
      const isWorth = way === 'looks' && !isAtRest(newest())
      if (isWorth && elapsedMs() - beganMs >= afterMs) goBy('stream')
    },
    lookAfterMs() {
      const state = newest()
      // No notice tells of these two.
      if (state?.refund || state?.queue) return BUSY_LOOK_MS
      return isConfirmed || isAtRest(state) ? CALM_LOOK_MS : BUSY_LOOK_MS
    },
  }
}
