// The payments that somebody on this instance waits for (S10, S11). However many clients wait, a change
// is read once and handed to all of them; no client ever costs a query of its own.

import type { Centre } from '../../ports/centre.ts'
import type { HttpLimits } from '../limits.ts'
import { Sight } from './sight.ts'

/** One client that waits; neither method may throw. */
export interface Watcher {
  /** The payment as it is now: once at the beginning, then after each change, maybe more often. */
  see(sight: Sight): void
  /** This instance is about to stop: nothing more will be seen. */
  dismiss(): void
}

interface Watched {
  /** The newest version that all its watchers were shown; 0 when one of them was shown none. */
  version: number
  readonly watchers: Set<Watcher>
}

/** Whole payments hold metadata, versions are a few bytes. */
const VIEWS_LIMIT = 200
const VERSIONS_LIMIT = 2_000

const TOPIC = 'payment:'

/**
 * A notice of the database has its payment read at once; notices that come while a read is on its way
 * are answered by the next one together. A lost notice is made up for by comparing versions, of
 * everything watched, now and then and whenever the notices were interrupted.
 */
export class LiveHub {
  readonly #centre: Centre
  readonly #watched = new Map<string, Watched>()
  readonly #due = new Set<string>()
  readonly #timer: NodeJS.Timeout
  readonly #stopListening: () => void
  #isReading = false
  #isComparing = false
  #isClosed = false

  constructor(centre: Centre, { lookAgainMs }: Pick<HttpLimits, 'lookAgainMs'>) {
    this.#centre = centre
    // What only waits for others keeps no process alive.
    this.#timer = setInterval(() => void this.#compare(), lookAgainMs).unref()
    this.#stopListening = centre.notices.listen((topic) => {
      if (topic === null) void this.#compare()
      else if (topic.startsWith(TOPIC)) this.#look(topic.slice(TOPIC.length))
    })
  }

  /** Begins with a read, so that no change falls between what the client has seen and the watch. */
  watch(paymentId: string, watcher: Watcher): void {
    if (this.#isClosed) {
      watcher.dismiss()
      return
    }
    const watched = this.#watched.get(paymentId) ?? { version: 0, watchers: new Set() }
    watched.version = 0
    watched.watchers.add(watcher)
    this.#watched.set(paymentId, watched)
    this.#look(paymentId)
  }

  forget(paymentId: string, watcher: Watcher): void {
    const watched = this.#watched.get(paymentId)
    watched?.watchers.delete(watcher)
    if (watched?.watchers.size === 0) this.#watched.delete(paymentId)
  }

  close(): void {
    this.#isClosed = true
    clearInterval(this.#timer)
    this.#stopListening()
    for (const { watchers } of this.#watched.values()) {
      for (const watcher of [...watchers]) watcher.dismiss()
    }
    this.#watched.clear()
    this.#due.clear()
  }

  #look(paymentId: string): void {
    if (!this.#watched.has(paymentId)) return
    this.#due.add(paymentId)
    if (!this.#isReading) void this.#readDue()
  }

  async #readDue(): Promise<void> {
    this.#isReading = true
    try {
      // Notices of one moment arrive together: all of them are heard before the first read.
      await null
      while (this.#due.size > 0) await this.#readSome([...this.#due].slice(0, VIEWS_LIMIT))
    } catch (error) {
      this.#warn(error)
    } finally {
      this.#isReading = false
    }
  }

  /** What cannot be read now is found again by the next comparison. */
  async #readSome(paymentIds: readonly string[]): Promise<void> {
    for (const id of paymentIds) this.#due.delete(id)
    for (const view of await this.#centre.storage.payments.views(paymentIds)) {
      this.#show(new Sight(view))
    }
  }

  #show(sight: Sight): void {
    const { id, version } = sight.view
    const watched = this.#watched.get(id)
    if (watched === undefined) return
    watched.version = version
    for (const watcher of [...watched.watchers]) watcher.see(sight)
  }

  async #compare(): Promise<void> {
    if (this.#isComparing) return
    this.#isComparing = true
    try {
      const ids = [...this.#watched.keys()]
      for (let from = 0; from < ids.length; from += VERSIONS_LIMIT) {
        const some = ids.slice(from, from + VERSIONS_LIMIT)
        for (const [id, version] of await this.#centre.storage.payments.versions(some)) {
          if (version !== this.#watched.get(id)?.version) this.#look(id)
        }
      }
    } catch (error) {
      this.#warn(error)
    } finally {
      this.#isComparing = false
    }
  }

  #warn(error: unknown): void {
    const name = error instanceof Error ? error.name : 'unknown'
    this.#centre.log.warn({ error: name }, 'Перемены платежей пока не прочитаны')
  }
}
