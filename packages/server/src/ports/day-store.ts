// Days of one country and one payment system: what was taken, what the bank showed, and the reports that days
// were closed with. A report is never changed.

import type { Coverage, Moment, MoneyMove, Scope } from '@byfly-pay/core'
import type { Ledger, OperationVerdict } from './statement-store.ts'
import type { Transaction } from './transaction.ts'

export interface DaySums {
  readonly captures: bigint
  readonly grossTiyn: bigint
  readonly creditedTiyn: bigint
  readonly overpaidTiyn: bigint
  readonly expectedFeeTiyn: bigint
  /** Of those captures alone whose fee a statement has shown. */
  readonly realFeeTiyn: bigint
  readonly realFees: bigint
  readonly payoutTiyn: bigint
}

export interface DayLine extends DaySums {
  /** Null is the whole day. */
  readonly by: 'method' | 'terminal' | 'source' | null
  /** Code of a method, number of a terminal or source; null for a product that nobody knows. */
  readonly key: string | null
  readonly name: string | null
}

export interface BankSums {
  readonly move: MoneyMove
  readonly verdict: OperationVerdict | null
  readonly operations: bigint
  readonly tiyn: bigint
  readonly feeTiyn: bigint
}

/** Sums of a report, in tiyn. `real_fee` is of `real_fees` captures alone. */
export interface DayReportSums {
  readonly captures: number
  readonly gross: number
  readonly credited: number
  readonly overpaid: number
  readonly expected_fee: number
  readonly real_fee: number
  readonly real_fees: number
  readonly payout: number
}

export interface DayReportLine extends DayReportSums {
  readonly key: string | null
  readonly name: string | null
}

/** As it is kept and shown: what is in it once stays in it for ever. */
export interface DayReport extends Pick<Ledger, 'system'> {
  readonly day: string
  readonly zone: string
  readonly country: string
  readonly amount_unit: 'tiyn'
  readonly totals: DayReportSums
  readonly by_method: readonly DayReportLine[]
  readonly by_terminal: readonly DayReportLine[]
  readonly by_source: readonly DayReportLine[]
  readonly bank: readonly {
    readonly operation: MoneyMove
    readonly verdict: OperationVerdict | null
    readonly operations: number
    readonly amount: number
    readonly fee: number
  }[]
  readonly open_differences: number
  readonly differences: readonly {
    readonly id: number
    readonly kind: string
    readonly title: string
    readonly known: readonly string[]
  }[]
}

export interface ClosedDay extends Ledger {
  /** YYYY-MM-DD of the centre's zone. */
  readonly day: string
  readonly version: number
  /** JSON, to the byte as it was closed. */
  readonly report: string
  readonly reportHash: Buffer
  readonly reason: string | null
  readonly closedBy: string
  readonly closedAtMs: Moment
}

export interface DayStore {
  sums(tx: Transaction, ledger: Ledger, day: Coverage): Promise<DayLine[]>
  bank(tx: Transaction, ledger: Ledger, day: Coverage): Promise<BankSums[]>
  /** Numbers of the entries about money of that day that wait, in order. */
  openFindings(tx: Transaction, ledger: Ledger, day: Coverage): Promise<bigint[]>
  lastVersion(tx: Transaction, ledger: Ledger, day: string): Promise<number>
  close(tx: Transaction, day: Omit<ClosedDay, 'reportHash' | 'closedAtMs'>): Promise<ClosedDay>
  /** The newest version unless one is named. */
  closed(
    scope: Scope,
    ledger: Ledger,
    day: string,
    version: number | null,
  ): Promise<ClosedDay | null>
  /** Their newest versions, the newest day first, before this one. */
  page(scope: Scope, beforeDay: string | null, limit: number): Promise<ClosedDay[]>
}
