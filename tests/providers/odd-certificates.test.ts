// Odd devices behind a certificate: who hears anything at all, and what is told when it is not the one
// that is trusted.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Observation } from '@byfly-pay/core'
import type { Device, Told } from '../../packages/server/src/ports/provider.ts'
import { makeTestCertificate } from '../support/test-certificate.ts'
import { deviceAt, driverUnderTest, patience } from './driver-under-test.ts'
import { CENTRE_NAME, CERTIFICATE, fingerprintOf, security } from './odd-device/enter-device.ts'
import type { OddDevice } from './odd-device/odd-device.ts'
import { STORY, TIYN, withDevice } from './odd-device/one-sale.ts'

const { driver } = driverUnderTest({ limits: {} })
after(() => driver.close())

function observe(at: Device): Promise<Told<Observation>> {
  return driver.observe(at, STORY.processId, patience())
}

const https = (device: OddDevice, tls: 'insecure' | 'pinned') =>
  deviceAt(device.port, security({ tls }))

test('the one that the device shows is told, and nothing is sent for it', async () => {
  await withDevice({ tls: CERTIFICATE }, async (device) => {
    const shown = await driver.connect(https(device, 'insecure'), patience())
    assert.ok(shown.kind === 'connected')
    assert.equal(shown.certificate?.fingerprint, fingerprintOf(CERTIFICATE.cert))
    assert.deepEqual(device.calls, [])
  })
})

test('strict: a self-signed one hears nothing', async () => {
  await withDevice({ tls: CERTIFICATE }, async (device) => {
    const at = { ...https(device, 'insecure'), tls: 'strict' as const }
    assert.deepEqual(await driver.start(at, TIYN), { kind: 'refused', reason: 'not_connected' })
    assert.deepEqual(await observe(at), { kind: 'no_answer' })
    assert.deepEqual(device.calls, [])
  })
})

test('pinned: another one in the middle of a payment is told and hears nothing', async () => {
  await withDevice({ tls: CERTIFICATE }, async (device) => {
    const at = https(device, 'pinned')
    assert.equal((await driver.start(at, TIYN)).kind, 'accepted')
    const other = { ...at, fingerprint: fingerprintOf(makeTestCertificate('other').cert) }
    const trouble = 'certificate_changed'
    assert.deepEqual(await observe(other), { kind: 'no_answer', trouble })
    const reason = 'not_connected'
    assert.deepEqual(await driver.start(other, TIYN), { kind: 'refused', reason, trouble })
    const refreshed = await driver.refresh(other, CENTRE_NAME, 'refresh')
    assert.deepEqual(refreshed, { kind: 'not_connected', trouble })
    assert.deepEqual(device.calls, ['payment'])
  })
})

test('pinned without a certificate to trust connects nowhere', async () => {
  await withDevice({ tls: CERTIFICATE }, async (device) => {
    const at = { ...https(device, 'pinned'), fingerprint: null }
    assert.deepEqual(await driver.start(at, TIYN), { kind: 'refused', reason: 'not_connected' })
    assert.deepEqual(device.calls, [])
  })
})

test('plain HTTP behind https was never spoken to, https behind plain HTTP may have been', async () => {
  await withDevice({}, async (device) => {
    // It waits for ever for the rest of a request, so the limit on connecting has to end it.
    const { driver: impatient } = driverUnderTest()
    const started = await impatient.start(https(device, 'insecure'), TIYN)
    await impatient.close()
    assert.deepEqual(started, { kind: 'refused', reason: 'not_connected' })
  })
  await withDevice({ tls: CERTIFICATE }, async (device) => {
    assert.deepEqual(await driver.start(deviceAt(device.port), TIYN), { kind: 'lost' })
    assert.deepEqual(device.calls, [])
  })
})
