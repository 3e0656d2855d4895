// What the middle relies on, whatever device is behind a driver: each promise of the port as one check
// against a device whose screen and journal can be looked at.

import assert from 'node:assert/strict'
import type { Observation } from '@byfly-pay/core'
import type { Device, Provider, QrReading } from '../../packages/server/src/ports/provider.ts'
import type { Simulator, Terminal } from '../../packages/simulator/src/index.ts'
import { until } from '../support/until.ts'
import { patience } from './driver-under-test.ts'

export interface Subject {
  readonly driver: Provider
  readonly device: Device
  readonly terminal: Terminal
  readonly simulator: Simulator
}

const CHARGE = 1_234_500n

/** The start, the wait, the QR of this very screen, the sum and the product that were really used. */
export async function paysOnce(subject: Subject): Promise<void> {
  const { simulator, terminal } = subject
  const processId = await started(subject)
  const { text, url } = await qrOnScreen(subject, processId)
  const screen = terminal.screen()
  assert.equal(text, screen.state === 'qr' ? screen.qr : null)
  assert.ok(simulator.phone.scan({ qr: url, product: 'Loan', loan_term: 12 }).seen)
  const observation = await untilOver(subject, processId)
  assert.ok(observation.kind === 'succeeded', observation.kind)
  const { providerTransactionId, ...success } = observation.success
  assert.deepEqual(success, {
    grossTiyn: CHARGE,
    moneyKind: 'qr',
    product: { methodCode: 'kaspi_installment_12', word: 'Loan' },
  })
  const entry = simulator.journal.entries.findLast(({ process_id: id }) => id === processId)
  assert.equal(providerTransactionId, entry?.transaction_id)
  assert.deepEqual(await untilOver(subject, processId), observation)
  await untilIdle(subject)
}

/** Rule 5: a strange code is told apart, a camera that fails or sees nothing is neither. */
export async function readsOnlyItsOwnQr(subject: Subject): Promise<void> {
  const { terminal } = subject
  const processId = await started(subject)
  await qrOnScreen(subject, processId)
  const looks = [
    ['foreign_qr', ['foreign']],
    ['camera_down', ['camera_failed']],
    ['camera_blank', ['nothing']],
  ] as const
  for (const [fault, expected] of looks) {
    terminal.armFault({ fault, times: 1_000 })
    const reading = await look(subject, 10_000)
    terminal.clearFaults()
    assert.ok(
      expected.some((kind) => kind === reading.kind),
      `${fault}: ${reading.kind}`,
    )
  }
  await paidAndIdle(subject, processId)
}

export async function declines(subject: Subject): Promise<void> {
  const processId = await started(subject)
  const { text } = await qrOnScreen(subject, processId)
  assert.ok(subject.simulator.phone.scan({ qr: text, outcome: 'decline' }).seen)
  assert.deepEqual(await untilOver(subject, processId), { kind: 'failed', reason: 'declined' })
  await untilIdle(subject)
}

export async function stops(subject: Subject): Promise<void> {
  const { device, driver } = subject
  const processId = await started(subject)
  await qrOnScreen(subject, processId)
  assert.equal(await driver.stop(device, processId, patience()), 'asked')
  const stopped = { kind: 'failed', reason: 'cancelled_on_device' }
  assert.deepEqual(await untilOver(subject, processId), stopped)
  await untilIdle(subject)
}

/** The first version has no codes, so a busy terminal's word proves nothing there (S9). */
export async function isBusyOnce(subject: Subject): Promise<void> {
  const { device, driver, simulator } = subject
  const processId = await started(subject)
  const calls = simulator.journal.startCalls.length
  const second = await driver.start(device, CHARGE)
  const expected =
    device.apiVersion === 'v2' ? { kind: 'refused', reason: 'terminal_busy' } : { kind: 'lost' }
  assert.deepEqual(second, expected)
  assert.equal(simulator.journal.startCalls.length, calls + 1)
  await paidAndIdle(subject, processId)
}

/** «Unknown» stays so until the bank was asked again; it is never a no. */
export async function forgetsNothing(subject: Subject): Promise<void> {
  const { device, driver, terminal } = subject
  terminal.armFault({ fault: 'unknown', truth: 'paid', actualize_calls: 1 })
  const processId = await started(subject)
  const unknown = await untilOver(subject, processId)
  assert.deepEqual(unknown, { kind: 'unknown' })
  const seen = [
    await driver.actualize(device, processId, patience()),
    await driver.observe(device, processId, patience()),
  ]
  assert.ok(seen.some(({ kind }) => kind === 'succeeded'))
  await untilIdle(subject)
}

export async function tellsOfItself({ device, driver, terminal }: Subject): Promise<void> {
  const check = await driver.check(device, patience())
  assert.equal(check.reachable, true, check.message)
  assert.equal(check.camera, 'ok')
  assert.equal(check.apiVersion, device.apiVersion)
  assert.equal(check.identity?.serial, terminal.serial)
  // Entered as the wrong version, it is found out.
  const apiVersion = device.apiVersion === 'v1' ? 'v2' : 'v1'
  const other = await driver.check({ ...device, apiVersion }, patience())
  assert.equal(other.apiVersion, device.apiVersion, other.message)
}

/** A token that ran out is told beside the answer; a refresh brings one that works. */
export async function tellsOfTokens(subject: Subject, name: string): Promise<void> {
  const { device, driver, terminal } = subject
  terminal.forbid(name)
  const registered = await driver.register(device, name, patience())
  assert.ok(registered.kind === 'registered', registered.kind)
  const { accessToken, refreshToken } = registered.tokens
  const processId = await started({ ...subject, device: { ...device, accessToken } })
  terminal.expireTokens()
  const expired = await driver.observe({ ...device, accessToken }, processId, patience())
  assert.deepEqual(expired, { kind: 'no_answer', trouble: 'token_expired' })
  const refused = await driver.start({ ...device, accessToken }, CHARGE)
  const denied = { kind: 'refused', reason: 'access_denied', trouble: 'token_expired' }
  assert.deepEqual(refused, denied)
  const refreshed = await driver.refresh(device, name, refreshToken)
  assert.ok(refreshed.kind === 'refreshed', refreshed.kind)
  const again = { ...subject, device: { ...device, accessToken: refreshed.tokens.accessToken } }
  await paidAndIdle(again, processId)
  assert.deepEqual(await driver.refresh(device, name, refreshToken), { kind: 'refused' })
}

async function started({ device, driver }: Subject): Promise<string> {
  const result = await driver.start(device, CHARGE)
  assert.ok(result.kind === 'accepted', result.kind)
  return result.processId
}

async function qrOnScreen(subject: Subject, processId: string) {
  const { device, driver } = subject
  await until(async () => {
    const seen = await driver.observe(device, processId, patience())
    return seen.kind === 'waiting' && seen.phase === 'waiting_for_scan'
  })
  let reading = await look(subject, 10_000)
  // A stream may begin with a frame that was taken before.
  await until(async () => {
    if (reading.kind !== 'read') reading = await look(subject, 10_000)
    return reading.kind === 'read'
  })
  assert.ok(reading.kind === 'read')
  return reading
}

function look({ device, driver }: Subject, limitMs: number): Promise<QrReading> {
  return driver.readQr(device, patience(limitMs))
}

async function untilOver({ device, driver }: Subject, processId: string): Promise<Observation> {
  let observation: Observation = { kind: 'no_answer' }
  await until(async () => {
    observation = await driver.observe(device, processId, patience())
    return observation.kind !== 'waiting'
  })
  return observation
}

async function paidAndIdle(subject: Subject, processId: string): Promise<void> {
  const { text } = await qrOnScreen(subject, processId)
  assert.ok(subject.simulator.phone.scan({ qr: text }).seen)
  assert.equal((await untilOver(subject, processId)).kind, 'succeeded')
  await untilIdle(subject)
}

async function untilIdle({ terminal }: Subject): Promise<void> {
  await until(async () => terminal.operation() === null)
}
