// What other transactions have committed, by LISTEN on a connection of its own. A notice may be lost
// with that connection, so after each reconnection everybody is told to look for himself.

import pg from 'pg'
import type { Log } from '../ports/log.ts'
import type { Heard, Notices, Topic } from '../ports/storage.ts'
import { type BackOff, waitAfter } from './back-off.ts'

const CHANNEL = 'centre'

const RECONNECT: BackOff = { shortestMs: 50, longestMs: 2_000 }

/** A listener says nothing for hours: only asking tells whether its connection is still there. */
const PING_MS = 10_000

/**
 * While somebody minds how far behind this listener is. The server tells a listener of every commit before it
 * answers what that asks next, so an answer proves that all is told that was committed before the question.
 */
const MINDED_PING_MS = 25
const MINDED_FOR_MS = 2_000

export interface ListeningNotices extends Notices {
  close(): Promise<void>
}

type Wake = () => void

/** Begins to listen at once; until the connection is there, waiters just wait their time out. */
export function listenForNotices(config: pg.ClientConfig, log: Log): ListeningNotices {
  const waiters = new Map<string, Set<Wake>>()
  const listeners = new Set<Heard>()
  const closing = new AbortController()

  function wake(topic: string): void {
    for (const resolve of [...(waiters.get(topic) ?? [])]) resolve()
  }

  function wakeAll(): void {
    for (const topic of [...waiters.keys()]) wake(topic)
  }

  function tell(topic: string | null): void {
    if (topic === null) wakeAll()
    else wake(topic)
    for (const heard of listeners) heard(topic)
  }

  const reach = new Reach()
  const listening = keepListening(config, log, closing.signal, { tell, reach })
  return {
    wait: (topic, ms, signal) => waitFor(waiters, topic, ms, signal),
    listen(heard) {
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
    behindMs: () => reach.behindMs(),
    async close() {
      closing.abort()
      listeners.clear()
      wakeAll()
      await listening
    },
  }
}

/** Up to when everything that was committed has been told. Its times are of a clock that never jumps. */
class Reach {
  #upToMs = Number.NEGATIVE_INFINITY
  #mindedAtMs = Number.NEGATIVE_INFINITY
  /** Ends the pause before the next question. */
  hurry = (): void => {}

  behindMs(): number {
    const nowMs = performance.now()
    const wasMinded = this.#isMinded(nowMs)
    this.#mindedAtMs = nowMs
    if (!wasMinded) this.hurry()
    return nowMs - this.#upToMs
  }

  lose(): void {
    this.#upToMs = Number.NEGATIVE_INFINITY
  }

  async ask(question: () => Promise<unknown>): Promise<void> {
    const askedAtMs = performance.now()
    await question()
    this.#upToMs = askedAtMs
  }

  /** Until the next question is due, or until it is hurried or aborted. */
  pause(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const ms = this.#isMinded(performance.now()) ? MINDED_PING_MS : PING_MS
      const timer = setTimeout(done, ms)
      signal.addEventListener('abort', done)
      this.hurry = done
    })
  }

  #isMinded(nowMs: number): boolean {
    return nowMs - this.#mindedAtMs < MINDED_FOR_MS
  }
}

interface Ears {
  readonly tell: Heard
  readonly reach: Reach
}

function waitFor(
  waiters: Map<string, Set<Wake>>,
  topic: Topic,
  ms: number,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve()
      return
    }
    const ofTopic = waiters.get(topic) ?? new Set()
    waiters.set(topic, ofTopic)
    const done = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      ofTopic.delete(done)
      // Topics of payments come without end; an empty one must not stay.
      if (ofTopic.size === 0 && waiters.get(topic) === ofTopic) waiters.delete(topic)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done)
    ofTopic.add(done)
  })
}

async function keepListening(
  config: pg.ClientConfig,
  log: Log,
  signal: AbortSignal,
  ears: Ears,
): Promise<void> {
  let failed = 0
  while (!signal.aborted) {
    const client = new pg.Client(config)
    try {
      await listenOn(client, signal, ears, () => {
        failed = 0
      })
    } catch (error) {
      failed += 1
      const { message } = error as Error
      if (!signal.aborted) log.warn({ error: message }, 'Уведомления базы прервались')
    } finally {
      ears.reach.lose()
      await client.end().catch(() => {})
    }
    if (!signal.aborted) await waitAfter(Math.max(failed, 1), RECONNECT, signal)
  }
}

/** Resolves when closed; rejects when the connection is gone. */
async function listenOn(
  client: pg.Client,
  signal: AbortSignal,
  { tell, reach }: Ears,
  onListening: () => void,
): Promise<void> {
  let failure: Error | null = null
  const fail = (error: Error): void => {
    failure ??= error
    reach.hurry()
  }
  client.on('error', fail)
  client.on('end', () => fail(new Error('соединение закрыто')))
  client.on('notification', ({ payload }) => {
    if (payload !== undefined) tell(payload)
  })
  await client.connect()
  await orAborted(client.query(`LISTEN ${CHANNEL}`), signal)
  onListening()
  tell(null)
  while (!signal.aborted) {
    await reach.pause(signal)
    if (failure !== null) throw failure
    if (!signal.aborted) await reach.ask(() => orAborted(client.query('SELECT 1'), signal))
  }
}

/** A server that has fallen silent must not keep a stop waiting for its answer. */
function orAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
    work.then(done, (error) => {
      signal.removeEventListener('abort', done)
      reject(error)
    })
  })
}
