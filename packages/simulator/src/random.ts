// The only source of randomness of the simulator: xoshiro128**, seeded by text, so that a failed run
// can be repeated from its seed. It must never be used for secrets of a real system.
import { createHash } from 'node:crypto'

export class Random {
  readonly #seed: string
  #a: number
  #b: number
  #c: number
  #d: number

  constructor(seed: string) {
    this.#seed = seed
    const digest = createHash('sha256').update(seed).digest()
    this.#a = digest.readUInt32LE(0)
    this.#b = digest.readUInt32LE(4)
    this.#c = digest.readUInt32LE(8)
    this.#d = digest.readUInt32LE(12) | 1
  }

  /**
   * A generator of its own for each part, named by a label: how often one terminal draws must not
   * change what its neighbour draws, or no run with several terminals could be repeated.
   */
  fork(label: string): Random {
    return new Random(`${this.#seed}/${label}`)
  }

  uint32(): number {
    const result = Math.imul(rotateLeft(Math.imul(this.#b, 5), 7), 9) >>> 0
    const shifted = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= shifted
    this.#d = rotateLeft(this.#d, 11)
    return result
  }

  /** From 0 inclusive to 1 exclusive. */
  fraction(): number {
    return this.uint32() / 0x1_0000_0000
  }

  /** Both ends inclusive. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.fraction() * (max - min + 1))
  }

  /** Never starts with a zero, so that a reader who makes a number of it loses nothing. */
  digits(length: number): string {
    let text = String(this.integer(1, 9))
    while (text.length < length) text += String(this.integer(0, 9))
    return text
  }

  hex(length: number): string {
    let text = ''
    while (text.length < length) text += this.integer(0, 15).toString(16)
    return text
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.integer(0, choices.length - 1)] ?? choices[0]
  }
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}
