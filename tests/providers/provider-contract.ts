// What the middle relies on, whatever device is behind a driver: each promise of the port as one check
// against a device whose screen and journal can be looked at.

import assert from 'node:assert/strict'
import type { Observation } from '@byfly-pay/core'
import type { Device, Provider, QrReading } from '../../packages/server/src/ports/provider.ts'
import type { Simulator, Terminal } from '../../packages/simulator/src/index.ts'
import { until } from '../support/until.ts'
import { patience } from './driver-under-test.ts'

/** Who is behind the driver, as a customer and as its own books see it. */
export interface OtherSide {
  /** What a customer could scan now. */
  shown(): string | null
  /** @returns whether there was something to scan */
  scan(code: string, how: Scan): boolean
  /** What it calls the money of an operation. */
  transactionOf(processId: string): string | undefined
  isIdle(): boolean
}

export interface Scan {
  readonly product?: 'Gold' | 'Loan'
  readonly loanTerm?: number
  readonly outcome?: 'decline'
}

/** What every promise of the port that is kept by every driver needs. */
export interface Subject {
  readonly driver: Provider
  readonly device: Device
  readonly other: OtherSide
}

export interface TerminalSubject extends Subject {
  readonly terminal: Terminal
  readonly simulator: Simulator
}

export function terminalSubject(parts: Omit<TerminalSubject, 'other'>): TerminalSubject {
  const { simulator, terminal } = parts
  const other: OtherSide = {
    shown() {
      const screen = terminal.screen()
      return screen.state === 'qr' ? screen.qr : null
    },
    scan: (qr, { loanTerm, outcome, product }) =>
      simulator.phone.scan({ qr, product, loan_term: loanTerm, outcome }).seen,
    transactionOf: (processId) =>
      simulator.journal.entries.findLast(({ process_id: id }) => id === processId)?.transaction_id,
    isIdle: () => terminal.operation() === null,
  }
  return { ...parts, other }
}

const CHARGE = 1_234_500n

/** The start, the wait, the QR of this very screen, the sum and the product that were really used. */
export async function paysOnce(subject: Subject): Promise<void> {
  const { other } = subject
  const { processId, text, url } = await shownToCustomer(subject)
  assert.equal(text, other.shown())
  assert.ok(other.scan(url, { product: 'Loan', loanTerm: 12 }))
  const observation = await untilOver(subject, processId)
  assert.ok(observation.kind === 'succeeded', observation.kind)
  const { providerTransactionId, ...success } = observation.success
  assert.deepEqual(success, {
    grossTiyn: CHARGE,
    moneyKind: 'qr',
    product: { methodCode: 'kaspi_installment_12', word: 'Loan' },
  })
  assert.equal(providerTransactionId, other.transactionOf(processId))
  assert.deepEqual(await untilOver(subject, processId), observation)
  await untilIdle(subject)
}

/** Rule 5: a strange code is told apart, a camera that fails or sees nothing is neither. */
export async function readsOnlyItsOwnQr(subject: TerminalSubject): Promise<void> {
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
  const { processId, text } = await shownToCustomer(subject)
  assert.ok(subject.other.scan(text, { outcome: 'decline' }))
  assert.deepEqual(await untilOver(subject, processId), { kind: 'failed', reason: 'declined' })
  await untilIdle(subject)
}

/** What was never started is forgotten or unanswered, never a yes or a no; a foreign id is asked in vain. */
export async function knowsNoStranger({ device, driver }: Subject): Promise<void> {
  for (const ask of [driver.observe, driver.actualize]) {
    const seen = await ask(device, '9999999999', patience())
    assert.ok(seen.kind === 'not_found' || seen.kind === 'no_answer', seen.kind)
  }
}

/** A sum that the other side cannot take is refused before anything is sent. */
export async function takesWholeTenge({ device, driver }: Subject): Promise<void> {
  for (const tiyn of [0n, -100n, 150n]) {
    assert.deepEqual(await driver.start(device, tiyn), { kind: 'refused', reason: 'bad_request' })
  }
}

export async function stops(subject: TerminalSubject): Promise<void> {
  const { device, driver } = subject
  const processId = await started(subject)
  await qrOnScreen(subject, processId)
  assert.equal(await driver.stop(device, processId, patience()), 'asked')
  const stopped = { kind: 'failed', reason: 'cancelled_on_device' }
  assert.deepEqual(await untilOver(subject, processId), stopped)
  await untilIdle(subject)
}

/** The first version has no codes, so a busy terminal's word proves nothing there (S9). */
export async function isBusyOnce(subject: TerminalSubject): Promise<void> {
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
export async function forgetsNothing(subject: TerminalSubject): Promise<void> {
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

export async function tellsOfItself({ device, driver, terminal }: TerminalSubject): Promise<void> {
  const check = await driver.check(device, patience())
  assert.equal(check.reachable, true, check.finding)
  assert.equal(check.camera, 'ok')
  assert.equal(check.apiVersion, device.apiVersion)
  assert.equal(check.identity?.serial, terminal.serial)
  // Entered as the wrong version, it is found out.
  const apiVersion = device.apiVersion === 'v1' ? 'v2' : 'v1'
  const other = await driver.check({ ...device, apiVersion }, patience())
  assert.equal(other.apiVersion, device.apiVersion, other.finding)
}

/** A token that ran out is told beside the answer; a refresh brings one that works. */
export async function tellsOfTokens(subject: TerminalSubject, name: string): Promise<void> {
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

/** Its QR comes with the answer, or a camera reads it from the screen. */
async function shownToCustomer(subject: Subject) {
  const { device, driver } = subject
  const result = await driver.start(device, CHARGE)
  assert.ok(result.kind === 'accepted', result.kind)
  const { processId, qr } = result
  const { text, url } = qr ?? (await qrOnScreen(subject, processId))
  return { processId, text, url }
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
  assert.ok(subject.other.scan(text, {}))
  assert.equal((await untilOver(subject, processId)).kind, 'succeeded')
  await untilIdle(subject)
}

async function untilIdle({ other }: Subject): Promise<void> {
  await until(async () => other.isIdle())
}
