// Seals what the centre must keep but a copy of the database must not reveal: webhook secrets and
// device tokens. AES-256-GCM; a sealed value is version, the key's id, nonce, tag, text.

import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto'
import type { Vault } from './ports/centre.ts'
import type { Random } from './ports/clock.ts'

const VERSION = 2
/** Of releases before keys had ids: version, nonce, tag, text, under the key's SHA-256. */
const VERSION_WITHOUT_ID = 1
const KEY_BYTES = 32
const ID_BYTES = 4
const NONCE_BYTES = 12
const TAG_BYTES = 16

interface Key {
  /** The first bytes of all that it seals. */
  readonly header: Buffer
  readonly secret: Buffer
  readonly secretWithoutId: Buffer
}

/**
 * @param secretKey `BYFLY_SECRET_KEY`: any text of at least 32 characters; all is sealed under it
 * @param formerKey `BYFLY_SECRET_KEY_OLD`: opens what was sealed under it, and seals nothing
 */
export function openVault(secretKey: string, formerKey: string | null, random: Random): Vault {
  const current = keyOf(secretKey)
  const keys = formerKey === null ? [current] : [current, keyOf(formerKey)]
  return {
    header: current.header,
    seal(text) {
      const nonce = random.bytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', current.secret, nonce).setAAD(current.header)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([current.header, nonce, cipher.getAuthTag(), sealed])
    },
    open(sealed) {
      for (const key of keys) {
        const text = opened(sealed, key)
        if (text !== null) return text
      }
      throw new Error(
        'Секрет из базы не расшифровывается: BYFLY_SECRET_KEY не тот, которым он был зашифрован.',
      )
    },
  }
}

function keyOf(secretKey: string): Key {
  const derived = (use: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secretKey, '', `byfly-pay ${use} v2`, bytes))
  return {
    header: Buffer.concat([Buffer.of(VERSION), derived('vault key id', ID_BYTES)]),
    secret: derived('vault', KEY_BYTES),
    secretWithoutId: createHash('sha256').update(secretKey).digest(),
  }
}

/** Null when it is sealed under another key, or damaged. */
function opened(sealed: Buffer, key: Key): string | null {
  const { header } = key
  if (sealed.subarray(0, header.length).equals(header)) {
    return decrypted(sealed.subarray(header.length), key.secret, header)
  }
  if (sealed[0] !== VERSION_WITHOUT_ID) return null
  return decrypted(sealed.subarray(1), key.secretWithoutId, Buffer.alloc(0))
}

function decrypted(box: Buffer, secret: Buffer, header: Buffer): string | null {
  const textAt = NONCE_BYTES + TAG_BYTES
  if (box.length < textAt) return null
  const nonce = box.subarray(0, NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', secret, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(header).setAuthTag(box.subarray(NONCE_BYTES, textAt))
  try {
    return Buffer.concat([decipher.update(box.subarray(textAt)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
