// `byfly reconcile`, `byfly day` and `byfly desk`: the same as over the API, by the same functions, audited.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { csvOf } from '../support/statement.ts'

const BYFLY = join(import.meta.dirname, '../../packages/server/src/cli/byfly.ts')
const DAY_MS = 86_400_000
let centre: TestCentre

before(async () => {
  centre = await startTestCentre({ terminals: 1 })
})
after(() => centre.stop())

async function byfly(...words: string[]): Promise<{ code: number; text: string }> {
  const { database } = centre
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    BYFLY_MODE: 'demo',
    BYFLY_SECRET_KEY: 'a secret key for tests, never for anything real',
  }
  try {
    const done = await promisify(execFile)(process.execPath, [BYFLY, ...words], { env })
    return { code: 0, text: done.stdout }
  } catch (error) {
    const { code, stderr, stdout } = error as { code: number; stderr: string; stdout: string }
    return { code, text: stdout + stderr }
  }
}

test('a statement is read, its findings lie on a desk, the day is closed and told', async (t) => {
  const at = Date.now() - DAY_MS
  const folder = await mkdtemp(join(tmpdir(), 'statement-'))
  t.after(() => rm(folder, { recursive: true }))
  const file = join(folder, 'statement.csv')
  await writeFile(file, csvOf([{ at, number: '777', tiyn: 123_400 }]))
  const asked = await byfly('reconcile', file)
  assert.deepEqual([asked.code, /--columns "number=Номер заказа,at=/.test(asked.text)], [1, true])
  const read = await byfly(
    'reconcile',
    file,
    '--columns',
    'at=Дата и время,amount=Сумма,number=Номер заказа',
  )
  assert.deepEqual([read.code, /операций 1, новых 1/.test(read.text)], [0, true], read.text)
  assert.match((await byfly('reconcile', file)).text, /уже загружен/)

  const listed = await byfly('desk', 'list', 'outside')
  assert.match(listed.text, /продажа № 777 на 1\u00a0234\u00a0₸/)
  assert.match((await byfly('desk', 'list')).text, /outside\s+1\s+1/)
  const [{ id }] = await centre.sql('SELECT id FROM tasks')
  assert.equal((await byfly('desk', 'note', id, '--text', 'Спросили кассу')).code, 0)
  assert.equal((await byfly('desk', 'close', id, '--reason', 'Продажа другого магазина')).code, 0)
  const told = await byfly('desk', 'show', id)
  assert.match(told.text, /Спросили кассу\n.*Продажа другого магазина/)

  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Almaty' }).format(at)
  assert.match((await byfly('day', 'close', day)).text, /версия 1/)
  assert.equal((await byfly('day', 'close', day)).code, 1)
  const shown = await byfly('day', 'show', day, '--json')
  assert.equal(JSON.parse(shown.text).bank[0].verdict, 'missing_here')
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
