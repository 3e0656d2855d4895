// Makes and compares the secrets of logging in, under keys derived for each use alone (L1): a copy of the
// database without the secret key gives neither a code nor a phone, however short they are.

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import type { Random } from './ports/clock.ts'
import type { LoginSecrets } from './ports/login-secrets.ts'

const KEY_BYTES = 32
const CODE_DIGITS = 6
/** 160 bits, as the standard wants for its hash. */
const TOTP_SECRET_BYTES = 20
const TOTP_PERIOD_SECONDS = 30
/** An app's clock may be one step off. */
const TOTP_WINDOW = 1
const ISSUER = 'ByFly Pay'

const RECOVERY_CODES = 10
const RECOVERY_LENGTH = 10
const SETUP_LENGTH = 15
/** Letters between two hyphens. */
const GROUP = 5
/** Crockford's: 32 signs, so that a byte picks each equally often, and none to be taken for another. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** @param secretKey `BYFLY_SECRET_KEY`, the same on every machine */
export function openLoginSecrets(secretKey: string, random: Random): LoginSecrets {
  const keyed = (use: string) => {
    const key = Buffer.from(hkdfSync('sha256', secretKey, '', `byfly-pay ${use} v1`, KEY_BYTES))
    return (text: string) => createHmac('sha256', key).update(text).digest()
  }
  const phoneKey = keyed('login phone')
  const ofCode = keyed('login code')
  const ofRecoveryCode = keyed('recovery code')
  const ofSetupCode = keyed('setup code')
  const hashOfSetupCode = (code: string) => ofSetupCode(plain(code))
  const hashOfCode = (phone: string, code: string) => ofCode(`${phone} ${code}`)
  return {
    phoneKey,
    newCode() {
      // Of 2^64 numbers the remainder favours none by more than 6 in 10^14.
      const number = random.bytes(8).readBigUInt64BE() % 10n ** BigInt(CODE_DIGITS)
      return String(number).padStart(CODE_DIGITS, '0')
    },
    hashOfCode,
    isCode: (hash, phone, code) => timingSafeEqual(hash, hashOfCode(phone, code)),

    newSetupCode: () => inLetters(random.bytes(SETUP_LENGTH)),
    hashOfSetupCode,
    isSetupCode: (hash, code) => timingSafeEqual(hash, hashOfSetupCode(code)),

    newTotpSecret: () => new Secret({ buffer: exactly(random.bytes(TOTP_SECRET_BYTES)) }).base32,
    totpUrl: (secret, account) => totpOf(secret, account).toString(),
    totpStep(secret, code, atMs) {
      const steps = totpOf(secret, '').validate({
        token: code,
        timestamp: atMs,
        window: TOTP_WINDOW,
      })
      return steps === null ? null : Math.floor(atMs / (TOTP_PERIOD_SECONDS * 1_000)) + steps
    },

    newRecoveryCodes: () =>
      Array.from({ length: RECOVERY_CODES }, () => inLetters(random.bytes(RECOVERY_LENGTH))),
    hashOfRecoveryCode: (adminId, code) => ofRecoveryCode(`${adminId} ${plain(code)}`),
  }
}

/** A pooled buffer lies in a larger one, which the library would take whole. */
function exactly(bytes: Buffer): ArrayBuffer {
  const copy = new Uint8Array(bytes.length)
  copy.set(bytes)
  return copy.buffer
}

function totpOf(secret: string, account: string): TOTP {
  return new TOTP({
    issuer: ISSUER,
    label: account,
    algorithm: 'SHA1',
    digits: CODE_DIGITS,
    period: TOTP_PERIOD_SECONDS,
    secret: Secret.fromBase32(secret),
  })
}

/** Five bits of each byte, in groups of five. */
function inLetters(bytes: Buffer): string {
  const letters = [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length])
  return (
    letters
      .join('')
      .match(new RegExp(`.{${GROUP}}`, 'g'))
      ?.join('-') ?? ''
  )
}

function plain(code: string): string {
  const signs = code.toLowerCase().replace(/[\s-]/g, '')
  return signs.replaceAll('o', '0').replace(/[il]/g, '1')
}
