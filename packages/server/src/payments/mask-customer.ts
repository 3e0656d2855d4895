// A customer as those see them who work with orders and not with people: enough to tell two apart.

import type { LedgerLine } from '../ports/payment-ledger.ts'

export function withoutCustomer(line: LedgerLine): LedgerLine {
  const { email, name, phone } = line.customer
  return {
    ...line,
    customer: {
      phone: phone === null ? null : `${phone.slice(0, 2)}•••${phone.slice(-2)}`,
      email: email === null ? null : maskedEmail(email),
      name: name === null ? null : `${[...name][0] ?? ''}•••`,
    },
  }
}

function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return `${[...email][0] ?? ''}•••${at < 0 ? '' : email.slice(at)}`
}
