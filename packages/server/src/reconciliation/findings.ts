// What a reconciliation brings to the desks: for each thing that does not agree one entry for ever, and an
// end to those that have been explained since. Pure.

import type { EntryKind, Reconciled } from '@byfly-pay/core'
import type { FoundEntry } from '../ports/desk-store.ts'
import type { BankOperation, BookedMoney, Judged, Ledger } from '../ports/statement-store.ts'

/** Names of payments in one entry; more say no more. */
const NAMED_LIMIT = 10

const OF_OPERATION = ['sale_outside', 'refund_outside', 'ambiguous', 'statement_differs'] as const
type OfOperation = (typeof OF_OPERATION)[number]

export interface Findings {
  readonly found: readonly FoundEntry[]
  /** Keys of entries that nothing speaks for any more. */
  readonly explained: readonly string[]
}

export interface Looked {
  readonly ledger: Ledger
  readonly operations: ReadonlyMap<string, BankOperation>
  readonly money: ReadonlyMap<string, BookedMoney>
  readonly judged: readonly Judged[]
  /** Captures that this look can say something of. */
  readonly looked: readonly BookedMoney[]
  readonly likely: ReadonlyMap<string, readonly string[]>
}

export function findingsOf(looked: Looked, result: Reconciled): Findings {
  const found: FoundEntry[] = []
  const explained: string[] = []
  for (const judged of looked.judged) {
    const operation = looked.operations.get(judged.id)
    const kind = operation === undefined ? null : kindOf(operation, judged)
    for (const other of OF_OPERATION) if (other !== kind) explained.push(keyOf(judged.id, other))
    if (operation !== undefined && kind !== null) {
      found.push(entryOf(looked, result, operation, judged, kind))
    }
  }
  const missing = new Set(result.missingThere)
  for (const money of looked.looked) {
    const key = `capture:${money.id}:missing_there`
    if (missing.has(money.id)) found.push(missingThere(money, key))
    else explained.push(key)
  }
  return { found, explained }
}

function kindOf({ move }: BankOperation, { verdict }: Judged): OfOperation | null {
  switch (verdict) {
    case 'matched':
      return null
    case 'different':
      return 'statement_differs'
    case 'ambiguous':
      return 'ambiguous'
    case 'missing_here':
      return move === 'sale' ? 'sale_outside' : 'refund_outside'
  }
}

function keyOf(operationId: string, kind: EntryKind): string {
  return `operation:${operationId}:${kind}`
}

function entryOf(
  { ledger, likely, money }: Looked,
  { ambiguousLines }: Reconciled,
  operation: BankOperation,
  { differences, entryId }: Judged,
  kind: OfOperation,
): FoundEntry {
  const pair = entryId === null ? undefined : money.get(entryId)
  const maybe = (ambiguousLines.get(operation.id) ?? []).flatMap((id) => money.get(id) ?? [])
  const payments =
    kind === 'ambiguous' ? maybe.map(({ paymentId }) => paymentId) : likely.get(operation.id)
  return {
    kind,
    key: keyOf(operation.id, kind),
    paymentId: pair?.paymentId ?? null,
    attemptId: pair?.id ?? null,
    terminalId: pair?.terminalId ?? null,
    sourceId: pair?.sourceId ?? null,
    countryIso: ledger.countryIso,
    system: ledger.system,
    facts: {
      operation: operation.id,
      number: operation.numbers[0] ?? null,
      tiyn: String(operation.tiyn),
      at_ms: operation.fromMs,
      payments: [...new Set(payments)].slice(0, NAMED_LIMIT),
      ...(pair === undefined ? {} : { differences, ...bothSides(operation, pair) }),
    },
  }
}

function bothSides(operation: BankOperation, pair: BookedMoney) {
  return {
    sum_here: String(pair.tiyn),
    sum_there: String(operation.tiyn),
    product_here: pair.method,
    product_there: operation.method,
    fee_here: pair.feeTiyn === null ? null : String(pair.feeTiyn),
    fee_there: operation.feeTiyn === null ? null : String(operation.feeTiyn),
  }
}

function missingThere(money: BookedMoney, key: string): FoundEntry {
  return {
    kind: 'missing_there',
    key,
    paymentId: money.paymentId,
    attemptId: money.id,
    terminalId: money.terminalId,
    sourceId: money.sourceId,
    countryIso: null,
    system: null,
    facts: { number: money.number, tiyn: String(money.tiyn), at_ms: money.fromMs },
  }
}
