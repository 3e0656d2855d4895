// POST /api/admin/transactions/{id}/refunds: asking for a refund starts it where it may be. Under one
// Idempotency-Key it is asked for once, whatever becomes of the call.

import { StaffRefundRequest, StaffRefundsAnswer } from '@byfly-pay/contract'
import { EVERYTHING, parseTransactionId, type Scope, transactionIdOf } from '@byfly-pay/core'
import type { Staff } from '../../accounts/staff.ts'
import type { Centre } from '../../ports/centre.ts'
import { requestByStaff } from '../../refunds/refund-by-staff.ts'
import { refundsOf } from '../../refunds/refunds-of.ts'
import type { RefundCall } from '../../refunds/request-refund.ts'
import { startRefund } from '../../refunds/start-refund.ts'
import { type Answer, refusalAsAnswer, send, success } from '../answer.ts'
import { clientGone } from '../client-gone.ts'
import { answerOnce, type KeyedRoute, type Turn } from '../idempotency.ts'
import { notStartedOf, refuseUnrequested } from '../refund-refusals.ts'
import { Refusal, refuseFaults } from '../refusal.ts'
import { checkoutUrl } from '../show-payment.ts'
import { showStaffRefund } from '../show-refund.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { keyedByStaff } from './keyed-by-staff.ts'
import { refuseUnshowable } from './showable.ts'
import { paymentIdAt } from './transactions.ts'

/** Beyond the start call's own budget: its last step may have been a call to a terminal. */
const CALL_SLACK_MS = 4_000

export const refundRequestRoutes: AdminRoutes = async (app, { centre, live: { limits } }) => {
  const callMs = centre.limits.startCallMs + CALL_SLACK_MS
  app.post<{ Params: { id: string }; Body: StaffRefundRequest }>(
    '/transactions/:id/refunds',
    {
      config: { right: 'refunds.create' },
      schema: { body: StaffRefundRequest, response: { 200: StaffRefundsAnswer } },
    },
    async (request, reply) => {
      const staff = staffAt(request)
      const paymentId = paymentIdAt(request.params)
      const call = readCall(paymentId, request.body)
      // A kept answer is not repeated to whoever may no longer see its payment.
      const { ledger, transaction } = centre.storage
      const isVisible = await transaction((tx) => ledger.isInScope(tx, staff.scope, paymentId))
      if (!isVisible) throw new Refusal('payment_not_found')
      const route: KeyedRoute = { name: 'staff_refund', target: paymentId, callMs }
      const signal = clientGone(reply)
      const isStarted = request.body.start !== false
      const keyed = keyedByStaff({ centre, limits }, request, reply, route)
      const answer = await answerOnce(keyed, (turn) =>
        refusalAsAnswer(request.id, () =>
          requested(centre, { staff, turn, call, isStarted, signal }),
        ),
      )
      return send(reply, answer)
    },
  )
}

type Wish = Pick<
  RefundCall,
  'paymentId' | 'attemptId' | 'amountTiyn' | 'reason' | 'note' | 'payAgain'
>

/** @throws Refusal validation */
function readCall(paymentId: string, body: StaffRefundRequest): Wish {
  const { amount, attempt_id: attempt, note, pay_again: payAgain = false, reason } = body
  refuseUnshowable({}, { note })
  if (payAgain && (amount !== undefined || attempt !== undefined)) {
    refuseFaults({ pay_again: 'Takes back the whole payment: no amount, no attempt_id' })
  }
  return {
    paymentId,
    attemptId: attempt === undefined ? null : parseTransactionId(attempt),
    amountTiyn: amount === undefined ? null : BigInt(amount),
    reason,
    note: note ?? null,
    payAgain,
  }
}

interface WantedRefund {
  readonly staff: Staff
  readonly turn: Turn
  readonly call: Wish
  readonly isStarted: boolean
  readonly signal: AbortSignal
}

/** @throws Refusal */
async function requested(centre: Centre, wanted: WantedRefund): Promise<Answer> {
  const { call, isStarted, signal, staff } = wanted
  const { paymentId, payAgain } = call
  const ids = await requestedIds(centre, wanted)
  const own = async (scope: Scope) => {
    const lines = await refundsOf(centre, scope, paymentId)
    return lines.filter(({ refund }) => ids.includes(refund.id)).toReversed()
  }
  // The first part goes on a terminal at once; the others one after another, as the customer scans.
  const first = (await own(EVERYTHING)).find(({ refund }) => refund.state.kind === 'approved')
  const started =
    isStarted && first !== undefined
      ? await startRefund(centre, { paymentId, refundId: first.refund.id, signal })
      : null
  const data: StaffRefundsAnswer['data'] = {
    refunds: (await own(staff.scope)).map((line) => showStaffRefund(centre, line)),
    not_started: started === null ? null : notStartedOf(started),
    successor: payAgain ? await successorOf(centre, paymentId) : null,
  }
  return success<StaffRefundsAnswer>(200, { success: true, message: 'Возврат принят', data })
}

/** What this call asks for, or what an earlier one under its key did. */
async function requestedIds(
  centre: Centre,
  { call, staff, turn: { claim, effectId } }: WantedRefund,
): Promise<readonly string[]> {
  if (effectId !== null) return partsOf(centre, call.paymentId, effectId)
  const outcome = await requestByStaff(centre, staff, call, claim)
  switch (outcome.kind) {
    case 'requested':
      return outcome.refunds.map(({ id }) => id)
    case 'done_before':
      return partsOf(centre, call.paymentId, outcome.refundId)
    default:
      return refuseUnrequested(outcome)
  }
}

/** All parts of the request that this refund is the first of: they were written at one moment. */
async function partsOf(centre: Centre, paymentId: string, firstId: string): Promise<string[]> {
  const lines = await refundsOf(centre, EVERYTHING, paymentId)
  const first = lines.find(({ refund }) => refund.id === firstId)
  return lines
    .filter(({ createdAtMs }) => createdAtMs === first?.createdAtMs)
    .map(({ refund }) => refund.id)
}

async function successorOf(centre: Centre, paymentId: string) {
  const { replacedBy } = await centre.storage.refunds.linksOf(paymentId)
  if (replacedBy === null) return null
  return {
    transaction_id: transactionIdOf(replacedBy),
    checkout_url: checkoutUrl(centre, replacedBy),
  }
}
