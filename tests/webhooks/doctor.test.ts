// The doctor of webhooks on real receivers: what it says of one that is right, and of each that is wrong; and
// that it goes by the rules of real webhooks and leaves payments and books alone.

import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { Compile } from 'typebox/compile'
import { WebhookBody } from '../../packages/contract/src/index.ts'
import { INTERPRETERS, programOf, startExample } from '../reference/interpreters.ts'
import { byfly } from '../support/byfly.ts'
import { type Answer, startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'
import { type Habit, type Shop, startShop } from './shops.ts'

interface CaseLine {
  readonly case: string
  readonly verdict: string
  readonly finding: string
  readonly why: string
  readonly cure: string | null
  readonly headers: Record<string, string> | null
  readonly body: string | null
  readonly answer: string | null
  readonly http_status: number | null
  readonly took_ms: number | null
}

let centre: TestCentre
let root: TestStaff
const shops: Shop[] = []

before(async () => {
  centre = await startTestCentre({ terminals: 1 })
  root = await loginAs(centre, 'super_admin')
})
afterEach(async () => {
  await Promise.all(shops.splice(0).map((shop) => shop.stop()))
})
after(() => centre.stop())

interface Checked {
  readonly shop: Shop
  readonly answer: Answer
  readonly sourceId: number
  readonly cases: Readonly<Record<string, CaseLine>>
}

async function check(habit: Habit): Promise<Checked> {
  let secret = ''
  const shop = await startShop(habit, () => secret)
  shops.push(shop)
  const source = await centre.addSource({ defaultWebhookUrl: shop.url })
  secret = source.webhookSecret
  const answer = await root.call('POST', `/api/admin/sources/${source.id}/webhook-checks`, {})
  assert.equal(answer.status, 200, answer.text)
  const lines: CaseLine[] = answer.body.data.cases
  const cases = Object.fromEntries(lines.map((line) => [line.case, line]))
  return { shop, answer, sourceId: source.id, cases }
}

function findings({ cases }: Checked): Record<string, string> {
  return Object.fromEntries(
    Object.values(cases).map(({ case: name, finding, verdict }) => [name, `${verdict} ${finding}`]),
  )
}

const ALL_WELL = {
  good: 'well taken',
  duplicate: 'well duplicate_taken',
  forged: 'well forgery_refused',
  late: 'well late_refused',
  unknown_event: 'well unknown_taken',
}

test('a receiver that does all as documented is well, and is told what the centre cannot see', async () => {
  const checked = await check('correct')
  assert.deepEqual(findings(checked), ALL_WELL)
  const { answer, cases, shop } = checked
  assert.equal(answer.body.data.verdict, 'well')
  assert.equal(answer.body.data.endpoint, shop.url.replace('?key=1', ''))
  assert.equal(shop.received.length, 5)
  assert.equal(shop.done.length, 1)
  assert.match(cases['duplicate']?.cure ?? '', /webhook-id/)
  assert.equal(cases['good']?.answer, 'ok')
})

const EXAMPLES: readonly (readonly [string, Partial<typeof ALL_WELL>])[] = [
  ['webhook-standard', {}],
  ['webhook', { late: 'warning late_taken' }],
]

for (const [name, differing] of EXAMPLES) {
  test(`the documented receiver ${name}.mjs is well, but for what its header cannot tell`, async (t) => {
    const node = INTERPRETERS.find(({ folder }) => folder === 'node')
    const program = node === undefined ? null : programOf(t, node)
    if (node === undefined || program === null) return
    const source = await centre.addSource({ defaultWebhookUrl: null })
    const env = { PORT: '0', BYFLY_WEBHOOK_SECRET: source.webhookSecret }
    const receiver = startExample(program, node, name, [], env)
    try {
      await until(() => /Слушаю \d+/.test(receiver.said()))
      const url = `http://127.0.0.1:${/Слушаю (\d+)/.exec(receiver.said())?.[1]}/`
      const path = `/api/admin/sources/${source.id}/webhook-checks`
      const { body } = await root.call('POST', path, { url })
      const lines: CaseLine[] = body.data.cases
      const found = lines.map(({ case: each, finding, verdict }) => [each, `${verdict} ${finding}`])
      assert.deepEqual(Object.fromEntries(found), { ...ALL_WELL, ...differing })
    } finally {
      await receiver.stop()
    }
  })
}

test('what was sent is marked, signed as shown, of the shape of every webhook, and twice the same', async () => {
  const { cases, shop } = await check('correct')
  const sent = Object.values(cases)
  for (const [at, { headers, raw }] of shop.received.entries()) {
    const told = sent[at]
    assert.equal(headers['x-webhook-test'], 'true')
    assert.equal(raw.toString('utf8'), told?.body)
    for (const [name, value] of Object.entries(told?.headers ?? {})) {
      assert.equal(headers[name.toLowerCase()], value)
    }
  }
  const bodies = shop.received.map(({ raw }) => JSON.parse(raw.toString('utf8')))
  for (const body of bodies) {
    assert.equal(body.test, true)
    assert.deepEqual([...Compile(WebhookBody).Errors({ ...body, event: 'paid' })], [])
  }
  assert.ok(shop.received[0]?.raw.equals(shop.received[1]?.raw ?? Buffer.alloc(0)))
  const ids = shop.received.map(({ headers }) => headers['webhook-id'])
  assert.equal(ids[0], ids[1])
  assert.equal(new Set(ids).size, 4)
  const [late] = shop.received.slice(3)
  const age = Date.now() / 1000 - Number(late?.headers['webhook-timestamp'])
  assert.ok(age > 500 && age < 700, `${age}`)
})

const WRONG: readonly (readonly [Habit, Partial<typeof ALL_WELL>, RegExp])[] = [
  ['documented', { late: 'warning late_taken' }, /Standard Webhooks/],
  ['trusting', { forged: 'bad forgery_taken', late: 'warning late_taken' }, /401/],
  ['breaks_on_twice', { duplicate: 'bad duplicate_refused' }, /webhook-id/],
  ['picky', { unknown_event: 'bad unknown_refused' }, /2xx/],
  ['breaks_down', { forged: 'warning broke_down', late: 'warning broke_down' }, /401/],
]

for (const [habit, differing, cure] of WRONG) {
  test(`a receiver that is ${habit}: what is wrong and how to mend it`, async () => {
    const checked = await check(habit)
    assert.deepEqual(findings(checked), { ...ALL_WELL, ...differing })
    const [first = ''] = Object.keys(differing)
    assert.match(checked.cases[first]?.cure ?? '', cure)
  })
}

test('a receiver that processes twice and says nothing of it: only its owner can see, and is told where', async () => {
  const checked = await check('twice')
  assert.deepEqual(findings(checked), ALL_WELL)
  assert.equal(checked.shop.done.length, 2)
  assert.equal(new Set(checked.shop.done).size, 1)
  const { cure, headers } = checked.cases['duplicate'] ?? {}
  assert.match(cure ?? '', /не видно/)
  assert.equal(headers?.['webhook-id'], checked.shop.done[0])
})

test('a slow receiver is warned before it would be a timeout', async () => {
  const { cases } = await check('slow')
  assert.equal(cases['good']?.verdict, 'warning')
  assert.equal(cases['good']?.finding, 'taken_slowly')
  assert.ok((cases['good']?.took_ms ?? 0) > 3_000)
})

test('no redirect is followed; after a good one that was not taken nothing more is sent', async () => {
  const { cases, shop } = await check('redirects')
  assert.equal(cases['good']?.finding, 'not_taken')
  assert.equal(shop.received.length, 1)
  for (const name of ['duplicate', 'forged', 'late', 'unknown_event']) {
    assert.equal(cases[name]?.finding, 'not_tried')
    assert.equal(cases[name]?.body, null)
  }
})

test('the answer of a receiver is shown bounded and as text', async () => {
  const { cases } = await check('breaks_on_twice')
  assert.equal(cases['duplicate']?.answer, 'duplicate key <b>value</b>')
})

test('W6: an address inside is refused before anything is sent, as for real webhooks', async () => {
  const source = await centre.addSource()
  const path = `/api/admin/sources/${source.id}/webhook-checks`
  for (const url of ['https://10.0.0.1/', 'http://169.254.169.254/latest', 'ftp://example.com/']) {
    const refused = await root.call('POST', path, { url })
    assert.equal(refused.status, 400, refused.text)
    assert.equal(refused.body.code, 'validation')
    assert.ok(refused.body.errors.url)
  }
  const bare = await centre.addSource({ defaultWebhookUrl: null })
  const none = await root.call('POST', `/api/admin/sources/${bare.id}/webhook-checks`, {})
  assert.equal(none.body.code, 'no_webhook_url')
  const [{ count }] = await centre.sql('SELECT count(*) FROM webhook_checks WHERE source_id = $1', [
    source.id,
  ])
  assert.equal(Number(count), 0)
})

test('payments, deliveries and books do not know of it; the audit does', async () => {
  const books = () =>
    centre.sql(`SELECT (SELECT count(*) FROM payments) AS payments,
      (SELECT count(*) FROM deliveries) AS deliveries, (SELECT count(*) FROM postings) AS postings,
      (SELECT count(*) FROM webhook_endpoints) AS endpoints`)
  const before = await books()
  const { answer, sourceId } = await check('trusting')
  assert.deepEqual(await books(), before)
  const [line] = await centre.sql(
    `SELECT actor_name, target_id, facts FROM audit_log WHERE action = 'webhooks.checked'
     ORDER BY seq DESC LIMIT 1`,
  )
  assert.equal(line.target_id, String(sourceId))
  assert.equal(line.facts.endpoint, answer.body.data.endpoint)
})

test('a run is kept and told again; too many in an hour are refused with a wait', async () => {
  const { answer, sourceId } = await check('correct')
  const path = `/api/admin/sources/${sourceId}/webhook-checks`
  const listed = await root.call('GET', path)
  assert.deepEqual(listed.body.data, [answer.body.data])
  await centre.sql(
    `INSERT INTO webhook_checks (id, source_id, endpoint, asked_by, finished_at)
     SELECT new_id(), $1, 'https://x/', 'test', centre_now() FROM generate_series(1, 19)`,
    [sourceId],
  )
  const refused = await root.call('POST', path, {})
  assert.equal(refused.status, 429, refused.text)
  assert.ok(Number(refused.headers.get('retry-after')) > 3_000)
})

test('one run of a source at a time, and one that was killed does not hold it up for long', async () => {
  const { sourceId } = await check('correct')
  const path = `/api/admin/sources/${sourceId}/webhook-checks`
  await centre.sql('UPDATE webhook_checks SET finished_at = NULL WHERE source_id = $1', [sourceId])
  const running = await root.call('POST', path, {})
  assert.equal(running.status, 429)
  await centre.sql(
    `UPDATE webhook_checks SET started_at = started_at - interval '3 minutes' WHERE source_id = $1`,
    [sourceId],
  )
  assert.equal((await root.call('POST', path, {})).status, 200)
})

test('the command line says the same, and fails where something is bad', async () => {
  let secret = ''
  const shop = await startShop('trusting', () => secret)
  shops.push(shop)
  const source = await centre.addSource({ defaultWebhookUrl: null })
  secret = source.webhookSecret
  const words = ['webhooks', 'doctor', String(source.id)]
  const bare = await byfly(centre.database, words)
  assert.equal(bare.code, 1)
  assert.match(bare.out, /нет адреса вебхуков/)
  const ran = await byfly(centre.database, [...words, '--url', shop.url])
  assert.equal(ran.code, 1)
  assert.match(ran.out, /✓ Верное событие +Принято \(\d+ мс\)/)
  assert.match(ran.out, /✗ Чужая подпись +Приёмник поверил чужой подписи/)
  assert.match(ran.out, /! Старая отметка времени/)
  const strange = await byfly(centre.database, ['webhook', 'doctor', '999999'])
  assert.match(strange.out, /Источника 999999 нет/)
})
