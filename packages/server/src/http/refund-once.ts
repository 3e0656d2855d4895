// The work of POST …/refund under its Idempotency-Key: asks for a refund and starts it, or starts the one that
// is named. Under one key a refund is asked for once, whatever becomes of the call.

import type { ErrorCode, RefundAnswer } from '@byfly-pay/contract'
import { EVERYTHING, type RefundReason } from '@byfly-pay/core'
import type { Source } from '../ports/account-store.ts'
import type { RefundLine } from '../ports/refund-store.ts'
import { partyOfSource } from '../refunds/party.ts'
import { refundsOf } from '../refunds/refunds-of.ts'
import { requestRefund } from '../refunds/request-refund.ts'
import { startRefund } from '../refunds/start-refund.ts'
import { type Answer, refusalAsAnswer, success } from './answer.ts'
import { notStartedOf, refuseNotStarted, refuseUnrequested } from './refund-refusals.ts'
import { Refusal } from './refusal.ts'
import { showRefund } from './show-refund.ts'
import type { SourceCall } from './source-call.ts'

export interface WantedRefund {
  readonly paymentId: string
  /** Start this one instead of asking for another. */
  readonly refundId: string | null
  readonly attemptId: string | null
  readonly amountTiyn: bigint | null
  readonly reason: RefundReason
  readonly note: string | null
  readonly signal: AbortSignal
}

export function refundOnce(call: SourceCall, wanted: WantedRefund): Promise<Answer> {
  return refusalAsAnswer(call.requestId, () => refundOrRefuse(call, wanted))
}

/** @throws Refusal */
async function refundOrRefuse(call: SourceCall, wanted: WantedRefund): Promise<Answer> {
  const { centre, source } = call
  const { paymentId, refundId, signal } = wanted
  if (refundId !== null) {
    const known = await refundsOf(centre, EVERYTHING, paymentId)
    if (!known.some(({ refund }) => refund.id === refundId)) throw new Refusal('refund_not_found')
    refuseNotStarted(await startRefund(centre, { paymentId, refundId, signal }))
    return answered(call, paymentId, [refundId], null)
  }
  const ids = await requestedIds(call, wanted)
  const [first] = ids
  if (first === undefined) throw new Refusal('refund_not_found')
  const lines = await refundsOf(centre, EVERYTHING, paymentId)
  const isApproved =
    lines.find(({ refund }) => refund.id === first)?.refund.state.kind === 'approved'
  const started = isApproved
    ? await startRefund(centre, { paymentId, refundId: first, signal })
    : null
  centre.log.info({ source: source.id, refund: first }, 'Источник запросил возврат')
  return answered(call, paymentId, ids, started === null ? null : notStartedOf(started))
}

/** What an earlier call under this key asked for, or what this one does. */
async function requestedIds(call: SourceCall, wanted: WantedRefund): Promise<string[]> {
  const { centre, source, turn } = call
  const { claim, effectId } = turn
  if (effectId !== null) return [effectId]
  const outcome = await requestRefund(centre, {
    ...wanted,
    payAgain: false,
    by: partyOfSource(source),
    ...(claim === null
      ? {}
      : { doneBefore: (tx) => centre.storage.idempotency.effectIn(tx, claim) }),
    alsoInTransaction: async (tx, { refunds }) => {
      const id = refunds[0]?.id
      if (claim !== null && id !== undefined) {
        await centre.storage.idempotency.recordEffect(tx, claim, id)
      }
    },
  })
  if (outcome.kind === 'done_before') return [outcome.refundId]
  if (outcome.kind !== 'requested') return refuseUnrequested(outcome)
  return outcome.refunds.map(({ id }) => id)
}

async function answered(
  { centre, source }: SourceCall,
  paymentId: string,
  ids: readonly string[],
  notStarted: ErrorCode | null,
): Promise<Answer> {
  const lines = await refundsOf(centre, EVERYTHING, paymentId)
  const body: RefundAnswer = {
    success: true,
    message: 'Возврат принят',
    data: { refunds: ownOf(lines, ids, centre, source), not_started: notStarted },
  }
  return success(200, body)
}

function ownOf(
  lines: readonly RefundLine[],
  ids: readonly string[],
  centre: SourceCall['centre'],
  { amountUnit }: Source,
) {
  return lines
    .filter(({ refund }) => ids.includes(refund.id))
    .toReversed()
    .map((line) => showRefund(centre, line, amountUnit))
}
