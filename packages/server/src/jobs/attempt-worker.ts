// This instance's share of the watch over open attempts: renews the leases it holds, takes over those
// that ran out, and runs one watcher for each.

import { watchAttempt } from '../payments/watch-attempt.ts'
import type { Centre, Watchers } from '../ports/centre.ts'
import type { LeasedAttempt } from '../ports/pool-store.ts'
import type { Worker } from './worker.ts'

/** Attempts taken over in one look, so that one instance does not grab everything at once. */
const TAKE_OVER_LIMIT = 50

interface Watching {
  readonly stopping: AbortController
  readonly done: Promise<void>
}

/** Made before the centre, which hands attempts to it; `start` gives it the centre. */
export class AttemptWorker implements Watchers, Worker {
  readonly #held = new Map<string, number>()
  readonly #watching = new Map<string, Watching>()
  readonly #stopping = new AbortController()
  #centre: Centre | null = null
  #loops: Promise<unknown> = Promise.resolve()

  start(centre: Centre): void {
    this.#centre = centre
    this.#loops = Promise.all([
      this.#every(centre, centre.limits.heartbeatMs, () => this.#renew(centre)),
      this.#every(centre, centre.limits.sweepMs, () => this.#takeOver(centre)),
    ])
  }

  hold(attemptId: string): () => void {
    this.#held.set(attemptId, (this.#held.get(attemptId) ?? 0) + 1)
    return () => {
      const left = (this.#held.get(attemptId) ?? 1) - 1
      if (left > 0) this.#held.set(attemptId, left)
      else this.#held.delete(attemptId)
    }
  }

  attend(leased: LeasedAttempt): void {
    const centre = this.#centre
    if (centre === null || this.#stopping.signal.aborted) return
    this.#watching.get(leased.attemptId)?.stopping.abort()
    const stopping = new AbortController()
    const release = this.hold(leased.attemptId)
    const done = watchAttempt(centre, leased, stopping.signal)
      .catch((error: Error) => {
        // Its lease runs out and the attempt is taken over, by this instance or another.
        const fields = { attempt: leased.attemptId, error: error.message }
        centre.log.error(fields, 'Наблюдение прервалось, попытка будет подхвачена снова')
      })
      .finally(() => {
        release()
        if (this.#watching.get(leased.attemptId)?.stopping === stopping) {
          this.#watching.delete(leased.attemptId)
        }
      })
    this.#watching.set(leased.attemptId, { stopping, done })
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    const watching = [...this.#watching.values()]
    for (const { stopping } of watching) stopping.abort()
    await Promise.allSettled([this.#loops, ...watching.map(({ done }) => done)])
    if (this.#centre !== null) await this.#giveBack(this.#centre)
  }

  /** Only hastens: without a database they run out by themselves, and the stop goes on. */
  async #giveBack({ instance, log, storage }: Centre): Promise<void> {
    try {
      await storage.pool.releaseLeases(instance)
    } catch (error) {
      log.warn({ error: (error as Error).message }, 'Наблюдение не отдано, другие подхватят позже')
    }
  }

  async #every(centre: Centre, ms: number, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      try {
        await work()
      } catch (error) {
        centre.log.error({ error: (error as Error).message }, 'Обход попыток прервался')
      }
      await centre.clock.sleep(ms, signal)
    }
  }

  async #renew(centre: Centre): Promise<void> {
    const ids = [...this.#held.keys()]
    if (ids.length === 0) return
    const { instance, limits, storage } = centre
    const kept = new Set(await storage.pool.renewLeases(instance, ids, limits.leaseMs))
    for (const [attemptId, { stopping }] of this.#watching) {
      if (ids.includes(attemptId) && !kept.has(attemptId)) stopping.abort()
    }
  }

  async #takeOver(centre: Centre): Promise<void> {
    const { instance, limits, storage } = centre
    const taken = await storage.pool.takeOver(instance, limits.leaseMs, TAKE_OVER_LIMIT)
    if (taken.length > 0) centre.meter.tookOver(taken.length)
    for (const leased of taken) {
      centre.log.info({ attempt: leased.attemptId }, 'Попытка подхвачена')
      this.attend(leased)
    }
  }
}
