// A session as the API tells it.

import type { SessionData } from '@byfly-pay/contract'
import { localTime, utcTime } from '@byfly-pay/core'
import type { SessionLine } from '../../ports/staff-store.ts'

/** @param currentId the session of the request itself */
export function showSession(line: SessionLine, zone: string, currentId: string): SessionData {
  return {
    id: line.id,
    created_at: localTime(line.createdAtMs, zone),
    created_at_utc: utcTime(line.createdAtMs),
    last_seen_at: localTime(line.lastSeenAtMs, zone),
    last_seen_at_utc: utcTime(line.lastSeenAtMs),
    expires_at: localTime(line.expiresAtMs, zone),
    expires_at_utc: utcTime(line.expiresAtMs),
    ip: line.ip,
    user_agent: line.userAgent,
    is_current: line.id === currentId,
  }
}
