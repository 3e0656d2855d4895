// Remembers for a moment what every request asks: who the token belongs to, the methods with their
// rates, whether money is being taken. Never older than RECENT_MS, so that a revoked token or a
// switched-off source is refused within a second on every instance (A28).

import type { AccountStore } from '../ports/account-store.ts'
import type { Clock } from '../ports/clock.ts'

const RECENT_MS = 400

/** Tokens remembered at once; wrong ones are remembered too, so a flood of them must not grow it. */
const TOKENS_LIMIT = 1_000

interface Remembered<T> {
  readonly value: Promise<T>
  readonly atMs: number
}

export function recentAccounts(store: AccountStore, clock: Clock): AccountStore {
  /** An age below zero is a clock that was set back: how old it is nobody can tell. */
  const isFresh = ({ atMs }: Remembered<unknown>) => {
    const ageMs = clock.now() - atMs
    return ageMs >= 0 && ageMs < RECENT_MS
  }

  function remembering<T>(ask: () => Promise<T>): () => Promise<T> {
    let last: Remembered<T> | undefined
    return () => {
      if (last !== undefined && isFresh(last)) return last.value
      const value = ask()
      last = { value, atMs: clock.now() }
      value.catch(() => {
        last = undefined
      })
      return value
    }
  }

  const byToken = new Map<string, Remembered<Awaited<ReturnType<AccountStore['sourceByToken']>>>>()
  return {
    ...store,
    methods: remembering(store.methods),
    isTakingMoney: remembering(store.isTakingMoney),
    sourceByToken(tokenHash) {
      const key = tokenHash.toString('base64')
      const known = byToken.get(key)
      if (known !== undefined && isFresh(known)) return known.value
      if (byToken.size >= TOKENS_LIMIT) byToken.clear()
      const value = store.sourceByToken(tokenHash)
      byToken.set(key, { value, atMs: clock.now() })
      value.catch(() => byToken.delete(key))
      return value
    },
  }
}
