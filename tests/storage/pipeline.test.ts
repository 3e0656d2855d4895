// Statements that travel one behind the other: each gets its own answer, and none falls with another.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { DatabaseUnavailable } from '../../packages/server/src/ports/database-unavailable.ts'
import { openPipeline, type Pipeline } from '../../packages/server/src/storage/pipeline.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'

let database: FreshDatabase
let pipeline: Pipeline
before(async () => {
  database = await freshDatabase()
  pipeline = openPipeline({ connectionString: database.url, application_name: 'lanes' }, 2)
})
after(async () => {
  await pipeline.close()
  await database.drop()
})

const ECHO = { name: 'echo', text: 'SELECT $1::integer AS n, pg_sleep($2) IS NOT NULL AS slept' }
const BROKEN = { name: 'broken', text: 'SELECT 1 / $1::integer AS n' }

const echo = async (n: number, seconds = 0) => {
  const [row] = await pipeline.rows<{ n: number }>(ECHO, [n, seconds])
  return row?.n
}

test('500 at once over two lanes: each gets its own answer', async () => {
  const asked = Array.from({ length: 500 }, (_, n) => n)
  assert.deepEqual(await Promise.all(asked.map((n) => echo(n))), asked)
})

test('a statement that fails takes no other with it', async () => {
  const results = await Promise.allSettled([
    echo(1),
    pipeline.rows(BROKEN, [0]),
    echo(2),
    pipeline.rows(BROKEN, [0]),
    echo(3),
  ])
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
  )
})

test('a cut lane: what was on its way is unavailable, never repeated, and the next call has another', async () => {
  const underWay = Array.from({ length: 6 }, (_, n) => echo(n, 0.5))
  const settled = Promise.allSettled(underWay)
  await new Promise((resolve) => setTimeout(resolve, 150))
  const client = new pg.Client({ connectionString: database.superuserUrl })
  await client.connect()
  await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'lanes'`)
  await client.end()
  for (const result of await settled) {
    assert.equal(result.status, 'rejected')
    assert.ok(result.reason instanceof DatabaseUnavailable, String(result.reason))
  }
  assert.equal(await echo(7), 7)
})

test('a closed pipeline is unavailable', async () => {
  const closed = openPipeline({ connectionString: database.url }, 1)
  await closed.close()
  await assert.rejects(closed.rows(ECHO, [1, 0]), DatabaseUnavailable)
})
