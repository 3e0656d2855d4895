// `byfly doctor` beside a running centre, over a broken one and without any: what it says to people and to programs,
// and that no terminal is ever started by it.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { byfly, type Ran } from '../support/byfly.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { emptyDatabase } from '../support/database.ts'
import { asSuperuser } from '../support/test-server.ts'

let centre: TestCentre

before(async () => {
  centre = await startTestCentre({ terminals: [{ camera: 'json' }, { camera: 'json' }] })
})
after(() => centre.stop())

const run = (...words: string[]): Promise<Ran> => byfly(centre.database, ['doctor', ...words])

interface Told {
  readonly failed: number
  readonly warnings: number
  readonly findings: readonly {
    readonly check: string
    readonly about: string | null
    readonly state: string
    readonly message: string
    readonly cure: string | null
  }[]
}

async function told(...words: string[]): Promise<Told & { readonly code: number | null }> {
  const { code, out } = await run('--json', ...words)
  return { code, ...(JSON.parse(out) as Told) }
}

const CHECKS = [
  'configuration',
  'database',
  'migrations',
  'secrets',
  'disk',
  'clock',
  'tls',
  'names',
  'terminal',
  'sms',
  'webhooks',
  'backlog',
]

test('each trouble has its cure, and what is well is said beside it', async () => {
  const [{ port }] = await centre.sql('SELECT port FROM terminals WHERE id = 2')
  await centre.sql('UPDATE terminals SET port = 9 WHERE id = 2')
  await centre.sql(
    `INSERT INTO webhook_endpoints (source_id, endpoint, failing_since)
     VALUES (1, 'https://shop.kz/hook', centre_now() - interval '1 hour')`,
  )
  const { code, out } = await run('--call')
  assert.equal(code, 1, out)
  assert.match(out, /✓ терминал +1 «Терминал 1»: Соединение за/)
  assert.match(out, /✗ терминал +2 «Терминал 2»: Терминал не принимает соединение\n +Проверьте/)
  assert.match(out, /! вебхуки +https:\/\/shop\.kz\/hook: .*не отвечает с .*\n +.*doctor 1/)
  // The pretend shop was given no secret, and believes anybody.
  assert.match(out, /✗ вебхуки +источник 1 «Тестовый сайт»: .*чужой подписи.*\n +Проверяйте/)
  assert.match(out, /Ошибок: 2, замечаний: \d+\./)
  await centre.sql('UPDATE terminals SET port = $1 WHERE id = 2', [port])
})

test('a warning alone is no failure, and programs are told check by check', async () => {
  const { code, failed, findings, warnings } = await told()
  assert.deepEqual([code, failed], [0, 0], JSON.stringify(findings, null, 1))
  assert.ok(warnings > 0)
  assert.deepEqual([...new Set(findings.map(({ check }) => check))], CHECKS)
  for (const { cure, state } of findings) {
    assert.equal(cure !== null, state === 'warning' || state === 'failed')
  }
  const terminals = findings.filter(({ check }) => check === 'terminal')
  assert.deepEqual(
    terminals.map(({ about }) => about),
    ['1 «Терминал 1»', '2 «Терминал 2»'],
  )
  assert.deepEqual(centre.simulator.journal.operations, [], 'ни одного старта')
})

test('a wrong key, a wrong configuration, no database: said, and the rest is looked at all the same', async () => {
  const key = await byfly(centre.database, ['doctor'], {
    BYFLY_SECRET_KEY: 'другой ключ'.repeat(4),
  })
  assert.equal(key.code, 1)
  assert.match(key.out, /✗ ключ +Ключ не открывает секретов/)
  const faulty = await byfly(centre.database, ['doctor'], { PORT: 'x', BYFLY_TIMEZONE: 'Mars' })
  assert.equal(faulty.code, 1)
  assert.match(faulty.out, /✗ настройки +PORT: .*\n.*\n✗ настройки +BYFLY_TIMEZONE/)
  const gone = 'postgresql://byfly:x@127.0.0.1:9/byfly'
  const silent = await byfly({ url: gone, ownerUrl: gone }, ['doctor'])
  assert.equal(silent.code, 1)
  assert.match(silent.out, /✗ база +База не отвечает: .*ECONNREFUSED/)
  assert.match(silent.out, /[✓!✗] диск/)
})

test('a schema that waits for its upgrade is left as it is', async (t) => {
  const empty = await emptyDatabase()
  t.after(() => empty.drop())
  const waiting = await byfly(empty, ['doctor'])
  assert.equal(waiting.code, 0, waiting.out)
  assert.match(waiting.out, /! миграции +Применено 0, ждут: 0001-foundation\.sql/)
  assert.match(waiting.out, /· терминал/)
  const { rowCount } = await asSuperuser(empty.superuserUrl, (client) =>
    client.query(`SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace`),
  )
  assert.equal(rowCount, 0)
})
