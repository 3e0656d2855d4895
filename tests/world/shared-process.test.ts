// S6b: a device that gives an id which is asked about already has forgotten whose it was. The start is saved all
// the same, and of the two only the one that can be told to be the device's is believed later.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beginAttempt } from '../../packages/server/src/payments/begin-attempt.ts'
import { type Centre, DEFAULT_LIMITS } from '../../packages/server/src/ports/centre.ts'
import { silentTracer } from '../../packages/server/src/telemetry/silent-tracer.ts'
import { silentMeter } from '../support/silent-meter.ts'
import { Kept, SETTING } from './contract/kept.ts'
import { openMemoryWorld } from './storage/world-storage.ts'
import { Chance } from './time/chance.ts'

const PROCESS = '10001'

/** Begins a new payment's attempt on terminal 1, which accepts it as `PROCESS` once `meanwhile` is over. */
async function begin(kept: Kept, meanwhile: (paymentId: string, attemptId: string) => unknown) {
  const paymentId = await kept.create()
  await kept.reserve(paymentId, 1)
  const [attempt] = (await kept.peek(paymentId)).payment.attempts
  assert.ok(attempt)
  const centre = {
    storage: kept.storage,
    instance: 'a',
    limits: DEFAULT_LIMITS,
    clock: { now: () => 0 },
    meter: silentMeter,
    tracer: silentTracer,
    watchers: { hold: () => () => {}, attend: () => {} },
    exchanges: { of: () => () => {} },
    providers: {
      of: () => ({
        async start() {
          await meanwhile(paymentId, attempt.id)
          return { kind: 'accepted', processId: PROCESS }
        },
      }),
    },
  } as unknown as Centre
  const outcome = await beginAttempt(centre, paymentId, attempt, false)
  assert.equal(outcome.kind, 'live')
  return paymentId
}

async function lose(kept: Kept, paymentId: string, attemptId: string) {
  await kept.apply(paymentId, { kind: 'start_lost', attemptId })
  await kept.apply(paymentId, { kind: 'abandon', attemptId })
}

async function standing(kept: Kept, paymentId: string) {
  const [attempt] = (await kept.peek(paymentId)).payment.attempts
  return [attempt?.state.kind, attempt?.processId, attempt?.forgotten]
}

test('the later start is the device’s; the former one was forgotten', async () => {
  const kept = await Kept.over(await openMemoryWorld(SETTING, new Chance(1, 'shared'), []))
  const former = await begin(kept, (paymentId, attemptId) => lose(kept, paymentId, attemptId))
  assert.deepEqual(await standing(kept, former), ['stray', PROCESS, false])
  const later = await begin(kept, () => {})
  assert.deepEqual(await standing(kept, later), ['live', PROCESS, false])
  assert.deepEqual(await standing(kept, former), ['stray', PROCESS, true])
})

test('of a start that was learned late and the one that came between, neither is believed', async () => {
  const kept = await Kept.over(await openMemoryWorld(SETTING, new Chance(2, 'shared'), []))
  let between = ''
  const late = await begin(kept, async (paymentId, attemptId) => {
    await lose(kept, paymentId, attemptId)
    between = await begin(kept, () => {})
  })
  assert.deepEqual(await standing(kept, between), ['unknown', PROCESS, true])
  assert.deepEqual(await standing(kept, late), ['stray', PROCESS, true])
})
