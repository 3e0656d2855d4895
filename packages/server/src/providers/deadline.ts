// A time limit on waiting for a device. The clock of the limit runs from the call of this function,
// whatever the work does; it must never leave a timer behind.

/** Why nobody waits any longer. `code` is for logs, as Node's own errors have one. */
class WaitOverError extends Error {
  readonly code: 'TIME_IS_UP' | 'CALLER_GAVE_UP'

  constructor(code: 'TIME_IS_UP' | 'CALLER_GAVE_UP') {
    super(code)
    this.name = 'WaitOverError'
    this.code = code
  }
}

/**
 * Runs `work` with a signal that is aborted after `limitMs` milliseconds, or earlier with `outer`.
 * It passes on what `work` returns or throws, so `work` must obey its signal.
 */
export async function withDeadline<T>(
  limitMs: number,
  outer: AbortSignal | null,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const giveUp = () => controller.abort(new WaitOverError('CALLER_GAVE_UP'))
  const timer = setTimeout(() => controller.abort(new WaitOverError('TIME_IS_UP')), limitMs)
  if (outer?.aborted) giveUp()
  else outer?.addEventListener('abort', giveUp, { once: true })
  try {
    return await work(controller.signal)
  } finally {
    clearTimeout(timer)
    outer?.removeEventListener('abort', giveUp)
  }
}
