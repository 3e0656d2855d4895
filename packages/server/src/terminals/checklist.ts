// The lines of a terminal's test: what was looked at, how it is, and what to do about it. No byte
// of the device's own answer, of its certificate or of the camera's goes into them.

import { displayTime, HOUR_MS, MINUTE_MS, type Moment } from '@byfly-pay/core'
import { failed, type Line, ok, type Seen, skipped, warning } from './check-line.ts'
import { cameraLine, qrLine } from './checklist-camera.ts'
import { deviceLine, tokenLine } from './checklist-device.ts'

export const CHECKS = [
  'network',
  'tls',
  'token',
  'device',
  'clock',
  'camera',
  'qr',
  'stop',
] as const

export interface CheckLine extends Line {
  readonly check: (typeof CHECKS)[number]
}

const LINES: Readonly<Record<CheckLine['check'], (seen: Seen) => Line>> = {
  network: networkLine,
  tls: tlsLine,
  token: tokenLine,
  device: deviceLine,
  clock: clockLine,
  camera: cameraLine,
  qr: qrLine,
  stop: stopLine,
}

export function checklistOf(seen: Seen, checks: readonly CheckLine['check'][] = CHECKS) {
  return checks.map((check): CheckLine => ({ check, ...LINES[check](seen) }))
}

/** Slower, and a start begins to be felt by the customer who waits for the QR. */
const SLOW_CONNECT_MS = 1_500

function networkLine({ connection, words: { network } }: Seen): Line {
  if (connection.kind === 'connected') {
    const ms = Math.round(connection.connectMs)
    if (connection.connectMs <= SLOW_CONNECT_MS) return ok(network.connected(ms))
    return warning(network.slow.message(ms), network.slow.cure)
  }
  const isForbidden = connection.why === 'forbidden_address'
  return { state: 'failed', ...(isForbidden ? network.forbidden : network.refused) }
}

/** A renewed certificate has to be trusted by hand, so the end of this one is told ahead. */
const CERTIFICATE_AHEAD_MS = 14 * 24 * HOUR_MS

function tlsLine(seen: Seen): Line {
  const { after, connection } = seen
  const { tls } = seen.words
  if (after.scheme === 'http') return skipped(tls.plain)
  if (connection.kind === 'not_connected') return skipped(tls.unseen)
  const { certificate } = connection
  if (certificate === null) return { state: 'failed', ...tls.none }
  const { expiresAtMs, fingerprint, isVouchedFor } = certificate
  const print = `${fingerprint.slice(0, 16)}…`
  switch (after.tls) {
    case 'insecure':
      return warning(tls.unchecked.message(print), tls.unchecked.cure)
    case 'pinned':
      if (fingerprint !== after.fingerprint) {
        return failed(tls.changed.message(print), tls.changed.cure)
      }
      break
    case 'strict':
      if (!isVouchedFor) return { state: 'failed', ...tls.untrusted }
  }
  return endLine(expiresAtMs, tls.right(after.tls, print), seen)
}

function endLine(
  endMs: Moment | null,
  sentence: string,
  { after, words: { tls }, zone }: Seen,
): Line {
  if (endMs === null) return ok(sentence)
  const end = `${sentence}${tls.until.message(displayTime(endMs, zone))}`
  return endMs - after.nowMs > CERTIFICATE_AHEAD_MS ? ok(end) : warning(end, tls.until.cure)
}

/** A wrong clock shortens tokens and muddles the terminal's own journal; it costs no payment. */
const CLOCK_LIMIT_MS = 2 * MINUTE_MS

function clockLine({ check, words: { clock } }: Seen): Line {
  const aheadMs = check?.clockAheadMs ?? null
  if (aheadMs === null) return skipped(clock.unseen)
  if (Math.abs(aheadMs) <= CLOCK_LIMIT_MS) return ok(clock.right)
  const { cure, message } = aheadMs > 0 ? clock.fast : clock.slow
  return warning(message(Math.round(Math.abs(aheadMs) / MINUTE_MS)), cure)
}

function stopLine({ after, words: { stop } }: Seen): Line {
  switch (after.canStop) {
    case true:
      return ok(stop.can)
    case false:
      return { state: 'warning', ...stop.cannot }
    case null:
      return skipped(stop.unknown)
  }
}
