// Saving what a decision changed: every state of an attempt comes back as it was written, and each
// effect is a row of the same transaction.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  type Applied,
  ATTEMPT_STATES,
  type Attempt,
  type AttemptState,
  isAtWork,
  isOpen,
  occupiesTerminal,
  PHASES,
  type Success,
} from '@byfly-pay/core'
import fc from 'fast-check'
import { GOLD, INSTANCE, openWorld, type StorageWorld, tellEverything } from './storage-world.ts'

let world: StorageWorld
before(async () => {
  world = await openWorld()
})
after(() => world.end())

const moment = fc.integer({ min: 0, max: 4_000_000_000_000 })
const text = fc.string({ unit: 'binary', maxLength: 40 }).map((value) => value.replaceAll('\0', ''))
const sum = fc.bigInt({ min: 1n, max: 9_007_199_254_740_991n })
const phase = fc.constantFrom(...PHASES)

/** Objects as JSON gives them. */
function plainRecord<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true })
}

const states: Readonly<Record<AttemptState['kind'], fc.Arbitrary<AttemptState>>> = {
  reserved: fc.constant({ kind: 'reserved' }),
  calling: fc.constant({ kind: 'calling' }),
  live: plainRecord({ kind: fc.constant('live'), phase, sinceMs: moment }),
  unknown: plainRecord({ kind: fc.constant('unknown'), sinceMs: moment }),
  lost: plainRecord({ kind: fc.constant('lost'), sinceMs: moment }),
  stray: plainRecord({ kind: fc.constant('stray'), phase, sinceMs: moment }),
  held: plainRecord({
    kind: fc.constant('held'),
    reason: fc.constantFrom('sum_unreadable', 'possible_duplicate', 'start_lost_in_person'),
  }),
  released: fc.constant({ kind: 'released' }),
  refused: plainRecord({
    kind: fc.constant('refused'),
    reason: fc.constantFrom('not_connected', 'terminal_busy', 'access_denied', 'bad_request'),
  }),
  succeeded: fc.constant({ kind: 'succeeded' }),
  failed: plainRecord({
    kind: fc.constant('failed'),
    reason: fc.constantFrom('declined', 'ran_out', 'device_error', 'resolved_by_operator'),
  }),
  abandoned: fc.constant({ kind: 'abandoned' }),
}

function attemptIn(
  state: fc.Arbitrary<AttemptState>,
): fc.Arbitrary<Omit<Attempt, 'id' | 'terminalId'>> {
  return plainRecord({
    presence: fc.constantFrom('remote', 'in_person'),
    quote: plainRecord({
      method: fc.constantFrom('kaspi_gold', 'kaspi_credit'),
      mode: fc.constantFrom('none', 'markup', 'gross_up'),
      rateBp: fc.integer({ min: 0, max: 9000 }),
      stepTiyn: sum,
      chargeTiyn: sum,
      originalTiyn: sum,
      rates: fc.dictionary(fc.stringMatching(/^[a-z]{1,9}$/), fc.integer({ min: 0, max: 9000 }), {
        noNullPrototype: true,
      }),
    }),
    state,
    processId: fc.option(fc.uuid()),
    forgotten: fc.boolean(),
    qr: fc.option(plainRecord({ text, url: text, expiresAtMs: moment })),
    stopRequested: fc.boolean(),
    holdsTerminal: fc.boolean(),
    lostAtMs: fc.option(moment),
  })
}

function savedWith(attempt: Attempt) {
  return ({ payment }: { payment: Applied['payment'] }): Applied => ({
    kind: 'applied',
    payment: {
      ...payment,
      attempts: [...payment.attempts.filter(({ id }) => id !== attempt.id), attempt],
    },
    attempt,
    history: {
      what: 'qr_read',
      attemptId: attempt.id,
      statusBefore: 'pending',
      statusAfter: 'pending',
      detail: null,
      facts: {},
    },
    effects: [],
  })
}

for (const kind of ATTEMPT_STATES) {
  test(`an attempt that is ${kind} reads as it was written, and open_attempts says what it holds`, async () => {
    const { sql } = world
    await fc.assert(
      fc.asyncProperty(attemptIn(states.calling), attemptIn(states[kind]), async (first, then) => {
        const paymentId = await world.create()
        const terminalId = await world.addTerminal()
        const { freshId: id } = await world.peek(paymentId)
        await world.save(paymentId, savedWith({ ...first, id, terminalId }))
        // What was quoted never changes, whoever saves it again.
        const { presence, quote } = first
        const attempt: Attempt = { ...then, id, terminalId, presence, quote }
        await world.save(paymentId, savedWith(attempt))
        const { leases, payment } = await world.peek(paymentId)
        assert.deepEqual(payment.attempts, [attempt])
        const open = await sql(
          `SELECT holds_terminal, holds_payment, state, process_id, lease_owner
           FROM open_attempts WHERE attempt_id = $1`,
          [id],
        )
        const expected = {
          holds_terminal: occupiesTerminal(attempt),
          holds_payment: isAtWork(attempt),
          state: kind,
          process_id: attempt.processId,
          lease_owner: INSTANCE,
        }
        assert.deepEqual(open, isOpen(attempt) ? [expected] : [])
        const lease = { attemptId: id, owner: INSTANCE, fence: 1n }
        assert.deepEqual(leases, isOpen(attempt) ? [lease] : [])
      }),
      { numRuns: 15 },
    )
  })
}

const SUCCESS: Success = {
  grossTiyn: 1_010_000n,
  moneyKind: 'qr',
  providerTransactionId: 'tx-1',
  product: { methodCode: 'kaspi_gold', word: 'Gold' },
}

test('a payment from reservation to money: rows, books, history and events of each step', async () => {
  const { apply, sql, storage } = world
  const paymentId = await world.create({ webhookUrl: 'https://shop.kz/hook' })
  const terminalId = await world.addTerminal()
  const attemptId = await world.reserve(paymentId, terminalId)
  await apply(paymentId, { kind: 'mark_calling', attemptId })
  await apply(paymentId, { kind: 'start_accepted', attemptId, processId: 'p-1' })
  const qr = { text: 'https://qr.kaspi.kz/1', url: 'https://pay.kaspi.kz/pay/1', expiresAtMs: 1e12 }
  await apply(paymentId, { kind: 'qr_read', attemptId, qr })
  const live = await storage.payments.view(paymentId)
  assert.equal(live?.status, 'processing')
  assert.equal(live?.statusDetail, 'starting')
  assert.equal(live?.chosenMethod, 'kaspi_gold')
  assert.deepEqual(live?.qr, qr)

  const freed = storage.transaction((tx) => storage.pool.lockPool(tx, 'kaspi'))
  assert.equal((await freed).terminals.find(({ id }) => id === terminalId)?.isHeld, true)
  const observed = { kind: 'succeeded', success: SUCCESS } as const
  await apply(
    paymentId,
    { kind: 'observed', attemptId, observation: observed, duplicate: false },
    tellEverything,
  )
  const paid = await storage.payments.view(paymentId)
  assert.equal(paid?.status, 'paid')
  assert.equal(paid?.figures.paidTiyn, 1_010_000n)
  assert.equal(paid?.figures.amountTiyn, 1_010_000n)
  assert.equal(paid?.figures.remainingTiyn, 0n)

  const captures = await sql(
    'SELECT device, kind, gross_tiyn::text, credit_tiyn::text FROM captures WHERE attempt_id = $1',
    [attemptId],
  )
  assert.deepEqual(captures, [
    { device: `t${terminalId}#1`, kind: 'qr', gross_tiyn: '1010000', credit_tiyn: '1000000' },
  ])
  const sets = await sql(
    `SELECT set_kind, count(*)::integer AS postings, sum(tiyn)::text AS total FROM postings
     WHERE payment_id = $1 GROUP BY set_id, set_kind ORDER BY set_kind`,
    [paymentId],
  )
  assert.deepEqual(sets, [
    { set_kind: 'capture', postings: 3, total: '0' },
    { set_kind: 'provider_fee', postings: 2, total: '0' },
  ])
  const history = await storage.payments.history(paymentId)
  assert.deepEqual(
    history.map(({ statusAfter, what }) => `${what} ${statusAfter}`),
    [
      'created pending',
      'terminal_reserved processing',
      'start_called processing',
      'start_accepted processing',
      'qr_read processing',
      'captured paid',
    ],
  )
  const deliveries = await storage.deliveries.ofPayment(paymentId)
  assert.deepEqual(
    deliveries.map(({ event, sequence, state }) => ({ event, sequence, state })),
    [{ event: 'paid', sequence: 1, state: 'waiting' }],
  )
})

test('S4: a cancel of a live payment is held; sent on a word without money, superseded by money', async () => {
  const { apply, storage } = world
  for (const ending of ['failed', 'succeeded'] as const) {
    const paymentId = await world.create()
    const attemptId = await world.reserve(paymentId, await world.addTerminal())
    await apply(paymentId, { kind: 'mark_calling', attemptId })
    await apply(paymentId, { kind: 'start_accepted', attemptId, processId: `p-${ending}` })
    await apply(paymentId, { kind: 'cancel' }, tellEverything)
    const statesOf = async () =>
      (await storage.deliveries.ofPayment(paymentId)).map(({ event, state }) => `${event} ${state}`)
    assert.deepEqual(await statesOf(), ['cancelled held'])
    const observation =
      ending === 'failed'
        ? ({ kind: 'failed', reason: 'declined' } as const)
        : ({
            kind: 'succeeded',
            success: { ...SUCCESS, providerTransactionId: 'tx-late' },
          } as const)
    const input = { kind: 'observed', attemptId, observation, duplicate: false } as const
    await apply(paymentId, input, tellEverything)
    assert.deepEqual(
      await statesOf(),
      ending === 'failed' ? ['cancelled waiting'] : ['cancelled superseded', 'paid waiting'],
    )
  }
})

test('S6a: a lost start keeps its terminal; abandoned, it is listed and the terminal may be probed at once', async () => {
  const { apply, sql, storage } = world
  const paymentId = await world.create()
  const terminalId = await world.addTerminal()
  const attemptId = await world.reserve(paymentId, terminalId)
  const factsOf = async () => {
    const view = await storage.transaction((tx) => storage.pool.lockPool(tx, 'kaspi'))
    return view.terminals.find(({ id }) => id === terminalId)
  }
  await apply(paymentId, { kind: 'mark_calling', attemptId })
  await apply(paymentId, { kind: 'start_lost', attemptId })
  assert.equal((await factsOf())?.isHeld, true)
  assert.equal((await world.peek(paymentId)).payment.attempts[0]?.state.kind, 'lost')
  await apply(paymentId, { kind: 'abandon', attemptId })
  const facts = await factsOf()
  assert.equal(facts?.isHeld, false)
  assert.equal(facts?.needsProbe, true)
  const now = await storage.leases.now()
  assert.ok((facts?.quarantinedUntilMs ?? 0) <= now)
  assert.deepEqual(
    await sql('SELECT kind, terminal_id, closed_at FROM reconciliation WHERE attempt_id = $1', [
      attemptId,
    ]),
    [{ kind: 'lost_start', terminal_id: terminalId, closed_at: null }],
  )
  // Its process id is learned after all: watched again, without the terminal (S6a).
  await apply(paymentId, { kind: 'start_accepted', attemptId, processId: 'late' })
  assert.equal((await factsOf())?.isHeld, false)
  const [open] = await sql(
    'SELECT state, holds_terminal FROM open_attempts WHERE attempt_id = $1',
    [attemptId],
  )
  assert.deepEqual(open, { state: 'stray', holds_terminal: false })
})

test('a start refused because the terminal is busy puts it in quarantine for 300 s', async () => {
  const { apply, sql } = world
  const paymentId = await world.create()
  const terminalId = await world.addTerminal()
  const attemptId = await world.reserve(paymentId, terminalId)
  await apply(paymentId, { kind: 'mark_calling', attemptId })
  await apply(paymentId, { kind: 'start_refused', attemptId, reason: 'terminal_busy' })
  const [row] = await sql<{ seconds: number; needs_probe: boolean; quarantine_reason: string }>(
    `SELECT needs_probe, quarantine_reason,
       extract(epoch FROM quarantined_until - centre_now())::double precision AS seconds
     FROM terminals WHERE id = $1`,
    [terminalId],
  )
  assert.equal(row?.needs_probe, true)
  assert.equal(row?.quarantine_reason, 'terminal_busy')
  assert.ok(row !== undefined && row.seconds > 290 && row.seconds <= 300)
})

test('S6b: what a person must settle is a task, and the terminal is free', async () => {
  const { apply, sql } = world
  const paymentId = await world.create()
  const terminalId = await world.addTerminal()
  const attemptId = await world.reserve(paymentId, terminalId)
  await apply(paymentId, { kind: 'mark_calling', attemptId })
  await apply(paymentId, { kind: 'start_accepted', attemptId, processId: 'same' })
  const success = { ...SUCCESS, grossTiyn: null }
  const observation = { kind: 'succeeded', success } as const
  await apply(paymentId, { kind: 'observed', attemptId, observation, duplicate: false })
  assert.deepEqual(
    await sql('SELECT kind, terminal_id, source_id FROM tasks WHERE attempt_id = $1', [attemptId]),
    [{ kind: 'settle_by_hand', terminal_id: terminalId, source_id: world.sourceId }],
  )
  // The terminal counts from the same process id again: neither stops the other's saving (rule 7).
  const next = await world.create()
  const nextAttempt = await world.reserve(next, terminalId)
  await apply(next, { kind: 'mark_calling', attemptId: nextAttempt })
  const accepted = { kind: 'start_accepted', attemptId: nextAttempt, processId: 'same' } as const
  assert.equal((await apply(next, accepted)).kind, 'applied')
})

test('I8: money that is booked on another attempt of the device is seen as such', async () => {
  const { storage } = world
  const paymentId = await world.create()
  const terminalId = await world.addTerminal()
  const attemptId = await world.reserve(paymentId, terminalId)
  await world.apply(paymentId, { kind: 'mark_calling', attemptId })
  await world.apply(paymentId, { kind: 'start_accepted', attemptId, processId: 'i8' })
  const success = { ...SUCCESS, providerTransactionId: 'rrn-1' }
  const input = {
    kind: 'observed',
    attemptId,
    observation: { kind: 'succeeded', success },
  } as const
  await world.apply(paymentId, { ...input, duplicate: false })
  const booked = (await world.peek(paymentId)).payment.attempts[0]
  const other = await world.create()
  await world.reserve(other, terminalId)
  const next = (await world.peek(other)).payment.attempts[0]
  assert.ok(booked && next)
  const isBooked = (attempt: Attempt, kind: string, id: string) =>
    storage.transaction((tx) => storage.payments.isBookedElsewhere(tx, attempt, kind, id))
  assert.equal(await isBooked(next, 'qr', 'rrn-1'), true)
  assert.equal(await isBooked(booked, 'qr', 'rrn-1'), false)
  assert.equal(await isBooked(next, 'card', 'rrn-1'), false)
  assert.equal(await isBooked(next, 'qr', 'rrn-2'), false)
})

test('I17: a QR is one attempt’s for ever', async () => {
  const { storage } = world
  const [a, b] = [await world.peek(await world.create()), await world.peek(await world.create())]
  const claim = (id: string, qr: string) =>
    storage.transaction((tx) => storage.payments.claimQr(tx, id, qr))
  assert.equal(await claim(a.freshId, 'https://qr.kaspi.kz/i17'), true)
  assert.equal(await claim(a.freshId, 'https://qr.kaspi.kz/i17'), true)
  assert.equal(await claim(b.freshId, 'https://qr.kaspi.kz/i17'), false)
  const ids = Array.from({ length: 20 }, (_, n) => a.freshId.slice(0, -2) + String(10 + n))
  const claims = await Promise.all(ids.map((id) => claim(id, 'https://qr.kaspi.kz/raced')))
  assert.equal(claims.filter(Boolean).length, 1)
})

test('S2: overdue payments are found, and idle part payments get one task', async () => {
  const { sql, storage } = world
  const late = await world.create({ lifetimeSeconds: 0 })
  const young = await world.create()
  const overdue = await storage.payments.overdue(1_000)
  assert.ok(overdue.includes(late) && !overdue.includes(young))
  const idle = await world.create()
  await sql(
    `UPDATE payments SET status = 'partially_paid', paid_tiyn = 1000, credited_tiyn = 900,
       updated_at = centre_now() - interval '8 days' WHERE id = $1`,
    [idle],
  )
  assert.equal(await storage.payments.openIdleTasks(), 1)
  await sql(`UPDATE tasks SET closed_at = centre_now() WHERE payment_id = $1`, [idle])
  assert.equal(await storage.payments.openIdleTasks(), 0)
})

test('a lock that was waited for shows what the one before it wrote', async () => {
  const { storage } = world
  const paymentId = await world.create()
  const terminalIds = await Promise.all(Array.from({ length: 10 }, () => world.addTerminal()))
  const request = { terms: GOLD, partTiyn: null, presence: 'remote' } as const
  const decisions = await Promise.all(
    terminalIds.map(async (terminalId) => {
      const { freshId: attemptId } = await world.peek(paymentId)
      return world.apply(paymentId, { kind: 'reserve', attemptId, terminalId, request })
    }),
  )
  assert.equal(decisions.filter(({ kind }) => kind === 'applied').length, 1)
  assert.equal(decisions.filter(({ kind }) => kind === 'unchanged').length, 9)
  assert.equal((await storage.payments.history(paymentId)).length, 2)
})
