// Ids as the outside sees them. Inside, a payment's id is a UUIDv7: time-ordered, 74 random bits (N1).

/** The documented `transaction_id`: the UUID's 32 hex digits in upper case. */
export function transactionIdOf(paymentId: string): string {
  return paymentId.replaceAll('-', '').toUpperCase()
}

/** The payment id behind a `transaction_id` in any case; null when the text is not one. */
export function parseTransactionId(text: string): string | null {
  if (!/^[0-9a-f]{32}$/i.test(text)) return null
  const hex = text.toLowerCase()
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
}
