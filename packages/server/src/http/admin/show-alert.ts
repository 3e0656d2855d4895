// An alert as the administration tells it, and quiet hours as people write them.

import type { AlertData } from '@byfly-pay/contract'
import {
  type Language,
  localTime,
  type Moment,
  type QuietHours,
  transactionIdOf,
  utcTime,
} from '@byfly-pay/core'
import { alertText } from '../../alerts/alert-words.ts'
import type { AlertLine } from '../../ports/alert-store.ts'

export function showAlert(line: AlertLine, zone: string, language: Language): AlertData {
  const { endedAtMs, openedAtMs, paymentId, readAtMs } = line
  const text = alertText(line, 'opened', language)
  return {
    id: line.id,
    kind: line.kind,
    severity: line.severity,
    text: text.charAt(0).toUpperCase() + text.slice(1),
    terminal_id: line.terminalId,
    transaction_id: paymentId === null ? null : transactionIdOf(paymentId),
    source_id: line.place.sourceId,
    opened_at: localTime(openedAtMs, zone),
    opened_at_utc: utcTime(openedAtMs),
    ended_at: localOrNull(endedAtMs, zone),
    ended_at_utc: endedAtMs === null ? null : utcTime(endedAtMs),
    read_at: localOrNull(readAtMs, zone),
    read_at_utc: readAtMs === null ? null : utcTime(readAtMs),
  }
}

function localOrNull(moment: Moment | null, zone: string): string | null {
  return moment === null ? null : localTime(moment, zone)
}

export function showQuiet(quiet: QuietHours | null): { from: string; to: string } | null {
  return quiet === null ? null : { from: clock(quiet.fromMinute), to: clock(quiet.toMinute) }
}

function clock(minute: number): string {
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60]
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
}

/** `HH:MM`, as its schema says. */
export function readClock(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return hours * 60 + minutes
}
