// An entry of a desk as staff see it.

import type { DeskEntryAnswer, DeskEntryData } from '@byfly-pay/contract'
import { localTime, SECOND_MS, transactionIdOf, utcTime } from '@byfly-pay/core'
import type { EntryStory, ToldEntry } from '../../desks/read-desk.ts'
import type { AuditRow } from '../../ports/audit-store.ts'
import { localOrNull, utcOrNull } from '../show-payment.ts'

export function showEntry(entry: ToldEntry, zone: string): DeskEntryData {
  const { attempt, closedAtMs, openedAtMs, payment, source, terminal } = entry
  return {
    id: Number(entry.id),
    desk: entry.desk,
    kind: entry.kind,
    title: entry.title,
    known: [...entry.known],
    opened_at: localTime(openedAtMs, zone),
    opened_at_utc: utcTime(openedAtMs),
    age_seconds: ageSeconds(openedAtMs, closedAtMs ?? entry.nowMs),
    closed_at: localOrNull(closedAtMs, zone),
    closed_at_utc: utcOrNull(closedAtMs),
    closed_by: entry.closedBy,
    close_reason: entry.closeReason,
    assignee_id: entry.assignee?.id ?? null,
    assignee_name: entry.assignee?.name ?? null,
    transaction_id: payment === null ? null : transactionIdOf(payment.id),
    attempt_id: attempt?.id ?? null,
    terminal_id: terminal?.id ?? null,
    source_id: source?.id ?? null,
    actions: [...entry.actions],
  }
}

export function showEntryStory(story: EntryStory, zone: string): DeskEntryAnswer['data'] {
  return { ...showEntry(story, zone), history: story.history.map((row) => showStep(row, zone)) }
}

function showStep({ action, actorName, atMs, facts }: AuditRow, zone: string) {
  const text = facts['note'] ?? facts['reason'] ?? null
  return {
    at: localTime(atMs, zone),
    at_utc: utcTime(atMs),
    who: actorName,
    what: action,
    text: typeof text === 'string' ? text : null,
  }
}

export function ageSeconds(fromMs: number, toMs: number): number {
  return Math.max(0, Math.floor((toMs - fromMs) / SECOND_MS))
}
