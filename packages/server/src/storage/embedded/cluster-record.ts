// What must be remembered between starts: where the cluster lies, its port and its three passwords.
// The file is readable by its owner alone, replaced whole, and must never be rewritten from nothing
// while a cluster exists: the passwords in it are the only ones.

import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { EmbeddedDatabaseError, errorCode } from './embedded-database-error.ts'
import { chooseFreePort } from './free-port.ts'

export type ClusterRecord = {
  /**
   * The folder that holds the cluster and its log. Inside the data folder it is written relative,
   * so that the data folder can be moved; root's may lie elsewhere.
   */
  readonly home: string
  readonly port: number
  readonly superuserPassword: string
  readonly ownerPassword: string
  readonly appPassword: string
}

const FILE = 'postgres.json'

export function readClusterRecord(dataDir: string): ClusterRecord | undefined {
  const file = join(dataDir, FILE)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
  try {
    const record: unknown = JSON.parse(text)
    if (isClusterRecord(record)) return { ...record, home: resolve(dataDir, record.home) }
  } catch {
    // Said below, in words the operator can act on.
  }
  throw new EmbeddedDatabaseError(
    `Файл ${file} с паролями встроенной базы испорчен. Верните его из резервной копии.`,
  )
}

function isClusterRecord(value: unknown): value is ClusterRecord {
  if (typeof value !== 'object' || value === null) return false
  const record: Partial<Record<keyof ClusterRecord, unknown>> = value
  return (
    typeof record.home === 'string' &&
    typeof record.port === 'number' &&
    typeof record.superuserPassword === 'string' &&
    typeof record.ownerPassword === 'string' &&
    typeof record.appPassword === 'string'
  )
}

export function writeClusterRecord(dataDir: string, record: ClusterRecord): void {
  const file = join(dataDir, FILE)
  const isInside = record.home.startsWith(dataDir + sep)
  const home = isInside ? relative(dataDir, record.home) : record.home
  const fd = openSync(`${file}.new`, 'w', 0o600)
  try {
    writeSync(fd, `${JSON.stringify({ ...record, home }, null, 2)}\n`)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  renameSync(`${file}.new`, file)
}

export async function newClusterRecord(home: string): Promise<ClusterRecord> {
  return {
    home,
    port: await chooseFreePort(),
    superuserPassword: newPassword(),
    ownerPassword: newPassword(),
    appPassword: newPassword(),
  }
}

/** 192 bits, in letters that need no escaping in a URL. */
function newPassword(): string {
  return randomBytes(24).toString('base64url')
}
