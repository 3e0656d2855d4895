// Remembers where payments stand, for those who ask again and again (S11). What it tells is never older than the last
// commit on any instance plus STALE_MS: a notice drops what changed, and nothing that is remembered is told
// while it is not sure that every notice of that time has come.

import { LRUCache } from 'lru-cache'
import type { Clock } from '../ports/clock.ts'
import type { PaymentStanding, PaymentStore } from '../ports/payment-store.ts'
import type { Notices } from '../ports/storage.ts'

/** With what the last question to the database takes, still within the 100 ms that are promised. */
const STALE_MS = 80

/** Some 10 MB. */
const STANDINGS_LIMIT = 20_000

/** What somebody changes by hand in the database has no notice; it is seen after this at the latest. */
const UNTOLD_MS = 10_000

/**
 * A payment that this very instance is changing is read anew for so long, so that who is answered here finds what he was
 * answered. Its notice comes after the commit, and may come after the answer.
 */
const CHANGING_MS = 2_000

const TOPIC = 'payment:'

/** @param limit how many payments are remembered at most */
export function recentStandings(
  store: PaymentStore,
  notices: Pick<Notices, 'listen' | 'behindMs'>,
  clock: Pick<Clock, 'now'>,
  limit = STANDINGS_LIMIT,
): PaymentStore {
  const perf = { now: clock.now }
  /** Questions too, so that many who ask at once cost one. */
  const standings = new LRUCache<string, Promise<PaymentStanding | null>>({
    max: limit,
    ttl: UNTOLD_MS,
    ttlResolution: 0,
    perf,
  })
  const changing = new LRUCache<string, true>({
    max: Math.ceil(limit / 4),
    ttl: CHANGING_MS,
    ttlResolution: 0,
    perf,
  })

  notices.listen((topic) => {
    if (topic === null) standings.clear()
    else if (topic.startsWith(TOPIC)) standings.delete(topic.slice(TOPIC.length))
  })

  function ask(paymentId: string): Promise<PaymentStanding | null> {
    const asked = store.standing(paymentId)
    standings.set(paymentId, asked)
    const forget = (): void => {
      if (standings.peek(paymentId) === asked) standings.delete(paymentId)
    }
    // Guesses at ids must not push out what is asked for.
    asked.then((found) => found ?? forget(), forget)
    return asked
  }

  return {
    ...store,
    save(tx, before, ...change) {
      const { id } = before.payment
      changing.set(id, true)
      standings.delete(id)
      return store.save(tx, before, ...change)
    },
    standing(paymentId) {
      // Asked in any case, for asking keeps the answer small.
      const isSure = notices.behindMs() <= STALE_MS
      if (!isSure || changing.has(paymentId)) return store.standing(paymentId)
      return standings.get(paymentId) ?? ask(paymentId)
    },
  }
}
