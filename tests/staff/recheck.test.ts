// What a terminal still remembers against the books (I4): asked once more after the end, a difference is put
// on a desk once, and nothing else is changed by it.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { recheckTerminals } from '../../packages/server/src/reconciliation/recheck-terminals.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'

let centre: TestCentre

before(async () => {
  centre = await startTestCentre({ terminals: [{ camera: 'json' }] })
})
after(() => centre.stop())

/** A finished operation as it stands an hour later. Its id is of its beginning. */
async function anHourAgo(outcome: 'confirm' | 'decline'): Promise<string> {
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code, outcome })
  await centre.until(id, outcome === 'confirm' ? 'paid' : 'failed')
  const [{ attempt }] = await centre.sql(
    `WITH old AS (
       SELECT id, uuid7_at(now() - interval '1 hour') AS earlier FROM attempts ORDER BY id DESC LIMIT 1
     ), moved AS (
       UPDATE captures c SET attempt_id = old.earlier FROM old WHERE c.attempt_id = old.id
     )
     UPDATE attempts a SET id = old.earlier FROM old WHERE a.id = old.id RETURNING a.id AS attempt`,
  )
  return attempt
}

async function entries() {
  return centre.sql(
    `SELECT attempt_id, facts FROM tasks WHERE kind = 'terminal_disagrees' ORDER BY id`,
  )
}

test('what agrees, and what it has forgotten, is no difference', async () => {
  await anHourAgo('confirm')
  await anHourAgo('decline')
  const forgotten = await anHourAgo('decline')
  await centre.sql(`UPDATE attempts SET process_id = '999999' WHERE id = $1`, [forgotten])
  assert.equal(await recheckTerminals(centre.running.centre), 0)
  assert.deepEqual(await entries(), [])
})

test('another sum than was booked, and money where none was booked, are found once', async () => {
  const paid = await anHourAgo('confirm')
  await centre.sql('UPDATE captures SET gross_tiyn = gross_tiyn + 500 WHERE attempt_id = $1', [
    paid,
  ])
  const lost = await anHourAgo('confirm')
  await centre.sql('DELETE FROM captures WHERE attempt_id = $1', [lost])
  await centre.sql(`UPDATE attempts SET state = 'failed' WHERE id = $1`, [lost])
  assert.equal(await recheckTerminals(centre.running.centre), 2)
  assert.equal(await recheckTerminals(centre.running.centre), 0)
  const found = await entries()
  assert.deepEqual(
    found.map(({ attempt_id: attempt, facts }) => [attempt, facts.booked, facts.told]).sort(),
    [
      [paid, '101500', '101000'],
      [lost, null, '101000'],
    ].sort(),
  )
})

test('rule 7: a process id that began again after a reset is another payment’s money', async () => {
  const declined = await anHourAgo('decline')
  const paid = await anHourAgo('confirm')
  await centre.sql(
    `UPDATE attempts SET process_id = (SELECT process_id FROM attempts WHERE id = $2) WHERE id = $1`,
    [declined, paid],
  )
  assert.equal(await recheckTerminals(centre.running.centre), 0)
})
