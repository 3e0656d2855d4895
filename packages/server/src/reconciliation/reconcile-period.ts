// Everything the bank has shown of a time against the books of that time: verdicts, desks, fees and payouts,
// in the caller's transaction. Run again it changes nothing, unless there is new evidence.

import {
  type Coverage,
  DAY_MS,
  MINUTE_MS,
  type Reconciled,
  reconcile,
  shownFee,
  shownPayout,
} from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type {
  BankOperation,
  BookedMoney,
  Judged,
  Ledger,
  ShownSum,
} from '../ports/statement-store.ts'
import type { Transaction } from '../ports/transaction.ts'
import { findingsOf } from './findings.ts'

/** How far the clocks of terminals and of the bank were seen apart. */
const SKEW_MS = 2 * MINUTE_MS
/** Fees are rounded to the tenge here and there. */
const FEE_TOLERANCE_TIYN = 100n
/** Neighbours of a row at the edge of the time: what may be its pair must be looked at too. */
const MARGIN_MS = DAY_MS

export interface PeriodResult {
  readonly opened: number
  readonly explained: number
  readonly feesBooked: number
  readonly payoutsBooked: number
}

/** The ledger is locked by the caller. */
export async function reconcilePeriod(
  { storage }: Pick<Centre, 'storage'>,
  tx: Transaction,
  ledger: Ledger,
  period: Coverage,
): Promise<PeriodResult> {
  const { desks, statements } = storage
  const wide = { fromMs: period.fromMs - MARGIN_MS, toMs: period.toMs + MARGIN_MS }
  const near = await statements.bankSide(tx, ledger, wide, [])
  const entries = await statements.bookSide(tx, ledger, wide, numbersOf(near))
  const lines = await statements.bankSide(
    tx,
    ledger,
    wide,
    entries.flatMap(({ number }) => number ?? []),
  )
  const coverage = await statements.coverage(tx, ledger, period)
  const result = reconcile(lines, entries, {
    coverage,
    skewMs: SKEW_MS,
    feeToleranceTiyn: FEE_TOLERANCE_TIYN,
  })
  const operations = new Map(lines.map((line) => [line.id, line]))
  const money = new Map(entries.map((entry) => [entry.id, entry]))
  const judged = verdictsOf(lines, result, period)
  await statements.judge(
    tx,
    judged.filter((one) => isNews(one, operations.get(one.id))),
  )
  const lost = judged.flatMap(({ id, verdict }) =>
    verdict === 'missing_here' ? (operations.get(id) ?? []) : [],
  )
  const likely = await statements.likelyPayments(tx, ledger, lost)
  const paired = new Set(result.pairs.map(({ entryId }) => entryId))
  const looked = entries.filter((entry) => isWithin(entry, period) || paired.has(entry.id))
  const { explained, found } = findingsOf(
    { ledger, operations, money, judged, looked, likely },
    result,
  )
  const shown = shownSums(judged, operations, money)
  return {
    opened: await desks.open(tx, found),
    explained: await desks.explain(tx, explained),
    feesBooked: await statements.bookFees(tx, shown.fees),
    payoutsBooked: await statements.bookPayouts(tx, shown.payouts),
  }
}

function numbersOf(lines: readonly BankOperation[]): string[] {
  return [...new Set(lines.flatMap(({ numbers }) => numbers))]
}

function isWithin({ fromMs }: { readonly fromMs: number }, period: Coverage): boolean {
  return period.fromMs <= fromMs && fromMs <= period.toMs
}

/** Of a line outside the period only a pair is certain: its other neighbours were not all looked at. */
function verdictsOf(
  lines: readonly BankOperation[],
  { ambiguousLines, pairs }: Reconciled,
  period: Coverage,
): Judged[] {
  const pairOf = new Map(pairs.map((pair) => [pair.lineId, pair]))
  return lines.flatMap((line): Judged[] => {
    const { id } = line
    const pair = pairOf.get(id)
    if (pair !== undefined) {
      const { differences, entryId } = pair
      const verdict = differences.length === 0 ? 'matched' : 'different'
      return [{ id, verdict, entryId, differences }]
    }
    if (!isWithin(line, period)) return []
    const verdict = ambiguousLines.has(id) ? 'ambiguous' : 'missing_here'
    return [{ id, verdict, entryId: null, differences: [] }]
  })
}

function isNews(judged: Judged, before: BankOperation | undefined): boolean {
  return (
    before?.verdict !== judged.verdict ||
    before.entryId !== judged.entryId ||
    before.differences.join() !== judged.differences.join()
  )
}

/** Of pairs whose sum agrees: a fee of another sum is no fee of this capture. */
function shownSums(
  judged: readonly Judged[],
  operations: ReadonlyMap<string, BankOperation>,
  money: ReadonlyMap<string, BookedMoney>,
): { readonly fees: readonly ShownSum[]; readonly payouts: readonly ShownSum[] } {
  const fees: ShownSum[] = []
  const payouts: ShownSum[] = []
  for (const { differences, entryId, id } of judged) {
    const line = operations.get(id)
    const entry = entryId === null ? undefined : money.get(entryId)
    if (line === undefined || entry === undefined || differences.includes('sum')) continue
    const of = { entryId: entry.id, paymentId: entry.paymentId, operationId: id }
    const fee = entry.hasRealFee ? null : shownFee(line, entry.feeTiyn ?? 0n)
    if (fee !== null) fees.push({ ...of, ...fee })
    const payout = entry.hasPayout ? null : shownPayout(line)
    if (payout !== null) payouts.push({ ...of, ...payout })
  }
  return { fees, payouts }
}
