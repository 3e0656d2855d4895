// Payment methods for staff: their settings, their rates of all times, and what a commission leaves.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { hasRight, ROLES } from '@byfly-pay/core'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'

const PATH = '/api/admin/payment-methods'
const GOLD = 1
const CREDIT = 3
const EFFECTIVE_MS = 1_000

let centre: TestCentre
let root: TestStaff

before(async () => {
  centre = await startTestCentre({ terminals: 1 })
  root = await loginAs(centre, 'super_admin')
})
after(() => centre.stop())

async function call(method: string, path: string, body?: unknown, status = 200) {
  const answer = await root.call(method, PATH + path, body)
  assert.equal(answer.status, status, `${method} ${path} ${answer.text}`)
  return answer.body
}

async function read(id: number) {
  return (await call('GET', `/${id}`)).data
}

async function addRate(id: number, body: unknown, status = 201) {
  return call('POST', `/${id}/rates`, body, status)
}

test('M13: what markup loses of 10 000 ₸ at 14 %, and what gross-up keeps', async () => {
  const { net_of: netOf, rate, amount_unit: unit } = await read(CREDIT)
  assert.deepEqual(netOf, {
    amount: 1_000_000,
    markup: { price: 1_140_000, net: 980_400 },
    gross_up: { price: 1_162_800, net: 1_000_008 },
    markup_loss: 19_600,
  })
  assert.deepEqual([unit, rate.percent, rate.rate_bp, rate.valid_from], ['tiyn', 14, 1400, null])
})

test('T5: only what is sent changes, and sources are told within a second', async () => {
  const before = await read(CREDIT)
  const words = await call('PUT', `/${CREDIT}`, {
    name: 'Kaspi Рассрочка 0-0-24',
    min: 500_000,
    max: 100_000_000,
    commission_mode: 'gross_up',
    route: 'terminals_only',
  })
  assert.deepEqual(words, { success: true, message: 'Способ оплаты обновлен', data: null })
  assert.deepEqual(await read(CREDIT), {
    ...before,
    name: 'Kaspi Рассрочка 0-0-24',
    min: 500_000,
    max: 100_000_000,
    commission_mode: 'gross_up',
    route: 'terminals_only',
  })
  await sleep(EFFECTIVE_MS)
  const shown = (await centre.call('GET', '/api/payment-methods')).body.data
  const credit = shown.find(({ id }: { id: number }) => id === CREDIT)
  assert.deepEqual(
    [credit.name, credit.min, credit.max],
    ['Kaspi Рассрочка 0-0-24', 500_000, 100_000_000],
  )
  await call('PUT', `/${CREDIT}`, { is_active: false })
  await call('PUT', `/${GOLD}`, { is_selectable: false, add_commission_to_amount: false })
  await sleep(EFFECTIVE_MS)
  const left = (await centre.call('GET', '/api/payment-methods')).body.data
  assert.deepEqual(
    left.map(({ id }: { id: number }) => id),
    [2, 4, 5],
  )
  await call('PUT', `/${GOLD}`, { is_selectable: true, add_commission_to_amount: true })
  await call('PUT', `/${CREDIT}`, { is_active: true })
  await sleep(EFFECTIVE_MS)
  const [line] = await centre.sql('SELECT * FROM audit_log ORDER BY seq DESC LIMIT 1')
  assert.deepEqual(line.facts, { isActive: { before: false, after: true } })
})

test('every fault is named by its field', async () => {
  const before = await read(GOLD)
  const wrong: Readonly<Record<string, readonly unknown[]>> = {
    name: ['', ' ', 'a\u202eb', null],
    is_active: [null, 'no'],
    commission_mode: ['none', null],
    route: ['by_hand', null],
    min: [0, -1, 1.5, '10', 2 ** 53, before.max + 1],
    max: [0, null],
  }
  for (const [field, values] of Object.entries(wrong)) {
    for (const value of values) {
      const { errors } = await call('PUT', `/${GOLD}`, { [field]: value }, 400)
      assert.deepEqual(Object.keys(errors), [field], `${field} ${value}`)
    }
  }
  assert.deepEqual(Object.keys((await call('PUT', `/${GOLD}`, { max: 1 }, 400)).errors), ['min'])
  assert.deepEqual(await read(GOLD), before)
})

test('M11: a rate from now holds for new quotes; a payment keeps the rate of its quote', async () => {
  const quoted = await centre.init(1_000_000)
  const started = await centre.kaspi(quoted)
  assert.equal(started.body.data.amount, 1_010_000)
  const { data, message } = await addRate(GOLD, { percent: 2.5 })
  assert.equal(message, 'Ставка добавлена')
  assert.deepEqual([data.rate_bp, data.percent, data.is_coming], [250, 2.5, false])
  await sleep(EFFECTIVE_MS)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code, product: 'Gold' })
  const paid = await centre.until(quoted, 'paid')
  assert.deepEqual([paid.amount, paid.credited_amount], [1_010_000, 1_000_000])
  const fresh = await centre.kaspi(await centre.init(1_000_000))
  assert.equal(fresh.body.data.amount, 1_025_000, fresh.text)
  assert.equal((await read(GOLD)).rate.id, data.id)
})

test('a coming rate waits, is shown, and is withdrawn before it begins', async () => {
  const coming = (await addRate(CREDIT, { rate_bp: 1_250, valid_from: soon(60) })).data
  const later = (await addRate(CREDIT, { percent: 12, valid_from: soon(120) })).data
  assert.equal(coming.is_coming, true)
  const shown = await read(CREDIT)
  assert.equal(shown.rate.percent, 14)
  assert.deepEqual(shown.coming_rates, [coming, later])
  assert.deepEqual(shown.rates, [later, coming, shown.rate])
  assert.equal((await addRate(CREDIT, { percent: 12.5, valid_from: soon(90) })).data.id, coming.id)
  const taken = await addRate(CREDIT, { percent: 3, valid_from: coming.valid_from_utc }, 400)
  assert.deepEqual(Object.keys(taken.errors), ['valid_from'])
  const path = `/${CREDIT}/rates/${coming.id}`
  assert.equal((await call('DELETE', `/${GOLD}/rates/${coming.id}`, undefined, 404)).success, false)
  assert.deepEqual(await call('DELETE', path), {
    success: true,
    message: 'Ставка отменена',
    data: null,
  })
  await call('DELETE', path, undefined, 404)
  const begun = await call('DELETE', `/${CREDIT}/rates/${shown.rate.id}`, undefined, 400)
  assert.equal(begun.code, 'rate_has_begun')
  assert.deepEqual((await read(CREDIT)).coming_rates, [later])
})

function soon(days: number): string {
  return new Date(Math.trunc(Date.now() / 1_000) * 1_000 + days * 86_400_000).toISOString()
}

test('T1: moments are taken as local dates and times, and as ISO 8601', async () => {
  const year = new Date().getUTCFullYear() + 1
  const ways: readonly (readonly [string, string])[] = [
    [`${year}-03-01`, `${year}-02-28T19:00:00.000Z`],
    [`${year}-03-02 10:00:00`, `${year}-03-02T05:00:00.000Z`],
    [`${year}-03-03T10:00:00+03:00`, `${year}-03-03T07:00:00.000Z`],
    [`${year}-03-04T10:00:00.5Z`, `${year}-03-04T10:00:00.500Z`],
  ]
  let percent = 20
  for (const [text, utc] of ways) {
    percent += 1
    const { data } = await addRate(2, { percent, valid_from: text })
    assert.equal(data.valid_from_utc, utc, text)
  }
  const wrong = ['', 'завтра', `${year}-02-30`, `${year}-13-01`, `${year}-03-01 25:00:00`, soon(-1)]
  for (const text of [...wrong, `${year + 5}-01-01`, `${year}-03-01T00:00:00+0500`]) {
    const { errors } = await addRate(2, { percent: 3, valid_from: text }, 400)
    assert.deepEqual(Object.keys(errors), ['valid_from'], text)
  }
})

test('a rate is one number from 0 to 90 percent', async () => {
  const rates: readonly (readonly [Record<string, unknown>, string])[] = [
    [{}, 'percent'],
    [{ percent: 90.01 }, 'percent'],
    [{ percent: -1 }, 'percent'],
    [{ percent: 1.005 }, 'percent'],
    [{ percent: '1' }, 'percent'],
    [{ rate_bp: 9_001 }, 'rate_bp'],
    [{ rate_bp: 1.5 }, 'rate_bp'],
    [{ percent: 1, rate_bp: 101 }, 'rate_bp'],
  ]
  for (const [body, field] of rates) {
    const { errors } = await addRate(4, body, 400)
    assert.deepEqual(Object.keys(errors), [field], JSON.stringify(body))
  }
  assert.equal((await addRate(4, { percent: 0.29, rate_bp: 29 })).data.rate_bp, 29)
})

test('no more than 20 rates wait at once', async () => {
  for (let day = 1; day <= 20; day += 1) {
    await addRate(5, { rate_bp: day, valid_from: soon(day) })
  }
  const { errors } = await addRate(5, { rate_bp: 21, valid_from: soon(21) }, 400)
  assert.deepEqual(Object.keys(errors), ['valid_from'])
})

test('M11: the past is guarded by the database itself', async () => {
  for (const attack of [
    'UPDATE method_rates SET rate_bp = 1 WHERE method_id = 1',
    'DELETE FROM method_rates WHERE valid_from <= now()',
    "INSERT INTO method_rates (method_id, valid_from, rate_bp) VALUES (1, now() - interval '1 s', 1)",
  ]) {
    await assert.rejects(centre.sql(attack), /rates of the past/)
  }
})

test('L4: each role may what its rights say; nobody without a token', async () => {
  for (const role of ROLES) {
    const staff = await loginAs(centre, role)
    const reads = [staff.call('GET', PATH), staff.call('GET', `${PATH}/${GOLD}`)]
    for (const { status } of await Promise.all(reads)) {
      assert.equal(status, hasRight(role, 'methods.read') ? 200 : 403, role)
    }
    const may = hasRight(role, 'methods.write')
    const write = await staff.call('PUT', `${PATH}/${GOLD}`, { name: `Gold ${role}` })
    assert.equal(write.status, may ? 200 : 403)
    const rate = await staff.call('POST', `${PATH}/6/rates`, { percent: 1 })
    assert.equal(rate.status, may ? 201 : 403)
    const withdrawn = await staff.call('DELETE', `${PATH}/6/rates/999999`)
    assert.equal(withdrawn.status, may ? 404 : 403)
  }
  for (const [method, path] of [
    ['GET', ''],
    ['PUT', '/1'],
    ['POST', '/1/rates'],
    ['DELETE', '/1/rates/1'],
  ] as const) {
    assert.equal((await centre.call(method, PATH + path)).status, 401)
  }
})

test('A6: methods of other countries and systems do not exist', async () => {
  await centre.sql("UPDATE payment_methods SET country_iso = 'UZ' WHERE code = 'alaqan'")
  const before = await centre.sql('SELECT * FROM payment_methods ORDER BY id')
  for (const lists of [
    { countries: ['KZ'], systems: null },
    { countries: ['UZ'], systems: ['halyk'] },
    { countries: [], systems: null },
  ]) {
    const staff = await loginAs(centre, 'country_admin', lists)
    const { body } = await staff.call('GET', PATH)
    const ids = body.data.map(({ id }: { id: number }) => id)
    assert.deepEqual(ids, lists.countries[0] === 'KZ' ? [1, 2, 3, 4, 5, 6] : [])
    const attacks = [
      staff.call('GET', `${PATH}/7`),
      staff.call('PUT', `${PATH}/7`, { name: 'x' }),
      staff.call('POST', `${PATH}/7/rates`, { percent: 90 }),
      staff.call('DELETE', `${PATH}/7/rates/1`),
    ]
    for (const { status, text } of await Promise.all(attacks)) assert.equal(status, 404, text)
  }
  assert.deepEqual(await centre.sql('SELECT * FROM payment_methods ORDER BY id'), before)
})
