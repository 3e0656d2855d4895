// Live answers over the whole centre (S10, S11): a change made anywhere reaches whoever waits on any
// instance, once, in order, also when notices are lost, clients come and go, and instances stop.

import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseTransactionId } from '@byfly-pay/core'
import { EventSource, type MessageEvent } from 'undici'
import { startCuttingProxy } from '../storage/cutting-proxy.ts'
import { client, startTestCentre, type TestCentre } from '../support/centre.ts'
import { type EventReader, openEvents, type SentEvent } from '../support/event-reader.ts'
import { spawnCentre } from '../support/spawn-centre.ts'
import { until } from '../support/until.ts'

/** So long that only notices can be what tells. */
const NOTICES_ONLY = { lookAgainMs: 3_600_000 } as const

function events(
  { url, source }: Pick<TestCentre, 'url' | 'source'>,
  id: string,
  headers: Record<string, string> = {},
): Promise<EventReader> {
  return openEvents(`${url}/api/payment/${id}/events`, {
    'x-api-token': source.apiToken,
    ...headers,
  })
}

/** One after the other: the last one owns the database. */
async function stopAll(...running: readonly { stop(): Promise<void> }[]): Promise<void> {
  for (const { stop } of running) await stop()
}

function isStatus(status: string): (event: SentEvent) => boolean {
  return ({ data }) => data.status === status
}

/** Ids grow, no state comes twice, and whatever came last is the final word. */
function checkOrder({ events: seen }: EventReader): void {
  const states = seen.filter(({ name }) => name !== 'end')
  const ids = states.map(({ id }) => Number(id))
  assert.deepEqual(
    ids,
    [...new Set(ids)].sort((a, b) => a - b),
  )
  for (const [n, { data }] of states.entries()) {
    if (n > 0) assert.notDeepEqual(data, states[n - 1]?.data)
  }
}

test('S11: both streams tell each step of a payment by notices alone, in order, and end', async (t) => {
  const centre = await startTestCentre({
    terminals: [{ camera: 'json' }],
    // Long enough to be seen by the watcher that asks every 50 ms.
    timing: { customerMs: 400 },
    http: NOTICES_ONLY,
  })
  t.after(() => centre.stop())
  const id = await centre.init(100_000)
  const shop = await events(centre, id)
  const page = await openEvents(`${centre.url}/pay/${id}/events`)
  await shop.find(isStatus('pending'))
  await page.find(isStatus('pending'))
  const started = await centre.kaspi(id)
  await page.find(({ data }) => data.qr_code === started.body.data.qr_code)
  await shop.find(({ data }) => data.status_detail === 'waiting_for_scan')
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  const paid = await shop.find(isStatus('paid'))
  await Promise.all([shop.closed(), page.closed()])
  assert.deepEqual(paid.data, (await centre.call('GET', `/api/payment/${id}/status`)).body.data)
  for (const reader of [shop, page]) {
    checkOrder(reader)
    assert.deepEqual(
      reader.events.slice(-2).map(({ name, data }) => [name, data.status ?? data.reason]),
      [
        [reader === shop ? 'status' : 'state', 'paid'],
        ['end', 'final'],
      ],
    )
  }
  const history = await centre.sql('SELECT max(version) AS version FROM payment_history')
  assert.equal(paid.id, String(history[0].version))
  assert.deepEqual(
    [...new Set(shop.events.map(({ data }) => data.status_detail).filter(Boolean))],
    ['starting', 'waiting_for_scan', 'waiting_for_confirmation'],
  )
})

test('S11: a change on one instance reaches streams and long polls of another', async (t) => {
  const here = await startTestCentre({ terminals: [{ camera: 'json' }], http: NOTICES_ONLY })
  const { database, simulator, source } = here
  const there = await startTestCentre({ database, simulator, http: NOTICES_ONLY })
  t.after(() => stopAll(there, here))
  const id = await here.init(100_000)
  const stream = await events({ url: there.url, source }, id)
  await stream.find(isStatus('pending'))
  const { call } = client(there.url, source.apiToken)
  const polls = [1, 2].map(() => call('GET', `/api/payment/${id}/status?wait=25`))
  await here.call('POST', `/api/payment/${id}/cancel`)
  const cancelled = await stream.find(isStatus('cancelled'))
  for (const poll of await Promise.all(polls)) {
    assert.equal(poll.body.data.status, 'cancelled')
  }
  // The id is the payment's own: the instance that made the change knows it too.
  const again = await events(here, id, { 'last-event-id': cancelled.id })
  assert.equal(again.status, 204)
})

test('S11: notices that are lost are made up for, by looking and after each interruption', async (t) => {
  const here = await startTestCentre({ http: { lookAgainMs: 100 } })
  const { database, simulator, source } = here
  const there = await startTestCentre({ database, simulator, http: NOTICES_ONLY })
  t.after(() => stopAll(there, here))
  const id = await here.init(100_000)
  const changeInSilence = (detail: string) =>
    here.sql('UPDATE payments SET status_detail = $2, version = version + 1 WHERE id = $1', [
      parseTransactionId(id),
      detail,
    ])
  const [looks, relies] = [await events(here, id), await events({ url: there.url, source }, id)]
  await Promise.all([looks.find(isStatus('pending')), relies.find(isStatus('pending'))])
  await changeInSilence('first')
  await looks.find(({ data }) => data.status_detail === 'first')
  assert.equal(relies.events.length, 1)
  await here.sql(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND query IN ('LISTEN centre', 'SELECT 1')`,
  )
  await relies.find(({ data }) => data.status_detail === 'first')
  checkOrder(looks)
  checkOrder(relies)
})

test('S11: an instance that hears no notices at all still tells a payment to its end', async (t) => {
  const here = await startTestCentre({ terminals: [{ camera: 'json' }] })
  const { database, simulator, source } = here
  const proxy = await startCuttingProxy(database.url)
  proxy.mute('LISTEN centre')
  const deaf = await startTestCentre({
    database: { ...database, url: proxy.url },
    simulator,
    http: { lookAgainMs: 100 },
  })
  t.after(() => stopAll(deaf, proxy, here))
  const id = await here.init(100_000)
  const stream = await events({ url: deaf.url, source }, id)
  const poll = client(deaf.url, source.apiToken).call('GET', `/api/payment/${id}/status?wait=25`)
  const started = await here.kaspi(id)
  assert.equal((await poll).body.data.status, 'processing')
  simulator.phone.scan({ qr: started.body.data.qr_code })
  await stream.find(isStatus('paid'))
  await stream.closed()
  checkOrder(stream)
})

test('S11: a stream opened while its payment changes never misses the final state', async (t) => {
  const centre = await startTestCentre({ http: NOTICES_ONLY })
  t.after(() => centre.stop())
  const seed = randomInt(2 ** 31)
  t.diagnostic(`seed ${seed}`)
  const pauses = Array.from({ length: 60 }, (_, n) => ((seed + n * 7_919) % 97) / 8 - 2)
  const ends = pauses.map(async (pauseMs) => {
    const id = await centre.init(100_000)
    const cancel = async () => {
      await sleep(Math.max(pauseMs, 0))
      assert.equal((await centre.call('POST', `/api/payment/${id}/cancel`)).status, 200)
    }
    const open = async () => {
      await sleep(Math.max(-pauseMs, 0))
      return events(centre, id)
    }
    const [stream] = await Promise.all([open(), cancel()])
    await stream.closed()
    checkOrder(stream)
    const last = stream.events.slice(-2)
    assert.deepEqual([last[0]?.data.status, last[1]?.name], ['cancelled', 'end'])
  })
  await Promise.all(ends)
})

test('S11: who comes again with the last id hears only of what is newer', async (t) => {
  const centre = await startTestCentre({ terminals: [{ camera: 'json' }] })
  t.after(() => centre.stop())
  const id = await centre.init(100_000)
  const first = await events(centre, id)
  const seen = await first.find(isStatus('pending'))
  first.close()
  const second = await events(centre, id, { 'last-event-id': seen.id })
  // Another client that knows nothing has been told by now: the one who knows had its turn as well.
  const stranger = await openEvents(`${centre.url}/pay/${id}/events?last_event_id=abc`)
  await stranger.find(isStatus('pending'))
  assert.deepEqual(second.events, [])
  const started = await centre.kaspi(id)
  await second.find(({ data }) => data.status_detail === 'waiting_for_scan')
  second.close()
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
  const third = await openEvents(
    `${centre.url}/api/payment/${id}/events?last_event_id=${second.lastId}`,
    { 'x-api-token': centre.source.apiToken },
  )
  await third.closed()
  assert.deepEqual(
    third.events.map(({ name, data }) => [name, data.status ?? data.reason]),
    [
      ['status', 'paid'],
      ['end', 'final'],
    ],
  )
})

test('S11: a standard EventSource connects again by itself, hears each state once, and stops', async (t) => {
  const http = { heartbeatMs: 30, streamMs: 60, reconnectMs: 10 }
  const centre = await startTestCentre({ http })
  t.after(() => centre.stop())
  const id = await centre.init(100_000)
  const source = new EventSource(`${centre.url}/pay/${id}/events`)
  t.after(() => source.close())
  const states: string[] = []
  let connections = 0
  let ends = 0
  source.addEventListener('open', () => {
    connections += 1
  })
  source.addEventListener('state', (event) => {
    // Its types know the one name 'message' only.
    states.push(JSON.parse((event as MessageEvent).data).status)
  })
  source.addEventListener('end', () => {
    ends += 1
  })
  await until(() => connections >= 3)
  assert.deepEqual(states, ['pending'])
  await centre.call('POST', `/api/payment/${id}/cancel`)
  await until(() => source.readyState === EventSource.CLOSED)
  assert.deepEqual([states, ends], [['pending', 'cancelled'], 1])
})

test('S11: a stop ends streams and answers long polls at once', async (t) => {
  const centre = await startTestCentre()
  const stopping = await spawnCentre(centre)
  t.after(async () => {
    await stopping.kill('SIGKILL')
    await centre.stop()
  })
  const id = await centre.init(100_000)
  const streams = [
    await events({ url: stopping.url, source: centre.source }, id),
    await openEvents(`${stopping.url}/pay/${id}/events`),
  ]
  for (const stream of streams) await stream.find(isStatus('pending'))
  const { call } = client(stopping.url, centre.source.apiToken)
  const polls = [1, 2].map(() => call('GET', `/api/payment/${id}/status?wait=25`))
  // Answered after the polls have come in, since it was asked after them.
  streams.push(await events({ url: stopping.url, source: centre.source }, id))
  await stopping.kill('SIGTERM')
  for (const stream of streams) {
    await stream.closed()
    assert.notEqual(stream.events.at(-1)?.name, 'end')
  }
  for (const poll of await Promise.all(polls)) assert.equal(poll.body.data.status, 'pending')
})

for (const [how, end] of [
  ['disabled', 'UPDATE sources SET is_active = false WHERE id = $1'],
  ['deleted', 'UPDATE sources SET deleted_at = now() WHERE id = $1'],
  ['rotated', 'UPDATE source_tokens SET expires_at = now() WHERE source_id = $1'],
] as const) {
  test(`A28: a ${how} source’s streams end at the next heartbeat, others’ go on`, async (t) => {
    const centre = await startTestCentre({ http: { heartbeatMs: 150 } })
    t.after(() => centre.stop())
    const other = await centre.addSource()
    const theirs = client(centre.url, other.apiToken)
    const id = await centre.init(100_000)
    const ours = await events(centre, id)
    const kept = await events({ url: centre.url, source: other }, await theirs.init(100_000))
    await ours.find(isStatus('pending'))
    await centre.sql(end, [centre.source.id])
    await ours.closed()
    const { comments } = kept
    await until(() => kept.comments > comments + 1)
    assert.equal(kept.isClosed, false)
    assert.deepEqual(
      ours.events.map(({ name }) => name),
      ['status'],
    )
  })
}
