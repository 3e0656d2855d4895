// `byfly months` beside a running centre: what the command says, and what whoever asks for a payment of an
// archived month is told meanwhile.

import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { transactionIdOf } from '@byfly-pay/core'
import { closeMonth, MONTH } from '../storage/closed-month.ts'
import { byfly } from '../support/byfly.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs } from '../support/staff.ts'
import { until } from '../support/until.ts'

let centre: TestCentre
let folder: string
let id: string

before(async () => {
  centre = await startTestCentre({ terminals: 1, source: { refundsAllowed: true } })
  folder = await mkdtemp(join(tmpdir(), 'months-'))
  const [terminal] = await centre.sql('SELECT id FROM terminals')
  const sql = centre.sql as Parameters<typeof closeMonth>[0]['sql']
  const { paid } = await closeMonth({ sql, sourceId: centre.source.id }, terminal.id)
  id = transactionIdOf(paid)
  await until(async () => (await centre.sql('SELECT FROM figure_deltas')).length === 0)
})
after(async () => {
  await centre.stop()
  await rm(folder, { recursive: true })
})

const run = (...words: string[]) => byfly(centre.database, ['months', ...words])

test('a month is listed, archived and brought back; meanwhile it is said to be archived', async () => {
  const listed = await run('list')
  assert.match(listed.out, /2025-01 +attempts +1 +\d\.\d +в базе +можно/, listed.out)
  assert.match(listed.out, /payments +2 /)

  const archived = await run('archive', MONTH, '--to', folder)
  assert.equal(archived.code, 0, archived.out)
  assert.match(archived.out, /Архив за январь 2025.*\nsha256 манифеста: [0-9a-f]{64}/)
  assert.ok((await readdir(folder)).includes('manifest.json'))
  assert.match((await run('archive', MONTH, '--to', folder)).out, /уже в архиве/)

  const told = { code: 'payment_archived', message: 'Платеж в архиве за январь 2025' }
  for (const answer of [
    await centre.call('GET', `/api/payment/${id}/status`),
    await centre.call('POST', `/api/payment/${id}/refund`, {}),
    await centre.call('POST', `/api/payment/${id}/cancel`, {}),
  ]) {
    const { code, message } = answer.body
    assert.deepEqual([answer.status, { code, message }], [404, told])
  }
  const accountant = await loginAs(centre, 'accountant')
  const story = await accountant.call('GET', `/api/admin/transactions/${id}`)
  assert.deepEqual([story.status, story.body.code], [404, 'payment_archived'])
  const looked = await accountant.call('GET', `/api/admin/days/${MONTH}-31/preview?system=kaspi`)
  assert.deepEqual([looked.status, looked.body.code], [400, 'period_archived'], looked.text)
  const list = await accountant.call('GET', '/api/admin/transactions')
  assert.equal(list.status, 200)
  const strange = await centre.call('GET', `/api/payment/${'0'.repeat(32)}/status`)
  assert.equal(strange.body.code, 'payment_not_found')
  const shown = await byfly(centre.database, ['payment', 'show', id])
  assert.deepEqual([shown.code, shown.out], [1, 'Платёж в архиве за январь 2025\n'])
  const day = await byfly(centre.database, ['day', 'close', `${MONTH}-15`])
  assert.deepEqual([day.code, /в архиве \(2025-01\)/.test(day.out)], [1, true], day.out)
  const fresh = await centre.init(1000)
  assert.equal((await centre.status(fresh)).status, 'pending')

  const restored = await run('restore', folder)
  assert.deepEqual([restored.code, /снова в базе/.test(restored.out)], [0, true], restored.out)
  assert.equal((await centre.status(id)).status, 'paid')
  assert.match((await byfly(centre.database, ['audit', 'verify'])).out, /Журнал цел/)
})

test('a refund that meets a month on its way is refused whole', async () => {
  await centre.sql(
    `CREATE TRIGGER month_sealed BEFORE UPDATE ON payments_2025_01
     FOR EACH ROW EXECUTE FUNCTION refuse_sealed()`,
  )
  const refused = await centre.call('POST', `/api/payment/${id}/refund`, {})
  assert.deepEqual([refused.status, refused.body.code], [404, 'payment_archived'])
  assert.deepEqual(await centre.sql('SELECT FROM refunds'), [])
  await centre.sql('DROP TRIGGER month_sealed ON payments_2025_01')
})

test('what may not be is said with its reason', async () => {
  const task = "INSERT INTO tasks (kind, terminal_id, facts, opened_at) VALUES ('x', 1, $1, now())"
  const atMs = Date.parse(`${MONTH}-10T00:00:00Z`)
  await centre.sql(task, [JSON.stringify({ at_ms: atMs })])
  const open = await run('archive', MONTH, '--to', folder)
  assert.deepEqual([open.code, /открытые задачи \(1\)/.test(open.out)], [1, true], open.out)
  const young = await byfly(centre.database, ['months', 'archive', MONTH, '--to', folder], {
    BYFLY_ARCHIVE_AFTER_MONTHS: '120',
  })
  assert.match(young.out, /слишком свежий, открытые задачи/)
  assert.match((await run('archive', '2025-13', '--to', folder)).out, /Месяц нужен вида/)
  assert.match((await run('archive', '2020-01', '--to', folder)).out, /в базе нет/)
  assert.match((await run('restore', folder)).out, /не в архиве/)
  assert.match((await run('restore', tmpdir())).out, /нет manifest\.json/)
})
