// Reads the certificate and its key, and says in words what is wrong with them. Nothing that cannot be served is handed
// out. One whose days are over can be: a centre that would not start with it would leave payments unwatched.

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { Moment } from '@byfly-pay/core'
import type { Certificate, TlsSettings } from '../ports/certificate.ts'
import { OperatorError } from '../ports/operator-error.ts'

const CERT = 'BYFLY_TLS_CERT'
const KEY = 'BYFLY_TLS_KEY'

/** @throws OperatorError with every fault, a line each */
export function readCertificate({
  certPath,
  keyPath,
}: Pick<TlsSettings, 'certPath' | 'keyPath'>): Certificate {
  const faults: string[] = []
  const cert = readText(CERT, certPath, faults)
  const key = readText(KEY, keyPath, faults)
  const leaf = cert === null ? null : leafIn(cert, faults)
  const own = key === null ? null : keyIn(key, faults)
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
    beginsAtMs: leaf.validFromDate.getTime(),
    expiresAtMs: leaf.validToDate.getTime(),
  }
}

/** @throws OperatorError also where its days are over or still to come: it is not worth taking another's place */
export function readRenewed(
  settings: Pick<TlsSettings, 'certPath' | 'keyPath'>,
  nowMs: Moment,
): Certificate {
  const certificate = readCertificate(settings)
  const fault = untimely(certificate, nowMs)
  if (fault !== null) throw told([fault])
  return certificate
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

function untimely({ beginsAtMs, expiresAtMs }: Certificate, nowMs: Moment): string | null {
  if (nowMs >= expiresAtMs) {
    return `${CERT}: сертификат истёк ${dayOf(expiresAtMs)}, выпустите новый`
  }
  if (nowMs < beginsAtMs) {
    return `${CERT}: сертификат действует с ${dayOf(beginsAtMs)}. Верны ли часы сервера?`
  }
  return null
}

function dayOf(moment: Moment): string {
  const [year, month, day] = new Date(moment).toISOString().slice(0, 10).split('-')
  return `${day}.${month}.${year}`
}

const NAMES_LIMIT = 200

function namesOf({ subject, subjectAltName }: X509Certificate): string {
  const names = (subjectAltName ?? subject ?? '').replaceAll(/(DNS|IP Address):/g, '')
  return names.replaceAll('\n', ', ').slice(0, NAMES_LIMIT)
}
