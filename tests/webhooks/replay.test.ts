// Replaying a period: the same ids and bytes (W2, W4), a few at a time, once for one key, and going on where a
// killed centre left it; and what staff are shown of deliveries, tries and receivers.

import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { type Answer, startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { asSuperuser } from '../support/test-server.ts'
import { until } from '../support/until.ts'
import { keeper, type Receiver, startReceiver } from './receivers.ts'

let centre: TestCentre
let root: TestStaff
let source: TestCentre['source']
let receiver: Receiver
/** What the receiver answers; 200 when none is left. */
let answers: number[] = []
const { kept, stopAll } = keeper()

before(async () => {
  centre = await startTestCentre({ terminals: [{ camera: 'json' }] })
  root = await loginAs(centre, 'super_admin')
})
beforeEach(async () => {
  answers = []
  receiver = kept(
    await startReceiver((response) => response.writeHead(answers.shift() ?? 200).end('said')),
  )
  source = await centre.addSource({ defaultWebhookUrl: urlOf(receiver) })
})
afterEach(stopAll)
after(() => centre.stop())

function urlOf({ port }: Receiver): string {
  return `http://127.0.0.1:${port}/hook?key=secret`
}

interface Planted {
  readonly count: number
  readonly event?: string
  readonly state?: 'delivered' | 'parked' | 'superseded'
  readonly minutesAgo?: number
}

/** Deliveries of so long ago, in the order of their bodies' numbers. */
async function plant({ count, event, minutesAgo = 30, state }: Planted): Promise<string[]> {
  const rows = await centre.sql(
    `INSERT INTO deliveries (id, payment_id, source_id, event, sequence, url, endpoint, body, state,
       tries, created_at, delivered_at)
     SELECT uuid7_at(now() - $3::integer * interval '1 minute' + n * interval '10 milliseconds'),
       new_id(), $1, $4, 1, $2, split_part($2, '?', 1), '{"n": ' || n || ' }', $5, 0, now(), now()
     FROM generate_series(1, $6) AS n RETURNING id`,
    [source.id, urlOf(receiver), minutesAgo, event ?? 'paid', state ?? 'delivered', count],
  )
  return rows.map(({ id }) => id).sort()
}

const WHO_WAITS = `SELECT pid FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`

let lastKey = 0

function ago(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString()
}

function replay(terms: object = {}, staff = root): Promise<Answer> {
  lastKey += 1
  return staff.call('POST', `/api/admin/sources/${source.id}/replays`, {
    from: ago(60),
    request_key: `key-${lastKey}`,
    ...terms,
  })
}

async function going(): Promise<{ total: number; released: number; finished_at: string | null }> {
  const { body } = await root.call('GET', `/api/admin/sources/${source.id}/replays`)
  return body.data[0]
}

async function untilOver() {
  await until(async () => (await going()).finished_at !== null)
  return going()
}

function ids(): string[] {
  return receiver.received.map(({ headers }) => String(headers['webhook-id']))
}

function webhookId(uuid: string): string {
  return `evt_${uuid.replaceAll('-', '')}`
}

test('W2, W4: a period goes out again with the same ids and bytes, each once, signed anew', async () => {
  const planted = await plant({ count: 90 })
  const asked = await replay()
  assert.equal(asked.status, 200, asked.text)
  assert.equal(asked.body.data.total, 90)
  const over = await untilOver()
  assert.equal(over.released, 90)
  await until(() => receiver.received.length === 90)
  assert.deepEqual(new Set(ids()), new Set(planted.map(webhookId)))
  const verifier = new Webhook(source.webhookSecret)
  for (const { headers, raw } of receiver.received) {
    const at = planted.map(webhookId).indexOf(String(headers['webhook-id']))
    // Not what a parser would print again: the very bytes.
    assert.equal(raw.toString('utf8'), `{"n": ${at + 1} }`)
    verifier.verify(raw.toString('utf8'), headers as Record<string, string>)
  }
  const [line] = await centre.sql(
    `SELECT target_id, facts FROM audit_log WHERE action = 'webhooks.replayed' ORDER BY seq DESC LIMIT 1`,
  )
  assert.deepEqual([line.target_id, line.facts.total], [String(source.id), 90])
})

test('only the period, the events and the states that were asked for', async () => {
  await plant({ count: 2, minutesAgo: 90 })
  await plant({ count: 2, minutesAgo: 5 })
  await plant({ count: 3, event: 'failed' })
  await plant({ count: 4, state: 'superseded' })
  const parked = await plant({ count: 2, state: 'parked' })
  await plant({ count: 5 })
  const asked = await replay({ to: ago(10), events: ['paid'], only_parked: true })
  assert.equal(asked.body.data.total, 2)
  await untilOver()
  await until(() => receiver.received.length === 2)
  assert.deepEqual(ids().sort(), parked.map(webhookId).sort())
})

test('asked for again with its key it is the same replay; another waits for its end', async () => {
  await plant({ count: 40 })
  answers = Array.from({ length: 40 }, () => 503)
  const terms = { from: ago(60), request_key: 'once' }
  const [first, second] = await Promise.all([replay(terms), replay(terms)])
  assert.equal(first.body.data.id, second.body.data.id)
  // The receiver fails, so it goes on.
  assert.equal((await replay()).body.code, 'replay_in_progress')
  for (const change of [{ from: ago(50) }, { events: ['failed'] }, { only_parked: true }]) {
    const other = await replay({ ...terms, ...change })
    assert.ok(other.body.errors?.request_key, other.text)
  }
  const [{ count }] = await centre.sql(
    'SELECT count(*) FROM webhook_replays WHERE source_id = $1',
    [source.id],
  )
  assert.equal(Number(count), 1)
})

test('a receiver that fails stops its own replay, a person stops it for good', async () => {
  await plant({ count: 80 })
  answers = Array.from({ length: 200 }, () => 500)
  const { body } = await replay()
  await until(async () => (await going()).released === 32)
  await until(() => receiver.received.length >= 32)
  // What waits for another try holds the rest back: looked at over several turns.
  for (let turn = 0; turn < 5; turn += 1) {
    await release(uuidOf(body.data.id))
  }
  assert.equal((await going()).released, 32)
  const path = `/api/admin/sources/${source.id}/replays/${body.data.id}/stop`
  assert.equal((await root.call('POST', path)).status, 200)
  assert.equal((await root.call('POST', path)).status, 200)
  const stopped = await going()
  assert.notEqual(stopped.finished_at, null)
  assert.equal(stopped.released, 32)
  const lines = await centre.sql(
    `SELECT facts FROM audit_log WHERE action = 'webhooks.replay_stopped' AND target_id = $1`,
    [String(source.id)],
  )
  assert.equal(lines.length, 1)
})

/** A turn, as any instance may take it at any time. */
function release(id: string): Promise<void> {
  const { storage } = centre.running.centre
  return storage.transaction((tx) => storage.replays.release(tx, id, 32))
}

function uuidOf(hex: string): string {
  return hex.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

test('two instances at once, and turns that are repeated, give out none twice', async () => {
  await plant({ count: 60 })
  const { body } = await replay()
  const turns = Array.from({ length: 12 }, () => release(uuidOf(body.data.id)))
  await Promise.all(turns)
  await untilOver()
  await until(() => receiver.received.length >= 60)
  await release(uuidOf(body.data.id))
  assert.equal((await going()).released, 60)
  assert.equal(new Set(ids()).size, 60)
  assert.equal(receiver.received.length, 60)
})

test('a turn that waited for the row gives out what was left when it had it', async () => {
  await plant({ count: 20 })
  const { body } = await replay()
  const id = uuidOf(body.data.id)
  const { superuserUrl } = centre.database
  const turns = await asSuperuser(superuserUrl, async (sql) => {
    await sql.query('BEGIN')
    await sql.query('UPDATE webhook_replays SET asked_by = asked_by WHERE id = $1', [id])
    const begun = Promise.all([release(id), release(id)])
    await until(async () => (await centre.sql(WHO_WAITS)).length >= 2)
    await sql.query('COMMIT')
    return begun
  })
  assert.equal(turns.length, 2)
  await untilOver()
  await until(() => receiver.received.length >= 20)
  assert.equal((await going()).released, 20)
  assert.equal(receiver.received.length, 20)
})

test('a replay is bounded: in time, in number, and by moments that exist', async () => {
  const before = async (from: string, to?: string) =>
    (await replay({ from, ...(to === undefined ? {} : { to }) })).body.errors
  assert.match((await before(ago(60 * 24 * 40))).from, /31 days/)
  assert.match((await before(ago(10), ago(20))).from, /before/)
  assert.match((await before('2026-02-30')).from, /moment/)
  assert.match((await before(ago(10), 'завтра')).to, /moment/)
  await plant({ count: 10_001, state: 'parked' })
  assert.match((await before(ago(60))).from, /10000/)
  assert.equal(await going(), undefined)
})

test('L4: whoever may not see the source starts nothing, and whoever may only read neither', async () => {
  await plant({ count: 1 })
  const stranger = await loginAs(centre, 'developer', { sources: [centre.source.id] })
  assert.equal((await replay({}, stranger)).status, 404)
  const accountant = await loginAs(centre, 'accountant')
  assert.equal((await replay({}, accountant)).status, 403)
  const own = await loginAs(centre, 'developer', { sources: [source.id] })
  assert.equal((await replay({}, own)).status, 200)
})

test('one delivery: the body to the byte, each try with its answer, why not and what to do', async () => {
  answers = [503]
  const id = await centre.init(100_000, { webhook_url: urlOf(receiver) })
  const started = await centre.kaspi(id)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await until(() => receiver.received.length === 1)
  await until(async () => {
    await centre.sql(`UPDATE deliveries SET next_at = now() WHERE state = 'waiting' AND tries > 0`)
    return receiver.received.length === 2
  })
  const list = `/api/admin/deliveries?source_id=${centre.source.id}&event=paid&transaction_id=${id}`
  const [line] = (await root.call('GET', list)).body.data.deliveries
  const details = () => root.call('GET', `/api/admin/deliveries/${line.id}`)
  await until(async () => (await details()).body.data.attempts.length === 2)
  const { data } = (await details()).body
  const [first, second] = receiver.received
  assert.equal(data.body, first?.raw.toString('utf8'))
  assert.equal(data.webhook_id, first?.headers['webhook-id'])
  assert.ok(!JSON.stringify({ ...data, body: '' }).includes('secret'))
  const [delivered, failed] = data.attempts
  assert.deepEqual(
    [failed.http_status, failed.reason, failed.answer, failed.why],
    [503, 'http_status', 'said', 'Приёмник ответил 503'],
  )
  assert.match(failed.cure, /журнал/)
  assert.deepEqual([delivered.http_status, delivered.reason], [200, null])
  for (const [tried, received] of [
    [failed, first],
    [delivered, second],
  ] as const) {
    for (const [name, value] of Object.entries(tried.headers)) {
      assert.equal(received?.headers[name.toLowerCase()], value)
    }
  }
  const { body } = await root.call('GET', `/api/admin/sources/${centre.source.id}/endpoints`)
  const [endpoint] = body.data.filter(({ endpoint: to }: { endpoint: string }) =>
    to.includes(String(receiver.port)),
  )
  assert.deepEqual([endpoint.tries, endpoint.failed, endpoint.last_http_status], [2, 1, 503])
  assert.equal(endpoint.endpoint, urlOf(receiver).split('?')[0])
})

test('the list is narrowed by event, state, code and period', async () => {
  const payment = await centre.init(100_000)
  const [{ id: paymentId }] = await centre.sql(
    'SELECT id FROM payments WHERE source_id = $1 ORDER BY id DESC LIMIT 1',
    [centre.source.id],
  )
  assert.ok(payment)
  source = centre.source
  await plant({ count: 2, event: 'refunded', state: 'parked' })
  await centre.sql(
    `UPDATE deliveries SET payment_id = $1, last_http_status = 418, last_reason = 'http_status'
     WHERE event = 'refunded'`,
    [paymentId],
  )
  // The centre's day may have begun already.
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  const found = async (query: string) => {
    const { body } = await root.call('GET', `/api/admin/deliveries?source_id=${source.id}&${query}`)
    return body.data?.deliveries.length ?? body.errors
  }
  assert.equal(await found('event=refunded'), 2)
  assert.equal(await found('event=refunded&http_status=418&state=parked'), 2)
  assert.equal(await found('event=refunded&http_status=none'), 0)
  assert.equal(await found('event=refunded&date_to=2020-01-01'), 0)
  assert.equal(await found(`event=refunded&date_from=2020-01-01&date_to=${tomorrow}`), 2)
  assert.ok((await found('date_from=2026-02-30')).date_from)
  assert.ok((await found('http_status=99')).http_status)
})
