// What is remembered of payments, against a model: whatever commits, is told late, is lost or comes back in whatever order,
// an answer is never older than what was promised.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { LockedPayment, PaymentStanding, PaymentStore } from '../ports/payment-store.ts'
import type { Heard } from '../ports/storage.ts'
import type { Transaction } from '../ports/transaction.ts'
import { recentStandings } from './recent-standings.ts'

const PROMISED_MS = 100
const IDS = ['a', 'b', 'c']
const TX = {} as Transaction

/** A database with one listener on it, whose notices travel and are lost as the test wants. */
class Model {
  nowMs = 1_000_000
  /** Of each payment, when each version was committed. */
  readonly committedAtMs = new Map(IDS.map((id) => [id, [0]]))
  #heard: Heard = () => {}
  #onTheWay: string[] = []
  #isConnected = true
  #caughtUpAtMs = this.nowMs
  reads = 0

  readonly store = {
    standing: async (id: string) => {
      this.reads += 1
      const found = this.committedAtMs.get(id)
      const seen = found === undefined ? null : standing(id, found.length)
      for (let turn = 0; turn < this.reads % 4; turn += 1) await null
      return seen
    },
    save: async (_: Transaction, { payment: { id } }: LockedPayment) => this.commit(id),
  } as unknown as PaymentStore

  readonly notices = {
    listen: (heard: Heard) => {
      this.#heard = heard
      return () => {}
    },
    behindMs: () =>
      this.#isConnected ? this.nowMs - this.#caughtUpAtMs : Number.POSITIVE_INFINITY,
  }

  readonly recent = recentStandings(this.store, this.notices, { now: () => this.nowMs })

  commit(id: string): void {
    this.committedAtMs.get(id)?.push(this.nowMs)
    if (this.#isConnected) this.#onTheWay.push(id)
  }

  /** Some notices arrive; with all of them the listener has caught up. */
  tell(count: number): void {
    for (const id of this.#onTheWay.splice(0, count)) this.#heard(`payment:${id}`)
    if (this.#isConnected && this.#onTheWay.length === 0) this.#caughtUpAtMs = this.nowMs
  }

  lose(): void {
    this.#isConnected = false
    this.#onTheWay = []
  }

  reconnect(): void {
    if (this.#isConnected) return
    this.#isConnected = true
    this.#heard(null)
    this.#caughtUpAtMs = this.nowMs
  }

  /** The version that whoever asks now must see at least. */
  promised(id: string): number {
    const moments = this.committedAtMs.get(id) ?? []
    return moments.filter((atMs) => atMs <= this.nowMs - PROMISED_MS).length
  }
}

function standing(id: string, version: number): PaymentStanding {
  return { id, version } as PaymentStanding
}

/** A payment that is changed here is not remembered for a while, so only one of them is. */
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ what: fc.constant('ask'), id: fc.constantFrom(...IDS) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('commit'), id: fc.constantFrom(...IDS) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('save'), id: fc.constant('c') }) },
  {
    weight: 5,
    arbitrary: fc.record({ what: fc.constant('pass'), ms: fc.constantFrom(1, 30, 70, 120) }),
  },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('tell'), count: fc.constantFrom(1, 9) }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('turn'), count: fc.constantFrom(1, 3) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('lose') }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('reconnect') }) },
)

test('no answer is older than promised, whatever is told late or lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 120 }), async (steps) => {
      const model = new Model()
      const answers: Promise<void>[] = []
      for (const { what, id = 'a', ms = 0, count = 0 } of steps as Step[]) {
        if (what === 'commit') model.commit(id)
        if (what === 'save') await saveOwn(model, id)
        if (what === 'pass') model.nowMs += ms
        if (what === 'tell') model.tell(count)
        if (what === 'lose') model.lose()
        if (what === 'reconnect') model.reconnect()
        if (what === 'turn') for (let n = 0; n < count; n += 1) await null
        if (what === 'ask') {
          const promised = model.promised(id)
          answers.push(
            model.recent.standing(id).then((found) => {
              assert.ok((found?.version ?? 0) >= promised, `${id}: ${found?.version} < ${promised}`)
            }),
          )
        }
      }
      await Promise.all(answers)
    }),
    { numRuns: 500 },
  )
})

interface Step {
  readonly what: string
  readonly id?: string
  readonly ms?: number
  readonly count?: number
}

/** Who changed something on this instance finds it changed, before any notice of it. */
async function saveOwn(model: Model, id: string): Promise<void> {
  const before = { payment: { id } } as LockedPayment
  await model.recent.save(TX, before, ...([] as unknown as [never, never, never]))
  const found = await model.recent.standing(id)
  assert.equal(found?.version, model.committedAtMs.get(id)?.length)
}

test('many who ask cost one question, until a notice, and guesses are not remembered', async () => {
  const model = new Model()
  await Promise.all(Array.from({ length: 50 }, () => model.recent.standing('a')))
  await model.recent.standing('a')
  assert.equal(model.reads, 1)
  model.commit('a')
  model.tell(1)
  assert.equal((await model.recent.standing('a'))?.version, 2)
  assert.equal(model.reads, 2)
  assert.equal(await model.recent.standing('x'), null)
  assert.equal(await model.recent.standing('x'), null)
  assert.equal(model.reads, 4)
})

test('what was changed by hand, of which nobody tells, is seen in the end', async () => {
  const model = new Model()
  await model.recent.standing('a')
  model.lose()
  model.commit('a')
  model.reconnect()
  await model.recent.standing('b')
  model.committedAtMs.get('b')?.push(model.nowMs)
  model.nowMs += 10_001
  model.tell(1)
  assert.equal((await model.recent.standing('b'))?.version, 2)
})

test('a question that failed is asked again', async () => {
  const model = new Model()
  let isAway = true
  const store = {
    ...model.store,
    standing: (id: string) => {
      if (!isAway) return model.store.standing(id)
      return Promise.reject(new Error('away'))
    },
  } as PaymentStore
  const recent = recentStandings(store, model.notices, { now: () => model.nowMs })
  await assert.rejects(recent.standing('a'), /away/)
  isAway = false
  assert.equal((await recent.standing('a'))?.version, 1)
})

test('what changed while the line was lost is read anew once it is back', async () => {
  const model = new Model()
  await model.recent.standing('a')
  model.lose()
  model.commit('a')
  model.reconnect()
  assert.equal((await model.recent.standing('a'))?.version, 2)
})

test('what is being changed here is not remembered as it was before its commit', async () => {
  const model = new Model()
  const store = { ...model.store, save: async () => {} } as PaymentStore
  const recent = recentStandings(store, model.notices, { now: () => model.nowMs })
  const before = { payment: { id: 'a' } } as LockedPayment
  await recent.save(TX, before, ...([] as unknown as [never, never, never]))
  assert.equal((await recent.standing('a'))?.version, 1)
  model.commit('a')
  assert.equal((await recent.standing('a'))?.version, 2)
})
