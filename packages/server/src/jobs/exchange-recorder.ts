// Collects what was said to devices and writes it in batches, beside the work: whoever called a device never
// waits for it. A database that is away costs lines of this log once the buffer is full, and nothing else.

import type { Centre } from '../ports/centre.ts'
import { DatabaseUnavailable } from '../ports/database-unavailable.ts'
import type {
  Exchange,
  ExchangeOf,
  Exchanges,
  Hear,
  MoreOfSame,
  NewExchange,
} from '../ports/exchange-store.ts'
import type { Worker } from './worker.ts'

const WRITE_EVERY_MS = 1_000
const BUFFER_LIMIT = 2_000
/** Attempts whose last line is remembered, so that the next equal poll is counted on it. */
const REMEMBERED_LIMIT = 1_000
const BATCH = 200

/** A line and how far it is written: `id` is null before that, `unwritten` counts what is not. */
interface Line {
  exchange: NewExchange
  id: string | null
  unwritten: number
}

/** Made before the centre, which hands exchanges to it; `start` gives it the centre. */
export class ExchangeRecorder implements Exchanges, Worker {
  readonly #last = new Map<string, Line>()
  readonly #waiting = new Set<Line>()
  readonly #stopping = new AbortController()
  #loop: Promise<void> = Promise.resolve()
  #centre: Centre | null = null

  start(centre: Centre): void {
    this.#centre = centre
    this.#loop = this.#run(centre)
  }

  of({ attemptId, paymentId, terminalId }: ExchangeOf): Hear {
    return (exchange) => this.#note({ attemptId, paymentId, terminalId }, exchange)
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#loop
    if (this.#centre !== null) await this.#write(this.#centre)
  }

  #note(subject: ExchangeOf, exchange: Exchange): void {
    const last = this.#last.get(subject.attemptId)
    if (last !== undefined && isSame(last.exchange, exchange)) {
      const { repeats } = last.exchange
      last.exchange = { ...last.exchange, repeats: repeats + 1, lastAtMs: exchange.startedAtMs }
      last.unwritten += 1
      this.#waiting.add(last)
      return
    }
    if (this.#waiting.size >= BUFFER_LIMIT) this.#dropOldestPoll()
    const line: Line = {
      exchange: { ...subject, ...exchange, repeats: 1, lastAtMs: exchange.startedAtMs },
      id: null,
      unwritten: 1,
    }
    this.#waiting.add(line)
    // Put in anew, so that the attempt that was silent longest is the first to be forgotten.
    this.#last.delete(subject.attemptId)
    this.#last.set(subject.attemptId, line)
    const [oldest] = this.#last.keys()
    if (this.#last.size > REMEMBERED_LIMIT && oldest !== undefined) this.#last.delete(oldest)
  }

  /** A start is never dropped: there are few, and each says what was done with somebody's money. */
  #dropOldestPoll(): void {
    for (const line of this.#waiting) {
      if (line.exchange.call === 'start') continue
      this.#waiting.delete(line)
      return
    }
  }

  async #run(centre: Centre): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      await this.#write(centre)
      await centre.clock.sleep(WRITE_EVERY_MS, signal)
    }
  }

  async #write({ log, storage }: Centre): Promise<void> {
    while (this.#waiting.size > 0) {
      const lines = [...this.#waiting].slice(0, BATCH)
      for (const line of lines) this.#waiting.delete(line)
      const fresh = lines.filter(({ id }) => id === null)
      const more = lines.flatMap(moreOf)
      const written = lines.map((line) => ({ line, count: line.unwritten }))
      try {
        const ids = await storage.exchanges.keep(
          fresh.map(({ exchange }) => exchange),
          more,
        )
        fresh.forEach((line, place) => {
          line.id = ids[place] ?? null
        })
        for (const { line, count } of written) line.unwritten -= count
      } catch (error) {
        if (error instanceof DatabaseUnavailable) {
          for (const line of lines) this.#waiting.add(line)
        }
        log.warn({ error: (error as Error).message }, 'Обмен с терминалами не записался')
        return
      }
    }
  }
}

function moreOf({ exchange, id, unwritten }: Line): MoreOfSame[] {
  return id === null ? [] : [{ id, repeats: unwritten, lastAtMs: exchange.lastAtMs }]
}

/** A start is a line of its own, however alike two are. */
function isSame(last: Exchange, next: Exchange): boolean {
  return (
    next.call !== 'start' &&
    last.call === next.call &&
    last.httpStatus === next.httpStatus &&
    last.outcome === next.outcome &&
    last.said === next.said
  )
}
