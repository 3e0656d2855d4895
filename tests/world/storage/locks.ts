// Locks of rows and of the pool, each waited for in the order of asking and for no longer than the real
// server is told to let anybody wait.

import type { SimulatedTime } from '../time/simulated-time.ts'
import { NotNow } from './refusals.ts'

const LOCK_TIMEOUT_MS = 10_000

interface Waiter {
  readonly holder: object
  readonly take: () => void
}

export class Locks {
  readonly #held = new Map<string, object>()
  readonly #waiting = new Map<string, Waiter[]>()
  readonly #time: SimulatedTime

  constructor(time: SimulatedTime) {
    this.#time = time
  }

  isHeldByAnother(name: string, holder: object): boolean {
    const other = this.#held.get(name)
    return other !== undefined && other !== holder
  }

  /** @throws NotNow after the longest wait */
  acquire(name: string, holder: object): Promise<void> {
    if (!this.isHeldByAnother(name, holder)) {
      this.#held.set(name, holder)
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const queue = this.#waiting.get(name) ?? []
      this.#waiting.set(name, queue)
      const waiter: Waiter = {
        holder,
        take: () => {
          takeBack()
          resolve()
        },
      }
      const takeBack = this.#time.after(LOCK_TIMEOUT_MS, () => {
        queue.splice(queue.indexOf(waiter), 1)
        reject(new NotNow(`замок ${name} не дождались`))
      })
      queue.push(waiter)
    })
  }

  releaseAll(holder: object): void {
    for (const queue of this.#waiting.values()) {
      const own = queue.findIndex((waiter) => waiter.holder === holder)
      if (own >= 0) queue.splice(own, 1)
    }
    for (const [name, held] of [...this.#held]) {
      if (held === holder) this.#handOn(name)
    }
  }

  #handOn(name: string): void {
    const next = this.#waiting.get(name)?.shift()
    if (next === undefined) {
      this.#held.delete(name)
      this.#waiting.delete(name)
      return
    }
    this.#held.set(name, next.holder)
    next.take()
  }
}
