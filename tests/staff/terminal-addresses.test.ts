// Where a device may be, as it is entered: nowhere inside this machine, its database, a cloud's
// metadata, however that is spelled (A8). Every connection is checked again when it is made.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'

const DEVICES = [
  '127.0.0.1',
  'http://127.0.0.1',
  'https://127.0.0.1:8443',
  '127.0.0.2',
  'localhost',
  'LOCALHOST',
  'localhost.',
  'till.localhost',
  '::1',
  '[::1]',
  '0.0.0.0',
  '[::]',
  '169.254.169.254',
  'http://169.254.169.254',
  '169.254.170.2',
  'fe80::1',
  'fe80::1%eth0',
  '::ffff:127.0.0.1',
  '::ffff:169.254.169.254',
  '[::ffff:a9fe:a9fe]',
  '100.100.100.200',
  '168.63.129.16',
  'fd00:ec2::254',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:0:7f00:1::',
  '224.0.0.1',
  '255.255.255.255',
  'ff02::1',
  '240.0.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '127.1',
  '①②⑦.0.0.1',
  '１２７.0.0.1',
  '127。0。0。1',
  'http://user@10.0.0.1',
  'http://10.0.0.1@127.0.0.1',
  'http://10.0.0.1#@127.0.0.1',
  'http://10.0.0.1/../..',
  'http://10.0.0.1?x=1',
  'ftp://10.0.0.1',
  'file:///etc/passwd',
  'gopher://127.0.0.1',
  '//127.0.0.1',
  '10.0.0.1 127.0.0.1',
  '10.0.0.1\n127.0.0.1',
]

const CAMERAS = [
  'http://127.0.0.1/qr',
  'http://localhost/',
  'http://LOCALHOST:3000/',
  'http://localhost./',
  'http://[::1]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0177.0.0.1/',
  'http://127.1/',
  'http://①②⑦.0.0.1/',
  'http://127。0。0。1/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://100.100.100.200/',
  'http://[fd00:ec2::254]/',
  'http://[64:ff9b::7f00:1]/',
  'http://0/',
  'http://224.0.0.1/',
  'http://10.0.0.1@127.0.0.1/',
  'ftp://10.0.0.1/',
  'file:///etc/passwd',
  'gopher://10.0.0.1/',
  'data:text/plain,x',
  'javascript:alert(1)',
  'http://',
  '//127.0.0.1/qr',
  'не адрес',
]

let centre: TestCentre
let root: TestStaff
let databasePort: number

before(async () => {
  centre = await startTestCentre({
    terminals: 1,
    env: { BYFLY_MODE: 'production', HOST: '127.0.0.1' },
    // In production no webhook goes to loopback.
    source: { defaultWebhookUrl: null },
  })
  root = await loginAs(centre, 'super_admin')
  databasePort = Number(new URL(centre.database.url).port)
})
after(() => centre.stop())

async function refuses(field: string, body: Record<string, unknown>): Promise<void> {
  const whole = { name: 'Касса', ip_address: '10.0.0.1', ...body }
  const attempts = [
    await root.call('POST', '/api/admin/terminals', whole),
    await root.call('PUT', '/api/admin/terminals/1', body),
  ]
  for (const answer of attempts) {
    assert.equal(answer.status, 400, `${JSON.stringify(body)}: ${answer.text}`)
    assert.deepEqual(Object.keys(answer.body.errors), [field], JSON.stringify(body))
  }
}

test(`A8: ${DEVICES.length + CAMERAS.length} hostile addresses are refused as they are entered`, async () => {
  assert.ok(DEVICES.length + CAMERAS.length >= 60)
  const before = await centre.sql('SELECT * FROM terminals')
  for (const address of DEVICES) await refuses('ip_address', { ip_address: address })
  for (const url of CAMERAS) await refuses('camera_url', { camera_url: url })
  assert.deepEqual(await centre.sql('SELECT * FROM terminals'), before)
})

test('A8: no device is at the port of the centre’s own database, wherever that is', async () => {
  await refuses('ip_address', { ip_address: '10.0.0.5', port: databasePort })
  await refuses('camera_url', { camera_url: `http://10.0.0.5:${databasePort}/qr` })
})

test('A8: an ordinary address of an office is taken; a name that says nothing now too', async () => {
  for (const address of ['192.168.1.50', 'https://[2a02:6b8::7]', 'https://pos1.example.invalid']) {
    const body = { name: 'Касса', ip_address: address, camera_url: 'http://10.0.0.6:3000/qr/1' }
    const answer = await root.call('POST', '/api/admin/terminals', body)
    assert.equal(answer.status, 201, `${address}: ${answer.text}`)
  }
})

test('A8: only a super admin says where a device or its camera is, and how it is known', async () => {
  const scoped = await loginAs(centre, 'country_admin', { countries: ['KZ'] })
  const before = await centre.sql('SELECT * FROM terminals WHERE id = 1')
  for (const body of [
    { ip_address: '10.0.0.9' },
    { port: 8081 },
    { camera_url: 'http://10.0.0.6/' },
    { camera_url: null },
    { camera_id: 3 },
    { tls: 'insecure' },
    { name: 'Касса', camera_id: null },
  ]) {
    const answer = await scoped.call('PUT', '/api/admin/terminals/1', body)
    assert.equal(answer.status, 403, JSON.stringify(body))
  }
  const made = { name: 'Касса', ip_address: '169.254.169.254' }
  assert.equal((await scoped.call('POST', '/api/admin/terminals', made)).status, 403)
  assert.deepEqual(await centre.sql('SELECT * FROM terminals WHERE id = 1'), before)
})

test('A8: a look at a forbidden address connects to nothing and says so', async () => {
  await centre.sql("UPDATE terminals SET host = '169.254.169.254', port = 80 WHERE id = 1")
  const status = await root.call('GET', '/api/admin/terminals/1/status')
  assert.equal(status.body.data.status, 'offline')
  assert.match(status.body.data.message, /разрешённые сети/)
  const tested = await root.call('POST', '/api/admin/terminals/1/self-test')
  const [network] = tested.body.data.lines
  assert.equal(network.state, 'failed')
  assert.match(network.cure, /BYFLY_DEVICE_NETWORKS/)
})
