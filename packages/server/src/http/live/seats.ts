// How many clients may wait at once: for one payment, for one source, from one address, in all (S11).
// Kept in memory, for each instance by itself: the limits guard the machine.

import { Refusal } from '../refusal.ts'

export interface Seat {
  /** Whose seats are counted. */
  readonly of: string
  readonly limit: number
}

const COME_AGAIN_SECONDS = 5

export class Seats {
  readonly #taken = new Map<string, number>()

  /**
   * Takes a place of every kind, or none.
   *
   * @returns what gives them back, to be called once
   * @throws Refusal rate_limited when one kind has none left
   */
  take(seats: readonly Seat[]): () => void {
    const isFull = seats.some(({ of, limit }) => (this.#taken.get(of) ?? 0) >= limit)
    if (isFull) throw new Refusal('rate_limited', { retryAfterSeconds: COME_AGAIN_SECONDS })
    for (const { of } of seats) this.#taken.set(of, (this.#taken.get(of) ?? 0) + 1)
    return () => {
      for (const { of } of seats) this.#giveBack(of)
    }
  }

  taken(of: string): number {
    return this.#taken.get(of) ?? 0
  }

  #giveBack(of: string): void {
    const left = (this.#taken.get(of) ?? 1) - 1
    if (left > 0) this.#taken.set(of, left)
    else this.#taken.delete(of)
  }
}
