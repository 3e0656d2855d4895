// A start call, of an attempt or a refund: mark it and commit, call once, save what came of it and commit
// (protocol, rule 1). There is no retry of the call here and there must never be one.

import type { Qr, RejectionCode, StartResult } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { Hear } from '../ports/exchange-store.ts'
import type { Lease } from '../ports/payment-store.ts'
import type { LeasedAttempt } from '../ports/pool-store.ts'
import type { Told, Trouble } from '../ports/provider.ts'
import type { Transaction } from '../ports/transaction.ts'
import { answerTrouble } from '../terminals/answer-trouble.ts'
import { type ReachedTerminal, reachTerminal } from '../terminals/reach-terminal.ts'
import { type ApplyResult, applyInput } from './apply-input.ts'
import { keepSaving } from './keep-saving.ts'
import { inputOf, type News } from './operation.ts'

export type BeginOutcome =
  | { readonly kind: 'live' }
  /**
   * Certainly not started: another terminal may be tried, or after a refresh of its token the same one
   * (S9), by another attempt.
   */
  | { readonly kind: 'refused'; readonly hasNewToken: boolean }
  /** Nobody knows; nobody was given its QR, so another terminal may be tried for a payment (S6a). */
  | { readonly kind: 'lost' }
  | { readonly kind: 'rejected'; readonly code: RejectionCode }

export interface Beginning {
  readonly leased: LeasedAttempt
  /** The one call. */
  readonly call: (reached: ReachedTerminal, hear: Hear) => Promise<Told<StartResult>>
  /** Its terminal's token was exchanged for this very call, so it cannot have run out. */
  readonly hasRenewed: boolean
}

export async function beginOperation(centre: Centre, beginning: Beginning): Promise<BeginOutcome> {
  const release = centre.watchers.hold(beginning.leased.attemptId)
  try {
    return await begin(centre, beginning)
  } finally {
    release()
  }
}

async function begin(
  centre: Centre,
  { call, hasRenewed, leased }: Beginning,
): Promise<BeginOutcome> {
  const { attemptId, fence, paymentId, terminalId } = leased
  const lease: Lease = { attemptId, owner: centre.instance, fence }
  const tell = (news: News) => applyInput(centre, paymentId, inputOf(leased, news), { lease })
  const reached = await reachTerminal(centre, terminalId)
  if (reached === null) {
    await tell({ kind: 'release' })
    return { kind: 'refused', hasNewToken: false }
  }
  const marked = await tell({ kind: 'mark_calling' })
  if (marked.kind !== 'applied') {
    return { kind: 'rejected', code: marked.kind === 'rejected' ? marked.code : 'attempt_closed' }
  }
  const result = await measured(centre, leased, () => call(reached, centre.exchanges.of(leased)))
  // A process id is not lost for a database that is away for a moment (S6a).
  await keepSaving(centre, { attempt: attemptId }, async () => {
    const isShared = await forgetOthers(centre, leased, result)
    const saved = await applyInput(
      centre,
      paymentId,
      async (tx) => inputOf(leased, newsOf(result, await freshQr(centre, tx, attemptId, result))),
      { lease },
    )
    // Learned late, it may be older than those others: which of them the device means nobody knows.
    if (isShared && isLearnedLate(saved)) await forget(centre, leased)
  })
  if (result.kind === 'accepted') {
    await centre.storage.pool.proveIdle(terminalId)
    await keepPace(centre, reached, result.pollMs)
    centre.watchers.attend(leased)
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

/** The call, with its time and its end told. */
function measured(
  { clock, meter, tracer }: Centre,
  { attemptId: attempt, paymentId: payment, purpose, terminalId: terminal }: LeasedAttempt,
  call: () => Promise<Told<StartResult>>,
): Promise<Told<StartResult>> {
  return tracer.span('call terminal', { payment, attempt, terminal }, async (span) => {
    const calledAt = clock.now()
    const result = await call()
    meter.started(purpose, result.kind, Math.max(clock.now() - calledAt, 0))
    span.tell({ outcome: result.kind })
    return result
  })
}

/**
 * A device that gives an id a second time has forgotten whose it was.
 *
 * @returns whether there were such others
 */
async function forgetOthers(
  centre: Centre,
  leased: LeasedAttempt,
  result: StartResult,
): Promise<boolean> {
  if (result.kind !== 'accepted') return false
  const others = await centre.storage.pool.sharingProcess(leased, result.processId)
  for (const other of others) await forget(centre, other)
  return others.length > 0
}

async function forget(centre: Centre, leased: LeasedAttempt): Promise<void> {
  const news: News = { kind: 'observed', observation: { kind: 'not_found' } }
  await applyInput(centre, leased.paymentId, inputOf(leased, news))
}

function isLearnedLate(saved: ApplyResult): boolean {
  if (saved.kind !== 'applied') return false
  const { attempt, history } = saved
  return history.what === 'start_accepted'
    ? attempt?.lostAtMs !== null
    : history.what !== 'refund_accepted'
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

/** The QR that came with the answer, unless some attempt had it before (rule 5). */
async function freshQr(
  centre: Centre,
  tx: Transaction,
  attemptId: string,
  result: StartResult,
): Promise<Qr | null> {
  if (result.kind !== 'accepted' || result.qr === undefined) return null
  const isFresh = await centre.storage.payments.claimQr(tx, attemptId, result.qr.text)
  if (!isFresh) centre.log.error({ attempt: attemptId }, 'Банк выдал QR, который уже был')
  return isFresh ? result.qr : null
}

/** Kept with the terminal: an instance that takes the watch over has not heard it. */
async function keepPace(centre: Centre, { device }: ReachedTerminal, pollMs: number | undefined) {
  if (pollMs === undefined || pollMs === device.pollMs) return
  await centre.storage.terminals.notePolling(device.terminalId, pollMs)
}

function newsOf(result: StartResult, qr: Qr | null): News {
  switch (result.kind) {
    case 'accepted': {
      const { processId } = result
      return { kind: 'start_accepted', processId, ...(qr === null ? {} : { qr }) }
    }
    case 'refused':
      return { kind: 'start_refused', reason: result.reason }
    case 'lost':
      return { kind: 'start_lost' }
  }
}
