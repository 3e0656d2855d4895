// The audit: appended in the transaction of the write, numbered without gaps, chained, and not to be
// changed even by the centre's own role (I15, A26).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { audited } from '../../packages/server/src/accounts/audited.ts'
import { verifyAudit } from '../../packages/server/src/accounts/verify-audit.ts'
import type { Actor } from '../../packages/server/src/ports/actor.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs } from '../support/staff.ts'

const ACTOR: Actor = { kind: 'cli', name: 'root' }
let centre: TestCentre

before(async () => {
  centre = await startTestCentre({ terminals: 1 })
})
after(() => centre.stop())

function write(id: string, facts: Record<string, unknown> = {}): Promise<void> {
  return audited(centre.running.centre, ACTOR, async () => ({
    result: undefined,
    line: { action: 'thing.changed', target: { kind: 'thing', id }, facts },
  }))
}

test('fifty at once are numbered without a gap, and the chain is whole', async () => {
  const [{ seq: before }] = await centre.sql('SELECT max(seq) AS seq FROM audit_log')
  await Promise.all(Array.from({ length: 50 }, (_, n) => write(String(n), { n, text: 'ё"\n' })))
  const verdict = await verifyAudit(centre.running.centre)
  assert.ok(verdict.kind === 'whole')
  assert.equal(verdict.lines, BigInt(before) + 50n)
  const [last] = await centre.sql(
    "SELECT encode(hash, 'hex') AS hash FROM audit_log ORDER BY seq DESC LIMIT 1",
  )
  assert.equal(verdict.head, last.hash)
})

test('what was rolled back leaves no line', async () => {
  const { length: before } = await centre.sql('SELECT FROM audit_log')
  await assert.rejects(
    audited(centre.running.centre, ACTOR, async () => {
      throw new Error('no')
    }),
  )
  await audited(centre.running.centre, ACTOR, async () => ({ result: null, line: null }))
  assert.equal((await centre.sql('SELECT FROM audit_log')).length, before)
})

test('super admins read it, the newest first, page by page', async () => {
  const staff = await loginAs(centre, 'super_admin')
  const first = await staff.call('GET', '/api/admin/audit?target_kind=thing&limit=30')
  assert.equal(first.status, 200, first.text)
  const { lines, next_cursor: cursor } = first.body.data
  assert.equal(lines.length, 30)
  assert.deepEqual(
    [lines[0].actor, lines[0].actor_name, lines[0].action],
    ['cli', 'root', 'thing.changed'],
  )
  const second = await staff.call(
    'GET',
    `/api/admin/audit?target_kind=thing&limit=30&cursor=${cursor}`,
  )
  assert.equal(second.body.data.lines.length, 20)
  assert.equal(second.body.data.next_cursor, null)
  assert.ok(second.body.data.lines[0].seq < lines.at(-1).seq)
  for (const query of ['limit=0', 'limit=1001', 'cursor=x', 'admin_id=-1', 'action=%00']) {
    assert.equal((await staff.call('GET', `/api/admin/audit?${query}`)).status, 400, query)
  }
})

test('A26: nobody can change a line; a flipped byte is found at its line', async () => {
  const { url } = centre.database
  const { default: pg } = await import('pg')
  const asCentre = new pg.Client({ connectionString: url })
  await asCentre.connect()
  for (const attack of [
    "UPDATE audit_log SET actor_name = 'x'",
    'DELETE FROM audit_log',
    'TRUNCATE audit_log',
    'ALTER TABLE audit_log DISABLE TRIGGER ALL',
  ]) {
    await assert.rejects(asCentre.query(attack), /permission denied|must be owner/)
  }
  await asCentre.end()
  await assert.rejects(centre.sql("UPDATE audit_log SET actor_name = 'x'"), /append-only/)
  await assert.rejects(centre.sql('TRUNCATE audit_log'), /append-only/)

  const tampering = async (sql: string) => {
    await centre.sql(
      `ALTER TABLE audit_log DISABLE TRIGGER audit_log_append_only; ${sql};
       ALTER TABLE audit_log ENABLE TRIGGER audit_log_append_only`,
    )
    return verifyAudit(centre.running.centre)
  }
  const whole = await verifyAudit(centre.running.centre)
  assert.equal(whole.kind, 'whole')
  const changed = await tampering("UPDATE audit_log SET actor_name = 'toor' WHERE seq = 7")
  assert.deepEqual(changed, { kind: 'broken', seq: 7n, fault: 'changed' })
  await tampering("UPDATE audit_log SET actor_name = 'root' WHERE seq = 7")
  const rehashed = await tampering(
    `UPDATE audit_log AS line SET hash = sha256(convert_to('x', 'UTF8')) WHERE seq = 9`,
  )
  assert.deepEqual(rehashed, { kind: 'broken', seq: 9n, fault: 'changed' })
  const gone = await tampering('DELETE FROM audit_log WHERE seq = 5')
  assert.deepEqual(gone, { kind: 'broken', seq: 6n, fault: 'gap' })
})

test('numbers, dates and hashes are the database’s own, whatever is inserted', async () => {
  await centre.sql(
    `INSERT INTO audit_log (seq, at, actor_kind, actor_name, action, target_kind, prev_hash, hash)
     VALUES (1, '2000-01-01', 'cli', 'x', 'a.b', 'thing', '\\x00', '\\x00')`,
  )
  const [last] = await centre.sql(
    'SELECT seq, at > now() - interval $$1 minute$$ AS fresh FROM audit_log ORDER BY seq DESC LIMIT 1',
  )
  assert.ok(Number(last.seq) > 50)
  assert.equal(last.fresh, true)
})
