// Every limit and wait of the HTTP side, in one place; tests scale them down.

export interface HttpLimits {
  readonly bodyBytes: number
  /** Containers inside the body, one in another; the body itself is not counted (A20, T7). */
  readonly depth: number
  /** Names in the whole body, at every depth (A20). */
  readonly keys: number
  /** From the first byte of a connection to the end of the headers (A21). */
  readonly headersMs: number
  /** To the end of the body. */
  readonly requestMs: number
  readonly keepAliveMs: number
  /** A socket on which nothing moves; longer than any call may take. */
  readonly idleSocketMs: number
  readonly connections: number
  /** How long a call waits for another one with the same Idempotency-Key (T9). */
  readonly keyWaitMs: number
  readonly readinessMs: number
}

export const HTTP_LIMITS: HttpLimits = {
  bodyBytes: 64 * 1024,
  depth: 8,
  keys: 100,
  headersMs: 10_000,
  requestMs: 15_000,
  keepAliveMs: 65_000,
  idleSocketMs: 180_000,
  connections: 10_000,
  keyWaitMs: 65_000,
  readinessMs: 2_000,
}
