// Questions about a process, against a device that misbehaves in every way: no answer is not a no.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createDeviceNetworks } from '../../packages/server/src/providers/device-networks.ts'
import { deviceAt, driverUnderTest, patience, SCALED_LIMITS } from './driver-under-test.ts'
import {
  answer,
  type Behaviour,
  chunkedAnswer,
  drip,
  type FakeDevice,
  flood,
  partOf,
  startFakeDevice,
  wholeAnswer,
} from './fake-device.ts'

const PROCESS = '1685890325386'
const NO_ANSWER = { kind: 'no_answer' }

const PAID = {
  statusCode: 0,
  data: {
    processId: PROCESS,
    status: 'success',
    subStatus: 'QrTransactionSuccess',
    transactionId: '3699352521',
    addInfo: { IsOffer: false, ProductType: 'Loan', LoanTerm: 24, LoanOfferName: '' },
    chequeInfo: {
      method: 'qr',
      type: 'payment',
      amount: '10\u00a0100 ₸',
      orderNumber: '3699352521',
    },
  },
}
const SUCCEEDED = {
  kind: 'succeeded',
  success: {
    grossTiyn: 1_010_000n,
    moneyKind: 'qr',
    providerTransactionId: '3699352521',
    product: { methodCode: 'kaspi_installment_24', word: 'Loan' },
  },
}

const { driver, lines } = driverUnderTest()
let fake: FakeDevice
let elsewhere: FakeDevice

before(async () => {
  fake = await startFakeDevice(answer(PAID))
  elsewhere = await startFakeDevice(answer(PAID))
})

after(async () => {
  await driver.close()
  await Promise.all([fake.close(), elsewhere.close()])
})

function observeAgainst(behaviour: Behaviour) {
  fake.behave(behaviour)
  return driver.observe(deviceAt(fake.port), PROCESS, patience())
}

describe('questions', () => {
  test('status and actualize name the process and carry the token', async () => {
    fake.behave(answer(PAID))
    const device = deviceAt(fake.port, { accessToken: 'raw-token', deviceNumber: '31104288' })
    assert.deepEqual(await driver.observe(device, PROCESS, patience()), SUCCEEDED)
    assert.equal(fake.requests.at(-1)?.headers.get('terminalid'), '31104288')
    assert.deepEqual(await driver.actualize(device, 'a b&c', patience()), NO_ANSWER)
    await driver.stop(device, PROCESS, patience())
    const asked = fake.requests.slice(-3).map(({ path, query, headers }) => {
      return [path, query.get('processId'), headers.get('accesstoken')]
    })
    assert.deepEqual(asked, [
      ['/v2/status', PROCESS, 'raw-token'],
      ['/v2/actualize', 'a b&c', 'raw-token'],
      ['/v2/cancel', PROCESS, 'raw-token'],
    ])
  })

  test('polls share a connection, a start never does', async () => {
    fake.behave(answer(PAID))
    const before = fake.connections()
    for (let i = 0; i < 5; i += 1) await observeAgainst(answer(PAID))
    assert.ok(fake.connections() - before <= 1)
    const polled = fake.connections()
    await driver.start(deviceAt(fake.port), 10_000n)
    assert.equal(fake.connections(), polled + 1)
  })

  const sound: readonly [string, Behaviour][] = [
    ['chunked', chunkedAnswer(PAID, 3)],
    ['HTTP 500 with an envelope', answer(PAID, 500)],
    ['slow, but in time', drip(PAID, 0.1)],
    ['statusCode as a text', answer({ ...PAID, statusCode: '0', more: [] })],
  ]
  for (const [name, behaviour] of sound) {
    test(`a sound answer: ${name}`, async () => {
      const { driver: patient } = driverUnderTest({ limits: { statusMs: 5_000 } })
      fake.behave(behaviour)
      assert.deepEqual(await patient.observe(deviceAt(fake.port), PROCESS, patience()), SUCCEEDED)
      await patient.close()
    })
  }

  const silent: readonly [string, Behaviour][] = [
    ['closed', (socket) => socket.end()],
    ['reset', (socket) => socket.resetAndDestroy()],
    ['half an answer', partOf(PAID, 0.9, (socket) => socket.end())],
    ['half an answer, then reset', partOf(PAID, 0.9, (socket) => socket.resetAndDestroy())],
    ['hanging', () => {}],
    ['too slow', drip(PAID, 20)],
    ['a page', answer('<html>', 502)],
    ['105', answer({ statusCode: 105 })],
    ['not HTTP', (socket) => socket.end('hello\r\n')],
    ['another process', answer({ ...PAID, data: { ...PAID.data, processId: '5' } })],
  ]
  for (const [name, behaviour] of silent) {
    test(`no answer: ${name}`, async () => {
      const startedAt = Date.now()
      assert.deepEqual(await observeAgainst(behaviour), NO_ANSWER)
      assert.ok(Date.now() - startedAt < SCALED_LIMITS.statusMs + 250)
    })
  }

  test('a refused token is no answer, with the trouble beside it', async () => {
    const expired = await observeAgainst(answer({ statusCode: 105 }, 403))
    assert.deepEqual(expired, { ...NO_ANSWER, trouble: 'token_expired' })
    const unknown = await observeAgainst(answer('', 401))
    assert.deepEqual(unknown, { ...NO_ANSWER, trouble: 'not_registered' })
  })

  test('a closed port is no answer either', async () => {
    const closed = await startFakeDevice(answer(PAID))
    await closed.close()
    const device = deviceAt(closed.port)
    assert.deepEqual(await driver.observe(device, PROCESS, patience()), NO_ANSWER)
    assert.deepEqual(await driver.actualize(device, PROCESS, patience()), NO_ANSWER)
    await driver.stop(device, PROCESS, patience())
  })

  test('A31: a hundred megabytes are cut short', async () => {
    let sentBytes = 0
    const endless = flood('HTTP/1.1 200 OK\r\ncontent-length: 100000000\r\n\r\n{"a":"', (bytes) => {
      sentBytes += bytes
    })
    assert.deepEqual(await observeAgainst(endless), NO_ANSWER)
    assert.ok(sentBytes < 20_000_000, `${sentBytes} bytes`)
  })

  test('A31: a redirect is never followed', async () => {
    const location = `location: http://127.0.0.1:${elsewhere.port}/v2/status`
    for (const httpStatus of [301, 302, 307, 308]) {
      const redirect = answer('', httpStatus, [location])
      assert.deepEqual(await observeAgainst(redirect), NO_ANSWER)
    }
    assert.equal(elsewhere.connections(), 0)
  })

  test('the caller can give up at any time, also before', async () => {
    fake.behave(() => {})
    const startedAt = Date.now()
    const soon = AbortSignal.timeout(20)
    assert.deepEqual(await driver.observe(deviceAt(fake.port), PROCESS, soon), NO_ANSWER)
    assert.deepEqual(await driver.observe(deviceAt(fake.port), PROCESS, soon), NO_ANSWER)
    assert.ok(Date.now() - startedAt < SCALED_LIMITS.statusMs)
  })

  test('a hanging terminal delays no other one', async () => {
    fake.behave(() => {})
    elsewhere.behave(answer(PAID))
    const hanging = driver.observe(deviceAt(fake.port), PROCESS, patience())
    const startedAt = Date.now()
    const other = await driver.observe(deviceAt(elsewhere.port), PROCESS, patience())
    assert.deepEqual(other, SUCCEEDED)
    assert.ok(Date.now() - startedAt < SCALED_LIMITS.statusMs / 2)
    await hanging
  })
})

describe('what the log hears', () => {
  test('a strange word once, its bytes only when they are plain', async () => {
    const strange = { status: 'Dancing', subStatus: 'Cha\u0000Cha' }
    for (let i = 0; i < 3; i += 1) await observeAgainst(answer({ statusCode: 0, data: strange }))
    const words = lines.map(({ fields }) => [fields['what'], fields['word']])
    assert.equal(words.filter(([what]) => what === 'status').length, 1)
    assert.deepEqual(
      words.find(([what]) => what === 'status'),
      ['status', 'Dancing'],
    )
    assert.deepEqual(
      words.find(([what]) => what === 'sub_status'),
      ['sub_status', '(not a plain word)'],
    )
  })

  test('a device cannot flood it', async () => {
    const before = lines.length
    for (let i = 0; i < 700; i += 1) {
      await observeAgainst(answer({ statusCode: 0, data: { status: `w${i}` } }))
    }
    assert.ok(lines.length - before <= 500)
  })
})

describe('T6: check', () => {
  const identity = {
    statusCode: 0,
    data: { posNum: '7', serialNum: '0123', terminalId: '31104288' },
  }

  test('names the device and times it', async () => {
    fake.behave(answer(identity))
    const check = await driver.check(deviceAt(fake.port), patience())
    assert.deepEqual(check.identity, { serial: '0123', posNumber: '7', deviceNumber: '31104288' })
    assert.equal(check.apiVersion, 'v2')
    assert.equal(check.reachable, true)
    assert.equal(check.camera, 'none')
    assert.ok(check.latencyMs !== null && check.latencyMs < 200)
    assert.equal(fake.requests.at(-1)?.path, '/v2/deviceinfo')
  })

  test('is bounded when terminal and camera hang', async () => {
    fake.behave(() => {})
    const cameraUrl = `http://127.0.0.1:${fake.port}/scan-qr/1?timeout=60000`
    const startedAt = Date.now()
    const check = await driver.check(deviceAt(fake.port, { cameraUrl }), patience())
    assert.ok(Date.now() - startedAt < SCALED_LIMITS.checkMs + 250)
    assert.equal(check.reachable, false)
    assert.equal(check.latencyMs, null)
    assert.equal(check.camera, 'failed')
    assert.equal(check.finding, 'unreachable')
  })

  test('an idle camera that polls counts as working', async () => {
    fake.behave(async (socket, { path, query }) => {
      if (path === '/v2/deviceinfo') return socket.write(wholeAnswer(identity))
      await sleep(Number(query.get('timeout')))
      return socket.write(wholeAnswer({ success: false, message: 'QR не найден' }))
    })
    const cameraUrl = `http://127.0.0.1:${fake.port}/scan-qr/1?timeout=60000`
    const check = await driver.check(deviceAt(fake.port, { cameraUrl }), patience())
    assert.equal(check.camera, 'ok')
  })

  test('says when the address is not allowed', async () => {
    const networks = createDeviceNetworks({ allowed: [] })
    const { driver: careful } = driverUnderTest({ networks })
    for (const host of ['127.0.0.1', 'localhost']) {
      const check = await careful.check(deviceAt(fake.port, { host }), patience())
      assert.equal(check.reachable, false)
      assert.equal(check.finding, 'forbidden_address')
    }
    await careful.close()
  })
})
