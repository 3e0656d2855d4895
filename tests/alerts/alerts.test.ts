// Alerts from a real trouble to a chat, an SMS and the bell, on two instances: told once, and told when it
// is over.

import assert from 'node:assert/strict'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { declareRestored } from '../../packages/server/src/payments/doubt-books.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { newScratchFolder } from '../support/scratch-folder.ts'
import { addStaff, loginAs, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'
import { CHAT, type FakeTelegram, startFakeTelegram, TOKEN } from './fake-telegram.ts'

let telegram: FakeTelegram
let centre: TestCentre
let second: TestCentre
let root: TestStaff

before(async () => {
  telegram = await startFakeTelegram()
  const env = {
    BYFLY_TELEGRAM_TOKEN: TOKEN,
    BYFLY_TELEGRAM_CHAT: CHAT,
    BYFLY_TELEGRAM_URL: telegram.url,
    BYFLY_SMS: 'none',
  }
  centre = await startTestCentre({ env, terminals: [{ camera: 'json' }] })
  const { database, simulator } = centre
  second = await startTestCentre({ env, terminals: [], database, simulator })
  root = await loginAs(centre, 'super_admin')
  const settings = await root.call('PUT', '/api/admin/alert-settings', {
    quiet_hours: null,
    rules: [{ kind: 'endpoint_failing', after_seconds: 0 }],
  })
  assert.equal(settings.status, 200, settings.text)
})
after(async () => {
  await second.stop()
  await centre.stop()
  await telegram.close()
})

function saidOf(text: RegExp): string[] {
  return telegram.said.map((said) => said.text).filter((line) => text.test(line))
}

/** The open alerts as somebody's bell shows them. */
async function bell(staff: TestStaff, query = '?open=true') {
  const answer = await staff.call('GET', `/api/admin/alerts${query}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.body.data
}

async function failing(sourceId: number, endpoint: string): Promise<void> {
  await centre.sql(
    `INSERT INTO webhook_endpoints (source_id, endpoint, failing_since) VALUES ($1, $2, centre_now())`,
    [sourceId, endpoint],
  )
}

async function works(endpoint: string): Promise<void> {
  await centre.sql('UPDATE webhook_endpoints SET failing_since = NULL WHERE endpoint = $1', [
    endpoint,
  ])
}

test('a failing endpoint is told once on two instances, then that it works again', async () => {
  const endpoint = 'https://shop.example/hook'
  await failing(centre.source.id, endpoint)
  await until(() => saidOf(/shop\.example/).length > 0)
  const [told] = telegram.said.filter(({ text }) => text.includes('shop.example'))
  assert.deepEqual([told?.chat, told?.path], [CHAT, `/bot${TOKEN}/sendMessage`])
  assert.match(told?.text ?? '', /^ByFly Pay: вебхуки «Тестовый сайт» не доходят до https:\/\/shop/)
  const [row] = await centre.sql(
    "SELECT id, last_seen_at FROM alerts WHERE kind = 'endpoint_failing'",
  )
  // Both instances look again several times meanwhile.
  await until(async () => {
    const [{ looks }] = await centre.sql(
      'SELECT extract(epoch FROM last_seen_at - $2)::float8 AS looks FROM alerts WHERE id = $1',
      [row.id, row.last_seen_at],
    )
    return looks > 1.5
  })
  assert.equal(saidOf(/shop\.example/).length, 1)
  await works(endpoint)
  await until(() => saidOf(/снова работает/).length > 0)
  assert.equal(saidOf(/shop\.example/).length, 2)
  const [line] = (await bell(root, '')).alerts
  assert.notEqual(line.ended_at, null)
})

test('429: the message waits as long as it is asked to, and goes out once; a wrong chat is not tried again', async () => {
  telegram.answerNext(429, { ok: false, parameters: { retry_after: 1 } })
  await failing(centre.source.id, 'https://busy.example/hook')
  const row = async () => {
    const [message] = await centre.sql(
      "SELECT state, tries, fault, next_at - centre_now() > interval '4 seconds' AS waits FROM alert_messages WHERE text LIKE '%busy.example%'",
    )
    return message
  }
  await until(async () => (await row())?.fault === 'http_429')
  const { state, tries, waits } = await row()
  assert.deepEqual([state, tries, waits], ['waiting', 1, true])
  await centre.sql(
    "UPDATE alert_messages SET next_at = centre_now() WHERE text LIKE '%busy.example%'",
  )
  await until(async () => (await row()).state === 'sent')
  assert.equal(saidOf(/busy\.example/).length, 1)
  telegram.answerNext(400, { ok: false, description: 'chat not found' })
  await failing(centre.source.id, 'https://lost.example/hook')
  await until(async () => {
    const [message] = await centre.sql(
      "SELECT state FROM alert_messages WHERE text LIKE '%lost.example%'",
    )
    return message?.state === 'refused'
  })
  assert.equal(saidOf(/lost\.example/).length, 0)
  await works('https://busy.example/hook')
  await works('https://lost.example/hook')
})

test('L4: the bell shows what one may see anyway, and counts what this one has not read', async () => {
  const abroad = await centre.addSource({ countryIso: 'UZ' })
  await failing(centre.source.id, 'https://kz.example/hook')
  await failing(abroad.id, 'https://uz.example/hook')
  await until(async () => (await bell(root)).alerts.length === 2)
  const own = await loginAs(centre, 'developer', { sources: [centre.source.id] })
  const { alerts, unread } = await bell(own, '')
  assert.ok(alerts.every(({ source_id: id }: { source_id: number }) => id === centre.source.id))
  assert.equal(unread, alerts.length)
  const [newest] = alerts
  assert.match(newest.text, /^Вебхуки «Тестовый сайт» не доходят/)
  const read = await own.call('POST', '/api/admin/alerts/read', { up_to: newest.id })
  assert.equal(read.status, 200, read.text)
  assert.equal((await bell(own, '?unread=true')).unread, 0)
  assert.ok((await bell(root)).unread >= 2, 'another’s reading is not mine')
  assert.equal(
    (await bell(await loginAs(centre, 'cashier', { sources: [abroad.id] }), '')).unread,
    0,
  )
  const page = await bell(root, '?limit=1')
  assert.equal((await bell(root, `?limit=1&cursor=${page.next_cursor}`)).alerts.length, 1)
  await works('https://kz.example/hook')
  await works('https://uz.example/hook')
})

test('a terminal nobody reaches, a suspended one and a low balance are told; a rule that is off is not', async () => {
  await root.call('PUT', '/api/admin/alert-settings', {
    rules: [
      { kind: 'terminal_offline', after_seconds: 0 },
      { kind: 'terminal_suspended', is_on: false },
      { kind: 'sms_balance_low', threshold: 500 },
    ],
  })
  await centre.sql('UPDATE terminals SET offline_since = centre_now()')
  await centre.running.centre.storage.alerts.keepBalance('499.50', 'KZT')
  await centre.sql(`INSERT INTO terminal_health (terminal_id, suspended_at, suspended_reason, next_test_at)
    SELECT id, centre_now(), 'qr_unread', centre_now() + interval '1 hour' FROM terminals
    ON CONFLICT (terminal_id) DO UPDATE SET suspended_at = EXCLUDED.suspended_at,
      suspended_reason = EXCLUDED.suspended_reason, next_test_at = EXCLUDED.next_test_at`)
  await until(() => saidOf(/не на связи/).length > 0 && saidOf(/осталось 499\.50 KZT/).length > 0)
  await centre.sql('UPDATE terminals SET offline_since = NULL')
  await centre.running.centre.storage.alerts.keepBalance('5000', 'KZT')
  await until(() => saidOf(/снова на связи/).length > 0 && saidOf(/пополнен/).length > 0)
  assert.equal(saidOf(/отстранён/).length, 0)
  await centre.sql(
    'UPDATE terminal_health SET suspended_at = NULL, suspended_reason = NULL, next_test_at = NULL',
  )
})

test('restored books are told until every terminal was compared', async () => {
  const HOUR_MS = 3_600_000
  const actor = { kind: 'cli', name: 'оператор' } as const
  await declareRestored(centre.running.centre, actor, Date.now() - HOUR_MS)
  await until(() => saidOf(/база восстановлена или переключена/).length > 0)
  const ofRestored = async () =>
    (await bell(root)).alerts.filter(({ kind }: { kind: string }) => kind === 'books_restored')
  const [alert] = await ofRestored()
  assert.equal(alert.severity, 'critical')
  assert.match(alert.text, /Сверьте терминалы с журналами или выпиской: 1\./)
  await centre.sql("UPDATE tasks SET closed_at = centre_now() WHERE kind = 'books_restored'")
  await until(() => saidOf(/все терминалы сверены/).length > 0)
  assert.deepEqual(await ofRestored(), [])
})

test('a sum far above what a source usually takes is told, one like the others is not', async () => {
  const ids: string[] = []
  for (let n = 0; n < 2; n += 1) {
    const id = await centre.init(100_000 * (1 + 9 * n))
    const started = await centre.kaspi(id)
    centre.simulator.phone.scan({ qr: started.body.data.qr_code })
    await centre.until(id, 'paid')
    ids.push(id)
  }
  await centre.sql(
    'INSERT INTO usual_sums (source_id, p99_tiyn, payments) VALUES ($1, 200000, 100)',
    [centre.source.id],
  )
  await until(() => saidOf(/необычная сумма/).length > 0)
  const lines = (await bell(root, '')).alerts.filter(
    ({ kind }: { kind: string }) => kind === 'unusual_sum',
  )
  assert.deepEqual(
    lines.map(({ transaction_id: id }: { transaction_id: string }) => id),
    [ids[1]],
  )
  await centre.running.centre.storage.alerts.measureSums()
  const [usual] = await centre.sql(
    'SELECT p99_tiyn::integer AS p99, payments FROM usual_sums WHERE source_id = $1',
    [centre.source.id],
  )
  assert.deepEqual([usual.p99, usual.payments], [1_000_000, 2])
})

test('in quiet hours a warning waits, and is never sent when it is over by then; a critical one goes out', async () => {
  const night = { from: '00:00', to: '23:59' }
  await root.call('PUT', '/api/admin/alert-settings', { quiet_hours: night })
  const [{ late }] = await centre.sql(
    "SELECT to_char(centre_now() AT TIME ZONE 'Asia/Almaty', 'HH24:MI') = '23:59' AS late",
  )
  assert.equal(late, false, 'the one minute of the day that is not quiet here')
  await failing(centre.source.id, 'https://night.example/hook')
  await until(async () => {
    const [row] = await centre.sql(
      "SELECT state FROM alert_messages WHERE text LIKE '%night.example%'",
    )
    return row?.state === 'waiting'
  })
  await root.call('PUT', '/api/admin/alert-settings', {
    rules: [{ kind: 'endpoint_failing', severity: 'critical' }],
  })
  await failing(centre.source.id, 'https://urgent.example/hook')
  await until(() => saidOf(/urgent\.example/).length === 1)
  await works('https://night.example/hook')
  await until(async () => {
    const rows = await centre.sql(
      "SELECT state FROM alert_messages WHERE text LIKE '%night.example%'",
    )
    return rows.length === 1 && rows[0].state === 'superseded'
  })
  assert.equal(saidOf(/night\.example/).length, 0)
  await works('https://urgent.example/hook')
  await root.call('PUT', '/api/admin/alert-settings', {
    quiet_hours: null,
    rules: [{ kind: 'endpoint_failing', severity: 'warning' }],
  })
})

test('SMS go to whom is named, once each, and only of what they may see', async (t) => {
  const folder = newScratchFolder('byfly-alerts')
  t.after(() => rm(folder, { recursive: true, force: true }))
  const texting = await startTestCentre({
    env: { BYFLY_SMS: 'file', BYFLY_DATA_DIR: folder },
    terminals: [{ camera: 'json' }],
  })
  t.after(() => texting.stop())
  const owner = await loginAs(texting, 'super_admin')
  const here = await addStaff(texting, 'country_admin', { countries: ['KZ'] })
  const abroad = await addStaff(texting, 'country_admin', { countries: ['UZ'] })
  for (const recipient of [
    { channel: 'sms', role: 'country_admin' },
    { channel: 'sms', admin_id: here.id },
  ]) {
    const added = await owner.call('POST', '/api/admin/alert-recipients', recipient)
    assert.equal(added.status, 201, added.text)
  }
  for (const wrong of [
    { channel: 'sms' },
    { channel: 'sms', admin_id: here.id, role: 'cashier' },
    { channel: 'telegram' },
    { channel: 'sms', admin_id: here.id },
    { channel: 'sms', admin_id: 999 },
  ]) {
    assert.equal((await owner.call('POST', '/api/admin/alert-recipients', wrong)).status, 400)
  }
  await owner.call('PUT', '/api/admin/alert-settings', { quiet_hours: null })
  await texting.sql(`UPDATE terminals SET trouble = 'not_registered', trouble_since = centre_now()`)
  const sent = async () =>
    await texting.sql("SELECT admin_id, state FROM texts WHERE kind = 'alert' ORDER BY admin_id")
  await until(async () => (await sent())[0]?.state === 'accepted')
  assert.deepEqual(await sent(), [{ admin_id: here.id, state: 'accepted' }])
  assert.ok(!(await sent()).some(({ admin_id: id }) => id === abroad.id))
  const file = await readFile(join(folder, 'sms.ndjson'), 'utf8')
  assert.match(file, /ждёт человека: нужно зарегистрировать заново/)
})

test('a setting that is changed is in the audit, a chat’s token is nowhere', async () => {
  const lines = await centre.sql(
    "SELECT facts::text AS facts FROM audit_log WHERE action LIKE '%alert%'",
  )
  assert.ok(lines.length > 3)
  const everything = await centre.sql(
    "SELECT string_agg(a::text, ' ') AS said FROM alert_messages a",
  )
  assert.ok(!JSON.stringify([lines, everything]).includes(TOKEN))
})
