// Which Kaspi product the customer used, as the terminal tells it. The list of words is not closed:
// one that nobody knows is kept for a person and has no method (M11).

import type { MoneyKind, UsedProduct } from '@byfly-pay/core'
import { cleanWord } from '../wire-value.ts'

const MAX_WORD_LENGTH = 64

/** `word` is null when the terminal named no product; `loanTermMonths` when it named no term. */
export function usedProduct(
  word: string | null,
  loanTermMonths: number | null,
  moneyKind: MoneyKind,
): UsedProduct {
  const cleaned = word === null ? '' : cleanWord(word, MAX_WORD_LENGTH)
  if (cleaned === '') return { methodCode: methodWithoutProduct(moneyKind), word: '' }
  return { methodCode: methodOf(cleaned.toLowerCase(), loanTermMonths), word: cleaned }
}

function methodOf(word: string, loanTermMonths: number | null): string | null {
  switch (word) {
    case 'gold':
      return 'kaspi_gold'
    case 'red':
      return 'kaspi_red'
    case 'loan':
    case 'credit':
    case 'installment':
    case 'кредит':
    case 'рассрочка':
      return methodOfLoan(loanTermMonths)
    default:
      return null
  }
}

function methodOfLoan(loanTermMonths: number | null): string {
  switch (loanTermMonths) {
    case 12:
      return 'kaspi_installment_12'
    case 24:
      return 'kaspi_installment_24'
    default:
      return 'kaspi_credit'
  }
}

/** Card and alaqan have rate rows of their own; a QR without a product could be any of them. */
function methodWithoutProduct(moneyKind: MoneyKind): string | null {
  switch (moneyKind) {
    case 'card':
    case 'alaqan':
      return moneyKind
    case 'qr':
      return null
  }
}
