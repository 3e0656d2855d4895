// The only place of the simulator that reads the time or waits. It must never keep the process alive
// by itself: the listening servers do that, so a test that forgets a timer still ends.

export function nowMs(): number {
  return Date.now()
}

/** Journal times are UTC with milliseconds, so that the order of two close events can be seen. */
export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString()
}

/** Ends the wait; calling it after the wait is over does nothing. */
export type StopTimer = () => void

/** All waits of one simulator. They are held together so that `close()` can end every one of them. */
export class Timers {
  readonly #running = new Set<NodeJS.Timeout>()
  #stopped = false

  after(delayMs: number, act: () => void): StopTimer {
    if (this.#stopped) return () => {}
    const timer = setTimeout(() => {
      this.#running.delete(timer)
      act()
    }, delayMs)
    timer.unref()
    this.#running.add(timer)
    return () => {
      clearTimeout(timer)
      this.#running.delete(timer)
    }
  }

  /** After `stop()` it never resolves: the callers are handlers of connections already cut. */
  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(delayMs, resolve)
    })
  }

  stop(): void {
    this.#stopped = true
    for (const timer of this.#running) clearTimeout(timer)
    this.#running.clear()
  }
}
