// Kaspi QR API on the whole road: one centre, one pretend bank, three connections to it. Money that the bank
// says was taken is booked once, whoever asks and whoever was alive.

import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseTransactionId } from '@byfly-pay/core'
import { raiseAlerts } from '../../packages/server/src/alerts/raise-alerts.ts'
import { BANK_ACCOUNT, type BankServer } from '../../packages/simulator/src/index.ts'
import { CENTRE_FILES, startCertifyingBank } from '../providers/bank-under-test.ts'
import { ask, refundOf, untilState } from '../refunds/refund-world.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { newScratchFolder } from '../support/scratch-folder.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'

const folder = newScratchFolder('bank-certificates')
/** A change of a method is seen by payments within a second. */
const EFFECTIVE_MS = 1_100
const GOLD = { payment_method: 'kaspi_gold' }
const RED = { payment_method: 'kaspi_red' }
const CREDIT = { payment_method: 'kaspi_credit' }

let bank: BankServer
let centre: TestCentre
let root: TestStaff
let admin: TestStaff
const connections: Record<string, number> = {}

const OPTIONS = {
  terminals: [{ camera: 'json' }],
  limits: { queueWaitMs: 200, quarantineMs: 2_000 },
  // Longer than a busy machine makes a sound answer take: a start that is lost by that is no start lost.
  provider: { qrApiLimits: { createMs: 4_000, statusMs: 3_000 } },
  env: { BYFLY_BANK_CERTIFICATES: folder },
} as const

before(async () => {
  const started = await startCertifyingBank(folder, { pollSeconds: 1 })
  bank = started.bank
  centre = await startTestCentre(OPTIONS)
  root = await loginAs(centre, 'super_admin')
  admin = await loginAs(centre, 'country_admin')
  for (const [scheme, form] of [
    ['r1', 'link'],
    ['r2', 'qr'],
    ['r3', 'qr'],
  ] as const) {
    const added = await root.call('POST', '/api/admin/qr-connections', {
      name: `Банк ${scheme}`,
      address: `127.0.0.1:${bank.port}`,
      tls: 'pinned',
      scheme,
      form,
      trade_point_id: String(BANK_ACCOUNT.tradePointId),
      is_active: false,
      ...(scheme === 'r1'
        ? { api_key: BANK_ACCOUNT.apiKey }
        : { certificate_file: CENTRE_FILES.file, key_file: CENTRE_FILES.keyFile }),
      ...(scheme === 'r3' ? { organization_bin: BANK_ACCOUNT.organizationBin } : {}),
    })
    assert.equal(added.status, 201, added.text)
    connections[scheme] = added.body.data.id
  }
  const routes = { 1: 'qr_api_only', 3: 'terminals_only' }
  for (const [id, route] of Object.entries(routes)) {
    const changed = await admin.call('PUT', `/api/admin/payment-methods/${id}`, { route })
    assert.equal(changed.status, 200, changed.text)
  }
  await sleep(EFFECTIVE_MS)
})
after(async () => {
  await centre?.stop()
  await bank?.close()
  await rm(folder, { recursive: true })
})

async function only(scheme: 'r1' | 'r2' | 'r3'): Promise<void> {
  for (const [name, id] of Object.entries(connections)) {
    const path = `/api/admin/qr-connections/${id}`
    assert.equal((await root.call('PUT', path, { is_active: name === scheme })).status, 200)
  }
}

async function shown(body: Record<string, unknown> = GOLD, amount = 1_000_000) {
  const id = await centre.init(amount)
  const started = await centre.kaspi(id, body)
  assert.equal(started.status, 200, started.text)
  return { id, ...started.body.data }
}

/** Paid by Gold: 1 % upon 10 000 ₸. */
async function paid(how = {}): Promise<string> {
  const { id, payment_url: url } = await shown()
  assert.ok(bank.scan(url, how))
  await centre.until(id, 'paid')
  return id
}

async function attemptsOf(id: string) {
  return centre.sql(
    `SELECT a.id, a.state, a.holds_terminal, a.terminal_id FROM attempts a
     WHERE a.payment_id = $1 ORDER BY a.id`,
    [parseTransactionId(id)],
  )
}

test('a connection is entered, checked, registered; no secret ever comes out', async () => {
  const path = `/api/admin/qr-connections/${connections['r1']}`
  const wrong = await root.call('POST', '/api/admin/qr-connections', {
    name: 'Без всего',
    address: 'http://bank.example.kz',
    scheme: 'r3',
    trade_point_id: '1',
  })
  const needed = 'Is needed by this scheme'
  assert.deepEqual(wrong.body.errors, {
    address: 'Must be an address of https',
    certificate_file: needed,
    organization_bin: needed,
  })
  const check = () => root.call('POST', `${path}/check`)
  assert.equal((await check()).body.data.is_well, false)
  for (const id of Object.values(connections)) {
    const registered = await root.call('POST', `/api/admin/qr-connections/${id}/register`)
    assert.equal(registered.body.data.is_well, true, registered.text)
  }
  const well = (await check()).body.data
  assert.deepEqual([well.is_well, well.message], [true, 'Банк отвечает, торговая точка найдена.'])
  const list = await root.call('GET', '/api/admin/qr-connections')
  const r1 = list.body.data.find(({ scheme }: { scheme: string }) => scheme === 'r1')
  assert.deepEqual([r1.has_api_key, r1.trouble], [true, null])
  const audit = await root.call('GET', '/api/admin/audit?limit=100')
  const kept = await centre.sql('SELECT to_jsonb(c)::text AS text FROM qr_connections c')
  for (const text of [list.text, audit.text, JSON.stringify(kept)]) {
    assert.ok(!text.includes(BANK_ACCOUNT.apiKey))
  }
  const terminals = await root.call('GET', '/api/admin/terminals')
  assert.equal(terminals.body.data.length, 1)
  assert.equal((await admin.call('GET', '/api/admin/qr-connections')).status, 403)
})

test('the end of the certificate that is shown to the bank is told ahead', async () => {
  const id = connections['r3']
  await centre.sql(
    `UPDATE qr_connections SET certificate_expires_at = now() + interval '3 days'
     WHERE terminal_id = $1`,
    [id],
  )
  await only('r3')
  await raiseAlerts(centre.running.centre)
  const told = () =>
    centre.sql(
      "SELECT facts FROM alerts WHERE kind = 'certificate_expiring' AND terminal_id = $1",
      [id],
    )
  assert.deepEqual(
    (await told()).map(({ facts }) => [facts.names, facts.of]),
    [['Банк r3', 'bank']],
  )
})

test('by QR: the bank’s own code is shown, the product really used is booked, once', async () => {
  await only('r3')
  const { id, payment_url: url, qr_code: qr } = await shown()
  assert.match(qr, /^https:\/\/qr\.kaspi\.kz\/\d+$/)
  assert.ok(bank.scan(url))
  const { paid_amount: gross, status } = await centre.until(id, 'paid')
  assert.deepEqual([status, gross], ['paid', 1_010_000])
  const [attempt] = await attemptsOf(id)
  assert.equal(bank.paymentBy(qr)?.externalId, attempt.id)
  assert.equal(attempt.holds_terminal, false)
  assert.equal((await centre.sql('SELECT FROM open_attempts')).length, 0)
})

test('by link, and a loan where Gold was chosen leaves a rest', async () => {
  await only('r1')
  const { id, payment_url: url } = await shown()
  assert.match(url, /^https:\/\/pay\.kaspi\.kz\/pay\/\d+$/)
  assert.ok(bank.scan(url, { product: 'Loan', loanTerm: 12 }))
  const part = await centre.until(id, 'partially_paid')
  assert.equal(part.paid_amount, 1_010_000)
})

test('the pool is busy: the bank takes what may go there, and the rest waits', async () => {
  await only('r3')
  const first = await shown(RED)
  const second = await shown(RED)
  const ways = await centre.sql(
    `SELECT t.way FROM attempts a JOIN terminals t ON t.id = a.terminal_id
     WHERE a.payment_id = ANY ($1) ORDER BY a.id`,
    [[parseTransactionId(first.id), parseTransactionId(second.id)]],
  )
  assert.deepEqual(
    ways.map(({ way }) => way),
    ['terminal', 'qr_api'],
  )
  const third = await centre.init(1_000_000)
  const waits = await centre.kaspi(third, CREDIT)
  assert.deepEqual([waits.status, waits.body.code], [503, 'terminals_busy'])
  assert.ok(centre.simulator.phone.scan({ qr: first.qr_code, product: 'Red' }).seen)
  assert.ok(bank.scan(second.payment_url, { product: 'Red' }))
  await Promise.all([first, second].map(({ id }) => centre.until(id, 'paid')))
})

test('any number at once over one connection, each with its own QR', async () => {
  await only('r3')
  const all = await Promise.all(Array.from({ length: 8 }, () => shown()))
  assert.equal(new Set(all.map(({ qr_code: qr }) => qr)).size, 8)
  for (const { payment_url: url } of all) assert.ok(bank.scan(url))
  await Promise.all(all.map(({ id }) => centre.until(id, 'paid')))
})

test('S6: a bank that cannot tell is asked until it can; nothing fails meanwhile', async () => {
  await only('r3')
  const { id, payment_url: url } = await shown()
  bank.arm({ fault: 'error', code: -999, on: 'status', times: 2 })
  bank.arm({ fault: 'silent_before', on: 'status', times: 1 })
  assert.ok(bank.scan(url))
  await until(() => bank.paymentBy(url)?.stage === 'Processed')
  assert.equal((await centre.status(id)).status, 'processing')
  await centre.until(id, 'paid')
})

test('S6: unavailable for minutes: unknown, never failed, no quarantine, and paid in the end', async () => {
  await only('r3')
  bank.arm({ fault: 'error', code: -999, on: 'status', times: 1_000 })
  const { id, payment_url: url } = await shown()
  assert.ok(bank.scan(url))
  await centre.sql(
    "UPDATE attempts SET since = since - interval '5 minutes' WHERE payment_id = $1 AND state = 'live'",
    [parseTransactionId(id)],
  )
  await until(async () => (await attemptsOf(id))[0].state === 'unknown')
  assert.equal((await centre.status(id)).status, 'processing')
  const again = await shown()
  bank.clearFaults()
  assert.ok(bank.scan(again.payment_url))
  await centre.until(again.id, 'paid')
  // Asked again ten seconds apart.
  await until(async () => (await attemptsOf(id))[0].state === 'succeeded')
  await centre.until(id, 'paid')
})

test('S6a: a lost answer: the payment goes on, the connection is kept from nobody', async () => {
  await only('r3')
  const id = await centre.init(1_000_000)
  bank.arm({ fault: 'silent_after', on: 'create' })
  const lost = await centre.kaspi(id, GOLD)
  assert.deepEqual([lost.status, lost.body.code], [503, 'terminals_unavailable'])
  const other = await shown()
  const again = await centre.kaspi(id, GOLD)
  assert.equal(again.status, 200, again.text)
  for (const url of [other.payment_url, again.body.data.payment_url]) assert.ok(bank.scan(url))
  await Promise.all([id, other.id].map((each) => centre.until(each, 'paid')))
  await until(async () => (await attemptsOf(id))[0].state === 'abandoned')
  const [row] = await centre.sql(
    'SELECT quarantined_until, needs_probe FROM terminals WHERE id = $1',
    [connections['r3']],
  )
  assert.deepEqual(row, { quarantined_until: null, needs_probe: false })
})

test('a device that the bank forgot is registered anew within the same call', async () => {
  await only('r3')
  bank.forgetDevices()
  const id = await paid()
  assert.deepEqual(
    (await attemptsOf(id)).map(({ state }) => state),
    ['refused', 'succeeded'],
  )
})

test('r3: a refund at once, without the customer', async () => {
  await only('r3')
  const id = await paid()
  const asked = await ask(admin, id, { amount: 500_000 })
  assert.equal(asked.status, 200, asked.text)
  const refundId = asked.body.data.refunds[0].id
  await untilState(admin, refundId, 'succeeded')
  assert.equal((await centre.status(id)).refunded_amount, 500_000)
})

test('r2: a refund by a QR that the customer scans', async () => {
  await only('r2')
  const path = `/api/admin/qr-connections/${connections['r2']}/register`
  assert.equal((await root.call('POST', path)).body.data.is_well, true)
  const id = await paid()
  const asked = await ask(admin, id)
  assert.equal(asked.status, 200, asked.text)
  const refundId = asked.body.data.refunds[0].id
  const { qr_code: qr } = await refundOf(admin, refundId)
  assert.ok(bank.scan(qr), `нет QR возврата: ${qr}`)
  await untilState(admin, refundId, 'succeeded')
  assert.equal((await centre.status(id)).refunded_amount, 1_010_000)
})

test('r1: a refund that no call could give back is refused before it is written', async () => {
  await only('r1')
  const path = `/api/admin/qr-connections/${connections['r1']}/register`
  assert.equal((await root.call('POST', path)).body.data.is_well, true)
  const id = await paid()
  const asked = await ask(admin, id)
  assert.deepEqual([asked.status, asked.body.code], [400, 'refund_not_supported'])
  const rows = await centre.sql('SELECT FROM refunds WHERE payment_id = $1', [
    parseTransactionId(id),
  ])
  assert.equal(rows.length, 0)
})

test('another instance takes the watch over and keeps to the bank’s pace', async () => {
  await only('r3')
  const { id, payment_url: url } = await shown()
  const [row] = await centre.sql('SELECT poll_ms FROM terminals WHERE id = $1', [connections['r3']])
  assert.equal(row.poll_ms, 1_000)
  const { database, simulator } = centre
  await centre.running.stop()
  assert.ok(bank.scan(url))
  const reborn = await startTestCentre({ ...OPTIONS, database, simulator })
  try {
    await until(async () => {
      const { payments } = reborn.running.centre.storage
      const seen = await payments.peek(parseTransactionId(id) ?? '')
      return seen !== null && seen.payment.paidAtMs !== null
    })
  } finally {
    await reborn.stop()
  }
})
