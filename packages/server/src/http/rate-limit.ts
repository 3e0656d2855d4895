// Token buckets for calls that are cheap alone and dear in crowds (S11, N5). Kept in memory, for each
// instance by itself: they guard the machine, no rule about money may lean on them.

export interface Rate {
  /** One more call each so often. */
  readonly everyMs: number
  /** Calls at once after a rest. */
  readonly burst: number
}

/** S11: one status call a second per payment, five at once. */
export const POLLING: Rate = { everyMs: 1_000, burst: 5 }

/** The most buckets of one generation; some 10 MB when all are used. */
const BUCKETS_LIMIT = 50_000

/**
 * Buckets by key. A bucket is one number, the moment at which it would be full again, so that
 * nothing ticks. Two generations bound the memory: when the young one is full, or as old as a
 * bucket needs to fill up, the old one is dropped; those in use have moved over by then.
 */
export class RateLimit {
  readonly #rate: Rate
  readonly #limit: number
  #young = new Map<string, number>()
  #old = new Map<string, number>()
  #bornMs = 0

  constructor(rate: Rate, limit: number = BUCKETS_LIMIT) {
    this.#rate = rate
    this.#limit = limit
  }

  /** Takes one call out of the bucket. Returns 0, or how many ms until it may be taken. */
  take(key: string, nowMs: number): number {
    const { everyMs, burst } = this.#rate
    this.#turnOver(nowMs)
    const fullAtMs = Math.max(this.#young.get(key) ?? this.#old.get(key) ?? 0, nowMs)
    const waitMs = fullAtMs - nowMs - (burst - 1) * everyMs
    // After a jump of the clock backwards an old bucket would look empty for ever.
    if (waitMs > 0 && waitMs <= everyMs) return waitMs
    this.#young.set(key, waitMs > 0 ? nowMs + everyMs : fullAtMs + everyMs)
    return 0
  }

  get size(): number {
    return this.#young.size + this.#old.size
  }

  #turnOver(nowMs: number): void {
    const { everyMs, burst } = this.#rate
    const ageMs = Math.abs(nowMs - this.#bornMs)
    if (this.#young.size < this.#limit && ageMs < everyMs * burst) return
    this.#old = this.#young
    this.#young = new Map()
    this.#bornMs = nowMs
  }
}
