// What the terminal will say about a success: the truth, unless a fault that lies about the money is
// waiting. It must never reach the journal.
import type { Bank } from '../bank/bank.ts'
import type { ArmedFaults } from '../faults/armed-faults.ts'
import type { Random } from '../random.ts'
import { amountText } from './amount-text.ts'
import type { Operation, SuccessReport } from './operation.ts'

/** How much `other_sum` adds when it was not told a sum. */
const OTHER_SUM_DIFFERENCE_TENGE = 100

interface PaidOperation {
  readonly operation: Operation
  readonly method: SuccessReport['method']
  readonly product: string
  readonly loanTerm: number
  readonly faults: ArmedFaults
  readonly bank: Bank
  readonly random: Random
}

export function successReport(paid: PaidOperation): SuccessReport {
  const { operation, faults, bank, random } = paid
  const otherSum = faults.takeNamed('other_sum')
  const unreadable = faults.takeNamed('unreadable_sum')
  const oddProduct = faults.takeNamed('odd_product')
  const duplicate = faults.takeNamed('duplicate_transaction_id')

  const tenge =
    otherSum === null
      ? operation.amountTenge
      : otherSum.amount_tenge || operation.amountTenge + OTHER_SUM_DIFFERENCE_TENGE
  const text = amountText(tenge, operation.kind === 'refund' ? 'minus' : 'plus', random)
  const before = bank.lastTransactionIdBefore(operation.transactionId)
  return {
    amountText: unreadable === null ? text : unreadable.text || null,
    method: paid.method,
    product: oddProduct?.product ?? paid.product,
    loanTerm: oddProduct?.loan_term ?? paid.loanTerm,
    transactionId:
      duplicate === null ? operation.transactionId : duplicate.transaction_id || before,
  }
}
