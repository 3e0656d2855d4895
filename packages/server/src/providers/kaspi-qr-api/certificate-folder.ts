// The certificate that the centre shows to the bank, read from its files at each call: whoever renews it
// need not restart anything. A name is a file of one folder and leads nowhere else.

import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { createSecureContext, TLSSocket } from 'node:tls'
import type { BankAccount, CertificateFiles } from '../../ports/provider.ts'
import type { Credentials } from '../tls-trust.ts'

const NAME = /^[0-9A-Za-z][0-9A-Za-z._-]{0,99}$/
const PKCS12 = /\.(?:pfx|p12)$/i

/** The files cannot be used; nothing was sent. */
export class CertificateFault extends Error {
  override readonly name = 'CertificateFault'
}

export interface OwnCertificate {
  readonly credentials: Credentials
  /** Null when its date makes no sense. */
  readonly endsAtMs: number | null
}

/**
 * Null where the scheme shows none.
 *
 * @throws CertificateFault
 */
export async function ownCertificate(
  folder: string,
  { certificate, scheme }: BankAccount,
  limitBytes: number,
): Promise<OwnCertificate | null> {
  if (scheme === 'r1') return null
  if (certificate === null) throw new CertificateFault('no certificate is named')
  const parts = await readParts(folder, certificate, limitBytes)
  const { passphrase } = certificate
  const tls = {
    ...parts,
    ...(passphrase === null ? {} : { passphrase }),
    // What the bank asks for (protocol, section 3). A refused certificate also ends the handshake there,
    // before a request has left, while TLS 1.3 tells of it afterwards.
    maxVersion: 'TLSv1.2' as const,
  }
  const hash = createHash('sha256')
  for (const part of Object.values(parts)) hash.update(part)
  return { credentials: { name: hash.digest('hex'), tls }, endsAtMs: endOf(tls) }
}

async function readParts(
  folder: string,
  { file, keyFile }: CertificateFiles,
  limitBytes: number,
): Promise<Readonly<Record<string, Buffer>>> {
  const read = (name: string) => readNamed(folder, name, limitBytes)
  if (PKCS12.test(file)) return { pfx: await read(file) }
  return { cert: await read(file), key: await read(keyFile ?? file) }
}

async function readNamed(folder: string, name: string, limitBytes: number): Promise<Buffer> {
  if (!NAME.test(name)) throw new CertificateFault('not a name of a file')
  const path = join(folder, name)
  try {
    const { size } = await stat(path)
    if (size > limitBytes) throw new CertificateFault('too large for a certificate')
    return await readFile(path)
  } catch (error) {
    throw error instanceof CertificateFault ? error : new CertificateFault('no such file')
  }
}

/** PKCS #12 is opened by the library of TLS alone, so a socket that goes nowhere is asked what it would show. */
function endOf(tls: Credentials['tls']): number | null {
  let socket: TLSSocket
  try {
    socket = new TLSSocket(new Socket(), { secureContext: createSecureContext(tls) })
  } catch {
    throw new CertificateFault('the key, its password or the certificate do not fit together')
  }
  const endsAtMs = socket.getX509Certificate()?.validToDate.getTime() ?? Number.NaN
  socket.destroy()
  return Number.isNaN(endsAtMs) ? null : endsAtMs
}
