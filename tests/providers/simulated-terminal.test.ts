// The driver against the simulator, which was written by others from the same page: a whole sale in
// each form of camera, and the faults that a driver has to tell apart.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Observation } from '../../packages/core/src/index.ts'
import type { Device } from '../../packages/server/src/ports/provider.ts'
import {
  type Simulator,
  startSimulator,
  type Terminal,
} from '../../packages/simulator/src/index.ts'
import { deviceAt, driverUnderTest, patience } from './driver-under-test.ts'

const FORMS = ['json', 'text', 'png', 'jpeg', 'bmp'] as const
const TIMING = {
  initializeMs: 30,
  // Long enough for a picture to be drawn and decoded on a busy machine.
  scanWaitMs: 2_000,
  confirmWaitMs: 400,
  answerMs: 1,
  customerMs: 10,
  resultScreenMs: 20,
  rebootMs: 100,
}

const { driver } = driverUnderTest({ limits: { connectMs: 300, startMs: 1_000, statusMs: 500 } })
let simulator: Simulator

before(async () => {
  const terminals = FORMS.map((camera) => ({ camera }))
  simulator = await startSimulator({ terminals, seed: 20_261_125, timing: TIMING })
})

after(async () => {
  await driver.close()
  await simulator.close()
})

function deviceOf(terminal: Terminal): Device {
  const { number: terminalId, host, port, cameraUrl } = terminal
  return deviceAt(port, { terminalId, host, cameraUrl })
}

/** The idle terminal of this number, without faults of an earlier test. */
async function idleTerminal(number: number): Promise<Terminal> {
  const terminal = simulator.terminal(number)
  terminal.clearFaults()
  while (terminal.operation() !== null) await sleep(10)
  return terminal
}

async function accepted(terminal: Terminal, tiyn = 50_500n): Promise<string> {
  const result = await driver.start(deviceOf(terminal), tiyn)
  assert.ok(result.kind === 'accepted', result.kind)
  return result.processId
}

async function until(
  terminal: Terminal,
  processId: string,
  isIt: (observation: Observation) => boolean,
): Promise<Observation> {
  for (;;) {
    const observation = await driver.observe(deviceOf(terminal), processId, patience())
    if (isIt(observation)) return observation
    assert.equal(observation.kind, 'waiting')
    await sleep(10)
  }
}

async function qrOnScreen(terminal: Terminal, processId: string) {
  await until(terminal, processId, (seen) => {
    return seen.kind === 'waiting' && seen.phase === 'waiting_for_scan'
  })
  const reading = await driver.readQr(deviceOf(terminal), patience())
  assert.ok(reading.kind === 'read', reading.kind)
  return reading
}

function isOver({ kind }: Observation): boolean {
  return kind !== 'waiting'
}

describe('a whole sale', () => {
  for (const [index, form] of FORMS.entries()) {
    test(`with a camera that answers ${form}`, async () => {
      const terminal = await idleTerminal(index + 1)
      const processId = await accepted(terminal, 1_234_500n)
      const { text, url } = await qrOnScreen(terminal, processId)
      const screen = terminal.screen()
      assert.equal(text, screen.state === 'qr' ? screen.qr : null)
      assert.ok(simulator.phone.scan({ qr: url, product: 'Loan', loan_term: 12 }).seen)
      const observation = await until(terminal, processId, isOver)
      assert.ok(observation.kind === 'succeeded')
      const { grossTiyn, moneyKind, providerTransactionId, product } = observation.success
      assert.deepEqual(
        { grossTiyn, moneyKind, product },
        {
          grossTiyn: 1_234_500n,
          moneyKind: 'qr',
          product: { methodCode: 'kaspi_installment_12', word: 'Loan' },
        },
      )
      assert.match(providerTransactionId ?? '', /^\d+$/)
    })
  }

  test('declined, run out, cancelled: proved failures, each by its name', async () => {
    const terminal = await idleTerminal(1)
    const declined = await accepted(terminal)
    const { text } = await qrOnScreen(terminal, declined)
    assert.ok(simulator.phone.scan({ qr: text, outcome: 'decline' }).seen)
    const decline = await until(terminal, declined, isOver)
    assert.deepEqual(decline, { kind: 'failed', reason: 'declined' })

    await idleTerminal(1)
    const ignored = await accepted(terminal)
    const end = await until(terminal, ignored, isOver)
    assert.deepEqual(end, { kind: 'failed', reason: 'ran_out' })

    await idleTerminal(1)
    const stopped = await accepted(terminal)
    await qrOnScreen(terminal, stopped)
    await driver.stop(deviceOf(terminal), stopped, patience())
    const cancel = await until(terminal, stopped, isOver)
    assert.deepEqual(cancel, { kind: 'failed', reason: 'cancelled_on_device' })
  })
})

describe('faults', () => {
  test('a start is refused or lost, and called once', async () => {
    const terminal = await idleTerminal(2)
    const device = deviceOf(terminal)
    const calls = () => simulator.journal.startCalls.length
    const rows = [
      [{ fault: 'refuse_code', code: 105 }, { kind: 'lost' }],
      [
        { fault: 'refuse_code', code: 106 },
        { kind: 'refused', reason: 'payments_blocked' },
      ],
      [{ fault: 'request_lost' }, { kind: 'lost' }],
      [{ fault: 'http_error', on: 'payment' }, { kind: 'lost' }],
      [{ fault: 'no_answer' }, { kind: 'lost' }],
      [{ fault: 'half_answer' }, { kind: 'lost' }],
      // The one before really started an operation that nobody can ask about.
      [null, { kind: 'refused', reason: 'terminal_busy' }],
    ] as const
    for (const [fault, expected] of rows) {
      if (fault !== null) terminal.armFault(fault)
      const before = calls()
      assert.deepEqual(await driver.start(device, 10_000n), expected)
      assert.equal(calls(), before + 1)
    }
  })

  test('a closed port is refused, a reboot forgets', async () => {
    const terminal = await idleTerminal(3)
    const processId = await accepted(terminal)
    terminal.reboot(150)
    await sleep(30)
    const refused = { kind: 'refused', reason: 'not_connected' }
    assert.deepEqual(await driver.start(deviceOf(terminal), 10_000n), refused)
    const seen = await driver.observe(deviceOf(terminal), processId, patience())
    assert.deepEqual(seen, { kind: 'no_answer' })
    let after = seen
    while (after.kind === 'no_answer') {
      await sleep(20)
      after = await driver.observe(deviceOf(terminal), processId, patience())
    }
    assert.deepEqual(after, { kind: 'not_found' })
  })

  test('unknown stays unknown until actualize has found out', async () => {
    const terminal = await idleTerminal(4)
    terminal.armFault({ fault: 'unknown', truth: 'paid', actualize_calls: 1 })
    const processId = await accepted(terminal)
    await until(terminal, processId, ({ kind }) => kind === 'unknown')
    const device = deviceOf(terminal)
    const first = await driver.actualize(device, processId, patience())
    const second = await driver.observe(device, processId, patience())
    assert.ok([first.kind, second.kind].includes('succeeded'))
  })

  test('sums, products and screens that are not what they should be', async () => {
    const terminal = await idleTerminal(5)
    terminal.armFault({ fault: 'unreadable_sum' })
    terminal.armFault({ fault: 'odd_product', product: 'Platinum' })
    const processId = await accepted(terminal)
    const { text } = await qrOnScreen(terminal, processId)
    const device = deviceOf(terminal)
    const looks = [
      [{ fault: 'foreign_qr' }, 'foreign'],
      [{ fault: 'camera_down' }, 'camera_failed'],
      [{ fault: 'camera_garbage' }, 'camera_failed'],
      [{ fault: 'camera_blank' }, 'nothing'],
    ] as const
    for (const [fault, expected] of looks) {
      terminal.armFault(fault)
      assert.equal((await driver.readQr(device, patience())).kind, expected, fault.fault)
    }
    assert.ok(simulator.phone.scan({ qr: text }).seen)
    const observation = await until(terminal, processId, isOver)
    assert.ok(observation.kind === 'succeeded')
    assert.equal(observation.success.grossTiyn, null)
    assert.deepEqual(observation.success.product, { methodCode: null, word: 'Platinum' })
  })

  test('a check of an idle terminal', async () => {
    const terminal = await idleTerminal(1)
    const check = await driver.check(deviceOf(terminal), patience())
    assert.equal(check.reachable, true)
    assert.equal(check.camera, 'ok')
    assert.equal(check.identity?.serial, terminal.serial)
  })
})
