// The tills a terminal has been told to obey, and their tokens. Both tokens change on each refresh and
// the old ones die at once; nothing here knows how they travel.
import { nowMs } from '../clock.ts'
import type { Random } from '../random.ts'

export interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresAtMs: number
}

/** `expired` covers a token that a refresh has replaced: a refresh by the same till cures both. */
export type TokenVerdict = 'valid' | 'expired' | 'unknown'

const TOKEN_LENGTH = 64
/** A limit on everything: the oldest are forgotten, and become unknown. */
const MAX_REPLACED = 10_000

export class Registrations {
  readonly #random: Random
  readonly #tokensByName = new Map<string, Tokens>()
  /** Access tokens that were good once, with the till they were given to. */
  readonly #replaced = new Map<string, string>()

  constructor(random: Random) {
    this.#random = random
  }

  has(name: string): boolean {
    return this.#tokensByName.has(name)
  }

  names(): readonly string[] {
    return [...this.#tokensByName.keys()]
  }

  register(name: string, lifeMs: number): Tokens {
    const tokens = {
      accessToken: this.#random.hex(TOKEN_LENGTH),
      refreshToken: this.#random.hex(TOKEN_LENGTH),
      expiresAtMs: nowMs() + lifeMs,
    }
    this.#tokensByName.set(name, tokens)
    return tokens
  }

  /** Null when the name is unknown or the refresh token is not its present one. */
  refresh(name: string, refreshToken: string, lifeMs: number): Tokens | null {
    const current = this.#tokensByName.get(name)
    if (current === undefined || current.refreshToken !== refreshToken) return null
    this.#replaced.set(current.accessToken, name)
    const oldest = this.#replaced.keys().next()
    if (this.#replaced.size > MAX_REPLACED && !oldest.done) this.#replaced.delete(oldest.value)
    return this.register(name, lifeMs)
  }

  /** Every access token runs out now; the refresh tokens stay good. */
  expire(): void {
    for (const [name, tokens] of this.#tokensByName) {
      this.#tokensByName.set(name, { ...tokens, expiresAtMs: nowMs() })
    }
  }

  /** «Запретить» on the terminal's screen: the name may register again, its tokens are worthless. */
  forbid(name: string): boolean {
    for (const [token, owner] of this.#replaced) {
      if (owner === name) this.#replaced.delete(token)
    }
    return this.#tokensByName.delete(name)
  }

  check(accessToken: string | undefined): TokenVerdict {
    if (accessToken === undefined) return 'unknown'
    if (this.#replaced.has(accessToken)) return 'expired'
    for (const tokens of this.#tokensByName.values()) {
      if (tokens.accessToken === accessToken) {
        return tokens.expiresAtMs > nowMs() ? 'valid' : 'expired'
      }
    }
    return 'unknown'
  }
}
