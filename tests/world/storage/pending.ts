// Counts what is under way at a real server: simulated time stands still until the server has answered all that
// it was asked. A transaction counts while a statement of it runs, not while its process thinks.

import type { Storage } from '../../../packages/server/src/ports/storage.ts'
import type { Outside } from '../time/simulated-time.ts'

export class Pending implements Outside {
  #count = 0
  #resting: PromiseWithResolvers<void> | null = null

  get isBusy(): boolean {
    return this.#count > 0
  }

  begin(): void {
    this.#count += 1
  }

  end(): void {
    this.#count -= 1
    if (this.#count > 0) return
    this.#resting?.resolve()
    this.#resting = null
  }

  /** Asking again and again would keep a core as busy as the server itself. */
  rest(): Promise<void> {
    if (this.#count === 0) return Promise.resolve()
    this.#resting ??= Promise.withResolvers()
    return this.#resting.promise
  }

  /** @param before runs before anything is asked: tells the server what time it is */
  counting(storage: Storage, before: () => Promise<void>): Storage {
    const during = async <T>(work: () => Promise<T>): Promise<T> => {
      this.begin()
      try {
        await before()
        return await work()
      } finally {
        this.end()
      }
    }
    const ports = Object.entries(storage)
      .filter(([name]) => name !== 'transaction')
      .map(([name, port]) => [name, countingPort(port as object, during)])
    return {
      ...(Object.fromEntries(ports) as Storage),
      transaction: (work) =>
        during(() =>
          storage.transaction(async (tx) => {
            this.end()
            try {
              return await work(tx)
            } finally {
              this.begin()
            }
          }),
        ),
    }
  }
}

type During = <T>(work: () => Promise<T>) => Promise<T>

function countingPort<Port extends object>(port: Port, during: During): Port {
  return new Proxy(port, {
    get(target, key) {
      const own: unknown = Reflect.get(target, key)
      if (typeof own !== 'function') return own
      return (...given: unknown[]) => during(async () => own.apply(target, given))
    },
  })
}
