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

  const listening = keepListening(config, log, closing.signal, tell)
  return {
    wait: (topic, ms, signal) => waitFor(waiters, topic, ms, signal),
    listen(heard) {
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
    async close() {
      closing.abort()
      listeners.clear()
      wakeAll()
      await listening
    },
  }
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
  tell: Heard,
): Promise<void> {
  let failed = 0
  while (!signal.aborted) {
    const client = new pg.Client(config)
    try {
      await listenOn(client, signal, tell, () => {
        failed = 0
      })
    } catch (error) {
      failed += 1
      const { message } = error as Error
      if (!signal.aborted) log.warn({ error: message }, 'Уведомления базы прервались')
    } finally {
      await client.end().catch(() => {})
    }
    if (!signal.aborted) await waitAfter(Math.max(failed, 1), RECONNECT, signal)
  }
}

/** Resolves when closed; rejects when the connection is gone. */
async function listenOn(
  client: pg.Client,
  signal: AbortSignal,
  tell: Heard,
  onListening: () => void,
): Promise<void> {
  const broken = new Promise<never>((_, reject) => {
    client.on('error', reject)
    client.on('end', () => reject(new Error('соединение закрыто')))
  })
  // It may break while nobody waits for it, in the middle of a ping.
  broken.catch(() => {})
  client.on('notification', ({ payload }) => {
    if (payload !== undefined) tell(payload)
  })
  await client.connect()
  await orAborted(client.query(`LISTEN ${CHANNEL}`), signal)
  onListening()
  tell(null)
  while (!signal.aborted) {
    await Promise.race([broken, pause(PING_MS, signal)])
    if (!signal.aborted) await orAborted(client.query('SELECT 1'), signal)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
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
