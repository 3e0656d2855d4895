// The drill of I18: a backup is restored after money was taken. What the older books hold open is asked
// again, what they take for never called is not trusted, and every terminal is put on a desk.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { checkBooks } from '../crash/check-books.ts'
import { startCluster } from '../crash/cluster.ts'
import { untilAtRest } from '../crash/rest.ts'
import { uuidOf } from '../crash/watched.ts'
import { startWorld } from '../crash/world.ts'
import { byfly } from '../support/byfly.ts'
import { freshDatabase } from '../support/database.ts'
import { readRows } from '../support/read-rows.ts'
import { until } from '../support/until.ts'
import { copyCluster } from './copied-cluster.ts'
import { create, everyOperationIsMinded, pay, standAt, startOf, statusOf } from './cut-books.ts'

const cleanUp: (() => Promise<unknown>)[] = []
after(async () => {
  for (const step of cleanUp.reverse()) await step()
})

const TERMINALS = 6

test('I18: after a restore every attempt since the cut is asked again or has a task', async () => {
  const cluster = await startCluster()
  cleanUp.push(() => cluster.close())
  const world = await startWorld(cluster.database, {
    terminals: TERMINALS,
    timing: { scanWaitMs: 30_000 },
  })
  cleanUp.push(() => world.close())
  const { client, line, receiver, simulator } = world
  const standing = standAt('reserved')
  const first = await world.start(standing.listener)
  const url = await first.begin()

  const paidBefore = await create(world, url, 1)
  await pay(world, url, paidBefore)
  await until(async () => (await statusOf(world, paidBefore)) === 'paid')
  const pending = await create(world, url, 2)
  const live = await create(world, url, 3)
  const liveQr = await startOf(world, url, live)
  const reserved = await create(world, url, 4)
  standing.hold(reserved)
  const startedAfterwards = client.kaspi(url, reserved, '1')
  await standing.arrived

  // The cut: what follows is known to the terminals, and to books that will be gone.
  const copy = await copyCluster(cluster, 'restored')
  const cutAt = new Date().toISOString()
  const toldBefore = [...client.journal]
  standing.letGo()
  simulator.phone.scan({ qr: (await startedAfterwards).body.data.qr_code })
  simulator.phone.scan({ qr: liveQr })
  await pay(world, url, pending)
  await pay(world, url, await create(world, url, 5))
  await until(() => simulator.journal.entries.length === 5)
  await first.kill()

  const restored = await copy.start()
  cleanUp.push(() => restored.close())
  line.leadTo({ host: '127.0.0.1', port: restored.port })
  const sql = (text: string, values?: readonly unknown[]) =>
    readRows(restored.database.superuserUrl, text, values)
  await until(async () => {
    const [{ inside }] = await sql('SELECT pg_is_in_recovery() AS inside')
    return !inside
  })
  const [was] = await sql('SELECT state FROM attempts WHERE payment_id = $1', [uuidOf(reserved)])
  assert.equal(was.state, 'reserved', 'копия снята не там, где задумано')
  const second = await world.start()
  const reborn = await second.begin()
  await untilAtRest({ sql }, 30_000)

  const asked = await client.status(reborn, live)
  assert.equal(asked.body.data.status, 'paid', 'открытая попытка доспрошена')
  const [lost] = await sql('SELECT state FROM attempts WHERE payment_id = $1', [uuidOf(reserved)])
  assert.equal(lost.state, 'abandoned', '«не вызывали» после восстановления ничего не доказывает')
  const wrong = await checkBooks({
    sql,
    journal: simulator.journal,
    told: toldBefore,
    received: receiver.received,
  })
  assert.deepEqual(wrong, [])
  await everyOperationIsMinded(world, sql, cutAt)
  const again = await world.start()
  await again.begin()
  const [{ tasks }] = await sql(
    `SELECT count(*)::integer AS tasks FROM tasks WHERE kind = 'books_restored'`,
  )
  assert.equal(tasks, TERMINALS, 'по одной задаче на терминал, и второй запуск их не повторяет')
})

test('a folder that was copied back looks the same: a person says so, once, with an audit line', async () => {
  const database = await freshDatabase()
  cleanUp.push(() => database.drop())
  const world = await startWorld(database, { terminals: 2 })
  cleanUp.push(() => world.close())
  const refused = await byfly(database, ['restored', '--since', '2026-01-31 10:00'])
  assert.notEqual(refused.code, 0)
  assert.match(refused.out, /с поясом/)
  const restored = await byfly(database, ['restored', '--since', '2026-01-31T10:00:00+05:00'])
  assert.equal(restored.code, 0, restored.out)
  const tasks = await world.sql('SELECT kind, terminal_id, facts FROM tasks ORDER BY terminal_id')
  assert.deepEqual(
    tasks.map(({ facts, kind }) => [kind, facts.since]),
    [1, 2].map(() => ['books_restored', '2026-01-31T05:00:00.000Z']),
  )
  const [line] = await world.sql(`SELECT action, facts FROM audit_log ORDER BY seq DESC LIMIT 1`)
  assert.equal(line.action, 'books.restored')
  const verified = await byfly(database, ['audit', 'verify'])
  assert.equal(verified.code, 0, verified.out)
})
