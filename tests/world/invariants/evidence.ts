// Which operation of a terminal belongs to which attempt, found out from outside: by its process id, and where
// the centre never learned that, by the moment of the call: a terminal carries one attempt at a time, so the
// call was made for the last attempt begun on it before.

import type { Operation } from '../devices/operation.ts'
import type { Books } from '../storage/books.ts'
import type { AttemptRow, CaptureRow, RefundRow } from '../storage/rows.ts'
import type { World } from '../world.ts'

/** What devices themselves can show. */
export type Journals = Pick<World, 'keyedSales' | 'terminals'>

/**
 * All operations that take money but those that a cashier keyed on the device itself, in the order of the calls.
 */
export function calledOperations({ keyedSales, terminals }: Journals): Operation[] {
  return inOrder(
    terminals.flatMap(({ journal }) =>
      journal.filter(({ qr, refundOf }) => refundOf === null && !keyedSales.has(qr)),
    ),
  )
}

/** All operations that give money back, in the order of the calls. */
export function refundOperations({ terminals }: Pick<Journals, 'terminals'>): Operation[] {
  return inOrder(
    terminals.flatMap(({ journal }) => journal.filter(({ refundOf }) => refundOf !== null)),
  )
}

function inOrder(operations: Operation[]): Operation[] {
  return operations.sort((a, b) => a.askedAtMs - b.askedAtMs)
}

/**
 * What the newest try of a refund came to on its terminal: by its process id, and where the centre never learned
 * that, the first call for that purchase since, which is no other refund's. Null when it was never heard.
 */
export function operationOfRefund(
  world: Journals,
  { refund }: RefundRow,
  { captures, history, refunds }: Pick<Books, 'captures' | 'history' | 'refunds'>,
): Operation | null {
  const capture = captures.find(({ attemptId }) => attemptId === refund.attemptId)
  const call = history.findLast(
    ({ facts, what }) => what === 'refund_called' && facts['refund'] === refund.id,
  )
  if (capture === undefined || call === undefined) return null
  const isOthers = ({ processId, terminalId }: Operation) =>
    refunds.some(
      ({ refund: other }) =>
        other.id !== refund.id && other.processId === processId && other.terminalId === terminalId,
    )
  const begun = refundOperations(world).filter(
    (operation) =>
      operation.terminalId === refund.terminalId &&
      isOfPurchase(operation, capture) &&
      operation.askedAtMs >= call.atMs &&
      !isOthers(operation),
  )
  return begun.find(({ processId }) => processId === refund.processId) ?? begun[0] ?? null
}

/** A number names a purchase among those of its kind only: a card's may be that of a QR. */
export function isOfPurchase(
  { refundOf }: Pick<Operation, 'refundOf'>,
  { moneyKind, providerTransactionId }: CaptureRow,
): boolean {
  return refundOf?.transactionId === providerTransactionId && refundOf?.method === moneyKind
}

/** Each attempt is given one operation: process ids may begin anew. */
export function attemptsByOperation(
  world: Journals,
  { attempts }: Pick<Books, 'attempts'>,
): ReadonlyMap<Operation, AttemptRow> {
  const found = new Map<Operation, AttemptRow>()
  const given = new Set<AttemptRow>()
  for (const operation of calledOperations(world)) {
    const begun = attempts.filter(
      (row) =>
        row.attempt.terminalId === operation.terminalId &&
        row.createdAtMs <= operation.askedAtMs &&
        !given.has(row),
    )
    const named = begun.filter(({ attempt }) => attempt.processId === operation.processId)
    const row = latestOf(named.length > 0 ? named : begun)
    if (row === null) continue
    found.set(operation, row)
    given.add(row)
  }
  return found
}

function latestOf(rows: readonly AttemptRow[]): AttemptRow | null {
  return rows.reduce<AttemptRow | null>(
    (latest, row) => (latest === null || row.createdAtMs >= latest.createdAtMs ? row : latest),
    null,
  )
}

/** What an attempt's call came to on its terminal; null when it was never heard there. */
export function operationOf(
  world: World,
  row: AttemptRow,
  books: Pick<Books, 'attempts'>,
): Operation | null {
  const found = [...attemptsByOperation(world, books)].find(([, owner]) => owner === row)
  return found?.[0] ?? null
}
