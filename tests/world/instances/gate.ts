// What stands around every port of one process: the process may die between any two steps of it, or be
// stopped for a while, and nothing behind the gate can tell. A dead one's promises never settle.

import type { Chance } from '../time/chance.ts'
import type { SimulatedTime } from '../time/simulated-time.ts'

/** How much later than asked a call of a port gets its turn, at most. */
const LATENCY_MS = 3

export class Gate {
  readonly #time: SimulatedTime
  readonly #chance: Chance
  readonly #dawdles: boolean
  /** Transactions that it is inside of. */
  #inside = 0
  readonly #death = Promise.withResolvers<void>()
  #state: 'running' | 'stopped' | 'dead' = 'running'
  #passesLeft: number | null = null
  #stopPlan: { passes: number; readonly forMs: number } | null = null
  #awake = Promise.withResolvers<void>()

  /** @param dawdles whether it may be late, or be stopped, inside a transaction too */
  constructor(time: SimulatedTime, chance: Chance, dawdles: boolean) {
    this.#time = time
    this.#chance = chance
    this.#dawdles = dawdles
  }

  /** Resolves when the process is gone. */
  get died(): Promise<void> {
    return this.#death.promise
  }

  get isDead(): boolean {
    return this.#state === 'dead'
  }

  get isStopped(): boolean {
    return this.#state === 'stopped'
  }

  /** Dies when it has passed so many more times; at once with 0. */
  dieAfter(passes: number): void {
    if (passes === 0) this.#die()
    else this.#passesLeft = passes
  }

  /** Stops when it has passed so many more times, and goes on after `forMs`. */
  stopAfter(passes: number, forMs: number): void {
    if (passes === 0) this.#stop(forMs)
    else this.#stopPlan = { passes, forMs }
  }

  #stop(forMs: number): void {
    if (this.#state !== 'running') return
    this.#state = 'stopped'
    this.#stopPlan = null
    this.#awake = Promise.withResolvers()
    this.#time.after(forMs, () => this.goOn())
  }

  /** Nothing that was planned for it happens any more. */
  spare(): void {
    this.#passesLeft = null
    this.#stopPlan = null
    this.goOn()
  }

  goOn(): void {
    if (this.#state !== 'stopped') return
    this.#state = 'running'
    this.#awake.resolve()
  }

  async pass(): Promise<void> {
    if (this.#passesLeft !== null) {
      this.#passesLeft -= 1
      if (this.#passesLeft <= 0) this.#die()
    }
    const isQuick = this.#inside > 0 && !this.#dawdles
    if (this.#stopPlan !== null && !isQuick) {
      this.#stopPlan.passes -= 1
      if (this.#stopPlan.passes <= 0) this.#stop(this.#stopPlan.forMs)
    }
    if (this.#state === 'stopped' && !isQuick) await this.#awake.promise
    // A promise of its own: one for all would keep everybody who waits for it, and their worlds, for ever.
    if (this.#state === 'dead') await new Promise<never>(() => {})
  }

  /** In before the step, out after it: the process may die on either side of what was done. */
  async around<T>(step: () => Promise<T>): Promise<T> {
    await this.pass()
    const ms = this.#chance.between(-LATENCY_MS, LATENCY_MS)
    if (ms > 0 && (this.#inside === 0 || this.#dawdles)) {
      await this.#time.sleep(ms)
      await this.pass()
    }
    try {
      return await step()
    } finally {
      await this.pass()
    }
  }

  /** The same for a transaction: what `work` does is inside of it. */
  transaction<T>(run: (entered: (work: () => Promise<T>) => Promise<T>) => Promise<T>): Promise<T> {
    return this.around(() =>
      run(async (work) => {
        this.#inside += 1
        try {
          return await work()
        } finally {
          this.#inside -= 1
        }
      }),
    )
  }

  #die(): void {
    if (this.#state === 'dead') return
    this.#state = 'dead'
    this.#passesLeft = null
    this.#awake.resolve()
    this.#death.resolve()
  }
}

/** Every function of a port goes through the gate; its values, and functions that answer at once, do not. */
export function gated<Port extends object>(gate: Gate, port: Port): Port {
  const through = new Map<PropertyKey, unknown>()
  return new Proxy(port, {
    get(target, key) {
      const known = through.get(key)
      if (known !== undefined) return known
      const own: unknown = Reflect.get(target, key)
      if (typeof own !== 'function') return own
      const stepping = (...given: unknown[]) => gate.around(async () => own.apply(target, given))
      through.set(key, stepping)
      return stepping
    },
  })
}
