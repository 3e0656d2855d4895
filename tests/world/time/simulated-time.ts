// Time that passes only when it is told to. Whatever is due at one moment runs in the order it was asked for,
// and the next moment begins only when nothing of this one is left to run. It never reads a real clock.

import type { Clock } from '../../../packages/server/src/ports/clock.ts'

/** What may still be at work between two moments: nothing in memory, a database's answers else. */
export interface Outside {
  readonly isBusy: boolean
  /** Resolves when it may be at rest; who waits looks again. */
  rest(): Promise<void>
}

const NOTHING_OUTSIDE: Outside = { isBusy: false, rest: async () => {} }

interface Alarm {
  readonly atMs: number
  readonly order: number
  wake: (() => void) | null
}

export class SimulatedTime {
  #nowMs: number
  #order = 0
  readonly #heap: Alarm[] = []
  readonly #outside: Outside

  constructor(nowMs: number, outside: Outside = NOTHING_OUTSIDE) {
    this.#nowMs = nowMs
    this.#outside = outside
  }

  get nowMs(): number {
    return this.#nowMs
  }

  /** @returns what takes the alarm back. */
  after(ms: number, wake: () => void): () => void {
    const alarm: Alarm = {
      atMs: this.#nowMs + Math.max(0, Math.ceil(ms)),
      order: this.#order,
      wake,
    }
    this.#order += 1
    push(this.#heap, alarm)
    return () => {
      alarm.wake = null
    }
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve()
        return
      }
      if (signal === undefined) {
        this.after(ms, resolve)
        return
      }
      const done = () => {
        takeBack()
        signal.removeEventListener('abort', done)
        resolve()
      }
      const takeBack = this.after(ms, done)
      signal.addEventListener('abort', done)
    })
  }

  /** Lets `ms` pass, every moment of it in its turn. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms
    await this.#settled()
    for (;;) {
      const [next] = this.#heap
      if (next === undefined || next.atMs > untilMs) break
      this.#nowMs = next.atMs
      this.#ring(next.atMs)
      await this.#settled()
    }
    this.#nowMs = untilMs
  }

  clock(): Clock {
    return {
      now: () => this.#nowMs,
      sleep: (ms, signal) => this.sleep(ms, signal),
      timeout: (ms) => {
        const over = new AbortController()
        this.after(ms, () => over.abort())
        return over.signal
      },
    }
  }

  #ring(atMs: number): void {
    while (this.#heap[0]?.atMs === atMs) pop(this.#heap)?.wake?.()
  }

  async #settled(): Promise<void> {
    if (this.#outside === NOTHING_OUTSIDE) return noPromiseLeft()
    await eventLoopTurn()
    while (this.#outside.isBusy) {
      await this.#outside.rest()
      await eventLoopTurn()
    }
  }
}

/**
 * A tick that was asked for while promises are carried on comes when none of them is left. A turn of the event loop
 * would do as well, but asks the system for news each time, and in memory there is none.
 */
function noPromiseLeft(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve))
}

/** Begins only when no promise is left, and brings what the server has answered meanwhile. */
function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function isBefore(a: Alarm, b: Alarm): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
}

function push(heap: Alarm[], alarm: Alarm): void {
  let at = heap.length
  heap.push(alarm)
  while (at > 0) {
    const up = (at - 1) >> 1
    const parent = heap[up]
    if (parent === undefined || !isBefore(alarm, parent)) break
    heap[at] = parent
    at = up
  }
  heap[at] = alarm
}

function pop(heap: Alarm[]): Alarm | undefined {
  const [first] = heap
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return first
  let at = 0
  for (;;) {
    const left = heap[2 * at + 1]
    if (left === undefined) break
    const right = heap[2 * at + 2]
    const isRight = right !== undefined && isBefore(right, left)
    const child = isRight ? right : left
    if (!isBefore(child, last)) break
    heap[at] = child
    at = 2 * at + (isRight ? 2 : 1)
  }
  heap[at] = last
  return first
}
