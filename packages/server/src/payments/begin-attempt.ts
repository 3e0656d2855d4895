// The start call itself: mark it and commit, call once, save what came of it and commit (protocol,
// rule 1). There is no retry of the call here and there must never be one.

import type { Attempt, PaymentInput, RejectionCode, StartResult } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { Lease } from '../ports/payment-store.ts'
import type { Trouble } from '../ports/provider.ts'
import { answerTrouble } from '../terminals/answer-trouble.ts'
import { type ReachedTerminal, reachTerminal } from '../terminals/reach-terminal.ts'
import { applyInput } from './apply-input.ts'
import { keepSaving } from './keep-saving.ts'

/** A new attempt's lease is taken with its row, as the first of its fencing numbers. */
const FIRST_FENCE = 1n

export type BeginOutcome =
  | { readonly kind: 'live' }
  /**
   * Certainly not started: another terminal may be tried, or after a refresh of its token the same one
   * (S9), by another attempt.
   */
  | { readonly kind: 'refused'; readonly hasNewToken: boolean }
  /** Nobody knows; nobody was given its QR, so another terminal may be tried (S6a). */
  | { readonly kind: 'lost' }
  | { readonly kind: 'rejected'; readonly code: RejectionCode }

/** `hasRenewed`: its terminal's token was exchanged for this very call, so it cannot have run out. */
export async function beginAttempt(
  centre: Centre,
  paymentId: string,
  attempt: Attempt,
  hasRenewed: boolean,
): Promise<BeginOutcome> {
  const release = centre.watchers.hold(attempt.id)
  try {
    return await begin(centre, paymentId, attempt, hasRenewed)
  } finally {
    release()
  }
}

async function begin(
  centre: Centre,
  paymentId: string,
  attempt: Attempt,
  hasRenewed: boolean,
): Promise<BeginOutcome> {
  const { id: attemptId, terminalId } = attempt
  const lease: Lease = { attemptId, owner: centre.instance, fence: FIRST_FENCE }
  const reached = await reachTerminal(centre, terminalId)
  if (reached === null) {
    await applyInput(centre, paymentId, { kind: 'release', attemptId }, { lease })
    return { kind: 'refused', hasNewToken: false }
  }
  const marked = await applyInput(centre, paymentId, { kind: 'mark_calling', attemptId }, { lease })
  if (marked.kind !== 'applied') {
    return { kind: 'rejected', code: marked.kind === 'rejected' ? marked.code : 'attempt_closed' }
  }
  const hear = centre.exchanges.of({ paymentId, attemptId, terminalId })
  const result = await reached.provider.start(reached.device, attempt.quote.chargeTiyn, hear)
  // A process id is not lost for a database that is away for a moment (S6a).
  await keepSaving(centre, { attempt: attemptId }, () =>
    applyInput(centre, paymentId, inputOf(attemptId, result), { lease }),
  )
  if (result.kind === 'accepted') {
    await centre.storage.pool.proveIdle(terminalId)
    centre.watchers.attend({ attemptId, paymentId, terminalId, fence: lease.fence })
    return { kind: 'live' }
  }
  const cause = result.kind === 'refused' ? result.reason : 'no_answer'
  centre.log.warn({ attempt: attemptId, terminal: terminalId, cause }, 'Старт не удался')
  if (cause === 'not_connected') {
    await centre.storage.pool.markOffline(terminalId, centre.limits.offlineMs)
  }
  const hasNewToken = await mended(centre, reached, result.trouble, hasRenewed)
  return result.kind === 'lost' ? { kind: 'lost' } : { kind: 'refused', hasNewToken }
}

async function mended(
  centre: Centre,
  reached: ReachedTerminal,
  trouble: Trouble | undefined,
  hasRenewed: boolean,
): Promise<boolean> {
  if (trouble === undefined) return false
  const isHopeless = trouble === 'token_expired' && hasRenewed
  return answerTrouble(centre, reached, isHopeless ? 'not_registered' : trouble)
}

function inputOf(attemptId: string, result: StartResult): PaymentInput {
  switch (result.kind) {
    case 'accepted':
      return { kind: 'start_accepted', attemptId, processId: result.processId }
    case 'refused':
      return { kind: 'start_refused', attemptId, reason: result.reason }
    case 'lost':
      return { kind: 'start_lost', attemptId }
  }
}
