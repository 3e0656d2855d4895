// Each fault in what a terminal says about an operation, once. The journal must show the truth.
import assert from 'node:assert/strict'
import test from 'node:test'
import { quickWorld, type WireData, type World } from '../testing/quick-world.ts'
import type { FaultOfScope } from './catalogue.ts'
import type { FaultRequest } from './fault-request.ts'

type Proof = (world: World) => Promise<void>

/** Pays 500 with Gold under the fault and returns what the terminal says about it. */
async function payUnder(world: World, request: FaultRequest): Promise<WireData> {
  world.simulator.terminal(1).armFault(request)
  const { processId, qr } = await world.showQr(1, 500)
  world.simulator.phone.scan({ qr, after_ms: 0 })
  const told = await world.final(1, processId)
  const entry = world.simulator.journal.entries.at(-1)
  assert.equal(entry?.amount_tenge, 500)
  assert.equal(entry?.product, 'Gold')
  return told
}

const PROOFS: Readonly<Record<FaultOfScope<'answer' | 'end'>, Proof>> = {
  no_substatus: async (world) => {
    const told = await payUnder(world, { fault: 'no_substatus' })
    assert.equal(told.status, 'success')
    assert.equal('subStatus' in told, false)
  },

  other_process_id: async (world) => {
    const { processId } = await world.showQr(1, 500)
    world.simulator.terminal(1).armFault({ fault: 'other_process_id' })
    assert.equal((await world.status(1, processId)).processId, String(Number(processId) + 1))
    assert.equal((await world.status(1, processId)).processId, processId)
  },

  unknown: async (world) => {
    const told = await payUnder(world, { fault: 'unknown', actualize_calls: 2 })
    assert.equal(told.status, 'unknown')
    assert.match(told.message, /[а-я]/)
    const { processId } = told
    assert.equal((await world.call(1, 'payment', { amount: '1' })).body.statusCode, 107)
    const actualize = async () => (await world.call(1, 'actualize', { processId })).body
    assert.equal((await actualize()).data.status, 'unknown')
    assert.equal((await actualize()).data.status, 'success')
    assert.equal((await actualize()).statusCode, 103)
    assert.equal((await world.status(1, processId)).status, 'success')
  },

  other_sum: async (world) => {
    const told = await payUnder(world, { fault: 'other_sum' })
    assert.match(told.chequeInfo.amount, /^600[ \u00a0]₸$/)
    assert.deepEqual(await world.status(1, told.processId), told, 'it sticks')
    const other = await payUnder(world, { fault: 'other_sum', amount_tenge: 7 })
    assert.match(other.chequeInfo.amount, /^7[ \u00a0]₸$/)
  },

  unreadable_sum: async (world) => {
    const absent = await payUnder(world, { fault: 'unreadable_sum' })
    assert.equal('amount' in absent.chequeInfo, false)
    const garbled = await payUnder(world, { fault: 'unreadable_sum', text: '?? ₸' })
    assert.equal(garbled.chequeInfo.amount, '?? ₸')
  },

  odd_product: async (world) => {
    const told = await payUnder(world, { fault: 'odd_product', product: 'Bronze' })
    assert.equal(told.addInfo.ProductType, 'Bronze')
  },

  duplicate_transaction_id: async (world) => {
    const first = await payUnder(world, { fault: 'no_substatus' })
    const second = await payUnder(world, { fault: 'duplicate_transaction_id' })
    assert.equal(second.transactionId, first.transactionId)
    const real = world.simulator.journal.entries.map((entry) => entry.transaction_id)
    assert.equal(new Set(real).size, 2)
  },
}

for (const [name, proof] of Object.entries(PROOFS)) {
  test(`fault ${name}`, async (context) => proof(await quickWorld(context)))
}

for (const [truth, status, entries] of [
  ['paid', 'success', 1],
  ['not_paid', 'fail', 0],
] as const) {
  test(`fault unknown whose truth is ${truth}, without a customer`, async (context) => {
    const world = await quickWorld(context)
    const fault = { fault: 'unknown', truth, actualize_calls: 1, product: 'Red' } as const
    world.simulator.terminal(1).armFault(fault)
    const { processId } = await world.showQr(1, 500)
    assert.equal((await world.final(1, processId)).status, 'unknown')
    assert.equal(world.simulator.terminal(1).screen().state, 'no_link')
    assert.equal(world.simulator.journal.entries.length, entries)
    const { body } = await world.call(1, 'actualize', { processId })
    assert.equal(body.data.status, status)
  })
}
