// Receivers, replays and checks on the wire. Of an address only what has no query, which may hold a key.

import type { CheckData, CheckedCaseData, EndpointData, ReplayData } from '@byfly-pay/contract'
import { localTime, transactionIdOf, utcTime, worstOf } from '@byfly-pay/core'
import { adviceOf, CASE_TITLES, findingWords } from '../../notices/webhook-words.ts'
import type { EndpointHealth } from '../../ports/delivery-try-store.ts'
import type { CheckedCase, ReceiverCheck } from '../../ports/receiver-check-store.ts'
import type { Replay } from '../../ports/replay-store.ts'
import { localOrNull, utcOrNull } from '../show-payment.ts'

export function showEndpoint(health: EndpointHealth, zone: string): EndpointData {
  const { lastReason, lastHttpStatus } = health
  const advice = lastReason === null ? null : adviceOf(lastReason, lastHttpStatus)
  return {
    endpoint: health.endpoint,
    tries: health.tries,
    failed: health.failed,
    waiting: health.waiting,
    last_delivered_at: localOrNull(health.lastDeliveredAtMs, zone),
    last_delivered_at_utc: utcOrNull(health.lastDeliveredAtMs),
    last_failed_at: localOrNull(health.lastFailedAtMs, zone),
    last_failed_at_utc: utcOrNull(health.lastFailedAtMs),
    last_reason: lastReason,
    last_http_status: lastHttpStatus,
    why: advice?.why ?? null,
    cure: advice?.cure ?? null,
    failing_since: localOrNull(health.failingSinceMs, zone),
    failing_since_utc: utcOrNull(health.failingSinceMs),
    switched_off_at: localOrNull(health.switchedOffAtMs, zone),
    switched_off_at_utc: utcOrNull(health.switchedOffAtMs),
  }
}

export function showReplay(replay: Replay, zone: string): ReplayData {
  return {
    id: transactionIdOf(replay.id),
    from: localTime(replay.fromMs, zone),
    from_utc: utcTime(replay.fromMs),
    to: localTime(replay.beforeMs, zone),
    to_utc: utcTime(replay.beforeMs),
    events: [...replay.events],
    only_parked: replay.onlyParked,
    asked_by: replay.askedBy,
    created_at: localTime(replay.createdAtMs, zone),
    created_at_utc: utcTime(replay.createdAtMs),
    total: replay.total,
    released: replay.released,
    finished_at: localOrNull(replay.finishedAtMs, zone),
    finished_at_utc: utcOrNull(replay.finishedAtMs),
    stopped_by: replay.stoppedBy,
  }
}

export function showCheck(check: ReceiverCheck, zone: string): CheckData {
  return {
    id: transactionIdOf(check.id),
    endpoint: check.endpoint,
    asked_by: check.askedBy,
    started_at: localTime(check.startedAtMs, zone),
    started_at_utc: utcTime(check.startedAtMs),
    finished_at: localOrNull(check.finishedAtMs, zone),
    finished_at_utc: utcOrNull(check.finishedAtMs),
    verdict: worstOf(check.cases.map(({ verdict }) => verdict)),
    cases: check.cases.map(showCase),
  }
}

function showCase(checked: CheckedCase): CheckedCaseData {
  const { cure, why } = findingWords(checked, checked)
  return {
    case: checked.case,
    title: CASE_TITLES[checked.case],
    verdict: checked.verdict,
    finding: checked.finding,
    why,
    cure: cure === '' ? null : cure,
    headers: checked.sent?.headers ?? null,
    body: checked.sent?.body ?? null,
    http_status: checked.httpStatus,
    reason: checked.reason,
    took_ms: checked.tookMs,
    answer: checked.answer,
  }
}
