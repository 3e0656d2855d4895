// The console's stream: what each role hears of, by its scope and to the last number; that it ends with its
// session and with its rights; and that it makes no difference on which instance a thing changed.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ROLES } from '@byfly-pay/core'
import type { NewAdmin } from '../../packages/server/src/ports/staff-store.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { type EventReader, openEvents } from '../support/event-reader.ts'
import { freshAddress } from '../support/login.ts'
import { loginAs, sessionFor, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'

const HTTP = { heartbeatMs: 300, gatherMs: 20, lookAgainMs: 100, streamsPerPerson: 2 } as const

let centre: TestCentre
/** Another instance over the same database. */
let beside: TestCentre

before(async () => {
  centre = await startTestCentre({ http: HTTP })
  const { database, simulator } = centre
  beside = await startTestCentre({ database, simulator, http: HTTP })
})
after(async () => {
  await beside.stop()
  await centre.stop()
})

async function listen(
  { token }: Pick<TestStaff, 'token'>,
  { url }: Pick<TestCentre, 'url'> = centre,
): Promise<EventReader> {
  const stream = await openEvents(`${url}/api/admin/events`, { authorization: `Bearer ${token}` })
  // What is committed after the first word is told.
  if (stream.status === 200) await stream.find(({ name }) => name === 'beat')
  return stream
}

async function listener(role: (typeof ROLES)[number], lists: Partial<NewAdmin> = {}) {
  const staff = await loginAs(centre, role, lists)
  return { staff, stream: await listen(staff) }
}

function heard({ events }: EventReader, kind: string): string[] {
  return events
    .filter(({ name, data }) => name === 'change' && data.kind === kind)
    .map(({ data }) => data.id)
}

function hears(stream: EventReader, kind: string, id: string | null) {
  return stream.find(({ data, name }) => name === 'change' && data.kind === kind && data.id === id)
}

/** A stream that hears everything has heard it: what others were not told by then, they are not told. */
async function settled(witness: EventReader, kind: string, id: string): Promise<void> {
  await hears(witness, kind, id)
  await sleep(3 * HTTP.gatherMs)
}

test('a payment is told of when it is made and at each change, by number and version alone', async () => {
  const { stream } = await listener('super_admin')
  const id = await centre.init(1_000_000)
  assert.deepEqual((await hears(stream, 'payment', id)).data, { kind: 'payment', id, version: 1 })
  const started = await centre.kaspi(id)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
  const [{ version }] = await centre.sql('SELECT version FROM payments WHERE id = $1::uuid', [id])
  await stream.find(({ data }) => data.id === id && data.version === version)
  // Its terminal was busy, and is free.
  assert.ok(heard(stream, 'terminal').length > 0)
  for (const { data, name } of stream.events) {
    const fields = name === 'beat' ? ['at', 'at_utc'] : ['kind', 'id', 'version']
    assert.deepEqual(Object.keys(data), fields)
  }
  stream.close()
})

test('it makes no difference on which instance it changed', async () => {
  const staff = await loginAs(centre, 'accountant')
  const [here, there] = [await listen(staff), await listen(staff, beside)]
  const id = await beside.init(700_000)
  await beside.call('POST', `/api/payment/${id}/cancel`)
  for (const stream of [here, there]) await stream.find(({ data }) => data.id === id)
  const takenOut = (is: boolean) =>
    centre.sql(
      is
        ? `UPDATE terminals SET (taken_out_at, taken_out_by, taken_out_reason) = (now(), 'x', 'x') WHERE id = 1`
        : 'UPDATE terminals SET (taken_out_at, taken_out_by, taken_out_reason) = (NULL, NULL, NULL) WHERE id = 1',
    )
  await takenOut(true)
  for (const stream of [here, there]) await hears(stream, 'terminal', '1')
  await takenOut(false)
  here.close()
  there.close()
})

test('L4: nobody hears of what does not exist for them, in any role', async () => {
  const other = await centre.addSource()
  const own = { sources: [centre.source.id] }
  const streams = {
    all: (await listener('super_admin')).stream,
    own: (await listener('cashier', own)).stream,
    foreign: (await listener('cashier', { sources: [other.id] })).stream,
    elsewhere: (await listener('country_admin', { countries: ['UZ'] })).stream,
    otherSystem: (await listener('accountant', { systems: ['halyk'] })).stream,
    developer: (await listener('developer', own)).stream,
    nothing: (await listener('country_admin', { countries: [], systems: [] })).stream,
  }
  const id = await centre.init(900_000)
  await centre.kaspi(id)
  await streams.all.find(({ data }) => data.id === id && data.version > 3)
  await settled(streams.own, 'payment', id)
  assert.ok(heard(streams.developer, 'payment').includes(id))
  for (const stream of [streams.foreign, streams.elsewhere, streams.nothing]) {
    assert.deepEqual(heard(stream, 'payment'), [])
    assert.ok(!stream.text.includes(id))
  }
  // A terminal is its country's and system's; a developer has no right to see one.
  assert.ok(heard(streams.own, 'terminal').length > 0)
  assert.ok(heard(streams.foreign, 'terminal').length > 0)
  for (const stream of [streams.elsewhere, streams.otherSystem, streams.developer]) {
    assert.deepEqual(heard(stream, 'terminal'), [])
  }
  // Until its method was chosen it was of no system, so of everybody's in its country (N8); now it is Kaspi's.
  const before = heard(streams.otherSystem, 'payment').length
  const [{ version }] = await centre.sql('SELECT version FROM payments WHERE id = $1::uuid', [id])
  await centre.call('POST', `/api/payment/${id}/cancel`)
  await streams.all.find(({ data }) => data.id === id && data.version > version)
  await sleep(3 * HTTP.gatherMs)
  assert.equal(heard(streams.otherSystem, 'payment').length, before)
  for (const stream of Object.values(streams)) stream.close()
})

test('tasks and alerts are heard of by whom the desks and the bell show them to', async () => {
  const streams = {
    all: (await listener('super_admin')).stream,
    country: (await listener('country_admin', { countries: ['KZ'] })).stream,
    elsewhere: (await listener('country_admin', { countries: ['UZ'] })).stream,
    cashier: (await listener('cashier', { sources: [centre.source.id] })).stream,
  }
  const [task] = await centre.sql(
    `INSERT INTO tasks (kind, terminal_id, opened_at) VALUES ('quarantined', 1, now())
     RETURNING id::text`,
  )
  const [whole] = await centre.sql(
    `INSERT INTO tasks (kind, key, opened_at) VALUES ('sale_outside', 'k', now()) RETURNING id::text`,
  )
  const [alert] = await centre.sql(
    `INSERT INTO alerts (kind, key, severity, country_iso, payment_system, terminal_id)
     VALUES ('terminal_offline', 'events', 'warning', 'KZ', 'kaspi', 1) RETURNING id::text`,
  )
  const [money] = await centre.sql(
    `INSERT INTO alerts (kind, key, severity) VALUES ('sms_balance_low', 'events', 'critical')
     RETURNING id::text`,
  )
  await settled(streams.all, 'alert', money.id)
  const both = (stream: EventReader) => ({
    tasks: heard(stream, 'task'),
    alerts: heard(stream, 'alert'),
  })
  assert.deepEqual(both(streams.all), { tasks: [task.id, whole.id], alerts: [alert.id, money.id] })
  assert.deepEqual(both(streams.country), { tasks: [task.id], alerts: [alert.id] })
  assert.deepEqual(both(streams.elsewhere), { tasks: [], alerts: [] })
  assert.deepEqual(both(streams.cashier), { tasks: [], alerts: [alert.id] })
  // Seen again it is no news.
  await centre.sql('UPDATE alerts SET last_seen_at = now() WHERE id = $1', [alert.id])
  await centre.sql('UPDATE alerts SET ended_at = now() WHERE id = $1', [money.id])
  await until(() => heard(streams.all, 'alert').length === 3)
  assert.deepEqual(heard(streams.country, 'alert'), [alert.id])
  for (const stream of Object.values(streams)) stream.close()
})

test('a session that is ended, on whichever instance, hears nothing more', async () => {
  const { staff, stream } = await listener('country_admin')
  const still = await listen(await sessionFor(centre, staff.id))
  const root = await loginAs(beside, 'super_admin')
  const path = `/api/admin/admins/${staff.id}/sessions/${staff.sessionId}`
  assert.equal((await root.call('DELETE', path)).status, 200)
  const id = await centre.init(500_000)
  await stream.closed()
  await hears(still, 'payment', id)
  assert.ok(!stream.text.includes(id))
  assert.equal((await listen(staff)).status, 401)
  still.close()
})

test('rights that are others end the stream; the next one is made for them', async () => {
  const { staff, stream } = await listener('country_admin')
  const root = await loginAs(centre, 'super_admin')
  const change = { allowed_countries: ['UZ'] }
  await centre.sql(
    `INSERT INTO countries (iso, name, dial_code) VALUES ('UZ', 'Узбекистан', '+998')
     ON CONFLICT DO NOTHING`,
  )
  const saved = await root.call('PUT', `/api/admin/admins/${staff.id}`, change)
  assert.equal(saved.status, 200, saved.text)
  const id = await centre.init(500_000)
  await stream.closed()
  assert.ok(!stream.text.includes(id))
  const again = await listen(staff)
  const witness = (await listener('super_admin')).stream
  const later = await centre.init(500_000)
  await settled(witness, 'payment', later)
  assert.deepEqual(heard(again, 'payment'), [])
  again.close()
  witness.close()
})

test('a session that runs out while nothing changes ends its stream too', async () => {
  const { staff, stream } = await listener('cashier')
  await centre.sql('UPDATE admin_sessions SET expires_at = now() WHERE id = $1', [staff.sessionId])
  await stream.closed()
})

test('beats come while nothing changes, and say the centre’s time', async () => {
  const { stream } = await listener('developer')
  await until(() => stream.events.filter(({ name }) => name === 'beat').length > 2)
  for (const { data } of stream.events.filter(({ name }) => name === 'beat')) {
    assert.match(data.at, /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/)
  }
  stream.close()
})

test('a person has so many streams and no more; one that is left makes room', async () => {
  const staff = await loginAs(centre, 'accountant')
  const [first, second] = [await listen(staff), await listen(staff)]
  const third = await listen(staff)
  await third.closed()
  assert.deepEqual([third.status, JSON.parse(third.text).code], [429, 'rate_limited'])
  first.close()
  await until(async () => {
    const again = await listen(staff)
    again.close()
    return again.status === 200
  })
  second.close()
})

test('more at once than can be told one by one is told as everything, and names nothing', async () => {
  const { stream } = await listener('super_admin')
  const { stream: cashier } = await listener('cashier')
  await centre.sql(
    `INSERT INTO tasks (kind, key, opened_at)
     SELECT 'sale_outside', 'many ' || n, now() FROM generate_series(1, 1500) AS n`,
  )
  for (const each of [stream, cashier]) {
    assert.deepEqual((await hears(each, 'everything', null)).data, {
      kind: 'everything',
      id: null,
      version: null,
    })
    // The first of them may be told before the rest is known.
    assert.ok(heard(each, 'task').length <= 50)
    each.close()
  }
})

test('nobody, and whoever asks for anything but a stream, is told so', async () => {
  const staff = await loginAs(centre, 'cashier')
  const asJson = await staff.call('GET', '/api/admin/events', undefined, {
    Accept: 'application/json',
  })
  assert.deepEqual([asJson.status, asJson.body.code], [400, 'not_event_stream'])
  const stranger = await openEvents(`${centre.url}/api/admin/events`, {
    'x-forwarded-for': freshAddress(),
  })
  await stranger.closed()
  assert.equal(stranger.status, 401)
})
