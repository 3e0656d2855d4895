// The only reader of time. How long something took is read from the steady clock: a phone's own date is
// often wrong, so what a date is comes from the server alone.

/** Milliseconds since the page was opened; never goes back. */
export function elapsedMs() {
  return performance.now()
}

/** Milliseconds since 1970, for what one page of this browser leaves to the next. */
export function wallMs() {
  return Date.now()
}

/**
 * @param {number} ms
 * @returns {Promise<void>}
 */
export function sleep(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
