// Reads the certificate and its key, and says in words what is wrong with them. Nothing faulty is handed
// out: a browser would refuse it, and nobody at the centre would know why.

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { Moment } from '@byfly-pay/core'
import type { Certificate, TlsSettings } from '../ports/certificate.ts'
import { OperatorError } from '../ports/operator-error.ts'

const CERT = 'BYFLY_TLS_CERT'
const KEY = 'BYFLY_TLS_KEY'

/** @throws OperatorError with every fault, a line each */
export function readCertificate(
  { certPath, keyPath }: Pick<TlsSettings, 'certPath' | 'keyPath'>,
  nowMs: Moment,
): Certificate {
  const faults: string[] = []
  const cert = readText(CERT, certPath, faults)
  const key = readText(KEY, keyPath, faults)
  const leaf = cert === null ? null : leafIn(cert, faults)
  const own = key === null ? null : keyIn(key, faults)
  if (leaf !== null) faults.push(...untimely(leaf, nowMs))
  if (leaf !== null && own !== null && !leaf.checkPrivateKey(own)) {
    faults.push(`${KEY}: ключ не от этого сертификата. Первым в ${CERT} стоит сертификат центра?`)
  }
  if (cert === null || key === null || leaf === null || faults.length > 0) throw told(faults)
  const secure = { cert, key, minVersion: 'TLSv1.2' } as const
  try {
    createSecureContext(secure)
  } catch (error) {
    throw told([`${CERT}: OpenSSL не принимает: ${(error as Error).message}`])
  }
  return {
    secure,
    names: namesOf(leaf),
    fingerprint: Buffer.from(leaf.fingerprint256.replaceAll(':', ''), 'hex'),
    expiresAtMs: leaf.validToDate.getTime(),
  }
}

function told(faults: readonly string[]): OperatorError {
  return new OperatorError(`TLS не включить:\n${faults.map((fault) => `  • ${fault}`).join('\n')}`)
}

function readText(name: string, path: string, faults: string[]): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    faults.push(`${name}: ${WHY_UNREAD[code ?? ''] ?? `файл не читается (${code})`}: ${path}`)
    return null
  }
}

const WHY_UNREAD: Readonly<Record<string, string>> = {
  ENOENT: 'файла нет',
  EACCES: 'нет права читать файл',
  EISDIR: 'это папка, а нужен файл',
}

function leafIn(text: string, faults: string[]): X509Certificate | null {
  try {
    return new X509Certificate(text)
  } catch {
    faults.push(`${CERT}: в файле нет сертификата PEM (-----BEGIN CERTIFICATE-----)`)
    return null
  }
}

function keyIn(text: string, faults: string[]): KeyObject | null {
  try {
    return createPrivateKey(text)
  } catch {
    faults.push(`${KEY}: в файле нет ключа PEM без пароля (-----BEGIN PRIVATE KEY-----)`)
    return null
  }
}

function untimely({ validFromDate, validToDate }: X509Certificate, nowMs: Moment): string[] {
  if (nowMs >= validToDate.getTime()) {
    return [`${CERT}: сертификат истёк ${dayOf(validToDate)}, выпустите новый`]
  }
  if (nowMs < validFromDate.getTime()) {
    return [`${CERT}: сертификат действует с ${dayOf(validFromDate)}. Верны ли часы сервера?`]
  }
  return []
}

function dayOf(date: Date): string {
  const [year, month, day] = date.toISOString().slice(0, 10).split('-')
  return `${day}.${month}.${year}`
}

const NAMES_LIMIT = 200

function namesOf({ subject, subjectAltName }: X509Certificate): string {
  const names = (subjectAltName ?? subject ?? '').replaceAll(/(DNS|IP Address):/g, '')
  return names.replaceAll('\n', ', ').slice(0, NAMES_LIMIT)
}
