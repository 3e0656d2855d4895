// What a driver may make of a story told in a dialect: worked out from the protocol page and the
// contract's decisions alone. Where the page leaves a choice there are several answers; none of them
// is ever another sum or a no.

import type { MoneyKind, NoMoneyReason, Observation, Phase, StartResult } from '@byfly-pay/core'
import { type Dialect, ODDITIES } from './dialect.ts'
import { CARD_ORDER_NUMBER, productWord } from './plain-answer.ts'
import type { SpokenVersion } from './spoken-answer.ts'
import type { Failure, NamedProduct, Sale, Story, WaitSubStatus, Word } from './story.ts'
import type { SumOddity } from './sum-oddities.ts'

const CERTAIN_REFUSALS: ReadonlyMap<number, StartResult> = new Map([
  [100, { kind: 'refused', reason: 'no_internet' }],
  [102, { kind: 'refused', reason: 'method_not_supported' }],
  [106, { kind: 'refused', reason: 'payments_blocked' }],
  [107, { kind: 'refused', reason: 'terminal_busy' }],
  [108, { kind: 'refused', reason: 'not_registered' }],
  [999, { kind: 'refused', reason: 'bad_request' }],
])

/** S9: only these codes prove that nothing was started; whatever else was sent is lost. v1 has no codes. */
export function trueStart({ start, processId }: Story, version: SpokenVersion = 'v2'): StartResult {
  switch (start.kind) {
    case 'accepted':
      return { kind: 'accepted', processId }
    case 'error':
      return (version === 'v2' && CERTAIN_REFUSALS.get(start.code)) || { kind: 'lost' }
    case 'accident':
      return { kind: 'lost' }
  }
}

/** Every observation that is right. */
export function trueObservations(
  word: Word,
  dialect: Dialect,
  version: SpokenVersion = 'v2',
): Observation[] {
  switch (word.kind) {
    case 'wait':
      return phasesOf(word.subStatus, dialect).map((phase) => ({ kind: 'waiting', phase }))
    case 'paid':
      return successes(word.sale, dialect)
    case 'failed':
      return reasonsOf(word.how, dialect).map((reason) => ({ kind: 'failed', reason }))
    case 'unknown':
      return [{ kind: 'unknown' }]
    case 'error':
      return [{ kind: word.code === 101 && version === 'v2' ? 'not_found' : 'no_answer' }]
    case 'accident':
      return [{ kind: 'no_answer' }]
  }
}

const PHASES: Readonly<Record<WaitSubStatus, Phase>> = {
  Initialize: 'starting',
  WaitUser: 'waiting_for_scan',
  WaitForQrConfirmation: 'waiting_for_confirmation',
  ProcessingCard: 'processing_card',
  WaitForPinCode: 'processing_card',
}

/** Rule 5: nothing but `WaitUser` says that this payment's QR is on the screen. */
function phasesOf(subStatus: WaitSubStatus, dialect: Dialect): Phase[] {
  if (dialect.subStatus === undefined) return [PHASES[subStatus]]
  return ['starting', 'waiting_for_confirmation', 'processing_card']
}

const REASONS: Readonly<Record<Failure, NoMoneyReason>> = {
  qr_declined: 'declined',
  card_declined: 'declined',
  cancelled: 'cancelled_on_device',
  ran_out: 'ran_out',
}

function reasonsOf(how: Failure, { subStatus, message, letters }: Dialect): NoMoneyReason[] {
  const isMessageTold =
    message !== 'message_absent' &&
    message !== 'message_as_error_text' &&
    letters !== 'letters_as_question_marks'
  if (how === 'ran_out') {
    if (isMessageTold) return ['ran_out']
    const guess: NoMoneyReason = subStatus === undefined ? 'declined' : 'device_error'
    return ['ran_out', guess]
  }
  return subStatus === undefined ? [REASONS[how]] : [REASONS[how], 'device_error']
}

function successes(sale: Sale, dialect: Dialect): Observation[] {
  return kindsOf(sale, dialect).flatMap((moneyKind) =>
    sumsOf(sale, dialect).flatMap((grossTiyn) =>
      refundsOf(sale, dialect).map((refund) => ({
        kind: 'succeeded',
        success: {
          grossTiyn,
          moneyKind,
          providerTransactionId: transactionIdOf(sale, moneyKind, dialect),
          product: usedProduct(sale.product, moneyKind, dialect),
          ...refund,
        },
      })),
    ),
  )
}

const OF_REFUNDS = ['refund_cheque', 'negative_sum', 'negative_no_break']

/** A refund's receipt, by its type or by a minus, tells a sum given back: no purchase has a use for it. */
function refundsOf({ tenge }: Sale, { sum }: Dialect): { refundTiyn?: bigint }[] {
  if (sum === undefined || !OF_REFUNDS.includes(sum)) return [{}]
  return [{}, { refundTiyn: BigInt(tenge) * 100n }]
}

function sumsOf({ tenge }: Sale, { sum, letters }: Dialect): (bigint | null)[] {
  const exact = BigInt(tenge) * 100n
  const spelling: SumOddity | null = sum === undefined ? null : ODDITIES.sum[sum]
  const reads = spelling?.reads ?? 'exactly'
  if (reads === 'held') return [null]
  const isAscii = letters !== 'letters_as_question_marks'
  return reads === 'exactly' && isAscii ? [exact] : [exact, null]
}

/** Without a method only the last word tells a card from a QR, and nothing tells a palm. */
function kindsOf({ method }: Sale, { cheque, sum, subStatus }: Dialect): MoneyKind[] {
  if (cheque !== 'cheque_without_method' && sum !== 'no_cheque') return [method]
  if (method === 'card' && subStatus === undefined) return ['card']
  return [method, 'qr']
}

/** Whoever takes a card for a QR, and is not told the transaction by its name, reads the order. */
function transactionIdOf(sale: Sale, moneyKind: MoneyKind, dialect: Dialect): string | null {
  const { method, transactionId } = sale
  const isBeside = dialect.transactionId === 'rrn_beside_the_cheque' && method === 'card'
  if (dialect.transactionId !== 'transaction_id_only_in_cheque' && !isBeside) return transactionId
  const hasCheque = dialect.sum !== 'no_cheque'
  if (method === 'card' && moneyKind === 'qr' && hasCheque) return CARD_ORDER_NUMBER
  return hasCheque || isBeside ? transactionId : null
}

function usedProduct(product: NamedProduct | null, moneyKind: MoneyKind, dialect: Dialect) {
  if (product === null || dialect.product !== undefined) {
    return { methodCode: moneyKind === 'qr' ? null : moneyKind, word: '' }
  }
  const word = wordOf(product, dialect)
  return { methodCode: word.includes('?') ? null : methodOf(product, dialect), word }
}

function wordOf(product: NamedProduct, dialect: Dialect): string {
  const word = product.kind === 'loan' ? loanWord(dialect) : productWord(product)
  const isAscii = dialect.letters === 'letters_as_question_marks'
  return isAscii ? word.replace(/[^\0-\x7f]/g, '?') : word
}

function loanWord({ loanWord }: Dialect): string {
  switch (loanWord) {
    case undefined:
      return 'Loan'
    case 'loan_as_credit':
      return 'Credit'
    case 'loan_as_installment':
      return 'Installment'
    case 'loan_as_russian_credit':
      return 'Кредит'
    case 'loan_as_russian_installment':
      return 'Рассрочка'
  }
}

/** M11: a word outside the list has no method. */
function methodOf(product: NamedProduct, { loanTerm }: Dialect): string | null {
  switch (product.kind) {
    case 'gold':
      return 'kaspi_gold'
    case 'red':
      return 'kaspi_red'
    case 'other':
      return null
    case 'loan': {
      const isTermTold = loanTerm === undefined || loanTerm === 'loan_term_text'
      const isInstallment = [12, 24].includes(product.termMonths)
      return isTermTold && isInstallment
        ? `kaspi_installment_${product.termMonths}`
        : 'kaspi_credit'
    }
  }
}
