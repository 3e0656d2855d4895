// A refusal that ends a request before its handler has an answer: thrown by parsers, checks and hooks,
// and turned into the documented error in one place, error-reply.ts.

import type { ErrorCode } from '@byfly-pay/contract'

/** Field of the request → what is wrong with it, in English (T3). */
export type FieldErrors = Readonly<Record<string, string>>

export interface RefusalDetails {
  readonly errors?: FieldErrors
  readonly queue?: { readonly position: number; readonly eta_seconds: number }
  /** The archived month that it is about. */
  readonly month?: string
  /** Where the table's own wait is not the right one. */
  readonly retryAfterSeconds?: number
}

export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: ErrorCode
  readonly details: RefusalDetails

  constructor(code: ErrorCode, details: RefusalDetails = {}) {
    super(code)
    this.code = code
    this.details = details
  }
}

/** @throws Refusal when there are any faults */
export function refuseFaults(errors: FieldErrors): void {
  if (Object.keys(errors).length > 0) throw new Refusal('validation', { errors })
}
