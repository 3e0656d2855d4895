// The command line goes through the same doors as the administration: what it writes is checked alike, and
// its line of the audit names the account on the machine.

import assert from 'node:assert/strict'
import { userInfo } from 'node:os'
import { after, before, test } from 'node:test'
import { byfly } from '../support/byfly.ts'
import { client, startTestCentre, type TestCentre } from '../support/centre.ts'
import { until } from '../support/until.ts'

let centre: TestCentre
before(async () => {
  centre = await startTestCentre({ terminals: 1 })
})
after(() => centre.stop())

/** As in production: nothing of a demonstration stands in for what is missing. */
const run = (...words: string[]) => byfly(centre.database, words, { BYFLY_MODE: 'production' })

async function lastLine() {
  const [line] = await centre.sql('SELECT * FROM audit_log ORDER BY seq DESC LIMIT 1')
  assert.equal(line.actor_kind, 'cli')
  assert.equal(line.actor_name, userInfo().username)
  return line
}

test('L3: staff are entered, listed, blocked and let in; the last super admin is not shut out', async () => {
  const added = await run('admin', 'add', '87012223344', '--name', 'Глава', '--role', 'super_admin')
  assert.equal(added.code, 0, added.out)
  assert.equal((await lastLine()).action, 'admin.created')
  const [{ id, ...row }] = await centre.sql('SELECT id, phone, role FROM admins')
  assert.deepEqual(row, { phone: '+77012223344', role: 'super_admin' })
  const refused = await run('admin', 'block', String(id))
  assert.deepEqual([refused.code === 0, /последний/.test(refused.out)], [false, true], refused.out)
  const lists = ['--countries', 'Казахстан,uz', '--systems', 'kaspi']
  const cashier = ['admin', 'add', '+77012223355', '--name', 'Касса', '--role', 'cashier']
  assert.equal((await run(...cashier)).code, 1)
  assert.equal((await run(...cashier, ...lists)).code, 0)
  assert.equal((await run(...cashier, ...lists)).code, 1)
  const { out: said } = await run('admin', 'list')
  assert.match(said, /\+77012223355 +Касса +cashier +да +KZ,UZ +kaspi/)
  for (const [word, action, isActive] of [
    ['block', 'admin.blocked', false],
    ['unblock', 'admin.unblocked', true],
  ] as const) {
    assert.equal((await run('admin', word, String(id + 1))).code, 0)
    assert.equal((await lastLine()).action, action)
    const [now] = await centre.sql('SELECT is_active FROM admins WHERE id = $1', [id + 1])
    assert.equal(now.is_active, isActive)
  }
})

test('sources are made and their keys changed', async () => {
  const added = await run('source', 'add', 'CRM', '--type', 'other', '--json')
  const { id, api_token: first } = JSON.parse(added.out)
  assert.equal((await lastLine()).action, 'source.created')
  const works = async (token: string) =>
    (await client(centre.url, token).call('GET', '/api/payment-methods')).status === 200
  assert.equal(await works(first), true)
  const rotate = ['source', 'rotate', String(id), '--what', 'token', '--overlap-hours']
  const rotated = await run(...rotate, '0')
  const fresh = /[0-9a-f]{64}/.exec(rotated.out)?.[0] ?? assert.fail(rotated.out)
  assert.deepEqual((await lastLine()).facts, { overlapHours: 0 })
  assert.equal(await works(fresh), true)
  await until(async () => !(await works(first)))
  assert.equal((await run(...rotate, '721')).code, 1)
  assert.equal((await run('source', 'rotate', '99999', '--what', 'secret')).code, 1)
  const inside = await run('source', 'add', 'X', '--webhook', 'https://127.0.0.1/hook')
  assert.match(inside.out, /https-адрес/)
})

test('T11: money is stopped and started with a reason', async () => {
  assert.equal((await run('money', 'stop')).code, 1)
  assert.equal((await run('money', 'stop', '--reason', 'сверка')).code, 0)
  assert.deepEqual((await lastLine()).facts, { reason: 'сверка' })
  assert.match((await run('money', 'status')).out, /остановлен[\s\S]*сверка/)
  assert.equal((await run('money', 'start', '--reason', 'сошлось')).code, 0)
  assert.match((await run('money', 'status')).out, /^Деньги принимаются/)
})
