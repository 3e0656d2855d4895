// The process ids that the centre keeps of this bank's operations. They say which question is to be asked
// about them, since a payment, a refund by QR and a refund at once are asked about in different ways.

export type OperationId =
  | { readonly kind: 'payment'; readonly id: string }
  /** r2: the customer scans another QR. */
  | { readonly kind: 'return'; readonly id: string }
  /**
   * r3: the bank's answer to the call was its last word. It is kept in the id itself, so that a process
   * which dies before it has booked the refund leaves nothing to be asked again.
   */
  | { readonly kind: 'returned'; readonly id: string; readonly tiyn: bigint }

const NUMBER = /^\d{1,18}$/

export function isBankNumber(text: string): boolean {
  return NUMBER.test(text)
}

export function processIdOf(operation: OperationId): string {
  switch (operation.kind) {
    case 'payment':
      return operation.id
    case 'return':
      return `return-${operation.id}`
    case 'returned':
      return `returned-${operation.tiyn}-${operation.id}`
  }
}

/** Null for an id that this driver never gave. */
export function operationOf(processId: string): OperationId | null {
  if (isBankNumber(processId)) return { kind: 'payment', id: processId }
  const [word, first = '', second = ''] = processId.split('-')
  if (word === 'return' && isBankNumber(first)) return { kind: 'return', id: first }
  const isReturned = word === 'returned' && isBankNumber(first) && isBankNumber(second)
  return isReturned ? { kind: 'returned', tiyn: BigInt(first), id: second } : null
}
