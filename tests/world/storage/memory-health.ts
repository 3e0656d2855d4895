// How terminals served, and their breakers, over memory: read from the rows of the attempts themselves.

import { type Breaker, CLOSED, DAY_MS, TRIALS_LIMIT, type Trial } from '@byfly-pay/core'
import type { HealthStore, TerminalTrials } from '../../../packages/server/src/ports/pool-store.ts'
import type { MemoryDatabase } from './memory-database.ts'
import type { MemoryTransaction } from './memory-transaction.ts'
import type { AttemptRow, HealthRow } from './rows.ts'

/** A camera needs a moment: an operation that was over sooner asked nothing of it. */
const QR_NEEDS_MS = 5_000

export function memoryHealth(run: MemoryDatabase['statement']): HealthStore {
  const change = (terminalId: number, patch: (row: HealthRow) => HealthRow) =>
    run((tx) => tx.change('terminal_health', String(terminalId), patch))
  return {
    trials: async () => run(trials),
    keep: async (measures) =>
      run((tx) => {
        for (const { health, terminalId, timesMs } of measures) {
          tx.write('terminal_health', String(terminalId), (row) => ({
            breaker: row?.breaker ?? CLOSED,
            returnedAtMs: row?.returnedAtMs ?? null,
            health,
            timesMs: timesMs.map(Math.round),
          }))
        }
      }),
    suspend: async (terminalId, breaker) =>
      run((tx) => {
        const row = tx.get('terminal_health', String(terminalId))
        if (row === undefined || row.breaker.kind === 'suspended') return false
        if (row.returnedAtMs !== null && row.returnedAtMs >= breaker.sinceMs) return false
        tx.change('terminal_health', String(terminalId), (held) => ({ ...held, breaker }))
        return true
      }),
    claimTests: async (limit, forMs) => run((tx) => claimTests(tx, limit, forMs)),
    breakerOf: async (terminalId) =>
      run((tx) => ({ breaker: breakerOf(tx, terminalId), nowMs: tx.database.now() })),
    keepTested: async (terminalId, breaker) =>
      change(terminalId, (row) => {
        if (row.breaker.kind === 'closed') return row
        const returnedAtMs = breaker.kind === 'closed' ? breaker.sinceMs : null
        return { ...row, breaker, returnedAtMs: returnedAtMs ?? row.returnedAtMs }
      }),
  }
}

function trials(tx: MemoryTransaction): TerminalTrials[] {
  const nowMs = tx.database.now()
  const attempts = tx.values('attempts')
  return tx
    .values('terminals')
    .filter(({ id, lastReservedAtMs }) => {
      const isAtWork = lastReservedAtMs !== null && lastReservedAtMs >= nowMs - DAY_MS
      return isAtWork || breakerOf(tx, id).kind === 'suspended'
    })
    .map(({ id }) => ({
      terminalId: id,
      trials: attempts
        .filter((row) => row.attempt.terminalId === id && row.createdAtMs >= nowMs - DAY_MS)
        .filter(isTried)
        .sort((a, b) => (a.paymentId < b.paymentId ? 1 : -1))
        .slice(0, TRIALS_LIMIT)
        .sort((a, b) => b.createdAtMs - a.createdAtMs)
        .map(trialOf),
      breaker: breakerOf(tx, id),
      nowMs,
    }))
}

/** It is over, or its start is. */
function isTried({ attempt, endedAtMs }: AttemptRow): boolean {
  const { kind } = attempt.state
  return (endedAtMs !== null || kind === 'lost' || kind === 'stray') && kind !== 'released'
}

function trialOf({ attempt, createdAtMs, endedAtMs, liveAtMs, qrAtMs }: AttemptRow): Trial {
  const { presence, state, stopRequested } = attempt
  const hadTime = liveAtMs !== null && endedAtMs !== null && endedAtMs - liveAtMs >= QR_NEEDS_MS
  const isShown = presence === 'remote' && liveAtMs !== null
  return {
    state: state.kind,
    refusal: state.kind === 'refused' ? state.reason : null,
    startedAtMs: createdAtMs,
    startMs: liveAtMs === null ? null : liveAtMs - createdAtMs,
    heldMs: endedAtMs === null ? null : endedAtMs - createdAtMs,
    wasQrWanted: isShown && (qrAtMs !== null || (!stopRequested && hadTime)),
    wasQrRead: qrAtMs !== null,
  }
}

function claimTests(tx: MemoryTransaction, limit: number, forMs: number): number[] {
  const now = tx.database.now()
  const due = tx
    .values('terminals')
    .flatMap(({ id, isActive }) => {
      const breaker = breakerOf(tx, id)
      return isActive && breaker.kind === 'suspended' && breaker.nextTestAtMs <= now
        ? [{ id, breaker }]
        : []
    })
    .sort((a, b) => a.breaker.nextTestAtMs - b.breaker.nextTestAtMs)
    .slice(0, limit)
  for (const { id, breaker } of due) {
    tx.change('terminal_health', String(id), (row) => ({
      ...row,
      breaker: { ...breaker, nextTestAtMs: now + forMs },
    }))
  }
  return due.map(({ id }) => id)
}

function breakerOf(tx: MemoryTransaction, terminalId: number): Breaker {
  const row = tx.get('terminal_health', String(terminalId))
  if (row === undefined) return CLOSED
  return row.breaker.kind === 'suspended'
    ? row.breaker
    : { kind: 'closed', sinceMs: row.returnedAtMs }
}
