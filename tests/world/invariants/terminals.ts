// I1, I2, I13, I17: who holds which terminal, and that nothing open is forgotten.

import type { Books } from '../storage/books.ts'
import type { OpenRow } from '../storage/rows.ts'
import type { World } from '../world.ts'
import { demand } from './violation.ts'

/** States in which an operation may be alive on the terminal. */
const AT_THE_TERMINAL: ReadonlySet<OpenRow['state']> = new Set([
  'reserved',
  'calling',
  'live',
  'unknown',
  'lost',
])

/** I1 in the books: one open attempt for each terminal, and none of them has let go of it. */
export function oneAttemptPerTerminal(_: World, { attempts, history, open }: Books): void {
  const holders = new Map<number, string>()
  for (const { attemptId, holdsTerminal, state, terminalId } of open) {
    if (!AT_THE_TERMINAL.has(state)) continue
    const row = attempts.find(({ attempt }) => attempt.id === attemptId)
    const isLearnedLate = history.some(
      ({ facts, what }) => what === 'refund_learned_late' && facts['refund'] === attemptId,
    )
    const wasLost = isLearnedLate || (row !== undefined && row.attempt.lostAtMs !== null)
    const cameBack = wasLost && state !== 'lost'
    demand(holdsTerminal || cameBack, 'I1', () => `${state} ${attemptId} отпустила терминал`)
    if (!holdsTerminal) continue
    const other = holders.get(terminalId)
    demand(other === undefined, 'I1', () => `терминал ${terminalId}: ${other} и ${attemptId}`)
    holders.set(terminalId, attemptId)
  }
}

/** I1 at the device: what the centre has begun on one terminal never runs beside another of its own. */
export function noOverlapOnTerminals({ terminals, time }: World): void {
  for (const { id, journal } of terminals) {
    const alive = journal.filter((operation) => operation.isAlive(time.nowMs))
    // A terminal that has forgotten an operation takes another while the bank still carries the first.
    const processes = new Set(alive.map(({ qr }) => qr))
    demand(processes.size === alive.length, 'I1', () => `терминал ${id} ведёт две операции`)
  }
}

/** I2 */
export function oneAttemptPerPayment(_: World, { open }: Books): void {
  const busy = new Map<string, string>()
  for (const { attemptId, holdsPayment, paymentId } of open) {
    if (!holdsPayment) continue
    const other = busy.get(paymentId)
    demand(other === undefined, 'I2', () => `платёж ${paymentId}: ${other} и ${attemptId}`)
    busy.set(paymentId, attemptId)
  }
}

/** I13: what is open has a watcher to come by the clock, or a task for a person. */
export function nothingOpenIsForgotten({ time }: World, { attempts, open, tasks }: Books): void {
  for (const { attempt, paymentId } of attempts) {
    const isOpen = attempt.state.kind === 'held' || open.some((row) => row.attemptId === attempt.id)
    if (!isOpen) continue
    const lease = open.find((row) => row.attemptId === attempt.id)
    const hasTask = tasks.some((task) => task.attemptId === attempt.id && task.isOpen)
    const isWatched = lease !== undefined && lease.state !== 'held'
    demand(hasTask || isWatched, 'I13', () => `${attempt.state.kind} ${attempt.id} никому не видна`)
    const untilMs = lease?.leaseUntilMs ?? time.nowMs
    const isBounded = untilMs <= time.nowMs + LONGEST_LEASE_MS
    demand(isBounded, 'I13', () => `аренда попытки платежа ${paymentId} не кончится`)
  }
}

const LONGEST_LEASE_MS = 60_000

/** I17 */
export function oneAttemptPerQr(_: World, { attempts, refunds }: Books): void {
  const owners = new Map<string, string>()
  const shown = [...attempts.map(({ attempt }) => attempt), ...refunds.map(({ refund }) => refund)]
  for (const { id, qr } of shown) {
    if (qr === null) continue
    const other = owners.get(qr.text)
    demand(other === undefined, 'I17', () => `один QR у ${other} и ${id}`)
    owners.set(qr.text, id)
  }
}
