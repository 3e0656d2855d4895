// The centre's own certificate: where its files are, and what was read out of them.

import type { Moment } from '@byfly-pay/core'

export interface TlsSettings {
  /** The certificate, with the chain to its authority after it; PEM. */
  readonly certPath: string
  /** Its key; PEM, without a password. */
  readonly keyPath: string
  /** Where plain HTTP is answered with the address over TLS; null for nowhere. */
  readonly redirectPort: number | null
}

/** One that can be served: whole, and of its key. */
export interface Certificate {
  /** As Node takes it, at the start and whenever it is replaced. */
  readonly secure: {
    readonly cert: string
    readonly key: string
    readonly minVersion: 'TLSv1.2'
  }
  /** Whom it is for, as people read it. */
  readonly names: string
  /** SHA-256 of the certificate itself, the chain apart. */
  readonly fingerprint: Buffer
  readonly beginsAtMs: Moment
  readonly expiresAtMs: Moment
}
