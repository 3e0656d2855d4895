// I5, I6, I10: what the lines of history tell, replayed from the first to the last.

import type { AttemptStateKind } from '@byfly-pay/core'
import type { Books } from '../storage/books.ts'
import type { AttemptRow, HistoryRow } from '../storage/rows.ts'
import type { World } from '../world.ts'
import { demand } from './violation.ts'

/** I5: `paid` and its moment never revert, and what was promised stays. */
export function paidNeverReverts(before: Books, { payments }: Books): void {
  for (const { facts: was, sourceId } of before.payments) {
    const now = payments.find(({ facts }) => facts.id === was.id)
    demand(now !== undefined, 'I5', () => `платёж ${was.id} пропал`)
    const isKept =
      now.sourceId === sourceId &&
      now.facts.currency === was.currency &&
      now.facts.originalTiyn === was.originalTiyn &&
      now.facts.expiresAtMs === was.expiresAtMs
    demand(isKept, 'I5', () => `обещанное по ${was.id} изменилось`)
    const isPaidKept = was.paidAtMs === null || now.facts.paidAtMs === was.paidAtMs
    demand(isPaidKept, 'I5', () => `paid_at платежа ${was.id} сдвинулось`)
  }
}

/** I10: each version has its one line, and the lines tell one story. */
export function historyIsWhole(_: World, { history, payments }: Books): void {
  for (const { facts, status, version } of payments) {
    const lines = history.filter(({ paymentId }) => paymentId === facts.id)
    demand(
      lines.length === version,
      'I10',
      () => `${facts.id}: строк ${lines.length}, а не ${version}`,
    )
    lines.forEach((line, index) => {
      const former = lines[index - 1]
      const follows = former === undefined || line.statusBefore === former.statusAfter
      demand(follows, 'I10', () => `${facts.id}: строка ${index + 1} не следует из прежней`)
      const isKept = former?.statusAfter !== 'paid' || line.statusAfter === 'paid'
      demand(isKept, 'I5', () => `${facts.id}: paid отменён строкой ${line.what}`)
    })
    demand(lines.at(-1)?.statusAfter === status, 'I10', () => `${facts.id}: история говорит другое`)
  }
}

/** What a line makes of its attempt: from which states, to which. Lines that are not here change nothing. */
const STEPS: Readonly<
  Record<string, readonly [from: readonly (AttemptStateKind | 'none')[], to: AttemptStateKind]>
> = {
  terminal_reserved: [['none'], 'reserved'],
  start_called: [['reserved'], 'calling'],
  start_accepted: [['calling', 'held'], 'live'],
  start_refused: [['calling'], 'refused'],
  terminal_released: [['reserved'], 'released'],
  attempt_abandoned: [['lost'], 'abandoned'],
  result_unknown: [['live'], 'unknown'],
  captured: [
    ['live', 'unknown', 'stray', 'lost', 'held', 'failed', 'abandoned', 'released', 'refused'],
    'succeeded',
  ],
  attempt_failed: [['live', 'unknown', 'stray', 'lost', 'held'], 'failed'],
  held_for_operator: [['live', 'unknown', 'stray', 'failed'], 'held'],
}

/** I6: an attempt has gone only where it may go, and stands where its lines have led it. */
export function onlyAllowedSteps(_: World, { attempts, history }: Books): void {
  for (const row of attempts) {
    let state: AttemptStateKind | 'none' = 'none'
    for (const line of history) {
      if (line.attemptId !== row.attempt.id) continue
      const next = stepOf(line, row, state)
      if (next !== null) state = next
    }
    const now = row.attempt.state.kind
    // A cancel, and money elsewhere, let go of what was only reserved without a line of its own.
    const isLetGo = state === 'reserved' && now === 'released'
    demand(state === now || isLetGo, 'I6', () => `${row.attempt.id}: ${now}, по истории ${state}`)
  }
}

function stepOf(
  line: HistoryRow,
  { attempt }: AttemptRow,
  state: AttemptStateKind | 'none',
): AttemptStateKind | null {
  // Lost on the line: what becomes of it depends on where the customer stood, and on what is known since.
  if (line.what === 'start_lost') return attempt.presence === 'in_person' ? 'held' : 'lost'
  if (line.what === 'start_learned_late') {
    return state === 'succeeded' || state === 'held' ? null : 'stray'
  }
  const step = STEPS[line.what]
  if (step === undefined) return null
  const [from, to] = step
  demand(from.includes(state), 'I6', () => `${attempt.id}: ${line.what} из ${state}`)
  return to
}

/** I6: without money only by proof, by a cancel that is still watched, or with what is not known listed. */
export function endedOnlyByProof(_: World, books: Books): void {
  for (const { facts, status, statusDetail } of books.payments) {
    if (status !== 'failed' && status !== 'cancelled') continue
    for (const row of books.attempts.filter(({ paymentId }) => paymentId === facts.id)) {
      demand(
        isProved(row.attempt.state.kind) || statusDetail === 'watched' || isListed(books, row),
        'I6',
        () => `${facts.id} ${status}, а попытка ${row.attempt.id} ${row.attempt.state.kind}`,
      )
    }
    if (status === 'failed') {
      const own = books.attempts.filter(({ paymentId }) => paymentId === facts.id)
      const isTold = own.some(({ attempt }) => attempt.state.kind === 'failed')
      demand(isTold, 'I6', () => `${facts.id} failed без слова терминала`)
    }
  }
}

function isProved(state: AttemptStateKind): boolean {
  return state === 'released' || state === 'refused' || state === 'failed' || state === 'succeeded'
}

function isListed({ reconciliation, tasks }: Books, { attempt }: AttemptRow): boolean {
  return (
    reconciliation.some(({ attemptId }) => attemptId === attempt.id) ||
    tasks.some((task) => task.attemptId === attempt.id && task.isOpen)
  )
}
