// The lines of a terminal's test that its answer to one call decides: its token, and the device
// itself.

import { displayTime } from '@byfly-pay/core'
import type { DeviceCheck } from '../ports/provider.ts'
import { type Line, ok, type Seen, skipped, warning } from './check-line.ts'

export function tokenLine(seen: Seen): Line {
  const { after, check } = seen
  const { token } = seen.words
  if (check?.finding === 'not_registered' || after.trouble === 'not_registered') {
    return { state: 'failed', ...token.refused }
  }
  if (check?.finding === 'token_expired') return { state: 'failed', ...token.expired }
  if (after.tokenExpiresAtMs === null) {
    return skipped(check?.finding === 'well' ? token.notAsked : token.none)
  }
  return tokenLife(seen, after.tokenExpiresAtMs)
}

function tokenLife({ after, words: { token }, zone }: Seen, endMs: number): Line {
  const end = displayTime(endMs, zone)
  return endMs <= after.nowMs
    ? warning(token.ranOut.message(end), token.ranOut.cure)
    : ok(token.until(end))
}

export function deviceLine(seen: Seen): Line {
  const { check, connection } = seen
  const { device } = seen.words
  if (check === null) return skipped(device.atWork)
  switch (check.finding) {
    case 'well':
      return wellLine(check, seen)
    case 'no_internet':
      return { state: 'failed', ...device.noInternet }
    case 'failing':
      return { state: 'failed', ...device.failing }
    case 'stranger':
      return { state: 'failed', ...device.stranger }
    case 'not_registered':
    case 'token_expired':
      return skipped(device.noToken)
    case 'certificate_changed':
    case 'certificate_untrusted':
      return skipped(device.certificate)
    case 'forbidden_address':
      return skipped(device.unreachable)
    case 'unreachable':
      return connection.kind === 'connected'
        ? { state: 'failed', ...device.silent }
        : skipped(device.unreachable)
  }
}

function wellLine(
  { apiVersion, identity, latencyMs }: DeviceCheck,
  { before, words: { device } }: Seen,
): Line {
  const known = before.serial
  const serial = identity?.serial ?? null
  if (known !== null && serial !== null && known !== serial) {
    return { state: 'warning', ...device.other }
  }
  return ok(device.well(Math.round(latencyMs ?? 0), apiVersion ?? 'v2'))
}
