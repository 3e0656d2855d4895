// What a page of payments is read from: its cost must not grow with the years that are kept.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EVERYTHING } from '@byfly-pay/core'
import pg from 'pg'
import { readRows } from '../../packages/server/src/storage/ledger-rows.ts'
import { run, standaloneSession } from '../../packages/server/src/storage/session.ts'
import { openWorld } from './storage-world.ts'

interface Plan {
  readonly 'Relation Name'?: string
  readonly Plans?: readonly Plan[]
}

function tablesOf(plan: Plan): string[] {
  const own = plan['Relation Name'] === undefined ? [] : [plan['Relation Name']]
  return [...own, ...(plan.Plans ?? []).flatMap(tablesOf)]
}

test('the rows of a page are looked for in their own months alone', async () => {
  const world = await openWorld()
  const client = new pg.Client({ connectionString: world.database.url })
  try {
    await client.connect()
    const id = await world.create()
    const plans: Plan[] = []
    const explaining = standaloneSession(async (statement, values) => {
      const explained = { name: null, text: `EXPLAIN (FORMAT JSON) ${statement.text}` }
      const [row] = await run<{ 'QUERY PLAN': [{ Plan: Plan }] }>(client, explained, values)
      assert.ok(row !== undefined)
      plans.push(row['QUERY PLAN'][0].Plan)
      return run(client, statement, values)
    })
    const rows = await readRows(explaining, EVERYTHING, [{ id, place: null }])
    assert.equal(rows.length, 1)
    const [month] = await world.sql<{ name: string }>(
      'SELECT tableoid::regclass::text AS name FROM payments WHERE id = $1',
      [id],
    )
    const months = plans.flatMap(tablesOf).filter((name) => /_\d{4}_\d{2}$/.test(name))
    assert.deepEqual(months, [month?.name])
  } finally {
    await client.end()
    await world.close()
  }
})
