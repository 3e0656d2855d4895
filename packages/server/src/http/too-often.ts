// The refusal of a caller who has used up a limit, with the wait in whole seconds.

import { SECOND_MS } from '@byfly-pay/core'
import { Refusal } from './refusal.ts'

export function tooOften(waitMs: number): Refusal {
  return new Refusal('rate_limited', { retryAfterSeconds: Math.ceil(waitMs / SECOND_MS) })
}
