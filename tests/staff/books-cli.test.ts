// `byfly reconcile`, `byfly day` and `byfly desk`: the same as over the API, by the same functions, audited.

import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { byfly } from '../support/byfly.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { csvOf } from '../support/statement.ts'

const DAY_MS = 86_400_000
let centre: TestCentre

before(async () => {
  centre = await startTestCentre({ terminals: 1 })
})
after(() => centre.stop())

const run = (...words: string[]) => byfly(centre.database, words)

test('a statement is read, its findings lie on a desk, the day is closed and told', async (t) => {
  const at = Date.now() - DAY_MS
  const folder = await mkdtemp(join(tmpdir(), 'statement-'))
  t.after(() => rm(folder, { recursive: true }))
  const file = join(folder, 'statement.csv')
  await writeFile(file, csvOf([{ at, number: '777', tiyn: 123_400 }]))
  const asked = await run('reconcile', file)
  assert.deepEqual([asked.code, /--columns "number=Номер заказа,at=/.test(asked.out)], [1, true])
  const read = await run(
    'reconcile',
    file,
    '--columns',
    'at=Дата и время,amount=Сумма,number=Номер заказа',
  )
  assert.deepEqual([read.code, /операций 1, новых 1/.test(read.out)], [0, true], read.out)
  assert.match((await run('reconcile', file)).out, /уже загружен/)

  const listed = await run('desk', 'list', 'outside')
  assert.match(listed.out, /продажа № 777 на 1\u00a0234\u00a0₸/)
  assert.match((await run('desk', 'list')).out, /outside\s+1\s+1/)
  const [{ id }] = await centre.sql('SELECT id FROM tasks')
  assert.equal((await run('desk', 'note', id, '--text', 'Спросили кассу')).code, 0)
  assert.equal((await run('desk', 'close', id, '--reason', 'Продажа другого магазина')).code, 0)
  const told = await run('desk', 'show', id)
  assert.match(told.out, /Спросили кассу\n.*Продажа другого магазина/)

  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Almaty' }).format(at)
  assert.match((await run('day', 'close', day)).out, /версия 1/)
  assert.equal((await run('day', 'close', day)).code, 1)
  const shown = await run('day', 'show', day, '--json')
  assert.equal(JSON.parse(shown.out).bank[0].verdict, 'missing_here')
  const lines = await centre.sql(
    `SELECT action, actor_kind FROM audit_log WHERE actor_kind = 'cli' ORDER BY seq`,
  )
  assert.deepEqual(
    lines.map(({ action, actor_kind: kind }) => `${kind} ${action}`),
    [
      'cli statement.columns_named',
      'cli statement.uploaded',
      'cli desk_entry.noted',
      'cli desk_entry.closed',
      'cli day.closed',
    ],
  )
})
