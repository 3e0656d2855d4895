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
  /** Streams and long polls at once, of one payment: its shop's, and its customers' (S11). */
  readonly waitersPerPayment: number
  readonly waitersPerSource: number
  readonly waitersPerAddress: number
  /** Streams of the console at once: of one person, and of all staff. */
  readonly streamsPerPerson: number
  readonly staffStreams: number
  /** In all; the connections beyond them are for ordinary calls. */
  readonly waiters: number
  /** How often a stream says that it is there, and asks whether its client may still have it. */
  readonly heartbeatMs: number
  /** After so long a stream ends, and its client comes again. */
  readonly streamMs: number
  /** How soon a client whose stream has ended is to come again. */
  readonly reconnectMs: number
  /** A stream whose client has left more than this unread is ended. */
  readonly unreadBytes: number
  /** How often all payments that are watched are looked at for a change whose notice was lost. */
  readonly lookAgainMs: number
  /** How long changes are gathered before staff are told of the next ones. */
  readonly gatherMs: number
}

export const HTTP_LIMITS: HttpLimits = {
  bodyBytes: 64 * 1024,
  depth: 8,
  keys: 100,
  headersMs: 10_000,
  requestMs: 15_000,
  keepAliveMs: 65_000,
  idleSocketMs: 180_000,
  connections: 16_000,
  keyWaitMs: 65_000,
  readinessMs: 2_000,
  waitersPerPayment: 20,
  waitersPerSource: 4_000,
  waitersPerAddress: 500,
  waiters: 12_000,
  streamsPerPerson: 12,
  staffStreams: 1_000,
  heartbeatMs: 15_000,
  streamMs: 600_000,
  reconnectMs: 2_000,
  unreadBytes: 64 * 1024,
  lookAgainMs: 2_000,
  gatherMs: 300,
}
