// The beat that keeps streams alive: each one's turn comes once in every period, and the turns are spread
// over it, so that no moment has to serve all streams. One timer for all of them.

export interface Beating {
  beat(): void
}

const TURNS = 15

export class Heartbeat {
  readonly #turns = Array.from({ length: TURNS }, () => new Set<Beating>())
  readonly #timer: NodeJS.Timeout
  #current = 0

  constructor(periodMs: number) {
    this.#timer = setInterval(() => this.#beat(), periodMs / TURNS).unref()
  }

  /** The first beat comes after one period. @returns what ends it */
  add(beating: Beating): () => void {
    const turn = this.#turn()
    turn.add(beating)
    return () => turn.delete(beating)
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #beat(): void {
    this.#current = (this.#current + 1) % TURNS
    for (const beating of [...this.#turn()]) beating.beat()
  }

  #turn(): Set<Beating> {
    const turn = this.#turns[this.#current]
    if (turn === undefined) throw new Error('Такой доли у круга нет')
    return turn
  }
}
