// The way to a protected device: which certificates are accepted, and what the two calls for tokens come
// to. A certificate that is not trusted never hears a byte.

import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import dns from 'node:dns'
import { once } from 'node:events'
import { type IncomingMessage, type RequestListener, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, type TestContext, test } from 'node:test'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import type { Device } from '../../packages/server/src/ports/provider.ts'
import type { Driver } from '../../packages/server/src/providers/driver.ts'
import { makeTestCertificate } from '../support/test-certificate.ts'
import { deviceAt, driverUnderTest, patience } from './driver-under-test.ts'

const NAME = 'till-7.kaspipos.kz'
const ACCEPTED = { statusCode: 0, data: { processId: '77', status: 'wait' } }
const WAITING = { statusCode: 0, data: { processId: '77', status: 'wait', subStatus: 'WaitUser' } }
const TOKENS = { accessToken: 'new-access', refreshToken: 'new-refresh' }
const CHARGE = 50_500n
const NOT_CONNECTED = { kind: 'refused', reason: 'not_connected' }

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

interface SecureDevice {
  readonly port: number
  readonly fingerprint: string
  readonly cert: string
  /** What arrived, as `path?query` with the token in brackets. */
  readonly requests: string[]
  change(): string
}

/** An HTTPS device that answers what `body` says. */
async function secureDevice(
  body: (request: IncomingMessage) => unknown = () => ACCEPTED,
): Promise<SecureDevice> {
  const requests: string[] = []
  const first = makeTestCertificate(NAME)
  const listener: RequestListener = (request, response) => {
    requests.push(`${request.url} [${request.headers['accesstoken'] ?? ''}]`)
    const answer = body(request)
    if (answer instanceof ServerResponse) return
    if (answer === undefined) response.destroy()
    else response.end(JSON.stringify(answer))
  }
  const server: Server = createServer(first, listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(async () => {
    server.closeAllConnections()
    server.close()
  })
  return {
    port: (server.address() as AddressInfo).port,
    fingerprint: fingerprintOf(first.cert),
    cert: first.cert,
    requests,
    change() {
      const second = makeTestCertificate(NAME)
      server.setSecureContext(second)
      server.closeAllConnections()
      return fingerprintOf(second.cert)
    },
  }
}

function fingerprintOf(cert: string): string {
  return new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase()
}

function at(port: number, change: Partial<Device> = {}): Device {
  return deviceAt(port, { scheme: 'https', ...change })
}

function freshDriver(): Driver {
  const { driver } = driverUnderTest()
  closing.push(() => driver.close())
  return driver
}

/** For one test every name is on loopback, as an office's own DNS might say. */
function everyNameIsLocal(context: TestContext): void {
  const lookup = context.mock.method(dns, 'lookup')
  lookup.mock.mockImplementation(((_name: string, _options: object, callback: unknown) => {
    if (typeof callback === 'function') callback(null, [{ address: '127.0.0.1', family: 4 }])
  }) as typeof dns.lookup)
  syncBuiltinESMExports()
  context.after(() => {
    lookup.mock.restore()
    syncBuiltinESMExports()
  })
}

function trustAsAuthority(context: TestContext, cert: string): void {
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, cert])
  context.after(() => setDefaultCACertificates(before))
}

describe('strict', () => {
  test('takes what an authority vouches for under the device’s own name', async (context) => {
    const device = await secureDevice()
    everyNameIsLocal(context)
    trustAsAuthority(context, device.cert)
    const started = await freshDriver().start(at(device.port, { host: NAME }), CHARGE)
    assert.deepEqual(started, { kind: 'accepted', processId: '77' })
  })

  test('refuses another name, a bare address and an unknown authority, unheard', async (context) => {
    const device = await secureDevice()
    const driver = freshDriver()
    everyNameIsLocal(context)
    const unknown = await driver.start(at(device.port, { host: NAME }), CHARGE)
    trustAsAuthority(context, device.cert)
    for (const host of ['till-8.kaspipos.kz', '127.0.0.1']) {
      assert.deepEqual(await driver.start(at(device.port, { host }), CHARGE), NOT_CONNECTED, host)
    }
    assert.deepEqual(unknown, NOT_CONNECTED)
    assert.deepEqual(device.requests, [])
    const check = await driver.check(at(device.port), patience())
    assert.equal(check.finding, 'certificate_untrusted')
  })
})

describe('pinned', () => {
  test('takes the one certificate, whatever its name', async () => {
    const device = await secureDevice()
    const { fingerprint } = device
    const driver = freshDriver()
    const seen = await driver.connect(at(device.port), patience())
    assert.ok(seen.kind === 'connected')
    const expiresAtMs = Date.UTC(2120, 0, 1)
    assert.deepEqual(seen.certificate, { fingerprint, expiresAtMs, isVouchedFor: false })
    assert.deepEqual(device.requests, [])
    const pinned = at(device.port, { tls: 'pinned', fingerprint })
    assert.equal((await driver.start(pinned, CHARGE)).kind, 'accepted')
  })

  test('refuses another one before a byte is sent, at every call', async () => {
    const device = await secureDevice(() => WAITING)
    const driver = freshDriver()
    const pinned = at(device.port, { tls: 'pinned', fingerprint: device.fingerprint })
    assert.equal((await driver.observe(pinned, '77', patience())).kind, 'waiting')
    const heard = device.requests.length
    const changed = device.change()

    const trouble = 'certificate_changed'
    assert.deepEqual(await driver.start(pinned, CHARGE), { ...NOT_CONNECTED, trouble })
    const observed = await driver.observe(pinned, '77', patience())
    assert.deepEqual(observed, { kind: 'no_answer', trouble })
    assert.equal((await driver.check(pinned, patience())).trouble, trouble)
    const registered = await driver.register(pinned, 'till', patience())
    assert.deepEqual(registered, { kind: 'not_connected', trouble })
    const refreshed = await driver.refresh(pinned, 'till', 'refresh')
    assert.deepEqual(refreshed, { kind: 'not_connected', trouble })
    assert.equal(device.requests.length, heard)

    const renewed = { ...pinned, fingerprint: changed }
    assert.equal((await driver.observe(renewed, '77', patience())).kind, 'waiting')
  })

  test('connects nowhere while nothing is pinned', async () => {
    const device = await secureDevice()
    const unpinned = at(device.port, { tls: 'pinned' })
    assert.deepEqual(await freshDriver().start(unpinned, CHARGE), NOT_CONNECTED)
    assert.deepEqual(device.requests, [])
  })
})

test('insecure takes any certificate', async () => {
  const device = await secureDevice()
  const driver = freshDriver()
  const insecure = at(device.port, { tls: 'insecure' })
  assert.equal((await driver.start(insecure, CHARGE)).kind, 'accepted')
  device.change()
  assert.equal((await driver.start(insecure, CHARGE)).kind, 'accepted')
})

test('a look at the connection sends nothing, and tells why there is none', async () => {
  const driver = freshDriver()
  const nowhere = await driver.connect(at(1), patience())
  assert.deepEqual(nowhere, { kind: 'not_connected', why: 'unreachable' })
  const metadata = await driver.connect(at(80, { host: '169.254.169.254' }), patience())
  assert.deepEqual(metadata, { kind: 'not_connected', why: 'forbidden_address' })
  const device = await secureDevice()
  const plain = await driver.connect(deviceAt(device.port), patience())
  assert.ok(plain.kind === 'connected')
  assert.equal(plain.certificate, null)
  assert.deepEqual(device.requests, [])
})

describe('tokens', () => {
  const insecure = { tls: 'insecure', accessToken: 'old' } as const

  test('both calls carry no token and bring two', async () => {
    const device = await secureDevice(() => ({ statusCode: 0, data: TOKENS }))
    const driver = freshDriver()
    const registered = await driver.register(at(device.port, insecure), 'Касса 1', patience())
    assert.equal(registered.kind, 'registered')
    const refreshed = await driver.refresh(at(device.port, insecure), 'Касса 1', 'r&1')
    assert.ok(refreshed.kind === 'refreshed')
    assert.equal(refreshed.tokens.accessToken, TOKENS.accessToken)
    const name = new URLSearchParams({ name: 'Касса 1' })
    assert.deepEqual(device.requests, [
      `/v2/register?${name} []`,
      `/v2/revoke?${name}&refreshToken=r%261 []`,
    ])
  })

  test('the first version has other addresses and flat answers', async () => {
    const device = await secureDevice(({ url = '' }) =>
      url.startsWith('/v2/') ? undefined : url.startsWith('/payment') ? ACCEPTED.data : TOKENS,
    )
    const driver = freshDriver()
    const first = at(device.port, { ...insecure, apiVersion: 'v1' })
    assert.equal((await driver.register(first, 'till', patience())).kind, 'registered')
    assert.deepEqual(await driver.start(first, CHARGE), { kind: 'accepted', processId: '77' })
    assert.equal(device.requests.at(-1), '/payment?amount=505 [old]')
  })

  test('a registration waits for the tap, and ends when nobody waits for it', async () => {
    const device = await secureDevice((request) => new ServerResponse(request))
    const started = freshDriver().register(
      at(device.port, insecure),
      'till',
      AbortSignal.timeout(60),
    )
    assert.deepEqual(await started, { kind: 'no_answer' })
    assert.equal(device.requests.length, 1)
  })
})
