// What the database itself refuses, whoever writes: the program's own care is not the last wall. Raw
// SQL on purpose; as a superuser, and as the centre's role where a right is the wall.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { openWorld, type StorageWorld } from './storage-world.ts'

let world: StorageWorld
let app: pg.Client
before(async () => {
  world = await openWorld()
  app = new pg.Client({ connectionString: world.database.url })
  await app.connect()
})
after(async () => {
  await app.end()
  await world.end()
})

const UNIQUE = '23505'
const CHECK = '23514'
const NO_RIGHT = '42501'

async function refused(work: Promise<unknown>, code: string, constraint?: string): Promise<void> {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof pg.DatabaseError)
    assert.equal(error.code, code, error.message)
    if (constraint !== undefined) assert.equal(error.constraint, constraint)
    return true
  })
}

interface OpenRow {
  readonly payment?: string
  readonly terminal?: number
  readonly holdsTerminal?: boolean
  readonly holdsPayment?: boolean
  readonly device?: string
  readonly process?: string | null
  readonly state?: string
}

let terminals = 0

function openAttempt(row: OpenRow): Promise<unknown> {
  terminals += 1
  return world.sql(
    `INSERT INTO open_attempts (attempt_id, payment_id, terminal_id, holds_terminal, holds_payment,
       state, device, process_id, source_id, lease_owner, lease_until)
     VALUES (new_id(), coalesce($1, new_id()), $2, $3, $4, $5, $6, $7, 1, 'x', centre_now())`,
    [
      row.payment ?? null,
      row.terminal ?? terminals + 1000,
      row.holdsTerminal ?? true,
      row.holdsPayment ?? true,
      row.state ?? 'live',
      row.device ?? 'd#1',
      row.process ?? null,
    ],
  )
}

test('I1: two open attempts cannot hold one terminal; one that holds nothing may stand beside', async () => {
  await openAttempt({ terminal: 1 })
  await openAttempt({ terminal: 1, holdsTerminal: false })
  await refused(openAttempt({ terminal: 1 }), UNIQUE, 'open_attempts_terminal')
})

test('I2: two attempts cannot be at work for one payment; a lost one may stand beside', async () => {
  const payment = await world.create()
  await openAttempt({ payment })
  await openAttempt({ payment, holdsPayment: false, state: 'lost' })
  await refused(openAttempt({ payment }), UNIQUE, 'open_attempts_one_per_payment')
})

test('I8: a process id is one open attempt’s of a device, but for those held for a person', async () => {
  await openAttempt({ device: 'SN1#1', process: '7' })
  await openAttempt({ device: 'SN1#2', process: '7' })
  await openAttempt({ device: 'SN1#1', process: '7', state: 'held' })
  await refused(openAttempt({ device: 'SN1#1', process: '7' }), UNIQUE, 'open_attempts_process')
})

function capture(device: string, kind: string, transaction: string | null): Promise<unknown> {
  return world.sql(
    `INSERT INTO captures (attempt_id, payment_id, source_id, terminal_id, device, kind,
       provider_transaction_id, gross_tiyn, credit_tiyn, overpaid_tiyn, product_word, rate_bp, late,
       at)
     VALUES (new_id(), new_id(), 1, 1, $1, $2, $3, 100, 100, 0, 'Gold', 100, false, centre_now())`,
    [device, kind, transaction],
  )
}

test('I8: money is booked once for a device, a kind and a provider’s transaction', async () => {
  await capture('SN2#1', 'qr', 'rrn')
  await capture('SN2#1', 'card', 'rrn')
  await capture('SN2#2', 'qr', 'rrn')
  await capture('SN2#1', 'qr', null)
  await capture('SN2#1', 'qr', null)
  await refused(capture('SN2#1', 'qr', 'rrn'), UNIQUE, 'captures_money_once')
})

test('I17: a QR cannot be written for a second attempt', async () => {
  const insert = `INSERT INTO qr_seen VALUES (sha256('qr'), new_id(), centre_now())`
  await world.sql(insert)
  await refused(world.sql(insert), UNIQUE, 'qr_seen_pkey')
})

/** Both sets by one statement: `second` is added to the second set. */
function postings(second: string): Promise<unknown> {
  return world.sql(`
    WITH ids AS MATERIALIZED (SELECT new_id() AS a, new_id() AS b, new_id() AS payment)
    INSERT INTO postings (id, set_id, set_kind, payment_id, account, tiyn, at)
    SELECT new_id(), p.set_id, 'capture', ids.payment, p.account, p.tiyn, centre_now()
    FROM ids CROSS JOIN LATERAL (VALUES
      (ids.a, 'customer', -100::bigint), (ids.a, 'source_credit', 100),
      (ids.b, 'customer', -50), ${second}) AS p (set_id, account, tiyn)`)
}

test('I3, M14: a set of postings that does not add up to zero is refused whole', async () => {
  await postings(`(ids.b, 'source_credit', 50)`)
  await refused(postings(`(ids.b, 'source_credit', 49)`), CHECK, 'postings_balance')
  // Two wrongs in two sets do not make it right.
  await refused(postings(`(ids.a, 'source_credit', 50)`), CHECK, 'postings_balance')
})

test('I6, A26: history and books are append-only, by trigger for the owner and by right for the centre', async () => {
  const paymentId = await world.create()
  await postings(`(ids.b, 'source_credit', 50)`)
  for (const table of ['payment_history', 'postings']) {
    await assert.rejects(world.sql(`UPDATE ${table} SET at = centre_now()`), /append-only/)
    await assert.rejects(world.sql(`DELETE FROM ${table}`), /append-only/)
    await refused(app.query(`UPDATE ${table} SET at = centre_now()`), NO_RIGHT)
    await refused(app.query(`DELETE FROM ${table}`), NO_RIGHT)
    await refused(app.query(`TRUNCATE ${table}`), NO_RIGHT)
  }
  const [partition] = await world.sql<{ name: string }>(
    'SELECT tableoid::regclass::text AS name FROM payment_history WHERE payment_id = $1',
    [paymentId],
  )
  // Nor by the way of one month.
  await refused(app.query(`DELETE FROM ${partition?.name}`), NO_RIGHT)
  await assert.rejects(world.sql(`DELETE FROM ${partition?.name}`), /append-only/)
})

test('the centre’s role owns nothing and changes no schema', async () => {
  await refused(app.query('ALTER TABLE payments DISABLE TRIGGER ALL'), NO_RIGHT)
  await refused(app.query('CREATE TABLE public.mine (a integer)'), NO_RIGHT)
  await refused(app.query('DROP TABLE payments'), NO_RIGHT)
  await refused(app.query(`INSERT INTO schema_migrations VALUES (9, 'x', 'x')`), NO_RIGHT)
})

const IMPOSSIBLE: readonly { change: string; constraint: string }[] = [
  { change: `status = 'paid'`, constraint: 'payments_paid_status' },
  { change: `paid_at = centre_now()`, constraint: 'payments_paid_by_credits' },
  {
    change: `credited_tiyn = 1000000, paid_tiyn = 1010000`,
    constraint: 'payments_paid_by_credits',
  },
  {
    change: `status = 'paid', paid_at = centre_now(), credited_tiyn = 999899, paid_tiyn = 1010000`,
    constraint: 'payments_paid_by_credits',
  },
  { change: `status = 'cancelled'`, constraint: 'payments_cancelled_status' },
  { change: `cancel_reason = 'expired'`, constraint: 'payments_cancelled_status' },
  { change: `credited_tiyn = 500000, paid_tiyn = 499999`, constraint: 'payments_gross_covers' },
  { change: `chosen_method = 'kaspi_gold'`, constraint: 'payments_chosen_whole' },
  { change: `qr_text = 'https://qr.kaspi.kz/1'`, constraint: 'payments_qr_whole' },
  { change: `status = 'refunded'`, constraint: 'payments_status_check' },
]

for (const { change, constraint } of IMPOSSIBLE) {
  test(`I7: a payment cannot be written with ${change}`, async () => {
    const id = await world.create()
    await refused(world.sql(`UPDATE payments SET ${change} WHERE id = $1`, [id]), CHECK, constraint)
  })
}

test('I5: what was promised does not change, and paid stays', async () => {
  const id = await world.create()
  const change = (what: string) => world.sql(`UPDATE payments SET ${what} WHERE id = $1`, [id])
  await change(
    `status = 'paid', paid_at = centre_now(), credited_tiyn = 999900, paid_tiyn = 1010000`,
  )
  const forbidden = [
    `paid_at = centre_now() + interval '1 second'`,
    `status = 'pending', paid_at = NULL, credited_tiyn = 0`,
    'paid_tiyn = 1009999',
    'original_tiyn = 999999',
    `currency = 'USD'`,
    'source_id = source_id + 1',
    'tolerance_tiyn = 101',
  ]
  for (const what of forbidden) await refused(change(what), CHECK, 'payments_facts')
  await change(`late = true, overpaid_tiyn = 100, paid_tiyn = 1010100`)
})

test('no sum is NaN, negative or beyond what a number holds', async () => {
  const id = await world.create()
  for (const value of ['-1', '9007199254740992']) {
    await refused(
      world.sql(`UPDATE payments SET paid_tiyn = ${value} WHERE id = $1`, [id]),
      CHECK,
      'tiyn_check',
    )
  }
  await assert.rejects(world.sql(`UPDATE payments SET paid_tiyn = 'NaN' WHERE id = $1`, [id]))
})
