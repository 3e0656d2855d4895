// Transactions through everything that can happen to them: races, cut connections, a lost answer to
// COMMIT, a database that is away.

import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import { decide } from '@byfly-pay/core'
import pg from 'pg'
import { DatabaseUnavailable } from '../../packages/server/src/ports/database-unavailable.ts'
import type { Transaction } from '../../packages/server/src/ports/transaction.ts'
import { type OpenedStorage, openStorage } from '../../packages/server/src/storage/open.ts'
import { sessionOf } from '../../packages/server/src/storage/session.ts'
import { quietLog } from '../support/test-server.ts'
import { until } from '../support/until.ts'
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy.ts'
import { GOLD, INSTANCE, openWorld, plainVault, type StorageWorld } from './storage-world.ts'

let world: StorageWorld
let proxy: CuttingProxy
before(async () => {
  world = await openWorld()
  proxy = await startCuttingProxy(world.database.url)
  await world.sql('CREATE TABLE notes (note text)')
  await world.sql('GRANT ALL ON notes TO byfly_app')
})
after(async () => {
  await proxy.stop()
  await world.end()
})

let statements = 0

/** Any SQL, for tests that need more than the stores do. */
function run<Row>(tx: Transaction, text: string, values: readonly unknown[] = []): Promise<Row[]> {
  statements += 1
  return sessionOf(tx).rows<Row>({ name: `test_${statements}`, text }, values)
}

async function notes(): Promise<string[]> {
  return (await world.sql<{ note: string }>('SELECT note FROM notes ORDER BY 1')).map(
    ({ note }) => note,
  )
}

function throughProxy() {
  return openStorage({ url: proxy.url, log: quietLog, vault: plainVault, poolSize: 2 })
}

test('what the work throws is thrown, and nothing of it is kept', async () => {
  const failure = new Error('own')
  const work = world.storage.transaction(async (tx) => {
    await run(tx, `INSERT INTO notes VALUES ('never')`)
    throw failure
  })
  await assert.rejects(work, failure)
  assert.deepEqual(await notes(), [])
})

test('a swallowed error does not pass for a commit', async () => {
  const work = world.storage.transaction(async (tx) => {
    await run(tx, `INSERT INTO notes VALUES ('never')`)
    await run(tx, 'SELECT 1 / 0').catch(() => {})
  })
  await assert.rejects(work, /скрыта/)
  assert.deepEqual(await notes(), [])
})

for (const state of ['40001', '40P01']) {
  test(`a transaction that lost a race (${state}) runs again, a bounded number of times`, async () => {
    let runs = 0
    const fails = (times: number) =>
      world.storage.transaction(async (tx) => {
        runs += 1
        if (runs > times) return runs
        await run(tx, `DO $$ BEGIN RAISE EXCEPTION 'race' USING ERRCODE = '${state}'; END $$`)
        return 0
      })
    assert.equal(await fails(4), 5)
    runs = 0
    await assert.rejects(fails(99), DatabaseUnavailable)
    assert.equal(runs, 5)
  })
}

test('two transactions that lock each other out both come to their end', async () => {
  const ids = [await world.create(), await world.create()]
  const { payments } = world.storage
  const lockBoth = (order: readonly string[]) =>
    world.storage.transaction(async (tx) => {
      for (const id of order) {
        await payments.lock(tx, id)
        await run(tx, 'SELECT pg_sleep(0.05)')
      }
      return true
    })
  const both = [lockBoth(ids), lockBoth([...ids].reverse())]
  assert.deepEqual(await Promise.all(both), [true, true])
})

test('a unique violation that is no race is the caller’s to see, once', async () => {
  let runs = 0
  const work = world.storage.transaction(async (tx) => {
    runs += 1
    await run(tx, `INSERT INTO settings VALUES ('taking_money', 'true')`)
  })
  await assert.rejects(work, pg.DatabaseError)
  assert.equal(runs, 1)
})

test('a backend killed in mid-work: the work runs again on another connection', async () => {
  let runs = 0
  await world.storage.transaction(async (tx) => {
    runs += 1
    await run(tx, `INSERT INTO notes VALUES ('killed')`)
    if (runs > 1) return
    const [backend] = await run<{ pid: number }>(tx, 'SELECT pg_backend_pid() AS pid')
    await world.sql('SELECT pg_terminate_backend($1)', [backend?.pid])
    await run(tx, 'SELECT 1')
  })
  assert.equal(runs, 2)
  assert.deepEqual(await notes(), ['killed'])
  await world.sql('TRUNCATE notes')
})

test('the answer to COMMIT is lost: the work runs again and finds its own effect', async () => {
  const opened = throughProxy()
  const effects: string[] = []
  const result = await opened.storage.transaction(async (tx) => {
    const found = await run<{ note: string }>(tx, `SELECT note FROM notes WHERE note = 'once'`)
    if (found.length > 0) {
      effects.push('found')
      return 'found'
    }
    await run(tx, `INSERT INTO notes VALUES ('once')`)
    effects.push('made')
    proxy.loseAnswerTo('COMMIT')
    return 'made'
  })
  assert.equal(result, 'found')
  assert.deepEqual(effects, ['made', 'found'])
  assert.deepEqual(await notes(), ['once'])
  await opened.close()
})

test('the answer to a single statement is lost: unavailable, never repeated', async () => {
  const opened = throughProxy()
  const externalId = 'lost-answer'
  proxy.loseAnswerTo(externalId)
  const create = () => opened.storage.payments.create(world.newPayment({ externalId }))
  await assert.rejects(create(), DatabaseUnavailable)
  assert.equal((await create()).kind, 'external_id_taken')
  await opened.close()
})

test('a database that is away: unavailable and not ready, and all is well when it is back', async () => {
  const opened = throughProxy()
  assert.equal(await opened.isReady(), true)
  await proxy.stop()
  assert.equal(await opened.isReady(), false)
  await assert.rejects(
    opened.storage.transaction(async () => {}),
    DatabaseUnavailable,
  )
  await assert.rejects(opened.storage.accounts.isTakingMoney(), DatabaseUnavailable)
  await opened.close()
  proxy = await startCuttingProxy(world.database.url)
  const again = throughProxy()
  assert.equal(await again.isReady(), true)
  await again.close()
})

test('idle connections that are cut are replaced without anybody noticing', async () => {
  const { storage } = world
  await Promise.all(Array.from({ length: 10 }, () => storage.accounts.isTakingMoney()))
  await world.sql(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE usename = 'byfly_app' AND datname = current_database()`,
  )
  // The news of the cut takes its way through the event loop.
  await new Promise((resolve) => setTimeout(resolve, 100))
  assert.equal(await storage.accounts.isTakingMoney(), true)
})

test('a lock that is not had in time is unavailable, and the connection is good for more', async () => {
  const id = await world.create()
  const holder = new pg.Client({ connectionString: world.database.superuserUrl })
  await holder.connect()
  await holder.query('BEGIN')
  await holder.query('SELECT 1 FROM payments WHERE id = $1 FOR UPDATE', [id])
  const work = world.storage.transaction(async (tx) => {
    await run(tx, `SET LOCAL lock_timeout = '100ms'`)
    await world.storage.payments.lock(tx, id)
  })
  await assert.rejects(work, DatabaseUnavailable)
  await holder.query('ROLLBACK')
  await holder.end()
  assert.notEqual(
    await world.storage.transaction((tx) => world.storage.payments.lock(tx, id)),
    null,
  )
})

test('the limits of every connection are the storage’s own', async () => {
  const [limits] = await world.storage.transaction((tx) =>
    run<Record<string, string>>(
      tx,
      `SELECT current_setting('statement_timeout') AS statement,
         current_setting('lock_timeout') AS lock,
         current_setting('idle_in_transaction_session_timeout') AS idle,
         current_setting('search_path') AS path, current_setting('TimeZone') AS zone,
         current_setting('application_name') AS name,
         current_setting('transaction_isolation') AS isolation`,
    ),
  )
  assert.deepEqual(limits, {
    statement: '15s',
    lock: '10s',
    idle: '30s',
    path: 'public',
    zone: 'UTC',
    name: 'byfly-pay',
    isolation: 'read committed',
  })
})

/** What the database was asked last on a connection on which nothing is answered any more from `unanswered` on. */
async function assertAskedLast(
  t: TestContext,
  unanswered: string,
  expected: RegExp,
  work: (tx: Transaction, opened: OpenedStorage) => Promise<unknown>,
) {
  const deaf = await startCuttingProxy(world.database.url)
  deaf.mute(unanswered)
  const opened = openStorage({ url: deaf.url, log: quietLog, vault: plainVault, poolSize: 1 })
  t.after(async () => {
    await deaf.stop()
    await opened.close()
  })
  const cut = assert.rejects(
    opened.storage.transaction((tx) => work(tx, opened)),
    DatabaseUnavailable,
  )
  const asked = async () => {
    const [row] = await world.sql<{ query: string }>(
      `SELECT query FROM pg_stat_activity WHERE datname = current_database()
         AND usename = 'byfly_app' AND state = 'idle in transaction'`,
    )
    return row?.query ?? ''
  }
  await until(async () => expected.test(await asked()))
  // What travelled behind it would be done by now.
  assert.match(await asked(), expected)
  await deaf.stop()
  await cut
}

test('the lock and the reading of a payment travel behind BEGIN', async (t) => {
  const paymentId = await world.create()
  await assertAskedLast(t, 'BEGIN', /FROM payments p/, (tx, { storage }) =>
    storage.payments.lock(tx, paymentId),
  )
})

test('what writes waits until BEGIN was answered', async (t) => {
  await assertAskedLast(t, 'BEGIN', /^BEGIN/, (tx) => run(tx, `INSERT INTO notes VALUES ('alone')`))
})

test('what a decision comes to is sent whole, before the first of it is answered', async (t) => {
  const [paymentId, terminalId] = [await world.create(), await world.addTerminal()]
  await assertAskedLast(t, 'payment_save', /AS c \(id uuid/, async (tx, { storage }) => {
    const locked = await storage.payments.lock(tx, paymentId)
    assert.ok(locked)
    const { freshId: attemptId, now, payment } = locked
    const request = { terms: GOLD, partTiyn: null, presence: 'remote' } as const
    const decision = decide(payment, { kind: 'reserve', attemptId, terminalId, request }, now)
    assert.ok(decision.kind === 'applied')
    await storage.payments.save(tx, locked, decision, [], INSTANCE)
  })
})
