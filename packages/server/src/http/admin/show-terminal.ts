// A terminal as the administration tells it.

import type { TerminalData } from '@byfly-pay/contract'
import {
  isQuarantined,
  localTime,
  type Moment,
  standingOf,
  transactionIdOf,
  utcTime,
} from '@byfly-pay/core'
import type { TerminalView } from '../../ports/terminal-store.ts'
import { shownCameraUrl } from '../../terminals/terminal-facts.ts'

export function showTerminal(view: TerminalView, zone: string): TerminalData {
  const { currentPaymentId, lastSeenAtMs, tokenExpiresAtMs, troubleSinceMs } = view
  return {
    id: view.id,
    name: view.name,
    ip_address: view.ipAddress,
    port: view.port,
    camera_id: view.cameraId,
    camera_url: shownCameraUrl(view.cameraUrl),
    is_active: view.isActive,
    tls: view.tls,
    api_version: view.apiVersion,
    own_cheque: view.ownCheque,
    country_iso: view.countryIso,
    payment_system: view.system,
    status: standingOf(view.facts, view.holder, view.nowMs),
    current_transaction_id: currentPaymentId === null ? null : transactionIdOf(currentPaymentId),
    trouble: view.trouble,
    trouble_since: localOrNull(troubleSinceMs, zone),
    trouble_since_utc: utcOrNull(troubleSinceMs),
    ...showQuarantine(view, zone),
    taken_out: showTakenOut(view, zone),
    reserved_sources: view.reservedSources === null ? null : [...view.reservedSources],
    reserved_country: view.reservedCountry,
    health: showHealth(view),
    suspended: showSuspension(view, zone),
    registered_name: view.registeredName,
    token_expires_at: localOrNull(tokenExpiresAtMs, zone),
    token_expires_at_utc: utcOrNull(tokenExpiresAtMs),
    certificate_fingerprint: view.fingerprint,
    can_stop: view.canStop,
    last_seen_at: localOrNull(lastSeenAtMs, zone),
    last_seen_at_utc: utcOrNull(lastSeenAtMs),
    created_at: localTime(view.createdAtMs, zone),
    created_at_utc: utcTime(view.createdAtMs),
  }
}

type Quarantine = Pick<
  TerminalData,
  'quarantine_reason' | 'quarantined_until' | 'quarantined_until_utc'
>

/** After its time only the probe is left, which is no quarantine any more. */
function showQuarantine({ facts, holder, nowMs, quarantineReason }: TerminalView, zone: string) {
  const untilMs = isQuarantined(facts, nowMs) ? facts.quarantinedUntilMs : null
  const quarantine: Quarantine = {
    quarantine_reason:
      holder === 'lost' ? 'start_lost' : untilMs === null ? null : quarantineReason,
    quarantined_until: localOrNull(untilMs, zone),
    quarantined_until_utc: utcOrNull(untilMs),
  }
  return quarantine
}

function showTakenOut({ takenOut }: TerminalView, zone: string): TerminalData['taken_out'] {
  if (takenOut === null) return null
  const { atMs, by, reason } = takenOut
  return { by, reason, at: localTime(atMs, zone), at_utc: utcTime(atMs) }
}

function showHealth({ health }: TerminalView): TerminalData['health'] {
  if (health === null) return null
  const { faults, qrShare, score, startMs, trials } = health
  const qr_read_percent = qrShare === null ? null : Math.round(100 * qrShare)
  return { score, trials, faults, start_ms: startMs, qr_read_percent }
}

function showSuspension({ suspension }: TerminalView, zone: string): TerminalData['suspended'] {
  if (suspension === null) return null
  const { nextTestAtMs, reason, sinceMs } = suspension
  return {
    reason,
    since: localTime(sinceMs, zone),
    since_utc: utcTime(sinceMs),
    next_test_at: localTime(nextTestAtMs, zone),
    next_test_at_utc: utcTime(nextTestAtMs),
  }
}

function localOrNull(moment: Moment | null, zone: string): string | null {
  return moment === null ? null : localTime(moment, zone)
}

function utcOrNull(moment: Moment | null): string | null {
  return moment === null ? null : utcTime(moment)
}
