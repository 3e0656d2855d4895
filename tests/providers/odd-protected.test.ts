// Odd devices behind a token: what a 401 and a 403 mean in the middle of a payment, and tokens that come
// in every spelling or not at all.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Observation } from '@byfly-pay/core'
import type { Device, DeviceTokens, Told } from '../../packages/server/src/ports/provider.ts'
import { deviceAt, driverUnderTest, patience } from './driver-under-test.ts'
import { singleDialects } from './odd-device/dialect.ts'
import { CENTRE_NAME } from './odd-device/enter-device.ts'
import { type HostileDevice, json, openHostileDevice } from './odd-device/hostile-device.ts'
import { PAID, STORY, TIYN, withDevice } from './odd-device/one-sale.ts'
import { type DateForm, newProtection, type Protection } from './odd-device/protection.ts'
import { ACCIDENTS } from './odd-device/story.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
const VERSIONS = ['v1', 'v2'] as const

const { driver, lines } = driverUnderTest({ limits: {} })
after(() => driver.close())

function observe(at: Device): Promise<Told<Observation>> {
  return driver.observe(at, STORY.processId, patience())
}

async function register(at: Device): Promise<DeviceTokens> {
  const registered = await driver.register(at, CENTRE_NAME, patience())
  assert.equal(registered.kind, 'registered')
  return registered.tokens
}

function withToken(at: Device, { accessToken }: DeviceTokens): Device {
  return { ...at, accessToken }
}

/** What devices may say beside a 401 or 403. */
const DENIALS = [
  '',
  '<html>Forbidden</html>',
  '{"message":"Forbidden"}',
  '{"statusCode":105,"errorText":"Доступ запрещён"}',
  '{"statusCode":403,"errorText":"Token expired"}',
  '[]',
]

for (const apiVersion of VERSIONS) {
  describe(`tokens of a ${apiVersion} device`, () => {
    const protectedBy = (protection: Protection) => ({ protection, version: apiVersion })

    test('403 in the middle of a payment: refreshed once, the payment goes on to its end', async () => {
      for (const denialBody of DENIALS) {
        const protection = newProtection({ denialBody })
        await withDevice(protectedBy(protection), async (device) => {
          const bare = deviceAt(device.port, { apiVersion })
          const first = await register(bare)
          const at = withToken(bare, first)
          assert.equal((await driver.start(at, TIYN)).kind, 'accepted')
          assert.deepEqual(await observe(at), { kind: 'waiting', phase: 'waiting_for_scan' })

          protection.isExpired = true
          assert.deepEqual(await observe(at), { kind: 'no_answer', trouble: 'token_expired' })
          const refreshed = await driver.refresh(at, CENTRE_NAME, first.refreshToken)
          assert.equal(refreshed.kind, 'refreshed')
          assert.deepEqual(await observe(withToken(at, refreshed.tokens)), PAID)
          const verbs = ['register', 'payment', 'status', 'status', 'revoke', 'status']
          assert.deepEqual(device.calls, verbs)
        })
      }
    })

    test('403 at the start: refused, told, and not repeated by the driver', async () => {
      for (const denialBody of DENIALS) {
        const protection = newProtection({ denialBody })
        await withDevice(protectedBy(protection), async (device) => {
          const bare = deviceAt(device.port, { apiVersion })
          const at = withToken(bare, await register(bare))
          protection.isExpired = true
          assert.deepEqual(await driver.start(at, TIYN), {
            kind: 'refused',
            reason: 'access_denied',
            trouble: 'token_expired',
          })
          assert.deepEqual(device.calls, ['register', 'payment'])
        })
      }
    })

    test('401: nobody is registered, whatever stands beside it', async () => {
      for (const denialBody of DENIALS) {
        await withDevice(protectedBy(newProtection({ denialBody })), async (device) => {
          const at = deviceAt(device.port, { apiVersion, accessToken: 'of another device' })
          const started = await driver.start(at, TIYN)
          assert.equal(started.kind, 'refused')
          assert.equal(started.trouble, 'not_registered')
          assert.deepEqual(await observe(at), { kind: 'no_answer', trouble: 'not_registered' })
        })
      }
    })

    test('both date forms are the moment that the device meant', async () => {
      for (const dateForm of ['digits', 'month_name'] as const) {
        const protection = newProtection({ dateForm })
        await withDevice(protectedBy(protection), async (device) => {
          const at = deviceAt(device.port, { apiVersion })
          const first = await register(at)
          assert.equal(first.expiresAtMs, protection.expiresAtMs)
          const refreshed = await driver.refresh(at, CENTRE_NAME, first.refreshToken)
          assert.equal(refreshed.kind, 'refreshed')
          assert.equal(refreshed.tokens.expiresAtMs, protection.expiresAtMs)
          assert.equal(refreshed.tokens.accessToken, protection.accessToken)
          assert.equal(refreshed.tokens.refreshToken, protection.names.get(CENTRE_NAME))
          assert.notEqual(refreshed.tokens.refreshToken, first.refreshToken)
        })
      }
    })

    test('a date that makes no sense leaves the usual 24 hours', async () => {
      const senseless: readonly DateForm[] = ['absent', 'nonsense', 'long_past']
      for (const dateForm of senseless) {
        await withDevice(protectedBy(newProtection({ dateForm })), async (device) => {
          const from = Date.now() + DAY_MS
          const { expiresAtMs } = await register(deviceAt(device.port, { apiVersion }))
          assert.ok(from <= expiresAtMs && expiresAtMs <= Date.now() + DAY_MS, dateForm)
        })
      }
    })

    test('«Запретить», a name that is known and a dead refresh token are refusals', async () => {
      const protection = newProtection({ press: async () => 'deny' })
      await withDevice(protectedBy(protection), async (device) => {
        const at = deviceAt(device.port, { apiVersion })
        assert.equal((await driver.register(at, CENTRE_NAME, patience())).kind, 'refused')
        protection.press = async () => 'allow'
        const { refreshToken } = await register(at)
        assert.equal((await driver.register(at, CENTRE_NAME, patience())).kind, 'refused')
        assert.equal((await driver.refresh(at, CENTRE_NAME, refreshToken)).kind, 'refreshed')
        assert.equal((await driver.refresh(at, CENTRE_NAME, refreshToken)).kind, 'refused')
      })
    })

    test('a registration waits for the person before the screen', async () => {
      let press = (_: 'allow') => {}
      const pressed = new Promise<'allow'>((resolve) => {
        press = resolve
      })
      const protection = newProtection({ press: () => pressed })
      await withDevice(protectedBy(protection), async (device) => {
        const registered = register(deviceAt(device.port, { apiVersion }))
        const early = await Promise.race([registered, new Promise((done) => setImmediate(done))])
        assert.equal(early, undefined)
        press('allow')
        assert.equal((await registered).accessToken, protection.accessToken)
      })
    })

    test('whatever breaks the answer, tokens may have changed: never a refusal, never a repeat', async () => {
      for (const accident of ACCIDENTS) {
        const protection = newProtection({ accident })
        await withDevice(protectedBy(protection), async (device) => {
          const at = deviceAt(device.port, { apiVersion })
          const registered = await driver.register(at, CENTRE_NAME, patience())
          assert.deepEqual(registered, { kind: 'no_answer' }, accident)
          protection.accident = accident
          const refreshToken = protection.names.get(CENTRE_NAME) ?? ''
          const refreshed = await driver.refresh(at, CENTRE_NAME, refreshToken)
          assert.deepEqual(refreshed, { kind: 'no_answer' }, accident)
          assert.deepEqual(device.calls, ['register', 'revoke'])
        })
      }
    })
  })
}

test('every oddity leaves both tokens whole', async () => {
  for (const { name, dialect } of singleDialects()) {
    const protection = newProtection()
    await withDevice({ dialect, protection }, async (device) => {
      const tokens = await register(deviceAt(device.port))
      assert.equal(tokens.accessToken, protection.accessToken, name)
      assert.equal(tokens.refreshToken, protection.names.get(CENTRE_NAME), name)
    })
  }
})

describe('tokens that cannot be kept or sent', () => {
  let hostile: HostileDevice
  before(async () => {
    hostile = await openHostileDevice()
  })
  after(() => hostile.close())

  const good = { accessToken: 'access', refreshToken: 'refresh' }
  const bad: object[] = [
    { accessToken: 'access' },
    { refreshToken: 'refresh' },
    { ...good, accessToken: 'a\r\nX-Injected: 1' },
    { ...good, accessToken: 'a\0' },
    { ...good, accessToken: 'токен' },
    { ...good, accessToken: '' },
    { ...good, accessToken: null },
    { ...good, refreshToken: {} },
    { ...good, accessToken: 'x'.repeat(30_000) },
  ]
  for (const data of bad) {
    test(`${JSON.stringify(data).slice(0, 60)} is no answer`, async () => {
      hostile.play(json({ statusCode: 0, data }))
      const at = deviceAt(hostile.port)
      const registered = await driver.register(at, CENTRE_NAME, patience())
      assert.deepEqual(registered, { kind: 'no_answer' })
      const refreshed = await driver.refresh(at, CENTRE_NAME, 'refresh')
      assert.deepEqual(refreshed, { kind: 'no_answer' })
      assert.equal(hostile.requests.length, 2)
    })
  }
})

test('no token of any device is in the log', () => {
  const log = JSON.stringify(lines)
  assert.ok(lines.length > 0)
  for (const part of ['A+/=', 'r&?%', 'access"', 'X-Injected']) assert.ok(!log.includes(part), part)
})
