// I1, I2, I13, I17: who holds which terminal, and that nothing open is forgotten.

import type { Operation } from '../devices/operation.ts'
import type { Books } from '../storage/books.ts'
import type { OpenRow } from '../storage/rows.ts'
import type { World } from '../world.ts'
import { attemptsByOperation, type Journals, operationOfRefund } from './evidence.ts'
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

/** What nobody can tell of, or has given up: its terminal may be given to others while the bank carries it. */
const UNCLEAR: ReadonlySet<string> = new Set(['lost', 'abandoned', 'stray', 'held'])

/**
 * I1 at the device: beside an operation that lives on at the bank, though its terminal has forgotten it, another
 * is begun only where the books say of the first that they do not know.
 */
export function noOverlapOnTerminals(
  world: Journals & Pick<World, 'time'>,
  books: Pick<Books, 'attempts' | 'captures' | 'history' | 'refunds'>,
): void {
  const { keyedSales, terminals, time } = world
  const crowded = terminals.flatMap(({ journal }) => {
    const begun = journal.filter(({ qr }) => !keyedSales.has(qr))
    const alive = begun.filter((operation) => operation.isAlive(time.nowMs))
    return alive.slice(0, -1)
  })
  if (crowded.length === 0) return
  const states = new Map<Operation, string>()
  for (const [operation, { attempt }] of attemptsByOperation(world, books)) {
    states.set(operation, attempt.state.kind)
  }
  for (const row of books.refunds) {
    const operation = operationOfRefund(world, row, books)
    if (operation !== null) states.set(operation, row.refund.state.kind)
  }
  for (const operation of crowded) {
    const state = states.get(operation) ?? 'lost'
    demand(
      UNCLEAR.has(state),
      'I1',
      () => `терминал ${operation.terminalId} ведёт две операции, первая ${state}`,
    )
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
