// What staff change on one instance holds on every other within a second (A28, T11, W1, L5).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { client, startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'

/** The promise; what an instance remembers is younger. */
const EFFECTIVE_MS = 1_000

let here: TestCentre
let there: TestCentre
let root: TestStaff

before(async () => {
  here = await startTestCentre({ terminals: 1 })
  there = await startTestCentre({ database: here.database, simulator: here.simulator })
  root = await loginAs(here, 'super_admin')
})
after(async () => {
  await there.stop()
  await here.stop()
})

/** A new source, known to both instances. */
async function knownSource() {
  const { id, apiToken, webhookSecret } = await here.addSource()
  await assertStatus(apiToken, 200)
  return { id, apiToken, webhookSecret, path: `/api/admin/sources/${id}` }
}

async function assertStatus(token: string, status: number, code?: string) {
  for (const { url } of [here, there]) {
    const answer = await client(url, token).call('GET', '/api/payment-methods')
    assert.equal(answer.status, status, answer.text)
    if (code !== undefined) assert.equal(answer.body.code, code)
  }
}

async function done(method: string, path: string, body?: unknown) {
  const answer = await root.call(method, path, body)
  assert.ok(answer.status === 200 || answer.status === 201, answer.text)
  return answer.body.data
}

test('T5: a disabled source is 403 everywhere, and back; a deleted one 401', async () => {
  const { apiToken, path } = await knownSource()
  await done('PUT', path, { is_active: false })
  await sleep(EFFECTIVE_MS)
  await assertStatus(apiToken, 403, 'source_disabled')
  await done('PUT', path, { is_active: true })
  await sleep(EFFECTIVE_MS)
  await assertStatus(apiToken, 200)
  await done('DELETE', path)
  await sleep(EFFECTIVE_MS)
  await assertStatus(apiToken, 401, 'unauthorized')
})

test('L5: after a rotation both tokens work, without an overlap the new one alone', async () => {
  const { apiToken: first, path } = await knownSource()
  const { api_token: second, overlap_hours: hours } = await done('POST', `${path}/rotate-token`)
  assert.equal(hours, 24)
  await assertStatus(second, 200)
  await sleep(EFFECTIVE_MS)
  await assertStatus(first, 200)
  const { api_token: third } = await done('POST', `${path}/rotate-token`, { overlap_hours: 0 })
  await sleep(EFFECTIVE_MS)
  for (const dead of [first, second]) await assertStatus(dead, 401)
  await assertStatus(third, 200)
  const { api_token: fourth } = await done('POST', `${path}/rotate-token`, { overlap_hours: 720 })
  await here.sql(
    'UPDATE source_tokens SET expires_at = centre_now() WHERE expires_at > centre_now()',
  )
  await sleep(EFFECTIVE_MS)
  await assertStatus(third, 401)
  await assertStatus(fourth, 200)
  for (const wrong of [-1, 721, 0.5, '24', null]) {
    const answer = await root.call('POST', `${path}/rotate-token`, { overlap_hours: wrong })
    assert.equal(answer.status, 400, String(wrong))
    assert.deepEqual(Object.keys(answer.body.errors), ['overlap_hours'])
  }
})

test('W1: the former secret signs until its overlap ends, with none it ends within a second', async () => {
  const { id, apiToken, webhookSecret: first, path } = await knownSource()
  const { webhook_secret: second } = await done('POST', `${path}/rotate-secret`)
  await sleep(EFFECTIVE_MS)
  const living = async () => (await here.running.centre.storage.accounts.sealedSecrets(id)).length
  assert.equal(await signer(apiToken, [first, second]), first)
  assert.equal(await living(), 2)
  const { webhook_secret: third } = await done('POST', `${path}/rotate-secret`, {
    overlap_hours: 0,
  })
  await sleep(EFFECTIVE_MS)
  assert.equal(await signer(apiToken, [first, second, third]), third)
  assert.equal(await living(), 1)
})

/** Whose signature the documented header of a new webhook is. */
async function signer(token: string, secrets: readonly string[]) {
  const shop = client(here.url, token)
  const id = await shop.init(100_000)
  const started = await shop.kaspi(id)
  assert.equal(started.status, 200, started.text)
  here.simulator.phone.scan({ qr: started.body.data.qr_code, product: 'Gold' })
  const received = (secret: string) =>
    here.simulator.shop
      .webhooks(secret)
      .filter(({ body }) => (body as { transaction_id: string }).transaction_id === id)
  await until(() => received('').length > 0)
  return secrets.find((secret) => received(secret)[0]?.raw_body_verified)
}

test('allowed addresses hold, and a list that leaves the caller out keeps them out', async () => {
  const { apiToken, path } = await knownSource()
  await done('PUT', path, { allowed_ips: ['10.0.0.0/8'] })
  await sleep(EFFECTIVE_MS)
  await assertStatus(apiToken, 403, 'address_not_allowed')
  await done('PUT', path, { allowed_ips: ['10.0.0.0/8', '127.0.0.0/8', '::1'] })
  await sleep(EFFECTIVE_MS)
  await assertStatus(apiToken, 200)
})

test('T11: the switch stops both instances; what is under way goes on', async () => {
  const settings = '/api/admin/settings'
  const { apiToken } = await knownSource()
  const shops = [here, there].map(({ url }) => client(url, apiToken))
  const id = await here.init(100_000)
  const started = await here.kaspi(id)
  assert.equal(started.status, 200, started.text)
  assert.equal((await done('GET', settings)).switched_by, null)

  await done('PUT', settings, { taking_money: false, reason: 'сверка' })
  const off = await done('GET', settings)
  assert.deepEqual([off.taking_money, off.reason], [false, 'сверка'])
  assert.match(off.switched_at, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  await sleep(EFFECTIVE_MS)
  for (const shop of shops) {
    const refused = await shop.call('POST', '/api/payment/init', { amount: 10_000 })
    assert.equal(refused.status, 503)
    assert.equal(refused.body.code, 'taking_money_is_off')
  }
  here.simulator.phone.scan({ qr: started.body.data.qr_code, product: 'Gold' })
  await here.until(id, 'paid')

  const { length } = await here.sql('SELECT FROM audit_log')
  await done('PUT', settings, { taking_money: false, reason: 'ещё раз' })
  assert.equal((await here.sql('SELECT FROM audit_log')).length, length)
  await done('PUT', settings, { taking_money: true, reason: 'сверили' })
  await sleep(EFFECTIVE_MS)
  for (const shop of shops) await shop.init(10_000)
  const [line] = await here.sql('SELECT * FROM audit_log ORDER BY seq DESC LIMIT 1')
  assert.deepEqual(
    [line.action, line.admin_id, line.facts],
    ['setting.switched_on', root.id, { reason: 'сверили' }],
  )
})

test('the switch is a super admin’s, its state everybody’s, its reason obligatory', async () => {
  const settings = '/api/admin/settings'
  const accountant = await loginAs(here, 'accountant')
  assert.equal((await accountant.call('GET', settings)).status, 200)
  const body = { taking_money: false, reason: 'x' }
  assert.equal((await accountant.call('PUT', settings, body)).status, 403)
  assert.equal((await here.call('PUT', settings, body)).status, 401)
  for (const wrong of [
    { taking_money: false },
    { ...body, reason: ' ' },
    { ...body, taking_money: 0 },
  ]) {
    assert.equal((await root.call('PUT', settings, wrong)).status, 400, JSON.stringify(wrong))
  }
  assert.equal((await root.call('GET', settings)).body.data.taking_money, true)
})
