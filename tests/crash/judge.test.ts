// The judge bites: sound books pass, and each lie that is put into them, into a journal or into what was
// told is named by its invariant.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { until } from '../support/until.ts'
import { checkBooks, type Evidence } from './check-books.ts'
import type { Told } from './shop-client.ts'
import { uuidOf } from './watched.ts'

let centre: TestCentre
let paid: string
let sound: Evidence

before(async () => {
  centre = await startTestCentre({ terminals: [{ camera: 'json' }] })
  paid = await centre.init(500_000)
  const started = await centre.kaspi(paid)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(paid, 'paid')
  await until(async () => {
    const [row] = await centre.sql(`SELECT 1 FROM deliveries WHERE state = 'delivered'`)
    return row !== undefined
  })
  const [webhook] = centre.simulator.shop.webhooks(centre.source.webhookSecret)
  assert.ok(webhook)
  const received = {
    id: webhook.id,
    transactionId: paid,
    event: 'paid',
    sequence: 1,
    text: webhook.text,
    isSigned: webhook.raw_body_verified === true,
    isAccepted: true,
  }
  sound = {
    sql: centre.sql as Evidence['sql'],
    journal: centre.simulator.journal,
    told: [],
    received: [received],
  }
})
after(() => centre.stop())

async function named(evidence: Partial<Evidence>): Promise<string[]> {
  const wrong = await checkBooks({ ...sound, ...evidence })
  return [...new Set(wrong.map((line) => line.split(':')[0] ?? ''))]
}

function said(more: Partial<Told>): Told {
  const body = { data: {} }
  const rest = { httpStatus: 200, key: null, text: '', retryAfterMs: 0, body }
  return { what: 'init', id: paid, outcome: 'ok', ...rest, ...more }
}

test('sound books pass', async () => {
  assert.deepEqual(await checkBooks(sound), [])
})

test('money that a terminal took and nobody booked', async () => {
  const { entries } = centre.simulator.journal
  const stranger = { ...entries[0], transaction_id: '1', process_id: '1' } as (typeof entries)[0]
  const journal = { ...journalOf(), entries: [...entries, stranger] }
  assert.deepEqual(await named({ journal }), ['I4'])
})

test('money that was booked and no terminal took, or another sum', async () => {
  assert.deepEqual(await named({ journal: { ...journalOf(), entries: [] } }), ['I4'])
  const less = centre.simulator.journal.entries.map((entry) => ({ ...entry, amount_tenge: 1 }))
  assert.deepEqual(await named({ journal: { ...journalOf(), entries: less } }), ['I4'])
})

test('two operations on one terminal', async () => {
  const [operation] = centre.simulator.journal.operations
  assert.ok(operation)
  const journal = { ...journalOf(), overlaps: () => [[operation, operation] as const] }
  assert.deepEqual(await named({ journal }), ['I1'])
})

test('what was acknowledged and is not there', async () => {
  assert.deepEqual(await named({ told: [said({ id: 'F'.repeat(32) })] }), ['I9'])
  const body = { data: { qr_code: 'https://qr.kaspi.kz/1' } }
  assert.deepEqual(await named({ told: [said({ what: 'kaspi', body })] }), ['I9'])
})

test('two answers to one key', async () => {
  const told = ['a', 'b'].map((text) => said({ key: 'k', text }))
  assert.deepEqual(await named({ told }), ['I12'])
})

test('an event that did not arrive, that was changed, that nobody signed', async () => {
  const [event] = sound.received
  assert.ok(event)
  assert.deepEqual(await named({ received: [] }), ['I10'])
  assert.deepEqual(await named({ received: [event, { ...event, text: '{}' }] }), ['I11'])
  assert.deepEqual(await named({ received: [{ ...event, isSigned: false }] }), ['I11'])
})

test('rows that no part of the centre could have written', async () => {
  const id = uuidOf(paid)
  const lies: readonly (readonly [string, string, string])[] = [
    [
      'I10',
      'UPDATE payments SET version = version + 1',
      'UPDATE payments SET version = version - 1',
    ],
    [
      'I3',
      'UPDATE payments SET paid_tiyn = paid_tiyn + 1',
      'UPDATE payments SET paid_tiyn = paid_tiyn - 1',
    ],
    ['I13', 'UPDATE attempts SET ended_at = NULL', 'UPDATE attempts SET ended_at = now()'],
  ]
  for (const [invariant, lie, truth] of lies) {
    const column = lie.startsWith('UPDATE payments') ? 'id' : 'payment_id'
    const write = (text: string) =>
      centre.sql(`SET session_replication_role = replica; ${text} WHERE ${column} = '${id}'`)
    await write(lie)
    assert.deepEqual(await named({}), [invariant], lie)
    await write(truth)
  }
  assert.deepEqual(await checkBooks(sound), [])
})

function journalOf(): Evidence['journal'] {
  const { entries, operations } = centre.simulator.journal
  return { entries, operations, overlaps: () => [] }
}
