// GET /metrics of a centre at work: what a payment leaves there, who may read it, what no label holds.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { buildApp } from '../../packages/server/src/http/app.ts'
import type { MetricsAccess } from '../../packages/server/src/http/routes/metrics.ts'
import { fakeCentre } from '../api/fake-centre.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { until } from '../support/until.ts'
import { samplesIn, sumOf } from './metrics-text.ts'

let centre: TestCentre
before(async () => {
  centre = await startTestCentre({ terminals: 2 })
})
after(() => centre.stop())

async function scrape(): Promise<string> {
  const answer = await centre.call('GET', '/metrics', undefined, { 'X-API-Token': '' })
  assert.equal(answer.status, 200, answer.text)
  assert.equal(answer.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8')
  return answer.text
}

async function scrapeUntil(
  name: string,
  labels: Readonly<Record<string, string>>,
  value: number,
): Promise<string> {
  let text = ''
  await until(async () => {
    text = await scrape()
    return sumOf(text, name, labels) === value
  })
  return text
}

test('a payment leaves its request, start, code, looks and webhook, each once', async () => {
  const id = await centre.init(1_000_000)
  const started = await centre.kaspi(id)
  assert.equal(started.status, 200, started.text)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
  const delivered = { outcome: 'delivered' }
  const text = await scrapeUntil('byfly_delivery_try_duration_seconds_count', delivered, 1)
  const request = { method: 'POST', route: '/api/payment/:id/kaspi', status: '200' }
  assert.equal(sumOf(text, 'byfly_http_request_duration_seconds_count', request), 1)
  const start = { purpose: 'payment', outcome: 'accepted' }
  assert.equal(sumOf(text, 'byfly_terminal_start_duration_seconds_count', start), 1)
  assert.equal(sumOf(text, 'byfly_qr_read_duration_seconds_count'), 1)
  assert.equal(sumOf(text, 'byfly_queue_wait_seconds_bucket', { le: '0' }), 1)
  assert.ok((sumOf(text, 'byfly_attempt_poll_lateness_seconds_count') ?? 0) > 1)
})

test('the books, the pools and the process stand beside it', async () => {
  const text = await scrape()
  const terminals = { system: 'kaspi', availability: 'disabled' }
  assert.equal(sumOf(text, 'byfly_terminals', { system: 'kaspi' }), 2)
  assert.equal(sumOf(text, 'byfly_terminals', terminals), 0)
  for (const name of [
    'byfly_queue_length',
    'byfly_deliveries_due',
    'byfly_texts_due',
    'byfly_live_clients',
    'byfly_database_waiting',
  ]) {
    assert.equal(sumOf(text, name), 0, name)
  }
  assert.ok((sumOf(text, 'byfly_database_connections', { pool: 'main' }) ?? 0) > 0)
  assert.equal(sumOf(text, 'byfly_build_info'), 1)
  assert.ok(sumOf(text, 'nodejs_eventloop_lag_seconds') !== null)
  assert.equal(sumOf(text, 'byfly_scrape_failed_total'), 0)
})

test('a client that waits is counted, and one that left is not', async () => {
  const id = await centre.init(1_000_000)
  const leaving = new AbortController()
  const stream = await fetch(`${centre.url}/api/payment/${id}/events`, {
    headers: { 'X-API-Token': centre.source.apiToken, Accept: 'text/event-stream' },
    signal: leaving.signal,
  })
  assert.equal(stream.status, 200)
  const ofSource = { kind: 'source' }
  assert.equal(sumOf(await scrape(), 'byfly_live_clients', ofSource), 1)
  leaving.abort()
  const gone = { route: '/api/payment/:id/events', status: 'gone' }
  const text = await scrapeUntil('byfly_http_request_duration_seconds_count', gone, 1)
  assert.equal(sumOf(text, 'byfly_live_clients', ofSource), 0)
})

test('labels are few: no number, name or address of anybody, whatever is asked for', async () => {
  const id = await centre.init(1_000_000, { customer_name: 'Айгерим' })
  await centre.status(id)
  await centre.call('GET', `/api/payment/${'F'.repeat(32)}`)
  await centre.call('GET', '/api/nothing/77001234567?phone=77001234567')
  await centre.call('PROPFIND', '/secret-path')
  const text = await scrape()
  const routes = new Set(samplesIn(text).flatMap(({ labels }) => labels['route'] ?? []))
  assert.ok(routes.has('/api/payment/:id') && routes.has('unmatched'), [...routes].join('\n'))
  for (const word of [id, '77001234567', 'Айгерим', 'secret-path', 'Тестовый сайт']) {
    assert.ok(!text.includes(word), word)
  }
})

const EXPOSITION = { type: 'text/plain', text: 'byfly_build_info 1\n' }

type Ask = (headers?: Record<string, string>, remoteAddress?: string) => Promise<number>

/** The status that each asker gets. */
async function asking(access: Partial<MetricsAccess>, work: (ask: Ask) => Promise<void>) {
  const metrics = { scrape: async () => EXPOSITION, token: null, isProxied: false, ...access }
  const app = buildApp(fakeCentre().centre, { isReady: async () => true, metrics })
  await work(async (headers = {}, remoteAddress = '127.0.0.1') => {
    const { statusCode } = await app.inject({ url: '/metrics', headers, remoteAddress })
    return statusCode
  })
  await app.close()
}

test('without a token it is for this machine alone, and never through a proxy', async () => {
  await asking({}, async (ask) => {
    assert.equal(await ask(), 200)
    assert.equal(await ask({}, '::1'), 200)
    assert.equal(await ask({}, '10.0.0.7'), 401)
    assert.equal(await ask({ 'X-Forwarded-For': '127.0.0.1' }), 401)
    assert.equal(await ask({ 'X-Real-IP': '127.0.0.1' }), 401)
  })
  await asking({ isProxied: true }, async (ask) => assert.equal(await ask(), 401))
})

test('with a token it is for whoever has it, from anywhere, and for nobody else', async () => {
  const token = 'metrics-token-of-a-test'
  const bearer = (said: string) => ({ Authorization: `Bearer ${said}` })
  await asking({ token, isProxied: true }, async (ask) => {
    assert.equal(await ask(bearer(token), '10.0.0.7'), 200)
    assert.equal(await ask(), 401)
    assert.equal(await ask(bearer(`${token}x`)), 401)
    assert.equal(await ask({ Authorization: token }), 401)
  })
})
