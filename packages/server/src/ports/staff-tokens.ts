// The bearer tokens of staff. A token says whose session it is and nothing about rights: those are read
// from the database at each request (L2).

import type { Moment } from '@byfly-pay/core'

export interface StaffTokens {
  issue(sessionId: string, adminId: number, expiresAtMs: Moment): Promise<string>
  /** The session it was issued for; null when it is forged, of another kind, or has run out. Never throws. */
  read(token: string): Promise<{ readonly sessionId: string; readonly adminId: number } | null>
}
