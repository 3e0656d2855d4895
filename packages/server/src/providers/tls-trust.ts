// Which certificates a connection to a device accepts (protocol, section 1). The check is made before
// the connection is handed on, so that a wrong one never hears a byte.

import { hash, type X509Certificate } from 'node:crypto'
import { type SecureContextOptions, TLSSocket } from 'node:tls'
import type { Device } from '../ports/provider.ts'

export type TlsTrust =
  /** As any browser: the chain ends at a known authority, the name is the device's. */
  | { readonly kind: 'authorities' }
  /** One certificate and no other; null trusts none, since none was seen yet. */
  | { readonly kind: 'certificate'; readonly fingerprint: string | null }
  | { readonly kind: 'any' }

export const AUTHORITIES: TlsTrust = { kind: 'authorities' }
export const ANY_CERTIFICATE: TlsTrust = { kind: 'any' }

export function trustOf({ tls, fingerprint }: Device): TlsTrust {
  switch (tls) {
    case 'strict':
      return AUTHORITIES
    case 'pinned':
      return { kind: 'certificate', fingerprint }
    case 'insecure':
      return ANY_CERTIFICATE
  }
}

/** What a connection shows of the centre where the other side asks for a certificate. */
export interface Credentials {
  /** Tells them from others: connections made with them are shared with nobody else's. */
  readonly name: string
  readonly tls: Pick<SecureContextOptions, 'cert' | 'key' | 'pfx' | 'passphrase' | 'maxVersion'>
}

/** The device showed another certificate than the one that is trusted; nothing was sent to it. */
export class CertificateChangedError extends Error {
  readonly code = 'CERTIFICATE_CHANGED'

  constructor() {
    super('another certificate than the trusted one')
    this.name = 'CertificateChangedError'
  }
}

/** Nothing is trusted yet: the first certificate was not seen. */
export class NoCertificateYetError extends Error {
  readonly code = 'NO_CERTIFICATE_YET'

  constructor() {
    super('no certificate is trusted yet')
    this.name = 'NoCertificateYetError'
  }
}

/** Null when the connection may be used. A plain one has no certificate to look at. */
export function distrust(socket: unknown, trust: TlsTrust): Error | null {
  if (trust.kind !== 'certificate' || !(socket instanceof TLSSocket)) return null
  const certificate = socket.getPeerX509Certificate()
  const isTrusted = certificate !== undefined && fingerprintOf(certificate) === trust.fingerprint
  return isTrusted ? null : new CertificateChangedError()
}

/** SHA-256 of the DER certificate, 64 lower-case hex digits. */
export function fingerprintOf({ raw }: X509Certificate): string {
  return hash('sha256', raw, 'hex')
}

/** Node's names for certificates that no authority vouches for, or not for this name or day. */
const UNTRUSTED = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_FORMAT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'INVALID_CA',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

export function isUntrustedCertificate(code: string): boolean {
  return UNTRUSTED.has(code)
}
