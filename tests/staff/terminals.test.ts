// Terminals as staff enters them: the documented body, what is told back, and that only what was
// sent changes (T5, N6, A17).

import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'

const DOCUMENTED = {
  name: 'Терминал 1',
  ip_address: 'http://109.175.215.40',
  port: 130,
  camera_id: 4,
  camera_url: 'http://109.175.215.40:3000/qr/4',
  is_active: true,
}

let centre: TestCentre
let root: TestStaff

before(async () => {
  centre = await startTestCentre({
    terminals: 1,
    env: { BYFLY_DEVICE_NETWORKS: '109.175.215.0/24 10.0.0.0/8' },
  })
  root = await loginAs(centre, 'super_admin')
})
after(() => centre.stop())
beforeEach(() => centre.sql('DELETE FROM terminals WHERE id > 1'))

async function added(more: Record<string, unknown> = {}): Promise<number> {
  const answer = await root.call('POST', '/api/admin/terminals', { ...DOCUMENTED, ...more })
  assert.equal(answer.status, 201, answer.text)
  return answer.body.data.id
}

async function shown(id: number) {
  const { body, status } = await root.call('GET', `/api/admin/terminals/${id}`)
  assert.equal(status, 200)
  return body.data
}

function lines(action: string) {
  return centre.sql('SELECT target_id, facts FROM audit_log WHERE action = $1 ORDER BY seq DESC', [
    action,
  ])
}

test('N6: the documented body makes a terminal, and is told back as it was sent', async () => {
  const answer = await root.call('POST', '/api/admin/terminals', DOCUMENTED)
  assert.equal(answer.status, 201)
  const { id } = answer.body.data
  assert.deepEqual(answer.body, { success: true, message: 'Терминал добавлен', data: { id } })
  const { created_at: at, created_at_utc: utc, ...terminal } = await shown(id)
  assert.match(at, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  assert.match(utc, /Z$/)
  assert.deepEqual(terminal, {
    id,
    ...DOCUMENTED,
    tls: 'strict',
    api_version: 'v2',
    own_cheque: false,
    country_iso: 'KZ',
    payment_system: 'kaspi',
    status: 'free',
    current_transaction_id: null,
    trouble: null,
    trouble_since: null,
    trouble_since_utc: null,
    quarantine_reason: null,
    quarantined_until: null,
    quarantined_until_utc: null,
    taken_out: null,
    reserved_sources: null,
    reserved_country: null,
    health: null,
    suspended: null,
    registered_name: null,
    token_expires_at: null,
    token_expires_at_utc: null,
    certificate_fingerprint: null,
    can_stop: null,
    last_seen_at: null,
    last_seen_at_utc: null,
  })
  const [row] = await centre.sql('SELECT scheme, host, port FROM terminals WHERE id = $1', [id])
  assert.deepEqual(row, { scheme: 'http', host: '109.175.215.40', port: 130 })
  const [line] = await lines('terminal.created')
  assert.equal(line.target_id, String(id))
  assert.equal(line.facts.ip_address, DOCUMENTED.ip_address)
})

test('the list is an array, in the order of entry, page by page', async () => {
  const ids = [1, await added(), await added()]
  const list = await root.call('GET', '/api/admin/terminals')
  assert.deepEqual(
    list.body.data.map(({ id }: { id: number }) => id),
    ids,
  )
  const page = await root.call('GET', '/api/admin/terminals?limit=1&offset=1')
  assert.deepEqual(
    page.body.data.map(({ id }: { id: number }) => id),
    [ids[1]],
  )
  for (const query of ['limit=0', 'limit=1001', 'offset=-1', 'limit=x']) {
    assert.equal((await root.call('GET', `/api/admin/terminals?${query}`)).status, 400, query)
  }
})

test('T3: what is wrong is named by its field', async () => {
  const rows: [Record<string, unknown>, string][] = [
    [{ name: '  ' }, 'name'],
    [{ name: 'я'.repeat(201) }, 'name'],
    [{ port: 0 }, 'port'],
    [{ port: 65_536 }, 'port'],
    [{ port: '130' }, 'port'],
    [{ ip_address: 'http://10.0.0.1:131' }, 'port'],
    [{ camera_url: 'просто текст' }, 'camera_url'],
    [{ camera_url: undefined }, 'camera_id'],
    [{ country_iso: 'XX' }, 'country_iso'],
    [{ country_iso: 'kz' }, 'country_iso'],
    [{ payment_system: 'halyk' }, 'payment_system'],
    [{ tls: 'none' }, 'tls'],
    [{ is_active: 1 }, 'is_active'],
  ]
  for (const [wrong, field] of rows) {
    const answer = await root.call('POST', '/api/admin/terminals', { ...DOCUMENTED, ...wrong })
    assert.equal(answer.status, 400, JSON.stringify(wrong))
    assert.deepEqual(Object.keys(answer.body.errors), [field], answer.text)
  }
  assert.equal((await centre.sql('SELECT FROM terminals')).length, 1)
})

test('T5: PUT changes what is sent, and the audit says what that was', async () => {
  const id = await added()
  const sendings: [Record<string, unknown>, Record<string, unknown>?][] = [
    [{ name: 'Касса' }],
    [{ is_active: false }, { is_active: false, status: 'disabled' }],
    [{ tls: 'pinned', api_version: 'v1', own_cheque: true }],
    [{ country_iso: 'UZ' }],
    [{ port: 8080 }],
    [{ ip_address: 'https://10.1.2.3' }],
    [{ ip_address: '10.1.2.3:9000' }, { ip_address: '10.1.2.3:9000', port: 9000 }],
    [{ camera_id: null }],
    [{ camera_url: null }],
  ]
  for (const [sent, changed = sent] of sendings) {
    const earlier = await shown(id)
    const answer = await root.call('PUT', `/api/admin/terminals/${id}`, sent)
    assert.equal(answer.status, 200, answer.text)
    assert.deepEqual(answer.body, { success: true, message: 'Терминал обновлен', data: null })
    assert.deepEqual(await shown(id), { ...earlier, ...changed })
    const [line] = await lines('terminal.changed')
    const { status: _, ...fields } = changed
    for (const [field, value] of Object.entries(fields)) {
      assert.deepEqual(line.facts[field], { before: earlier[field], after: value })
    }
  }
})

test('a PUT that changes nothing writes nothing', async () => {
  const id = await added({ camera_url: 'http://eye:secret@10.0.0.9/qr' })
  const terminal = await shown(id)
  assert.equal(terminal.camera_url, 'http://***@10.0.0.9/qr')
  const { length } = await lines('terminal.changed')
  for (const body of [{}, terminal]) {
    assert.equal((await root.call('PUT', `/api/admin/terminals/${id}`, body)).status, 200)
  }
  assert.equal((await lines('terminal.changed')).length, length)
  const device = await centre.running.centre.storage.terminals.device(id)
  assert.equal(device?.cameraUrl, 'http://eye:secret@10.0.0.9/qr')
  const [row] = await centre.sql('SELECT camera_url FROM terminals WHERE id = $1', [id])
  assert.equal(row.camera_url, 'http://10.0.0.9/qr')
  assert.doesNotMatch(JSON.stringify(await lines('terminal.created')), /secret/)
})

test('N6: a camera’s number alone builds its address from the configured base', async () => {
  const based = await startTestCentre({
    terminals: 1,
    env: { BYFLY_CAMERA_BASE: 'http://127.0.0.1:3000/qr/' },
  })
  try {
    const staff = await loginAs(based, 'super_admin')
    const body = { name: 'Касса', ip_address: '127.0.0.1', camera_id: 7 }
    const { id } = (await staff.call('POST', '/api/admin/terminals', body)).body.data
    const read = async () => (await staff.call('GET', `/api/admin/terminals/${id}`)).body.data
    assert.equal((await read()).camera_url, 'http://127.0.0.1:3000/qr/7')
    await staff.call('PUT', `/api/admin/terminals/${id}`, { camera_id: 8 })
    assert.equal((await read()).camera_url, 'http://127.0.0.1:3000/qr/8')
  } finally {
    await based.stop()
  }
})

test('T5: a deleted terminal is gone, a second DELETE is 404, what it carries goes on', async () => {
  const payment = await centre.init(1_000_000)
  const started = await centre.kaspi(payment)
  assert.equal(started.body.data.terminal_id, 1)
  const gone = await root.call('DELETE', '/api/admin/terminals/1')
  assert.deepEqual(gone.body, { success: true, message: 'Терминал удален', data: null })
  for (const [method, path] of [
    ['DELETE', ''],
    ['GET', ''],
    ['GET', '/status'],
    ['PUT', ''],
  ] as const) {
    const body = method === 'PUT' ? { name: 'x' } : undefined
    const answer = await root.call(method, `/api/admin/terminals/1${path}`, body)
    assert.equal(answer.status, 404, method)
    assert.equal(answer.body.code, 'terminal_not_found')
    assert.equal(answer.body.message, 'Терминал не найден')
  }
  assert.deepEqual((await root.call('GET', '/api/admin/terminals')).body.data, [])
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(payment, 'paid')
  const [line] = await lines('terminal.deleted')
  assert.equal(line.facts.was_busy, true)
  await centre.sql('UPDATE terminals SET deleted_at = NULL WHERE id = 1')
})

test('A17: a column that no request knows changes nothing', async () => {
  const id = await added()
  const columns = await centre.sql(
    "SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'terminals'",
  )
  const known = ['name', 'ip_address', 'port', 'camera_id', 'camera_url', 'own_cheque', 'is_active']
  const reserving = ['reserved_sources', 'reserved_country']
  const strange = columns
    .map(({ name }) => name)
    .filter((name) => ![...known, 'country_iso', 'api_version', ...reserving].includes(name))
  const whole = () => centre.sql('SELECT * FROM terminals WHERE id = $1', [id])
  const before = await whole()
  for (const value of ['2020-01-01 00:00:00', 77, true]) {
    const body = Object.fromEntries(strange.map((name) => [name, value]))
    const answer = await root.call('PUT', `/api/admin/terminals/${id}`, body)
    assert.equal(answer.status, 200, answer.text)
  }
  assert.deepEqual(await whole(), before)
})

test('a terminal is reserved for sources and a country that the writer can see, others stay on it', async () => {
  const id = await added()
  const abroad = await centre.addSource({ countryIso: 'UZ' })
  const own = centre.source.id
  const shown = async (who: TestStaff) => {
    const { data } = (await who.call('GET', `/api/admin/terminals/${id}`)).body
    return [data.reserved_sources, data.reserved_country]
  }
  const put = (who: TestStaff, body: object) => who.call('PUT', `/api/admin/terminals/${id}`, body)
  assert.equal((await put(root, { reserved_sources: [own, abroad.id] })).status, 200)
  assert.deepEqual(await shown(root), [[own, abroad.id], null])
  const local = await loginAs(centre, 'country_admin', { countries: ['KZ'] })
  assert.deepEqual(await shown(local), [[own], null])
  for (const unknown of [{ reserved_sources: [abroad.id] }, { reserved_country: 'XX' }]) {
    const refused = await put(local, unknown)
    assert.equal(refused.status, 400, refused.text)
    assert.deepEqual(Object.keys(refused.body.errors), Object.keys(unknown))
  }
  assert.equal((await put(local, { reserved_sources: [] })).status, 200)
  assert.deepEqual(await shown(root), [[abroad.id], null])
  assert.equal((await put(root, { reserved_sources: null, reserved_country: 'UZ' })).status, 200)
  assert.deepEqual(await shown(local), [null, 'UZ'])
  await put(root, { reserved_country: null })
})

test('a path that is no number of a terminal is not found', async () => {
  for (const id of ['0', '-1', '1e3', 'abc', '99999999999', '%27', '2147483647']) {
    const answer = await root.call('GET', `/api/admin/terminals/${id}`)
    assert.equal(answer.status, 404, id)
    assert.equal(answer.body.code, 'terminal_not_found', id)
  }
})
