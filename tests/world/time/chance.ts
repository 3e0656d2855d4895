// Chance from a seed: one seed, one row of numbers. Each part of the world draws from a row of its own, so
// that an event which is left out changes nothing for the others.

import type { Random } from '../../../packages/server/src/ports/clock.ts'

export class Chance {
  #state: number

  constructor(seed: number, row = '') {
    this.#state = [...row].reduce(
      (mixed, letter) => Math.imul(mixed ^ letter.charCodeAt(0), 0x01000193) >>> 0,
      (seed ^ 0x9e3779b9) >>> 0,
    )
    // Neighbouring seeds begin alike otherwise.
    for (let turn = 0; turn < 4; turn += 1) this.next()
  }

  /** In [0, 1): mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** An integer from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  isLucky(share: number): boolean {
    return this.next() < share
  }

  of<T>(choices: readonly T[]): T {
    const chosen = choices[this.between(0, choices.length - 1)]
    if (chosen === undefined) throw new Error('Выбирать не из чего')
    return chosen
  }

  /** One of the names, as often as its weight says. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const names = Object.keys(weights) as Name[]
    let left = this.next() * names.reduce((sum, name) => sum + weights[name], 0)
    for (const name of names) {
      left -= weights[name]
      if (left < 0) return name
    }
    return this.of(names)
  }

  bytes(count: number): Buffer {
    return Buffer.from(Array.from({ length: count }, () => this.between(0, 255)))
  }

  asPort(): Random {
    return { chance: () => this.next(), bytes: (count) => this.bytes(count) }
  }
}
