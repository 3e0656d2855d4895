// What is on the phone's screen: worked out from what it scanned and from what the bank made of it. The
// bank tells a phone the truth, whatever the terminal says. It must never change anything.
import type { QrSession } from '../bank/bank.ts'
import type { OperationKind } from '../journal/journal.ts'
import type { Outcome } from './scan-request.ts'

export interface Scanned {
  readonly session: QrSession
  /** What the customer has answered, and when the answer leaves the phone; null while they think. */
  readonly answer: { readonly outcome: Outcome; readonly at: string } | null
}

interface Question {
  readonly qr: string
  readonly kind: OperationKind
  readonly amount_tenge: number
}

export type PhoneScreen =
  | { readonly state: 'ready' }
  | ({ readonly state: 'question' } & Question)
  | ({ readonly state: 'answering'; readonly outcome: Outcome; readonly at: string } & Question)
  | ({ readonly state: 'left' } & Question)
  | ({ readonly state: 'paid'; readonly product: string; readonly loan_term: number } & Question)
  | ({ readonly state: 'declined' } & Question)
  | ({ readonly state: 'over' } & Question)

export const READY: PhoneScreen = { state: 'ready' }

export function phoneScreen(scanned: Scanned | null): PhoneScreen {
  if (scanned === null) return READY
  const { answer } = scanned
  const { qr, kind, amountTenge, phase } = scanned.session.operation
  const question = { qr, kind, amount_tenge: amountTenge }
  switch (phase.at) {
    case 'initialize':
    case 'wait_user':
    case 'wait_confirmation':
      if (answer === null) return { state: 'question', ...question }
      if (answer.outcome === 'leave') return { state: 'left', ...question }
      return { state: 'answering', ...answer, ...question }
    case 'paid':
      return { state: 'paid', product: phase.product, loan_term: phase.loanTerm, ...question }
    case 'failed':
      return { state: answer?.outcome === 'decline' ? 'declined' : 'over', ...question }
    // A card is no business of the phone's: its QR is over.
    case 'card':
    case 'pin':
    case 'cancelled':
      return { state: 'over', ...question }
  }
}
