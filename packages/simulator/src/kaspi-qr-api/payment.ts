// One payment of the pretend bank, or a refund for which a customer scans another QR, from its making to its
// last word. Nothing here acts; the bank does (bank-server.ts).

export type Stage = 'QrTokenCreated' | 'Wait' | 'Processed' | 'Error'

export interface BankPayment {
  readonly id: number
  readonly kind: 'payment' | 'return'
  /** The run of digits that its QR and its link end with. */
  readonly token: string
  readonly externalId: string
  readonly tenge: number
  readonly createdAtMs: number
  /** Of a return: the purchase it gives back. */
  readonly purchaseId: number | null
  stage: Stage
  product: string
  loanTerm: number
  transactionId: string
  /** What has been given back of it. */
  returnedTenge: number
  message: string
}

export function fail(payment: BankPayment, message: string): void {
  payment.stage = 'Error'
  payment.message = message
}
