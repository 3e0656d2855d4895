// The start call of an attempt: the terminal is asked to take its charge, once.

import type { Attempt } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import { type BeginOutcome, beginOperation } from './begin-operation.ts'

/** A new attempt's lease is taken with its row, as the first of its fencing numbers. */
const FIRST_FENCE = 1n

/** `hasRenewed`: its terminal's token was exchanged for this very call, so it cannot have run out. */
export function beginAttempt(
  centre: Centre,
  paymentId: string,
  { id: attemptId, quote, terminalId }: Attempt,
  hasRenewed: boolean,
): Promise<BeginOutcome> {
  return beginOperation(centre, {
    leased: { purpose: 'payment', attemptId, paymentId, terminalId, fence: FIRST_FENCE },
    call: ({ device, provider }, hear) => provider.start(device, quote.chargeTiyn, hear, attemptId),
    hasRenewed,
  })
}
