// What a store of payments promises, whichever it is: atomicity, locks, and what it refuses.

import assert from 'node:assert/strict'
import { decide } from '@byfly-pay/core'
import { DatabaseUnavailable } from '../../../packages/server/src/ports/database-unavailable.ts'
import { type Kept, paid, tellEverything } from './kept.ts'

type Case = (kept: Kept) => Promise<void>

/** A raced rule makes the work run again; when it can never win, the database is «unavailable». */
const lostForGood = (error: unknown) => error instanceof DatabaseUnavailable
/** A rule that no race explains is a mistake, which is nobody's to retry. */
const mistake = (error: unknown) =>
  error instanceof Error && !(error instanceof DatabaseUnavailable)

export const PAYMENT_CASES: Readonly<Record<string, Case>> = {
  'a payment and the first line of its history are of one moment': async (kept) => {
    const id = await kept.create()
    const [payment] = (await kept.books()).payments
    const [line] = await kept.storage.payments.history(id)
    assert.equal(payment?.createdAtMs, kept.time.nowMs)
    assert.equal(payment.facts.expiresAtMs, kept.time.nowMs + 3_600_000)
    assert.deepEqual([line?.what, line?.atMs], ['created', kept.time.nowMs])
    const view = await kept.storage.payments.view(id)
    assert.deepEqual([view?.status, view?.version, view?.metadata], ['pending', 1, { n: 1 }])
  },

  'an external id is one payment’s of its source': async (kept) => {
    await kept.create({ externalId: 'A1' })
    const again = await kept.storage.payments.create(kept.asked({ externalId: 'A1' }))
    assert.equal(again.kind, 'external_id_taken')
    await kept.create({ externalId: 'A1', sourceId: kept.world.sourceIds[1] ?? 0 })
    assert.equal((await kept.books()).payments.length, 2)
  },

  'a key creates once, and tells again what it created': async (kept) => {
    const idempotency = { callerId: kept.sourceId, key: 'k' }
    await assert.rejects(kept.storage.payments.create(kept.asked({ idempotency })))
    const request = { ...idempotency, route: 'init', target: null, bodyHash: Buffer.alloc(32) }
    await kept.storage.idempotency.claim(request, 1_000)
    const first = await kept.create({ idempotency })
    assert.equal(await kept.create({ idempotency }), first)
    const other = { callerId: kept.sourceId, key: 'l' }
    await kept.storage.idempotency.claim({ ...request, ...other }, 1_000)
    const named = await kept.create({ idempotency: other, externalId: 'A1' })
    assert.equal(await kept.create({ idempotency: other, externalId: 'A1' }), named)
    assert.equal((await kept.books()).payments.length, 2)
  },

  'a lock that was waited for shows what the one before it wrote': async (kept) => {
    const id = await kept.create()
    const order: string[] = []
    const entered = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    const first = kept.storage.transaction(async (tx) => {
      const locked = await kept.lock(tx, id)
      entered.resolve()
      await go.promise
      const decision = decide(locked.payment, { kind: 'cancel' }, locked.now)
      assert.equal(decision.kind, 'applied')
      await kept.storage.payments.save(tx, locked, decision, [], 'a')
      order.push('first')
    })
    await entered.promise
    const second = kept.storage.transaction(async (tx) => {
      const { payment } = await kept.lock(tx, id)
      order.push(payment.cancelReason ?? 'stale')
    })
    go.resolve()
    await Promise.all([first, second])
    assert.deepEqual(order, ['first', 'requested'])
  },

  'what the work throws is thrown, and nothing of it is kept': async (kept) => {
    const id = await kept.create()
    const work = kept.storage.transaction(async (tx) => {
      const locked = await kept.lock(tx, id)
      const decision = decide(locked.payment, { kind: 'cancel' }, locked.now)
      assert.equal(decision.kind, 'applied')
      await kept.storage.payments.save(tx, locked, decision, tellEverything(decision), 'a')
      throw new TypeError('передумали')
    })
    await assert.rejects(work, TypeError)
    const { deliveries, history, payments } = await kept.books()
    assert.deepEqual([deliveries.length, history.length], [0, 1])
    assert.equal(payments[0]?.status, 'pending')
  },

  'I1: a terminal carries one attempt': async (kept) => {
    await kept.reserve(await kept.create(), 1)
    const other = await kept.create()
    await assert.rejects(kept.reserve(other, 1), lostForGood)
    await kept.reserve(other, 2)
    assert.equal((await kept.books()).open.length, 2)
  },

  'I8: a process id is one open attempt’s of a device': async (kept) => {
    const [lost, live] = [await kept.create(), await kept.create()]
    const attemptId = await kept.reserve(lost, 1)
    await kept.apply(lost, { kind: 'mark_calling', attemptId })
    await kept.apply(lost, { kind: 'start_lost', attemptId })
    await kept.apply(lost, { kind: 'abandon', attemptId })
    await kept.goLive(live, 1, '77')
    const late = kept.apply(lost, { kind: 'start_accepted', attemptId, processId: '77' })
    await assert.rejects(late, mistake)
    await kept.apply(lost, { kind: 'start_accepted', attemptId, processId: '78' })
    const { open } = await kept.books()
    assert.deepEqual(open.map(({ processId }) => processId).sort(), ['77', '78'])
  },

  'I8: money is booked once, and what is booked is seen': async (kept) => {
    const [first, second] = [await kept.create(), await kept.create()]
    const one = await kept.goLive(first, 1, '1')
    await kept.apply(first, paid(one, 'T1'))
    const two = await kept.goLive(second, 1, '2')
    const isBooked = await kept.storage.transaction(async (tx) => {
      const { payment } = await kept.lock(tx, second)
      const [attempt] = payment.attempts
      assert.ok(attempt)
      const { payments } = kept.storage
      return [
        await payments.isBookedElsewhere(tx, attempt, 'qr', 'T1'),
        await payments.isBookedElsewhere(tx, attempt, 'card', 'T1'),
        await payments.isBookedElsewhere(tx, attempt, 'qr', 'T2'),
      ]
    })
    assert.deepEqual(isBooked, [true, false, false])
    await assert.rejects(kept.apply(second, paid(two, 'T1')), lostForGood)
    await kept.apply(second, paid(two, 'T2'))
    assert.equal((await kept.books()).captures.length, 2)
  },

  'I17: a QR is one attempt’s for ever': async (kept) => {
    const [a, b] = [await kept.goLive(await kept.create(), 1, '1'), await kept.create()]
    const other = await kept.goLive(b, 2, '2')
    const claim = (attemptId: string, text: string) =>
      kept.storage.transaction((tx) => kept.storage.payments.claimQr(tx, attemptId, text))
    assert.deepEqual(
      [
        await claim(a, 'q1'),
        await claim(a, 'q1'),
        await claim(other, 'q1'),
        await claim(other, 'q2'),
      ],
      [true, true, false, true],
    )
  },

  'I7: paid is what the credits say': async (kept) => {
    const id = await kept.create()
    const attemptId = await kept.goLive(id, 1, '1')
    const spoilt = kept.storage.transaction(async (tx) => {
      const locked = await kept.lock(tx, id)
      const decision = decide(locked.payment, paid(attemptId, 'T1'), locked.now)
      assert.equal(decision.kind, 'applied')
      const payment = { ...decision.payment, paidAtMs: null }
      await kept.storage.payments.save(tx, locked, { ...decision, payment }, [], 'a')
    })
    await assert.rejects(spoilt, mistake)
    await kept.apply(id, paid(attemptId, 'T1'))
    const [payment] = (await kept.books()).payments
    assert.deepEqual([payment?.status, payment?.facts.creditedTiyn], ['paid', 1_000_000n])
  },

  'S2: overdue payments are found, and an idle part payment gets one task': async (kept) => {
    const brief = await kept.create({ lifetimeSeconds: 60 })
    const part = await kept.create({ lifetimeSeconds: 60 })
    await kept.apply(part, paid(await kept.goLive(part, 1, '1'), 'T1', 500_000n))
    assert.deepEqual(await kept.storage.payments.overdue(9), [])
    await kept.time.pass(60_000)
    assert.deepEqual(await kept.storage.payments.overdue(9), [brief])
    await kept.time.pass(7 * 24 * 3_600_000)
    const opened = [
      await kept.storage.payments.openIdleTasks(),
      await kept.storage.payments.openIdleTasks(),
    ]
    assert.deepEqual(opened, [1, 0])
  },
}
