// /api/admin/refunds: what is given back, on whose word (M15), beside asking for it: refund-request.ts.

import {
  DeclineRefundRequest,
  RefundsAnswer,
  RefundsQuery,
  ResolveRefundRequest,
  StaffRefundAnswer,
} from '@byfly-pay/contract'
import { parseTransactionId, transactionIdOf } from '@byfly-pay/core'
import type { Centre } from '../../ports/centre.ts'
import {
  approveRefund,
  cancelRefund,
  declineRefund,
  type RefundOutcome,
  resolveRefund,
} from '../../refunds/refund-by-staff.ts'
import { startRefund } from '../../refunds/start-refund.ts'
import { send, success } from '../answer.ts'
import { clientGone } from '../client-gone.ts'
import { refundCode, refuseNotStarted } from '../refund-refusals.ts'
import { Refusal, refuseFaults } from '../refusal.ts'
import { showStaffRefund } from '../show-refund.ts'
import type { AdminApp, AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { refuseUnshowable } from './showable.ts'

const DEFAULT_LIMIT = 100

type Staff = ReturnType<typeof staffAt>

export const refundRoutes: AdminRoutes = async (app, { centre }) => {
  addReads(app, centre)
  addJudgement(app, centre)
  addStart(app, centre)
}

function addReads(app: AdminApp, centre: Centre): void {
  app.get(
    '/refunds',
    {
      config: { right: 'refunds.read' },
      schema: { querystring: RefundsQuery, response: { 200: RefundsAnswer } },
    },
    async (request, reply) => {
      const {
        cursor,
        reason,
        source_id: source,
        state,
        transaction_id: transaction,
      } = request.query
      const limit = Number(request.query.limit ?? DEFAULT_LIMIT)
      const found = await centre.storage.refunds.page(staffAt(request).scope, {
        paymentId: transaction === undefined ? null : parseTransactionId(transaction),
        sourceId: source === undefined ? null : Number(source),
        state: state ?? null,
        reason: reason ?? null,
        beforeId: cursor === undefined ? null : parseTransactionId(cursor),
        limit: limit + 1,
      })
      const lines = found.slice(0, limit)
      const last = lines.at(-1)
      const hasMore = found.length > limit && last !== undefined
      const data: RefundsAnswer['data'] = {
        refunds: lines.map((line) => showStaffRefund(centre, line)),
        limit,
        next_cursor: hasMore ? transactionIdOf(last.refund.id) : null,
        amount_unit: 'tiyn',
      }
      return send(reply, success<RefundsAnswer>(200, { success: true, data }))
    },
  )

  app.get<{ Params: { refundId: string } }>(
    '/refunds/:refundId',
    { config: { right: 'refunds.read' }, schema: { response: { 200: StaffRefundAnswer } } },
    async (request, reply) => {
      const data = await shown(centre, staffAt(request), refundIdAt(request.params))
      return send(reply, success<StaffRefundAnswer>(200, { success: true, data }))
    },
  )
}

function addJudgement(app: AdminApp, centre: Centre): void {
  app.post<{ Params: { refundId: string } }>(
    '/refunds/:refundId/approve',
    { config: { right: 'refunds.approve' }, schema: { response: { 200: StaffRefundAnswer } } },
    async (request, reply) => {
      const [staff, id] = [staffAt(request), refundIdAt(request.params)]
      return send(reply, await settled(centre, staff, id, approveRefund(centre, staff, id)))
    },
  )

  app.post<{ Params: { refundId: string }; Body: DeclineRefundRequest }>(
    '/refunds/:refundId/decline',
    {
      config: { right: 'refunds.approve' },
      schema: { body: DeclineRefundRequest, response: { 200: StaffRefundAnswer } },
    },
    async (request, reply) => {
      const [staff, id] = [staffAt(request), refundIdAt(request.params)]
      const { reason } = request.body
      refuseUnshowable({ reason })
      return send(reply, await settled(centre, staff, id, declineRefund(centre, staff, id, reason)))
    },
  )

  app.post<{ Params: { refundId: string }; Body: ResolveRefundRequest }>(
    '/refunds/:refundId/resolve',
    {
      config: { right: 'refunds.approve' },
      schema: { body: ResolveRefundRequest, response: { 200: StaffRefundAnswer } },
    },
    async (request, reply) => {
      const [staff, id] = [staffAt(request), refundIdAt(request.params)]
      const { amount, evidence, outcome, reason } = request.body
      refuseUnshowable({ evidence, reason })
      const isRefunded = outcome === 'refunded'
      if (isRefunded && amount === undefined) refuseFaults({ amount: 'Field is required' })
      const amountTiyn = isRefunded && amount !== undefined ? BigInt(amount) : null
      const done = resolveRefund(centre, staff, id, { amountTiyn, evidence, reason })
      return send(reply, await settled(centre, staff, id, done))
    },
  )
}

function addStart(app: AdminApp, centre: Centre): void {
  app.post<{ Params: { refundId: string } }>(
    '/refunds/:refundId/start',
    { config: { right: 'refunds.create' }, schema: { response: { 200: StaffRefundAnswer } } },
    async (request, reply) => {
      const [staff, refundId] = [staffAt(request), refundIdAt(request.params)]
      const line = await centre.storage.refunds.find(staff.scope, refundId)
      if (line === null) throw new Refusal('refund_not_found')
      const { paymentId } = line
      refuseNotStarted(
        await startRefund(centre, {
          paymentId,
          refundId,
          isVisible: (tx) => centre.storage.ledger.isInScope(tx, staff.scope, paymentId),
          signal: clientGone(reply),
        }),
      )
      const data = await shown(centre, staff, refundId)
      return send(reply, success<StaffRefundAnswer>(200, { success: true, data }))
    },
  )

  app.post<{ Params: { refundId: string } }>(
    '/refunds/:refundId/cancel',
    { config: { right: 'refunds.create' }, schema: { response: { 200: StaffRefundAnswer } } },
    async (request, reply) => {
      const [staff, id] = [staffAt(request), refundIdAt(request.params)]
      return send(reply, await settled(centre, staff, id, cancelRefund(centre, staff, id)))
    },
  )
}

/** @throws Refusal when the path holds no refund's number */
function refundIdAt({ refundId }: { readonly refundId: string }): string {
  const id = parseTransactionId(refundId)
  if (id === null) throw new Refusal('refund_not_found')
  return id
}

async function shown(centre: Centre, { scope }: Staff, refundId: string) {
  const line = await centre.storage.refunds.find(scope, refundId)
  if (line === null) throw new Refusal('refund_not_found')
  return showStaffRefund(centre, line)
}

/** The refund as it stands after what was asked of it. */
async function settled(
  centre: Centre,
  staff: Staff,
  refundId: string,
  outcome: Promise<RefundOutcome>,
) {
  const done = await outcome
  if (done.kind === 'not_found') throw new Refusal('refund_not_found')
  if (done.kind === 'rejected') throw new Refusal(refundCode(done.code))
  const data = await shown(centre, staff, refundId)
  return success<StaffRefundAnswer>(200, { success: true, data })
}
