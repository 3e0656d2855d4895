// A start call that never left: every way of not being connected is a refusal, and no other is.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { createServer as createTlsServer } from 'node:tls'
import { createDeviceNetworks } from '../../packages/server/src/providers/device-networks.ts'
import { makeTestCertificate } from '../support/test-certificate.ts'
import { deviceAt, driverUnderTest, SCALED_LIMITS } from './driver-under-test.ts'
import { answer, type FakeDevice, startFakeDevice } from './fake-device.ts'

const ACCEPTED = { statusCode: 0, data: { processId: '1685890325386', status: 'wait' } }
const NOT_CONNECTED = { kind: 'refused', reason: 'not_connected' }
const CHARGE = 50_500n

const { driver } = driverUnderTest()
let fake: FakeDevice

before(async () => {
  fake = await startFakeDevice(answer(ACCEPTED))
})

after(async () => {
  await driver.close()
  await fake.close()
})

describe('S9: no connection was made', () => {
  test('the port is closed', async () => {
    const closed = await startFakeDevice(answer(ACCEPTED))
    await closed.close()
    assert.deepEqual(await driver.start(deviceAt(closed.port), CHARGE), NOT_CONNECTED)
  })

  test('the name does not exist', async () => {
    const device = deviceAt(8080, { host: 'no-such-terminal.invalid' })
    assert.deepEqual(await driver.start(device, CHARGE), NOT_CONNECTED)
  })

  test('the address hangs or is unreachable', async () => {
    const networks = createDeviceNetworks({ allowed: ['192.0.2.0/24'] })
    const { driver: distant } = driverUnderTest({ networks })
    const startedAt = Date.now()
    const result = await distant.start(deviceAt(8080, { host: '192.0.2.1' }), CHARGE)
    assert.deepEqual(result, NOT_CONNECTED)
    assert.ok(Date.now() - startedAt < SCALED_LIMITS.connectMs + 300)
    await distant.close()
  })

  test('A8: the address is forbidden, as a literal, as a name, as another spelling', async () => {
    const networks = createDeviceNetworks({ allowed: ['10.0.0.0/8'] })
    const { driver: careful } = driverUnderTest({ networks })
    const connections = fake.connections()
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '::ffff:127.0.0.1']) {
      const result = await careful.start(deviceAt(fake.port, { host }), CHARGE)
      assert.deepEqual(result, NOT_CONNECTED, host)
    }
    assert.equal(fake.connections(), connections)
    await careful.close()
  })

  test('an address that is none does not throw', async () => {
    for (const host of ['', 'a b', '[', 'a/b', '@']) {
      assert.equal((await driver.start(deviceAt(8080, { host }), CHARGE)).kind, 'refused', host)
    }
  })

  test('TLS: the device speaks plain HTTP, or nothing', async () => {
    for (const behaviour of [answer('plain'), () => {}]) {
      fake.behave(behaviour)
      const before = fake.requests.length
      const result = await driver.start(deviceAt(fake.port, { scheme: 'https' }), CHARGE)
      assert.deepEqual(result, NOT_CONNECTED)
      assert.equal(fake.requests.length, before)
    }
    const mute = createServer((socket) => void socket.on('error', () => {}).resume())
    mute.listen(0, '127.0.0.1')
    await once(mute, 'listening')
    const { port } = mute.address() as AddressInfo
    assert.deepEqual(await driver.start(deviceAt(port, { scheme: 'https' }), CHARGE), NOT_CONNECTED)
    mute.close()
  })

  test('TLS: a certificate that nobody vouches for gets no request', async () => {
    const pair = makeTestCertificate('localhost')
    let requestBytes = 0
    const server = createTlsServer(pair, (socket) => {
      socket
        .on('error', () => {})
        .on('data', (bytes) => {
          requestBytes += bytes.length
        })
    })
    server.on('tlsClientError', () => {}).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    for (const host of ['127.0.0.1', 'localhost']) {
      const result = await driver.start(deviceAt(port, { scheme: 'https', host }), CHARGE)
      assert.deepEqual(result, NOT_CONNECTED)
    }
    assert.equal(requestBytes, 0)
    server.close()
  })
})
