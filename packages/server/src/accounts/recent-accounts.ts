// Remembers for a moment what every request and every webhook asks: who the token belongs to, the methods with
// their rates, whether money is being taken, what a source's webhooks are signed with. Never older than RECENT_MS,
// so that a revoked token or a switched-off source is refused within a second on every instance (A28).

import type { AccountStore } from '../ports/account-store.ts'
import type { Clock } from '../ports/clock.ts'

const RECENT_MS = 400

/** Of each kind at once; wrong tokens are remembered too, so a flood of them must not grow it. */
const REMEMBERED_LIMIT = 1_000

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

  function rememberingEach<Key, T>(
    ask: (key: Key) => Promise<T>,
    nameOf: (key: Key) => string | number,
  ): (key: Key) => Promise<T> {
    const known = new Map<string | number, Remembered<T>>()
    return (key) => {
      const name = nameOf(key)
      const last = known.get(name)
      if (last !== undefined && isFresh(last)) return last.value
      if (known.size >= REMEMBERED_LIMIT) known.clear()
      const value = ask(key)
      known.set(name, { value, atMs: clock.now() })
      value.catch(() => known.delete(name))
      return value
    }
  }

  return {
    ...store,
    methods: remembering(store.methods),
    isTakingMoney: remembering(store.isTakingMoney),
    sourceByToken: rememberingEach(store.sourceByToken, (hash) => hash.toString('base64')),
    sealedSecrets: rememberingEach(store.sealedSecrets, (sourceId) => sourceId),
  }
}
