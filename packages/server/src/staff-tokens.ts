// Signs and reads the bearer tokens of staff. Their key is derived for this use alone and shown to nobody:
// no secret that the API ever gives out can sign one (A3).

import { hkdfSync } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import type { Clock } from './ports/clock.ts'
import type { StaffTokens } from './ports/staff-tokens.ts'

const ALGORITHM = 'HS256'
const TYPE = 'JWT'
const ISSUER = 'byfly-pay'
const AUDIENCE = 'byfly-pay/staff'
const KEY_INFO = 'byfly-pay staff token v1'
const KEY_BYTES = 32
/** Longer than any that is issued here. */
const MAX_TOKEN_LENGTH = 1_024

/** @param secretKey `BYFLY_SECRET_KEY`, the same on every machine */
export function openStaffTokens(secretKey: string, clock: Clock): StaffTokens {
  const key = new Uint8Array(hkdfSync('sha256', secretKey, '', KEY_INFO, KEY_BYTES))
  return {
    issue(sessionId, adminId, expiresAtMs) {
      return (
        new SignJWT()
          // In this order: documented tokens begin with their type.
          .setProtectedHeader({ typ: TYPE, alg: ALGORITHM })
          .setIssuer(ISSUER)
          .setAudience(AUDIENCE)
          .setSubject(String(adminId))
          .setJti(sessionId)
          .setIssuedAt(new Date(clock.now()))
          .setExpirationTime(new Date(expiresAtMs))
          .sign(key)
      )
    },
    async read(token) {
      if (token.length > MAX_TOKEN_LENGTH) return null
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [ALGORITHM],
          typ: TYPE,
          issuer: ISSUER,
          audience: AUDIENCE,
          requiredClaims: ['exp', 'jti', 'sub'],
          currentDate: new Date(clock.now()),
        })
        const { jti: sessionId = '', sub = '' } = payload
        return { sessionId, adminId: Number(sub) }
      } catch {
        return null
      }
    },
  }
}
