// What a store of deliveries and of clients' keys promises (W4, T9).

import assert from 'node:assert/strict'
import { TRIES_BEFORE_OVERTAKING } from '@byfly-pay/core'
import { type Kept, paid } from './kept.ts'

type Case = (kept: Kept) => Promise<void>

const HOLD_MS = 15_000
const DAY_MS = 24 * 3_600_000

/** A payment that has told «failed» and then «paid». */
async function toldTwice(kept: Kept): Promise<string> {
  const id = await kept.create()
  const first = await kept.goLive(id, 1, '1')
  await kept.apply(id, {
    kind: 'observed',
    attemptId: first,
    duplicate: false,
    observation: { kind: 'failed', reason: 'declined' },
  })
  await kept.apply(id, paid(await kept.goLive(id, 1, '2'), 'T1'))
  return id
}

export const DELIVERY_CASES: Readonly<Record<string, Case>> = {
  'what is due is claimed once, and comes back when its worker died': async (kept) => {
    const { deliveries } = kept.storage
    await toldTwice(kept)
    const [first, ...others] = await deliveries.claimDue(9, HOLD_MS)
    assert.match(first?.body ?? '', /"failed","sequence":1/)
    assert.deepEqual([others, await deliveries.claimDue(9, HOLD_MS)], [[], []])
    await kept.time.pass(HOLD_MS)
    assert.deepEqual(await deliveries.claimDue(9, HOLD_MS), [first])
  },

  'W4: one payment’s events go in order': async (kept) => {
    const { deliveries } = kept.storage
    const id = await toldTwice(kept)
    const [first] = await deliveries.claimDue(9, HOLD_MS)
    assert.ok(first)
    await deliveries.markDelivered(first.id, 200)
    const [second] = await deliveries.claimDue(9, HOLD_MS)
    assert.match(second?.body ?? '', /"paid","sequence":2/)
    const [line] = await deliveries.ofPayment(id)
    assert.deepEqual(
      [line?.state, line?.lastHttpStatus, line?.deliveredAtMs, line?.nextAtMs],
      ['delivered', 200, kept.time.nowMs, null],
    )
  },

  'W4: after its fourth failed try an event no longer keeps the next one back': async (kept) => {
    const { deliveries } = kept.storage
    await toldTwice(kept)
    for (let tries = 1; tries <= TRIES_BEFORE_OVERTAKING; tries += 1) {
      const due = await deliveries.claimDue(9, HOLD_MS)
      assert.deepEqual(
        due.map((row) => [row.tries, row.body.includes('failed')]),
        [[tries - 1, true]],
      )
      const [failed] = due
      assert.ok(failed)
      assert.equal(await deliveries.markFailed(failed, 500, 'http_status', 60_000), 'none')
      if (tries < TRIES_BEFORE_OVERTAKING) await kept.time.pass(60_000)
    }
    assert.match((await deliveries.claimDue(9, HOLD_MS))[0]?.body ?? '', /"paid"/)
  },

  'a last failed try is parked and lets the next go; a late failure undoes nothing': async (
    kept,
  ) => {
    const { deliveries } = kept.storage
    const id = await toldTwice(kept)
    const [first] = await deliveries.claimDue(9, HOLD_MS)
    assert.ok(first)
    await deliveries.markFailed(first, null, 'timeout', null)
    const [second] = await deliveries.claimDue(9, HOLD_MS)
    assert.ok(second)
    await deliveries.markDelivered(second.id, 204)
    await deliveries.markFailed(second, 500, 'http_status', 1_000)
    const lines = await deliveries.ofPayment(id)
    assert.deepEqual(
      lines.map(({ state, tries, lastReason }) => [state, tries, lastReason]),
      [
        ['parked', 1, 'timeout'],
        ['delivered', 0, null],
      ],
    )
    const resend = (one: string) => kept.storage.transaction((tx) => deliveries.resend(tx, one))
    assert.equal(await resend(first.id), true)
    assert.equal((await deliveries.claimDue(9, HOLD_MS))[0]?.id, first.id)
    assert.equal(await resend('00000000-0000-7000-8000-000000000000'), false)
  },

  'S4: a cancel of a live payment is held, then sent without money, superseded by it': async (
    kept,
  ) => {
    const { deliveries } = kept.storage
    const [sent, superseded] = [await kept.create(), await kept.create()]
    const [a, b] = [await kept.goLive(sent, 1, '1'), await kept.goLive(superseded, 2, '2')]
    for (const id of [sent, superseded]) await kept.apply(id, { kind: 'cancel' })
    assert.deepEqual(await deliveries.claimDue(9, HOLD_MS), [])
    const ended = { kind: 'failed', reason: 'cancelled_on_device' } as const
    await kept.apply(sent, { kind: 'observed', attemptId: a, duplicate: false, observation: ended })
    await kept.apply(superseded, paid(b, 'T1'))
    const states = async (id: string) =>
      (await deliveries.ofPayment(id)).map(({ event, state }) => [event, state])
    assert.deepEqual(await states(sent), [['cancelled', 'waiting']])
    assert.deepEqual(await states(superseded), [
      ['cancelled', 'superseded'],
      ['paid', 'waiting'],
    ])
    assert.equal((await deliveries.claimDue(9, HOLD_MS)).length, 2)
  },

  'W4: an endpoint that only fails is warned of, then switched off': async (kept) => {
    const { deliveries } = kept.storage
    const id = await toldTwice(kept)
    const news: string[] = []
    for (let day = 0; day <= 5; day += 1) {
      const [due] = await deliveries.claimDue(1, HOLD_MS)
      assert.ok(due)
      news.push(await deliveries.markFailed(due, 500, 'http_status', DAY_MS))
      await kept.time.pass(DAY_MS)
    }
    assert.deepEqual(news, ['none', 'none', 'none', 'warn', 'none', 'switched_off'])
    assert.deepEqual(await deliveries.claimDue(9, HOLD_MS), [])
    const lines = await deliveries.ofPayment(id)
    assert.deepEqual(
      new Set(lines.map(({ lastReason, state }) => `${state} ${lastReason}`)),
      new Set(['parked endpoint_switched_off']),
    )
  },

  'one key: one does the work, its answer is repeated, anything else is a mismatch': async (
    kept,
  ) => {
    const { idempotency } = kept.storage
    const request = {
      callerId: kept.sourceId,
      key: 'k',
      route: 'kaspi',
      target: await kept.create(),
      bodyHash: Buffer.alloc(32, 1),
    }
    const ask = (more: object = {}) => idempotency.claim({ ...request, ...more }, 5_000)
    assert.deepEqual(await ask(), { kind: 'claimed', effectId: null })
    assert.deepEqual(await ask(), { kind: 'busy' })
    assert.deepEqual(await ask({ bodyHash: Buffer.alloc(32, 2) }), { kind: 'mismatch' })
    assert.deepEqual(await ask({ target: null }), { kind: 'mismatch' })
    assert.equal((await ask({ callerId: kept.world.sourceIds[1] })).kind, 'claimed')
    await kept.storage.transaction((tx) => idempotency.recordEffect(tx, request, request.target))
    await kept.time.pass(5_000)
    assert.deepEqual(await ask(), { kind: 'claimed', effectId: request.target })
    await idempotency.release(request)
    assert.deepEqual(await ask(), { kind: 'claimed', effectId: request.target })
    await idempotency.finish(request, { httpStatus: 200, body: 'первый' })
    await idempotency.finish(request, { httpStatus: 500, body: 'второй' })
    assert.deepEqual(await ask(), { kind: 'replay', reply: { httpStatus: 200, body: 'первый' } })
    await kept.time.pass(DAY_MS + 1)
    assert.equal(await idempotency.forgetOld(), 2)
    assert.deepEqual(await ask(), { kind: 'claimed', effectId: null })
  },
}
