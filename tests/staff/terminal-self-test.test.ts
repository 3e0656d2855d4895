// The test of a terminal, fault by fault: which line says it, and what it tells a person to do.

import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { startTestCentre, type TestCentre, type TestCentreOptions } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'

const PROTECTED = [{ camera: 'json', https: {}, protection: true }] as const

interface Line {
  readonly check: string
  readonly state: string
  readonly message: string
  readonly cure: string | null
}

const open: TestCentre[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((centre) => centre.stop()))
})

async function world(options: TestCentreOptions = {}) {
  const centre = await startTestCentre({
    terminals: [{ camera: 'json' }],
    timing: { registerMs: 20 },
    provider: { limits: { checkMs: 800 } },
    ...options,
  })
  open.push(centre)
  const staff = await loginAs(centre, 'country_admin')
  return { centre, staff, terminal: centre.simulator.terminal(1) }
}

async function registeredWorld() {
  const made = await world({ terminals: PROTECTED, terminal: { tls: 'pinned' } })
  const answer = await made.staff.call('POST', '/api/admin/terminals/1/register', {})
  assert.equal(answer.body.data.outcome, 'registered', answer.text)
  return made
}

async function tested(staff: TestStaff): Promise<Record<string, Line>> {
  const answer = await staff.call('POST', '/api/admin/terminals/1/self-test')
  assert.equal(answer.status, 200, answer.text)
  const { checked_at: at, checked_at_utc: utc, id, lines } = answer.body.data
  assert.equal(id, 1)
  assert.ok(at.length > 0 && utc.endsWith('Z'))
  for (const { cure, state } of lines) {
    assert.equal(cure !== null, state === 'warning' || state === 'failed')
  }
  return Object.fromEntries(lines.map((line: Line) => [line.check, line]))
}

function states(lines: Record<string, Line>) {
  return Object.fromEntries(Object.values(lines).map(({ check, state }) => [check, state]))
}

test('all is well with a protected terminal; what was not seen is said not to be', async () => {
  const { staff } = await registeredWorld()
  const lines = await tested(staff)
  assert.deepEqual(states(lines), {
    network: 'ok',
    tls: 'ok',
    token: 'ok',
    device: 'ok',
    clock: 'ok',
    camera: 'ok',
    qr: 'skipped',
    stop: 'skipped',
  })
  assert.match(lines['tls']?.message ?? '', /pinned.*действует до \d\d\.\d\d\.\d{4}/)
  assert.match(lines['token']?.message ?? '', /^Токен действует до \d\d\.\d\d\.\d{4}, \d\d:\d\d и/)
})

test('plain http without a token: nothing to test there, and that is said', async () => {
  const { staff } = await world()
  const lines = await tested(staff)
  assert.deepEqual([lines['tls']?.state, lines['token']?.state], ['skipped', 'skipped'])
  assert.match(lines['token']?.message ?? '', /«Защита интеграции» выключена/)
})

test('another certificate than the pinned one', async () => {
  const { staff, terminal } = await registeredWorld()
  await terminal.changeCertificate()
  const { device, network, tls } = await tested(staff)
  assert.equal(network?.state, 'ok')
  assert.equal(tls?.state, 'failed')
  assert.match(tls?.cure ?? '', /подтвердите новый/)
  assert.equal(device?.state, 'skipped')
  const trusted = await staff.call('POST', '/api/admin/terminals/1/trust-certificate')
  assert.equal(trusted.body.data.fingerprint, terminal.certificateFingerprint)
  assert.equal((await tested(staff))['tls']?.state, 'ok')
})

test('a certificate that nobody vouches for, and one that is not looked at', async () => {
  const { centre, staff } = await world({ terminals: [{ camera: 'json', https: {} }] })
  const strict = (await tested(staff))['tls']
  assert.equal(strict?.state, 'failed')
  assert.match(strict?.cure ?? '', /kaspipos\.kz.*pinned/)
  await centre.sql("UPDATE terminals SET tls_mode = 'insecure'")
  const insecure = (await tested(staff))['tls']
  assert.equal(insecure?.state, 'warning')
  assert.match(insecure?.cure ?? '', /pinned/)
})

test('an expired token is exchanged on the way; one that cannot be calls for a person', async () => {
  const { centre, staff, terminal } = await registeredWorld()
  terminal.expireTokens()
  const renewed = await tested(staff)
  assert.deepEqual([renewed['token']?.state, renewed['device']?.state], ['ok', 'ok'])
  const [{ token_version: changes }] = await centre.sql('SELECT token_version FROM terminals')
  assert.equal(changes, 2)
  terminal.expireTokens()
  terminal.armFault({ fault: 'refuse_code', on: 'revoke', code: 105 })
  const refused = await tested(staff)
  assert.equal(refused['token']?.state, 'failed')
  assert.match(refused['token']?.cure ?? '', /Разрешить/)
  assert.equal(refused['device']?.state, 'skipped')
})

test('a terminal that was never registered', async () => {
  const { staff } = await world({ terminals: PROTECTED, terminal: { tls: 'pinned' } })
  const { device, token } = await tested(staff)
  assert.equal(token?.state, 'failed')
  assert.match(token?.cure ?? '', /^Зарегистрируйте терминал.*«Разрешить»/)
  assert.equal(device?.state, 'skipped')
})

test('no connection, no answer, no internet, no terminal', async () => {
  const { staff, terminal } = await world()
  const rows = [
    [{ fault: 'no_answer', on: 'deviceinfo' }, 'device', /Перезапустите/],
    [{ fault: 'refuse_code', on: 'deviceinfo', code: 100 }, 'device', /Wi-Fi или SIM/],
    [{ fault: 'refuse_code', on: 'deviceinfo', code: 105 }, 'device', /экран/],
    [{ fault: 'http_error', on: 'deviceinfo', times: 2 }, 'device', /адрес и порт/],
    // Last: its port stays closed.
    [{ fault: 'refuse_connection', closed_ms: 60_000 }, 'network', /питание, сеть, адрес/],
  ] as const
  for (const [fault, check, cure] of rows) {
    terminal.armFault(fault)
    const line = (await tested(staff))[check]
    assert.equal(line?.state, 'failed', JSON.stringify(fault))
    assert.match(line?.cure ?? '', cure)
    terminal.clearFaults()
  }
})

test('a camera that is down, that shows a foreign code, and none at all', async () => {
  const { centre, staff, terminal } = await world()
  terminal.armFault({ fault: 'camera_down' })
  const down = await tested(staff)
  assert.equal(down['camera']?.state, 'failed')
  assert.match(down['camera']?.cure ?? '', /адрес камеры/)
  assert.equal(down['qr']?.state, 'skipped')
  terminal.armFault({ fault: 'foreign_qr' })
  const foreign = await tested(staff)
  assert.deepEqual([foreign['camera']?.state, foreign['qr']?.state], ['ok', 'warning'])
  await centre.sql('UPDATE terminals SET camera_url = NULL')
  const none = await tested(staff)
  assert.deepEqual([none['camera']?.state, none['qr']?.state], ['skipped', 'skipped'])
  assert.match(none['camera']?.message ?? '', /на месте/)
})

test('an idle screen is as white as a reflection, and no fault of the camera', async () => {
  for (const camera of ['png', 'jpeg'] as const) {
    const { staff } = await world({
      terminals: [{ camera }],
      provider: { limits: { checkMs: 5_000 } },
    })
    const { camera: line } = await tested(staff)
    assert.equal(line?.state, 'ok', `${camera}: ${line?.message}`)
  }
})

test('a terminal of the first version is found out and taken as it is', async () => {
  const { staff } = await world({ terminals: [{ camera: 'json', api: 'v1' }] })
  const { device } = await tested(staff)
  assert.equal(device?.state, 'ok')
  assert.match(device?.message ?? '', /API v1$/)
  const one = await staff.call('GET', '/api/admin/terminals/1')
  assert.equal(one.body.data.api_version, 'v1')
})

test('rule 7: another serial number at the address is said once', async () => {
  const { centre, staff } = await world()
  assert.equal((await tested(staff))['device']?.state, 'ok')
  await centre.sql("UPDATE terminals SET serial = 'the one before'")
  const swapped = (await tested(staff))['device']
  assert.equal(swapped?.state, 'warning')
  assert.match(swapped?.message ?? '', /серийный номер сменился/)
  assert.doesNotMatch(JSON.stringify(swapped), /the one before/)
  assert.equal((await tested(staff))['device']?.state, 'ok')
})

test('whether it stops an operation is said once that is known', async () => {
  const { centre, staff } = await world()
  await centre.sql('UPDATE terminals SET can_stop = true')
  assert.equal((await tested(staff))['stop']?.state, 'ok')
  await centre.sql('UPDATE terminals SET can_stop = false')
  assert.equal((await tested(staff))['stop']?.state, 'warning')
})

test('a running operation is not disturbed: not one call more than its own', async () => {
  const { centre, staff, terminal } = await world()
  const id = await centre.init(1_000_000)
  const started = await centre.kaspi(id)
  terminal.armFault({ fault: 'reboot', on: 'deviceinfo' })
  terminal.armFault({ fault: 'reboot', on: 'cancel' })
  const lines = await tested(staff)
  assert.deepEqual([lines['network']?.state, lines['device']?.state], ['ok', 'skipped'])
  assert.match(lines['device']?.message ?? '', /идёт операция/)
  assert.deepEqual([lines['camera']?.state, lines['qr']?.state], ['ok', 'ok'])
  assert.equal(terminal.faults.list().length, 2)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await centre.until(id, 'paid')
})
