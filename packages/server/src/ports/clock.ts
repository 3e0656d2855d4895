// Time as the middle sees it. Moments that decide about money come from the database instead.

export interface Clock {
  /** Epoch milliseconds of this machine; for waits and logs only. */
  now(): number
  /** Resolves after `ms`, or at once when `signal` is aborted; it never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Aborted after `ms`; it keeps no process alive. */
  timeout(ms: number): AbortSignal
}

export interface Random {
  /** In [0, 1). */
  chance(): number
  /** So many bytes from a cryptographic source. */
  bytes(count: number): Buffer
}
