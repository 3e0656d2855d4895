// The faults of the pretend bank: each waits for so many calls of its kind and then is over. It must never
// decide anything of money beside what its name says.

export const BANK_FAULTS = [
  /** The call is not heard, and nobody answers. */
  'silent_before',
  /** The call is done, and nobody answers. */
  'silent_after',
  /** `code` is answered and nothing is done. */
  'error',
  /** A page of somebody else's. */
  'nonsense',
  /** A success without a sum. */
  'no_sum',
  /** The sum that is told is another than was paid: `tenge`. */
  'wrong_sum',
  /** `product` is told, whatever was used. */
  'other_product',
  /** A status that nobody knows. */
  'odd_status',
  /** The answer is about another payment. */
  'other_payment',
  /** The times in the answer are of a clock that is hours wrong. */
  'wrong_clock',
] as const
export type BankFault = (typeof BANK_FAULTS)[number]

/** What a fault waits for: a call that makes something, a question about it, anything else. */
export type BankCall = 'create' | 'status' | 'return' | 'other'

export interface ArmedBankFault {
  readonly fault: BankFault
  readonly on: BankCall
  /** 1 unless given. */
  readonly times?: number
  readonly code?: number
  readonly tenge?: number
  readonly product?: string
}

export class BankFaults {
  #armed: { fault: ArmedBankFault; left: number }[] = []

  arm(fault: ArmedBankFault): void {
    this.#armed.push({ fault, left: fault.times ?? 1 })
  }

  clear(): void {
    this.#armed = []
  }

  /** The first that waits for such a call, used up once. */
  take(call: BankCall, kinds: readonly BankFault[]): ArmedBankFault | null {
    const found = this.#armed.find(
      ({ fault, left }) => left > 0 && fault.on === call && kinds.includes(fault.fault),
    )
    if (found === undefined) return null
    found.left -= 1
    return found.fault
  }
}
