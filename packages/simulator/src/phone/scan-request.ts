// What a customer does with a QR, as the body of `POST /phone/scan` and `/phone/decide`, and how it is
// checked.
import {
  BadInput,
  fieldsOf,
  optionalInteger,
  optionalText,
  optionalWord,
  required,
} from '../http/bad-input.ts'

const PRODUCTS = ['Gold', 'Red', 'Credit', 'Loan'] as const
export type Product = (typeof PRODUCTS)[number]

const OUTCOMES = ['confirm', 'decline', 'leave'] as const
export type Outcome = (typeof OUTCOMES)[number]

export interface ScanRequest {
  /** `https://qr.kaspi.kz/…` from the screen or `https://pay.kaspi.kz/pay/…` from a page. */
  readonly qr: string
  /** Gold unless chosen. */
  readonly product?: Product | undefined
  /** Months; needed with Loan, and only then. */
  readonly loan_term?: number | undefined
  readonly outcome?: Outcome | undefined
  /** When the customer acts after the scan; the terminal's `customerMs` unless given. */
  readonly after_ms?: number | undefined
}

const MAX_LOAN_MONTHS = 120
const MAX_AFTER_MS = 600_000
const MAX_QR_LENGTH = 500

export function readScanRequest(body: unknown): ScanRequest {
  const fields = fieldsOf(body, ['qr', 'product', 'loan_term', 'outcome', 'after_ms'])
  const request = {
    qr: required(optionalText(fields, 'qr', MAX_QR_LENGTH), 'qr'),
    product: optionalWord(fields, 'product', PRODUCTS),
    loan_term: optionalInteger(fields, 'loan_term', 0, MAX_LOAN_MONTHS),
    outcome: optionalWord(fields, 'outcome', OUTCOMES),
    after_ms: optionalInteger(fields, 'after_ms', 0, MAX_AFTER_MS),
  }
  paidWith(request)
  return request
}

/** The product and the months that go with it; a loan without a term is no choice a phone offers. */
export function paidWith(request: ScanRequest): { product: Product; loanTerm: number } {
  const product = request.product ?? 'Gold'
  const loanTerm = request.loan_term ?? 0
  if (product === 'Loan' && loanTerm === 0) {
    throw new BadInput('Поле «loan_term»: для Loan укажите срок в месяцах')
  }
  if (product !== 'Loan' && loanTerm !== 0) {
    throw new BadInput('Поле «loan_term»: срок бывает только у Loan')
  }
  return { product, loanTerm }
}
