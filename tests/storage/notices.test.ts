// Notices: what was committed wakes whoever waits, on every instance, also after the listening
// connection was killed.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Topic } from '../../packages/server/src/ports/storage.ts'
import { until } from '../support/until.ts'
import { openWorld, type StorageWorld } from './storage-world.ts'

const LONG_MS = 20_000

let world: StorageWorld
before(async () => {
  world = await openWorld()
  await listening()
})
after(() => world.end())

const LISTENERS = `
  SELECT pid FROM pg_stat_activity
  WHERE datname = current_database() AND query IN ('LISTEN centre', 'SELECT 1')
    AND usename = 'byfly_app' AND state = 'idle'`

async function listening(): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await world.sql(LISTENERS)).length > 0) return
    await sleep(20)
  }
  assert.fail('nobody listens')
}

/** How long `wait` took, in ms. */
async function timed(wait: Promise<void>): Promise<number> {
  const began = performance.now()
  await wait
  return performance.now() - began
}

async function notify(topic: Topic): Promise<void> {
  await world.sql(`SELECT pg_notify('centre', $1)`, [topic])
}

test('a notice wakes those who wait for its topic, and no others', async () => {
  const { notices } = world
  const woken = timed(notices.wait('terminal_freed', LONG_MS))
  const other = timed(notices.wait('delivery_due', 300))
  await notify('terminal_freed')
  assert.ok((await woken) < 1_000)
  assert.ok((await other) >= 295)
})

test('waiting ends by time, by abort, and at once when aborted already', async () => {
  const { notices } = world
  assert.ok((await timed(notices.wait('payment:x', 50))) >= 45)
  const stopping = new AbortController()
  const waiting = timed(notices.wait('payment:x', LONG_MS, stopping.signal))
  stopping.abort()
  assert.ok((await waiting) < 1_000)
  assert.ok((await timed(notices.wait('payment:x', LONG_MS, stopping.signal))) < 1_000)
})

test('each saved change tells of its payment, of a freed terminal, of a due delivery', async () => {
  const { notices } = world
  const paymentId = await world.create()
  const terminalId = await world.addTerminal()
  const changed = timed(notices.wait(`payment:${paymentId}`, LONG_MS))
  const notFreed = timed(notices.wait('terminal_freed', 200))
  const attemptId = await world.reserve(paymentId, terminalId)
  assert.ok((await changed) < 1_000)
  assert.ok((await notFreed) >= 195)
  const freed = timed(notices.wait('terminal_freed', LONG_MS))
  const due = timed(notices.wait('delivery_due', LONG_MS))
  await world.apply(paymentId, { kind: 'release', attemptId })
  assert.ok((await freed) < 1_000)
  const told = ({ payment }: { payment: { sequence: number } }) => [
    {
      event: 'cancelled',
      sequence: payment.sequence,
      url: 'https://a.kz/',
      body: '{}',
      held: false,
    } as const,
  ]
  await world.apply(paymentId, { kind: 'cancel' }, told)
  assert.ok((await due) < 1_000)
})

test('a transaction that was rolled back tells nothing', async () => {
  const { notices, storage } = world
  const paymentId = await world.create()
  const silent = timed(notices.wait(`payment:${paymentId}`, 200))
  const work = storage.transaction(async (tx) => {
    const locked = await storage.payments.lock(tx, paymentId)
    assert.ok(locked)
    const history = {
      what: 'qr_read',
      attemptId: null,
      statusBefore: 'pending',
      statusAfter: 'pending',
      detail: null,
      facts: {},
    } as const
    const { payment } = locked
    const applied = { kind: 'applied', payment, attempt: null, history, effects: [] } as const
    await storage.payments.save(tx, locked, applied, [], 'x')
    throw new Error('no')
  })
  await assert.rejects(work, /no/)
  assert.ok((await silent) >= 195)
})

test('the listener’s backend is killed: every waiter is woken, and notices come again', async () => {
  const { notices } = world
  for (let turn = 0; turn < 3; turn += 1) {
    await listening()
    const waiters = (['terminal_freed', 'delivery_due', 'payment:any'] as const).map((topic) =>
      timed(notices.wait(topic, LONG_MS)),
    )
    await world.sql(`SELECT pg_terminate_backend(pid) FROM (${LISTENERS}) AS listeners`)
    for (const waited of await Promise.all(waiters)) assert.ok(waited < 5_000)
  }
  await listening()
  const woken = timed(notices.wait('terminal_freed', LONG_MS))
  await notify('terminal_freed')
  assert.ok((await woken) < 1_000)
})

test('a listener hears every topic, null when some may have been missed, and nothing once it has ended', async () => {
  const { notices } = world
  await listening()
  const heard: (string | null)[] = []
  const end = notices.listen((topic) => heard.push(topic))
  const last = timed(notices.wait('delivery_due', LONG_MS))
  await notify('payment:x')
  await notify('delivery_due')
  await last
  assert.deepEqual(heard, ['payment:x', 'delivery_due'])
  await world.sql(`SELECT pg_terminate_backend(pid) FROM (${LISTENERS}) AS listeners`)
  await until(() => heard.at(-1) === null)
  await listening()
  end()
  const later = timed(notices.wait('delivery_due', LONG_MS))
  await notify('delivery_due')
  await later
  assert.deepEqual(heard, ['payment:x', 'delivery_due', null])
})

test('closing ends every wait', async () => {
  const other = await openWorld()
  const waiting = timed(other.notices.wait('terminal_freed', LONG_MS))
  await other.close()
  assert.ok((await waiting) < 2_000)
  await other.end()
})
