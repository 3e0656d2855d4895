// What a store promises of money on its way back: never more than was taken, whatever was decided; and each try
// under a fencing number of its own.

import assert from 'node:assert/strict'
import {
  decide,
  EVERYTHING,
  FENCES_PER_TRY,
  type PaymentInput,
  type RefundStep,
} from '@byfly-pay/core'
import { type Kept, LEASE_MS, paid } from './kept.ts'

type Case = (kept: Kept) => Promise<void>

const PAID_TIYN = 1_010_000n
const FILTER = {
  paymentId: null,
  sourceId: null,
  state: null,
  reason: null,
  beforeId: null,
} as const

async function paidPayment(kept: Kept): Promise<string> {
  const id = await kept.create()
  await kept.apply(id, paid(await kept.goLive(id, 1, '1'), 'T1', PAID_TIYN))
  return id
}

async function asking(kept: Kept, amountTiyn: bigint | null): Promise<PaymentInput> {
  const { refunds } = kept.storage
  const refundIds = await kept.storage.transaction((tx) => refunds.freshIds(tx, 2))
  return {
    kind: 'request_refund',
    refundIds,
    request: {
      attemptId: null,
      amountTiyn,
      bearer: 'source',
      reason: 'customer_request',
      note: null,
      requestedBy: { id: 'admin:1', name: 'Айгерим' },
      approvalAboveTiyn: null,
    },
  }
}

/** @returns the id of a refund that was asked for. */
async function ask(kept: Kept, paymentId: string, amountTiyn: bigint | null): Promise<string> {
  const decision = await kept.apply(paymentId, await asking(kept, amountTiyn))
  assert.equal(decision.kind, 'applied')
  return decision.payment.refunds.at(-1)?.id ?? ''
}

async function take(kept: Kept, paymentId: string, refundId: string, steps: readonly RefundStep[]) {
  for (const step of steps) {
    const decision = await kept.apply(paymentId, { kind: 'refund', refundId, step })
    assert.equal(decision.kind, 'applied', step.kind)
  }
}

const TO_LIVE: readonly RefundStep[] = [
  { kind: 'reserve', terminalId: 2 },
  { kind: 'mark_calling' },
  { kind: 'start_accepted', processId: '9' },
]

export const REFUND_CASES: Readonly<Record<string, Case>> = {
  'never more is asked back than was taken, whatever was decided': async (kept) => {
    const id = await paidPayment(kept)
    await ask(kept, id, 600_000n)
    const over = await asking(kept, 410_000n)
    const spoilt = kept.storage.transaction(async (tx) => {
      const locked = await kept.lock(tx, id)
      const decision = decide(locked.payment, over, locked.now)
      assert.equal(decision.kind, 'applied')
      const refunds = decision.payment.refunds.map((refund, index) =>
        index === 0 ? refund : { ...refund, amountTiyn: 410_001n },
      )
      const payment = { ...decision.payment, refunds }
      await kept.storage.payments.save(tx, locked, { ...decision, payment }, [], 'a')
    })
    await assert.rejects(spoilt)
    const second = await ask(kept, id, 410_000n)
    assert.equal((await kept.books()).captures[0]?.returningTiyn, PAID_TIYN)
    await take(kept, id, second, [{ kind: 'cancel' }])
    assert.equal((await kept.books()).captures[0]?.returningTiyn, 600_000n)
  },

  'nobody is their own second person': async (kept) => {
    const id = await paidPayment(kept)
    await ask(kept, id, null)
    const spoilt = kept.storage.transaction(async (tx) => {
      const locked = await kept.lock(tx, id)
      const refundId = locked.payment.refunds[0]?.id ?? ''
      const decision = decide(
        locked.payment,
        { kind: 'refund', refundId, step: { kind: 'cancel' } },
        0,
      )
      assert.equal(decision.kind, 'applied')
      const refunds = decision.payment.refunds.map((one) => ({
        ...one,
        approvedBy: one.requestedBy,
      }))
      const payment = { ...decision.payment, refunds }
      await kept.storage.payments.save(tx, locked, { ...decision, payment }, [], 'a')
    })
    await assert.rejects(spoilt)
  },

  'a refund holds its terminal and its lease as an attempt does, each try by its own fence': async (
    kept,
  ) => {
    const { pool, terminals } = kept.storage
    const id = await paidPayment(kept)
    const refundId = await ask(kept, id, null)
    await take(kept, id, refundId, TO_LIVE)
    const lease = { purpose: 'refund', attemptId: refundId, paymentId: id, terminalId: 2 } as const
    assert.deepEqual(await pool.leaseOf(refundId), { ...lease, fence: FENCES_PER_TRY })
    assert.deepEqual((await kept.peek(id)).leases, [
      { attemptId: refundId, owner: 'a', fence: FENCES_PER_TRY },
    ])
    const held = await kept.storage.transaction((tx) => terminals.heldFor(tx, 2))
    assert.deepEqual(held, { attemptId: refundId, paymentId: id, purpose: 'refund', state: 'live' })
    await assert.rejects(kept.reserve(await kept.create(), 2))
    await kept.time.pass(LEASE_MS)
    const taken = await pool.takeOver('b', LEASE_MS, 9)
    assert.deepEqual(taken, [{ ...lease, fence: FENCES_PER_TRY + 1n }])
    const observation = { kind: 'failed', reason: 'ran_out' } as const
    await take(kept, id, refundId, [{ kind: 'observed', observation }])
    assert.equal(await pool.leaseOf(refundId), null)
    await take(kept, id, refundId, [{ kind: 'reserve', terminalId: 3 }])
    assert.equal((await pool.leaseOf(refundId))?.fence, 2n * FENCES_PER_TRY)
  },

  'refunds are listed to those who may see their payment, the newest first': async (kept) => {
    const { refunds } = kept.storage
    const id = await paidPayment(kept)
    const first = await ask(kept, id, 100_000n)
    await kept.time.pass(1_000)
    const second = await ask(kept, id, 200_000n)
    const page = await refunds.page(EVERYTHING, { ...FILTER, paymentId: id, limit: 9 })
    assert.deepEqual(
      page.map(({ refund }) => refund.id),
      [second, first],
    )
    const [line] = page
    assert.deepEqual(
      [line?.source.id, line?.createdAtMs, line?.updatedAtMs, line?.refundedAtMs],
      [kept.sourceId, kept.time.nowMs, kept.time.nowMs, null],
    )
    const before = await refunds.page(EVERYTHING, { ...FILTER, beforeId: second, limit: 9 })
    assert.deepEqual(
      before.map(({ refund }) => refund.id),
      [first],
    )
    assert.equal((await refunds.find(EVERYTHING, first))?.paymentId, id)
    const nowhere = { ...EVERYTHING, sources: [] }
    assert.equal(await refunds.find(nowhere, first), null)
    const isSeen = (scope: typeof EVERYTHING) =>
      kept.storage.transaction((tx) => kept.storage.ledger.isInScope(tx, scope, id))
    assert.deepEqual([await isSeen(EVERYTHING), await isSeen(nowhere)], [true, false])
  },
}
