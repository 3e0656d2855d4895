// What runs beside requests, and how it is ended.

export interface Worker {
  /** Resolves when nothing of it runs any more. */
  stop(): Promise<void>
}
