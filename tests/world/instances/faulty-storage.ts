// The wire between a process and its database: it may be away for a while, and an answer may be lost after
// what was asked has been done. Told as the ports tell it, so that it serves memory and PostgreSQL alike.

import { DatabaseUnavailable } from '../../../packages/server/src/ports/database-unavailable.ts'
import type { Storage } from '../../../packages/server/src/ports/storage.ts'

export type CommitFault =
  /** Done, and the answer is lost: the unit of work runs its work again. */
  | 'answer_lost'
  /** Not done: the same, as far as anybody can tell. */
  | 'commit_lost'

export class DatabaseWire {
  /** The next commits suffer these, whoever makes them. */
  readonly commitFaults: CommitFault[] = []
  /** So many of the next single statements are done, and nobody hears of it. */
  statementsLost = 0
  isAway = false

  heal(): void {
    this.commitFaults.length = 0
    this.statementsLost = 0
    this.isAway = false
  }

  over(storage: Storage): Storage {
    const ports = Object.entries(storage)
      .filter(([name]) => name !== 'transaction')
      .map(([name, port]) => [name, this.#statements(port as object)])
    return {
      ...(Object.fromEntries(ports) as Storage),
      transaction: (work) => this.#transaction(storage, work),
    }
  }

  async #transaction<T>(
    storage: Storage,
    work: Parameters<typeof storage.transaction<T>>[0],
  ): Promise<T> {
    if (this.isAway) throw away()
    const fault = this.commitFaults.shift()
    switch (fault) {
      case 'answer_lost':
        await storage.transaction(work)
        break
      case 'commit_lost':
        await rolledBack(storage, work)
        break
      case undefined:
        break
    }
    return storage.transaction(work)
  }

  /** A statement of a transaction says so by its first argument, and falls with the transaction. */
  #statements<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get: (target, key) => {
        const own: unknown = Reflect.get(target, key)
        if (typeof own !== 'function') return own
        return async (...given: unknown[]) => {
          if (this.isAway) throw away()
          const answer: unknown = await own.apply(target, given)
          if (this.statementsLost > 0 && !isTransaction(given[0])) {
            this.statementsLost -= 1
            throw away()
          }
          return answer
        }
      },
    })
  }
}

class RolledBack extends Error {}

async function rolledBack<T>(
  storage: Storage,
  work: Parameters<typeof storage.transaction<T>>[0],
): Promise<void> {
  try {
    await storage.transaction(async (tx) => {
      await work(tx)
      throw new RolledBack()
    })
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error
  }
}

function isTransaction(given: unknown): boolean {
  return typeof given === 'object' && given !== null && ('rows' in given || 'say' in given)
}

function away(): DatabaseUnavailable {
  return new DatabaseUnavailable(new Error('сервер базы недоступен'))
}
