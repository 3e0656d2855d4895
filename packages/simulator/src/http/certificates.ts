// The certificates of one HTTPS terminal: the one it shows and a spare made ahead, so that a change
// takes no time. A simulator without HTTPS must never pay for this: the library is loaded on first use.
import { X509Certificate } from 'node:crypto'
import { nowMs } from '../clock.ts'

/** PEM texts, for a terminal whose certificate an authority of the test has signed. */
export interface KeyPair {
  readonly cert: string
  readonly key: string
}

/** What real terminals are issued to; by a bare address it never validates. */
const ISSUED_TO = '*.kaspipos.kz'
const LIFE_MS = 365 * 24 * 60 * 60 * 1_000

export class Certificates {
  #current: KeyPair | null
  #spare: KeyPair | null = null

  /** Self-signed unless one is handed in. */
  constructor(first: KeyPair | null) {
    this.#current = first
  }

  /** Makes what is missing; until then there is nothing to show. */
  async prepare(): Promise<void> {
    this.#current ??= await selfSigned()
    this.#spare ??= await selfSigned()
  }

  get current(): KeyPair {
    if (this.#current === null) throw new Error('the certificates are not prepared')
    return this.#current
  }

  /** SHA-256 of the DER form, 64 lower-case hex digits. */
  get fingerprint(): string {
    return new X509Certificate(this.current.cert).fingerprint256.replaceAll(':', '').toLowerCase()
  }

  /** The spare becomes the current one; false while no spare is ready. */
  change(): boolean {
    if (this.#spare === null) return false
    this.#current = this.#spare
    this.#spare = null
    return true
  }
}

async function selfSigned(): Promise<KeyPair> {
  const { generate } = await import('selfsigned')
  const made = await generate([{ name: 'commonName', value: ISSUED_TO }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(nowMs()),
    notAfterDate: new Date(nowMs() + LIFE_MS),
  })
  return { cert: made.cert, key: made.private }
}
