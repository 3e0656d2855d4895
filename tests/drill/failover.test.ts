// A standby takes over in the middle of payments: with a synchronous one nothing that was acknowledged is
// missing, the instance goes on by itself, and the terminals are put on a desk to be compared.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { checkBooks } from '../crash/check-books.ts'
import { startCluster } from '../crash/cluster.ts'
import { untilAtRest } from '../crash/rest.ts'
import type { Told } from '../crash/shop-client.ts'
import { startWorld, type World } from '../crash/world.ts'
import { readRows } from '../support/read-rows.ts'
import { until } from '../support/until.ts'
import { copyCluster } from './copied-cluster.ts'

const cleanUp: (() => Promise<unknown>)[] = []
after(async () => {
  for (const step of cleanUp.reverse()) await step()
})

const TERMINALS = 8
const PAYMENTS = 6

test('a failover in the middle of payments loses nothing that was acknowledged', async () => {
  const cluster = await startCluster()
  cleanUp.push(() => cluster.close())
  const world = await startWorld(cluster.database, { terminals: TERMINALS })
  cleanUp.push(() => world.close())
  const standby = await (await copyCluster(cluster, 'standby')).start()
  cleanUp.push(() => standby.close())
  await world.sql(`ALTER SYSTEM SET synchronous_standby_names = 'standby'`)
  await world.sql('SELECT pg_reload_conf()')
  await until(async () => {
    const [row] = await world.sql('SELECT sync_state FROM pg_stat_replication')
    return row?.sync_state === 'sync'
  })
  const instance = await world.start()
  const url = await instance.begin()
  const ids: string[] = []
  for (let n = 0; n < PAYMENTS; n += 1) {
    ids.push((await world.client.init(url, 100_000 + n * 100, `init-${n}`)).id ?? '')
  }
  const paying = ids.map((id) => pay(world, url, id))
  await Promise.race(paying)

  // The old primary is cut off before the standby is promoted: its commits wait for one that is gone.
  world.line.leadTo({ host: '127.0.0.1', port: standby.port })
  world.line.cut()
  cluster.killServer()
  await standby.promote()
  await Promise.all(paying)
  const sql: World['sql'] = (text, values) => readRows(standby.database.superuserUrl, text, values)
  await untilAtRest({ sql }, 30_000)
  for (const id of ids) {
    const told = await world.client.status(url, id)
    assert.equal(told.body.data.status, 'paid')
  }
  const wrong = await checkBooks({
    sql,
    journal: world.simulator.journal,
    told: world.client.journal,
    received: world.receiver.received,
  })
  assert.deepEqual(wrong, [])
  await until(async () => {
    const [{ tasks }] = await sql(
      `SELECT count(*)::integer AS tasks FROM tasks WHERE kind = 'books_restored'`,
    )
    return tasks === TERMINALS
  })
})

/** Asks until there is a QR, and pays it. */
async function pay({ client, simulator }: World, url: string, id: string): Promise<void> {
  let told: Told
  let part = 1
  do {
    told = await client.kaspi(url, id, String(part))
    if (told.outcome === 'fail') part += 1
    if (told.body?.code === 'already_paid') return
  } while (told.outcome !== 'ok')
  simulator.phone.scan({ qr: told.body.data.qr_code })
}
