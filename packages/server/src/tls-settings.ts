// The centre's own TLS, as the environment says it; config.ts reads it with the rest. The files themselves
// are read by tls/certificate-files.ts, at the start and whenever they change.

import { resolve } from 'node:path'
import type { TlsSettings } from './ports/certificate.ts'

export interface TlsSettingsFrom {
  /** A variable without the spaces around it; null when it is absent or empty. */
  readonly text: (name: string) => string | null
  readonly port: (name: string) => number | null
  readonly publicUrl: string | null
  /** Takes a sentence for each fault. */
  readonly faults: string[]
}

export function readTlsSettings(from: TlsSettingsFrom): TlsSettings | null {
  const { faults, port, publicUrl, text } = from
  const cert = text('BYFLY_TLS_CERT')
  const key = text('BYFLY_TLS_KEY')
  const redirectPort = port('BYFLY_HTTP_REDIRECT_PORT')
  if (redirectPort !== null && (cert === null || publicUrl?.startsWith('https:') !== true)) {
    faults.push('BYFLY_HTTP_REDIRECT_PORT: только с BYFLY_TLS_CERT и BYFLY_PUBLIC_URL на https')
  }
  if (cert !== null && key !== null) {
    return { certPath: resolve(cert), keyPath: resolve(key), redirectPort }
  }
  if (cert !== null) faults.push('BYFLY_TLS_KEY: нужен вместе с BYFLY_TLS_CERT')
  if (key !== null) faults.push('BYFLY_TLS_CERT: нужен вместе с BYFLY_TLS_KEY')
  return null
}
