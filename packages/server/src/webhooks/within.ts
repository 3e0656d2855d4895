// Work with an end: its own time, or somebody else's word.

class TimeIsUp extends Error {
  readonly code = 'ETIMEDOUT'
}

/** Lets `work` run for at most `ms`, or until `outer` is aborted. */
export async function within<T>(
  ms: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const ending = new AbortController()
  const stop = () => ending.abort(outer.reason)
  const timer = setTimeout(() => ending.abort(new TimeIsUp()), ms)
  outer.addEventListener('abort', stop)
  try {
    outer.throwIfAborted()
    return await work(ending.signal)
  } finally {
    clearTimeout(timer)
    outer.removeEventListener('abort', stop)
  }
}
