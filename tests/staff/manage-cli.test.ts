// The command line goes through the same doors as the administration: what it writes is checked alike, and
// its line of the audit names the account on the machine.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { client, startTestCentre, type TestCentre } from '../support/centre.ts'
import { until } from '../support/until.ts'

const BYFLY = join(import.meta.dirname, '../../packages/server/src/cli/byfly.ts')
const run = promisify(execFile)

let centre: TestCentre
before(async () => {
  centre = await startTestCentre({ terminals: 1 })
})
after(() => centre.stop())

/** What it printed, and whether it was content. */
async function byfly(...words: string[]): Promise<{ readonly ok: boolean; readonly said: string }> {
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: centre.database.url,
    DATABASE_OWNER_URL: centre.database.ownerUrl,
    BYFLY_SECRET_KEY: 'a secret key for tests, never for anything real',
  }
  try {
    const { stdout } = await run(process.execPath, [BYFLY, ...words], { env })
    return { ok: true, said: stdout }
  } catch (error) {
    return { ok: false, said: (error as { readonly stderr: string }).stderr }
  }
}

async function lastLine() {
  const [line] = await centre.sql('SELECT * FROM audit_log ORDER BY seq DESC LIMIT 1')
  assert.equal(line.actor_kind, 'cli')
  assert.equal(line.actor_name, userInfo().username)
  return line
}

test('L3: staff are entered, listed, blocked and let in; the last super admin is not shut out', async () => {
  const added = await byfly(
    'admin',
    'add',
    '87012223344',
    '--name',
    'Глава',
    '--role',
    'super_admin',
  )
  assert.equal(added.ok, true, added.said)
  assert.equal((await lastLine()).action, 'admin.created')
  const [{ id, ...row }] = await centre.sql('SELECT id, phone, role FROM admins')
  assert.deepEqual(row, { phone: '+77012223344', role: 'super_admin' })
  const refused = await byfly('admin', 'block', String(id))
  assert.deepEqual([refused.ok, /последний/.test(refused.said)], [false, true], refused.said)
  const lists = ['--countries', 'Казахстан,uz', '--systems', 'kaspi']
  const cashier = ['admin', 'add', '+77012223355', '--name', 'Касса', '--role', 'cashier']
  assert.equal((await byfly(...cashier)).ok, false)
  assert.equal((await byfly(...cashier, ...lists)).ok, true)
  assert.equal((await byfly(...cashier, ...lists)).ok, false)
  const { said } = await byfly('admin', 'list')
  assert.match(said, /\+77012223355 +Касса +cashier +да +KZ,UZ +kaspi/)
  for (const [word, action, isActive] of [
    ['block', 'admin.blocked', false],
    ['unblock', 'admin.unblocked', true],
  ] as const) {
    assert.equal((await byfly('admin', word, String(id + 1))).ok, true)
    assert.equal((await lastLine()).action, action)
    const [now] = await centre.sql('SELECT is_active FROM admins WHERE id = $1', [id + 1])
    assert.equal(now.is_active, isActive)
  }
})

test('sources are made and their keys changed', async () => {
  const added = await byfly('source', 'add', 'CRM', '--type', 'other', '--json')
  const { id, api_token: first } = JSON.parse(added.said)
  assert.equal((await lastLine()).action, 'source.created')
  const works = async (token: string) =>
    (await client(centre.url, token).call('GET', '/api/payment-methods')).status === 200
  assert.equal(await works(first), true)
  const rotate = ['source', 'rotate', String(id), '--what', 'token', '--overlap-hours']
  const rotated = await byfly(...rotate, '0')
  const fresh = /[0-9a-f]{64}/.exec(rotated.said)?.[0] ?? assert.fail(rotated.said)
  assert.deepEqual((await lastLine()).facts, { overlapHours: 0 })
  assert.equal(await works(fresh), true)
  await until(async () => !(await works(first)))
  assert.equal((await byfly(...rotate, '721')).ok, false)
  assert.equal((await byfly('source', 'rotate', '99999', '--what', 'secret')).ok, false)
  const inside = await byfly('source', 'add', 'X', '--webhook', 'https://127.0.0.1/hook')
  assert.match(inside.said, /https-адрес/)
})

test('T11: money is stopped and started with a reason', async () => {
  assert.equal((await byfly('money', 'stop')).ok, false)
  assert.equal((await byfly('money', 'stop', '--reason', 'сверка')).ok, true)
  assert.deepEqual((await lastLine()).facts, { reason: 'сверка' })
  assert.match((await byfly('money', 'status')).said, /остановлен[\s\S]*сверка/)
  assert.equal((await byfly('money', 'start', '--reason', 'сошлось')).ok, true)
  assert.match((await byfly('money', 'status')).said, /^Деньги принимаются/)
})
