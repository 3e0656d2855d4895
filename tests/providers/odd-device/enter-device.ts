// Opens an odd device and enters it as an operator would: its certificate is looked at, and the centre
// is registered with it where it is protected.

import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import type { Device, Provider } from '../../../packages/server/src/ports/provider.ts'
import { makeTestCertificate } from '../../support/test-certificate.ts'
import { deviceAt, patience } from '../driver-under-test.ts'
import { type OddDevice, type OddDeviceOptions, openOddDevice } from './odd-device.ts'
import { newProtection } from './protection.ts'
import type { SpokenVersion } from './spoken-answer.ts'

/** How a device is spoken to, whatever its dialect. */
export interface Way {
  readonly version: SpokenVersion
  readonly tls: 'none' | 'insecure' | 'pinned'
  readonly isProtected: boolean
}

/** Shrinks towards plain HTTP, no token and v2. */
export const ways: fc.Arbitrary<Way> = fc.record({
  version: fc.constantFrom('v2', 'v2', 'v1'),
  tls: fc.constantFrom('none', 'none', 'insecure', 'pinned'),
  isProtected: fc.boolean(),
})

export const CENTRE_NAME = 'ByFly & Pay №1'
export const CERTIFICATE = makeTestCertificate('terminal-7.kaspipos.kz')

export async function enterOddDevice(
  driver: Provider,
  way: Way,
  options: Pick<OddDeviceOptions, 'dialect' | 'story'>,
): Promise<{ device: OddDevice; at: Device }> {
  const device = await openOddDevice({
    ...options,
    version: way.version,
    ...(way.tls === 'none' ? {} : { tls: CERTIFICATE }),
    ...(way.isProtected ? { protection: newProtection() } : {}),
  })
  const at = deviceAt(device.port, { apiVersion: way.version, ...security(way) })
  if (!way.isProtected) return { device, at }
  const registered = await driver.register(at, CENTRE_NAME, patience())
  assert.equal(registered.kind, 'registered')
  return { device, at: { ...at, accessToken: registered.tokens.accessToken } }
}

export function security({ tls }: Pick<Way, 'tls'>): Partial<Device> {
  if (tls === 'none') return {}
  const fingerprint = tls === 'pinned' ? fingerprintOf(CERTIFICATE.cert) : null
  return { scheme: 'https', tls, fingerprint }
}

/** SHA-256 of the DER, 64 lower-case hex digits. */
export function fingerprintOf(pem: string): string {
  return new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase()
}
