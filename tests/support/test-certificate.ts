// A self-signed certificate made at test time, because Node can sign one but not write one, a new
// machine need not have openssl, and a private key has no place in a repository. For tests only.

import { generateKeyPairSync, sign } from 'node:crypto'

const ECDSA_SHA256 = '06082a8648ce3d040302'
const COMMON_NAME = '0603550403'
const SUBJECT_ALT_NAME = '0603551d11'
/** `[2]` in a GeneralName: a DNS name. */
const DNS_NAME = 0x82

export interface TestCertificate {
  readonly key: string
  readonly cert: string
}

/** Key and certificate (PEM) for the DNS names, valid from 2020 to 2120. */
export function makeTestCertificate(...names: [string, ...string[]]): TestCertificate {
  return makeDatedCertificate(names, new Date('2020-01-01'), new Date('2120-01-01'))
}

/** The same for days of one's own, to the second. */
export function makeDatedCertificate(
  names: readonly [string, ...string[]],
  from: Date,
  to: Date,
): TestCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = sequence(hex(ECDSA_SHA256))
  const owner = sequence(der(0x31, sequence(hex(COMMON_NAME), der(0x0c, text(names[0])))))
  const validity = sequence(time(from), time(to))
  const alternatives = sequence(...names.map((name) => der(DNS_NAME, text(name))))
  const extensions = sequence(sequence(hex(SUBJECT_ALT_NAME), der(0x04, alternatives)))
  const content = sequence(
    der(0xa0, hex('020102')), // version 3
    hex('020101'), // serial number 1
    algorithm,
    owner,
    validity,
    owner,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  )
  const signature = der(0x03, hex('00'), sign('sha256', content, privateKey))
  const base64 = sequence(content, algorithm, signature).toString('base64')
  const lines = base64.match(/.{1,64}/g) ?? []
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
  }
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const size = content.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}

function time(moment: Date): Buffer {
  return der(0x18, text(`${moment.toISOString().replace(/\D/g, '').slice(0, 14)}Z`))
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, ...parts)
}

function hex(digits: string): Buffer {
  return Buffer.from(digits, 'hex')
}

function text(value: string): Buffer {
  return Buffer.from(value, 'utf8')
}
