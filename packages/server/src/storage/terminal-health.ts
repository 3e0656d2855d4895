// How terminals served lately, read from the rows of their own attempts, and the state of their breakers.
// It judges nothing: core does.

import {
  type AttemptStateKind,
  type Breaker,
  DAY_MS,
  type Fault,
  type Moment,
  type StartRefusal,
  TRIALS_LIMIT,
  type Trial,
  utcTime,
} from '@byfly-pay/core'
import type { HealthStore, TerminalTrials } from '../ports/pool-store.ts'
import type { Session, Statement } from './session.ts'
import { momentOf } from './type-parsers.ts'

/** A camera needs a moment: an operation that was over sooner asked nothing of it. */
const QR_NEEDS_MS = 5_000

const DAY = `interval '${DAY_MS} milliseconds'`

/** Payments are younger than their attempts by a day at most: most live an hour. */
const TRIALS: Statement = {
  name: 'terminal_trials',
  text: `
    WITH clock AS MATERIALIZED (
      SELECT centre_now() AS now, uuid7_floor(centre_now() - ${DAY}) AS attempts_from,
        uuid7_floor(centre_now() - 2 * ${DAY}) AS payments_from
    )
    SELECT t.id, clock.now, h.suspended_at, h.suspended_reason, h.next_test_at, h.failed_tests,
      h.returned_at, lately.trials
    FROM clock CROSS JOIN terminals t
    LEFT JOIN terminal_health h ON h.terminal_id = t.id
    CROSS JOIN LATERAL (
      SELECT coalesce(json_agg(json_build_array(state, reason, created_at,
        (1000 * extract(epoch FROM live_at - created_at))::integer,
        (1000 * extract(epoch FROM ended_at - created_at))::bigint,
        presence = 'remote' AND live_at IS NOT NULL AND (qr_at IS NOT NULL OR (NOT stop_requested
          AND ended_at - live_at >= interval '${QR_NEEDS_MS} milliseconds')),
        qr_at IS NOT NULL) ORDER BY created_at DESC), '[]') AS trials
      FROM (
        SELECT * FROM attempts a
        WHERE a.terminal_id = t.id AND a.id >= clock.attempts_from
          AND a.payment_id >= clock.payments_from
          AND (a.ended_at IS NOT NULL OR a.state IN ('lost', 'stray')) AND a.state <> 'released'
        ORDER BY a.payment_id DESC LIMIT ${TRIALS_LIMIT}
      ) AS a
    ) AS lately
    WHERE t.deleted_at IS NULL
      AND (t.last_reserved_at >= clock.now - ${DAY} OR h.suspended_at IS NOT NULL)`,
}

const KEEP: Statement = {
  name: 'terminal_health_keep',
  text: `
    INSERT INTO terminal_health AS h
      (terminal_id, score, trials, faults, start_ms, qr_share, times_ms, measured_at)
    SELECT terminal_id, score, trials, faults, start_ms, qr_share, times_ms, centre_now()
    FROM jsonb_to_recordset($1) AS m (terminal_id integer, score integer, trials integer,
      faults integer, start_ms integer, qr_share double precision, times_ms integer[])
    ON CONFLICT (terminal_id) DO UPDATE SET score = EXCLUDED.score, trials = EXCLUDED.trials,
      faults = EXCLUDED.faults, start_ms = EXCLUDED.start_ms, qr_share = EXCLUDED.qr_share,
      times_ms = EXCLUDED.times_ms, measured_at = EXCLUDED.measured_at
    WHERE (h.score, h.trials, h.faults, h.start_ms, h.qr_share, h.times_ms) IS DISTINCT FROM
      (EXCLUDED.score, EXCLUDED.trials, EXCLUDED.faults, EXCLUDED.start_ms, EXCLUDED.qr_share,
        EXCLUDED.times_ms)`,
}

/** One that came back since it was judged is judged anew, by what happened after its return. */
const SUSPEND: Statement = {
  name: 'terminal_suspend',
  text: `
    UPDATE terminal_health SET suspended_at = $2, suspended_reason = $3, next_test_at = $4,
      failed_tests = $5
    WHERE terminal_id = $1 AND suspended_at IS NULL
      AND (returned_at IS NULL OR returned_at < $2::timestamptz)
    RETURNING terminal_id`,
}

const CLAIM_TESTS: Statement = {
  name: 'terminal_tests_claim',
  text: `
    UPDATE terminal_health SET next_test_at = centre_now() + $2::integer * interval '1 millisecond'
    WHERE terminal_id IN (
      SELECT h.terminal_id FROM terminal_health h JOIN terminals t ON t.id = h.terminal_id
      WHERE h.next_test_at <= (SELECT centre_now()) AND t.deleted_at IS NULL AND t.is_active
      ORDER BY h.next_test_at
      FOR UPDATE OF h SKIP LOCKED
      LIMIT $1)
    RETURNING terminal_id`,
}

const BREAKER_OF: Statement = {
  name: 'terminal_breaker',
  text: `
    SELECT centre_now() AS now, suspended_at, suspended_reason, next_test_at, failed_tests,
      returned_at
    FROM (VALUES ($1::integer)) AS asked (id) LEFT JOIN terminal_health ON terminal_id = asked.id`,
}

const KEEP_TESTED: Statement = {
  name: 'terminal_tested_keep',
  text: `
    UPDATE terminal_health SET suspended_at = $2, suspended_reason = $3, next_test_at = $4,
      failed_tests = $5, returned_at = coalesce($6, returned_at)
    WHERE terminal_id = $1 AND suspended_at IS NOT NULL`,
}

export function healthStore(session: Session): HealthStore {
  return {
    async trials() {
      return (await session.rows<TrialsRow>(TRIALS, [])).map(trialsOf)
    },
    async keep(measures) {
      if (measures.length === 0) return
      const rows = measures.map(({ health, terminalId, timesMs }) => ({
        terminal_id: terminalId,
        score: health.score,
        trials: health.trials,
        faults: health.faults,
        start_ms: health.startMs,
        qr_share: health.qrShare,
        times_ms: timesMs.map(Math.round),
      }))
      await session.rows(KEEP, [JSON.stringify(rows)])
    },
    async suspend(terminalId, breaker) {
      const values = [terminalId, ...breakerValues(breaker).slice(0, 4)]
      return (await session.rows(SUSPEND, values)).length > 0
    },
    async claimTests(limit, forMs) {
      const rows = await session.rows<{ terminal_id: number }>(CLAIM_TESTS, [limit, forMs])
      return rows.map(({ terminal_id }) => terminal_id)
    },
    async breakerOf(terminalId) {
      const [row] = await session.rows<BreakerRow>(BREAKER_OF, [terminalId])
      if (row === undefined) throw new Error('База данных не ответила о терминале')
      return { breaker: breakerOf(row), nowMs: row.now }
    },
    async keepTested(terminalId, breaker) {
      await session.rows(KEEP_TESTED, [terminalId, ...breakerValues(breaker)])
    },
  }
}

/** suspended_at, suspended_reason, next_test_at, failed_tests, returned_at */
function breakerValues(breaker: Breaker): readonly (string | number | null)[] {
  if (breaker.kind === 'suspended') {
    const { failedTests, nextTestAtMs, reason, sinceMs } = breaker
    return [utcTime(sinceMs), reason, utcTime(nextTestAtMs), failedTests, null]
  }
  return [null, null, null, 0, breaker.sinceMs === null ? null : utcTime(breaker.sinceMs)]
}

interface BreakerRow {
  readonly now: Moment
  readonly suspended_at: Moment | null
  readonly suspended_reason: Fault | null
  readonly next_test_at: Moment | null
  readonly failed_tests: number | null
  readonly returned_at: Moment | null
}

/** state, reason, created_at, start ms, held ms, was a QR wanted, was it read */
type TrialRow = readonly [
  AttemptStateKind,
  string | null,
  string,
  number | null,
  number | null,
  boolean,
  boolean,
]

interface TrialsRow extends BreakerRow {
  readonly id: number
  readonly trials: readonly TrialRow[]
}

function trialsOf(row: TrialsRow): TerminalTrials {
  return {
    terminalId: row.id,
    trials: row.trials.map(trialOf),
    breaker: breakerOf(row),
    nowMs: row.now,
  }
}

function trialOf([state, reason, createdAt, startMs, heldMs, wanted, read]: TrialRow): Trial {
  return {
    state,
    refusal: state === 'refused' ? (reason as StartRefusal | null) : null,
    startedAtMs: momentOf(createdAt),
    startMs,
    heldMs,
    wasQrWanted: wanted,
    wasQrRead: read,
  }
}

/** The three come together: a constraint of the table. */
function breakerOf(row: BreakerRow): Breaker {
  const { next_test_at: nextTestAtMs, suspended_at: sinceMs, suspended_reason: reason } = row
  if (sinceMs === null || reason === null || nextTestAtMs === null) {
    return { kind: 'closed', sinceMs: row.returned_at }
  }
  return { kind: 'suspended', reason, sinceMs, nextTestAtMs, failedTests: row.failed_tests ?? 0 }
}
