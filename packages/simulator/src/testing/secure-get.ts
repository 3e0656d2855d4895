// A GET over TLS as a client that trusts nobody makes it: it tells whose certificate it met. For tests
// only.
import { type Agent, request } from 'node:https'
import type { TLSSocket } from 'node:tls'
import type { Body } from './quick-world.ts'

export interface SecureAnswer {
  readonly status: number
  readonly body: Body
  /** As `Terminal.certificateFingerprint`. */
  readonly fingerprint: string
  readonly subject: string
}

export interface SecureOptions {
  readonly agent?: Agent
  readonly ca?: string
  readonly servername?: string
  readonly signal?: AbortSignal
}

/** Any certificate will do, unless `ca` names the authority that must have signed it. */
export function secureGet(url: string, options: SecureOptions = {}): Promise<SecureAnswer> {
  return new Promise((resolve, reject) => {
    const rejectUnauthorized = options.ca !== undefined
    const sent = request(url, { ...options, rejectUnauthorized }, async (response) => {
      const { socket } = response
      try {
        const { fingerprint256, subject } = (socket as TLSSocket).getPeerCertificate()
        const text = Buffer.concat(await response.toArray()).toString()
        resolve({
          status: response.statusCode ?? 0,
          body: JSON.parse(text),
          fingerprint: fingerprint256.replaceAll(':', '').toLowerCase(),
          subject: String(subject.CN),
        })
      } catch (error) {
        reject(error)
      }
    })
    sent.once('error', reject)
    sent.end()
  })
}
