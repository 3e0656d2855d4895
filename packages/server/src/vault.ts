// Seals what the centre must keep but a copy of the database must not reveal: webhook secrets and
// device tokens. AES-256-GCM; a sealed value is version, nonce, tag, text.

import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import type { Vault } from './ports/centre.ts'
import type { Random } from './ports/clock.ts'

const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEADER_BYTES = 1 + NONCE_BYTES + TAG_BYTES

/** @param secretKey `BYFLY_SECRET_KEY`: any text of at least 32 characters; its SHA-256 is the key. */
export function openVault(secretKey: string, random: Random): Vault {
  const key = createHash('sha256').update(secretKey).digest()
  return {
    seal(text) {
      const nonce = random.bytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), sealed])
    },
    open(sealed) {
      if (sealed[0] !== VERSION || sealed.length < HEADER_BYTES) throw cannotOpen()
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE_BYTES))
      decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEADER_BYTES))
      try {
        const text = Buffer.concat([
          decipher.update(sealed.subarray(HEADER_BYTES)),
          decipher.final(),
        ])
        return text.toString('utf8')
      } catch (error) {
        throw cannotOpen(error)
      }
    },
  }
}

function cannotOpen(cause?: unknown): Error {
  return new Error(
    'Секрет из базы не расшифровывается: BYFLY_SECRET_KEY не тот, которым он был зашифрован.',
    { cause },
  )
}
