// A payment as one read showed it, with each wording of it made once for all who are told it.

import type { PaymentStanding, PaymentView } from '../../ports/payment-store.ts'

/** What is sent of a payment. */
export interface Wording {
  readonly event: string
  /** Of the event's data: two states that say the same have the same one. */
  readonly digest: string
}

export class Sight {
  readonly view: PaymentView
  readonly #wordings = new Map<string, Promise<Wording>>()

  constructor(view: PaymentView) {
    this.view = view
  }

  /** Equal names must mean equal wordings. */
  wording(name: string, make: (view: PaymentView) => Promise<Wording>): Promise<Wording> {
    const made = this.#wordings.get(name)
    if (made !== undefined) return made
    const wording = make(this.view)
    this.#wordings.set(name, wording)
    return wording
  }
}

/**
 * Nothing more is expected to happen: paid or cancelled, and no terminal is watched for it. Money that
 * comes after all (S5) is told by a webhook, and by the next call.
 */
export function isAtRest({ status, statusDetail }: PaymentStanding): boolean {
  return (status === 'paid' || status === 'cancelled') && statusDetail === null
}
