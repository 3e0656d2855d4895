// Rows that are due go out: woken by a notice, or by looking for itself now and then, since a notice may be
// lost and a row is the truth. Any number of instances may run it.

import type { Centre } from '../ports/centre.ts'
import type { Topic } from '../ports/storage.ts'
import type { Worker } from './worker.ts'

export interface Outbox<Row extends { readonly id: string | bigint }> {
  /** In the log's words: «Доставка прервалась», «Очередь доставки не прочиталась». */
  readonly brokeOff: string
  readonly unreadable: string
  readonly topic: Topic
  /** Rows under way at once, on one instance. */
  readonly inFlightLimit: number
  /** Takes up to so many rows that are due, for this worker alone. */
  readonly claim: (limit: number) => Promise<Row[]>
  /** Sends one and records what came of it. Aborted when the centre stops. */
  readonly send: (row: Row, signal: AbortSignal) => Promise<void>
}

/** Its stop waits for what is under way. */
export function keepSending<Row extends { readonly id: string | bigint }>(
  centre: Centre,
  outbox: Outbox<Row>,
): Worker {
  const stopping = new AbortController()
  const { signal } = stopping
  const inFlight = new Set<Promise<void>>()

  function begin(row: Row): void {
    const under = outbox
      .send(row, signal)
      .catch((error: Error) => {
        centre.log.error({ row: String(row.id), error: error.message }, outbox.brokeOff)
      })
      .finally(() => inFlight.delete(under))
    inFlight.add(under)
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const woken = centre.notices.wait(outbox.topic, centre.limits.sweepMs, signal)
      const room = outbox.inFlightLimit - inFlight.size
      if (room === 0) {
        await Promise.race(inFlight)
        continue
      }
      const due = await claim(room)
      for (const row of due) begin(row)
      if (due.length < room) await woken
    }
    await Promise.allSettled(inFlight)
  }

  async function claim(room: number): Promise<Row[]> {
    try {
      return await outbox.claim(room)
    } catch (error) {
      centre.log.error({ error: (error as Error).message }, outbox.unreadable)
      return []
    }
  }

  const running = run()
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}
