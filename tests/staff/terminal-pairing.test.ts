// What pairing a terminal asks of the centre: its certificate is shown before it is trusted, and none but that
// one; its test is told line by line and stays in the audit.

import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs } from '../support/staff.ts'

const open: TestCentre[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((centre) => centre.stop()))
})

const ONE = '/api/admin/terminals/1'

async function world(terminals: Parameters<typeof startTestCentre>[0] = {}) {
  const centre = await startTestCentre({
    terminals: [{ camera: 'json', https: {}, protection: true }],
    timing: { registerMs: 20 },
    terminal: { tls: 'pinned', isActive: false },
    provider: { limits: { checkMs: 800 } },
    ...terminals,
  })
  open.push(centre)
  return { centre, staff: await loginAs(centre, 'country_admin') }
}

test('a certificate is shown, and trusted only while it is the one that was shown', async () => {
  const { centre, staff } = await world()
  const shown = await staff.call('GET', `${ONE}/certificate`)
  assert.equal(shown.status, 200, shown.text)
  const {
    fingerprint,
    is_vouched_for: isVouched,
    scheme,
    trusted_fingerprint: former,
  } = shown.body.data
  assert.match(fingerprint, /^[0-9a-f]{64}$/)
  assert.deepEqual([scheme, isVouched, former], ['https', false, null])
  const other = await staff.call('PUT', `${ONE}/certificate`, { fingerprint: 'ab'.repeat(32) })
  assert.equal(other.body.data.outcome, 'changed')
  const [{ tls_fingerprint: untouched }] = await centre.sql('SELECT tls_fingerprint FROM terminals')
  assert.equal(untouched, null)
  for (const wrong of [{}, { fingerprint: 'AB' }, { fingerprint: 7 }]) {
    assert.equal((await staff.call('PUT', `${ONE}/certificate`, wrong)).status, 400)
  }
  const trusted = await staff.call('PUT', `${ONE}/certificate`, { fingerprint })
  assert.equal(trusted.body.data.outcome, 'trusted')
  const [line] = await centre.sql(
    `SELECT facts FROM audit_log WHERE action = 'terminal.certificate_trusted'`,
  )
  assert.deepEqual(line.facts, { fingerprint: { before: null, after: fingerprint } })
})

test('plain http has no certificate to show, and none is trusted', async () => {
  const { staff } = await world({ terminals: [{ camera: 'json' }], terminal: { tls: 'strict' } })
  const shown = await staff.call('GET', `${ONE}/certificate`)
  assert.deepEqual([shown.body.data.scheme, shown.body.data.fingerprint], ['http', null])
  const trusted = await staff.call('PUT', `${ONE}/certificate`, { fingerprint: 'ab'.repeat(32) })
  assert.equal(trusted.body.data.outcome, 'no_certificate')
})

test('a test tells its lines as it finds them, the connection first, and stays in the audit', async () => {
  const { centre, staff } = await world()
  assert.equal((await staff.call('POST', `${ONE}/register`, {})).body.data.outcome, 'registered')
  const { headers, status, text } = await staff.call('POST', `${ONE}/self-test/live`)
  assert.equal(status, 200)
  assert.match(headers.get('content-type') ?? '', /^application\/x-ndjson/)
  const events = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const [first, ...rest] = events
  assert.deepEqual(
    first.lines.map(({ check }: { check: string }) => check),
    ['network', 'tls'],
  )
  assert.ok(rest.at(-1).checked_at)
  const lines = events.flatMap(({ lines: some = [] }) => some)
  assert.equal(lines.length, 8)
  const [line] = await centre.sql(
    `SELECT actor_name, facts FROM audit_log WHERE action = 'terminal.tested'`,
  )
  assert.deepEqual(line.facts, Object.fromEntries(lines.map(({ check, state }) => [check, state])))
  assert.match(line.actor_name, /^country_admin/)
})
