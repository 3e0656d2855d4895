// One payment of a batch: stands at its step until it is let go, and its customer, who pays or declines
// and does not give up before the payment has come to an end.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Terminal } from '../../packages/simulator/src/index.ts'
import { type Cell, nameOf } from './cells.ts'
import { type Fault, faultOf, PREVIOUS_QR } from './faults.ts'
import type { Passing } from './messages.ts'
import type { Told } from './shop-client.ts'
import { isAfterPayment } from './steps.ts'
import type { World } from './world.ts'

/** Starts under keys of their own, after an attempt that ran out or was lost for good. */
const STARTS_LIMIT = 4
const CALLS_LIMIT = 60
const LOOK_AGAIN_MS = 150

/** Answers after which another start may come to a QR. */
const MAY_START_AGAIN = ['qr_not_ready', 'terminals_unavailable', 'terminals_busy']

export class PaymentUnderTest {
  readonly cell: Cell
  readonly id: string
  readonly paymentId: string
  readonly fault: Fault
  readonly arrived: Promise<void>
  readonly declines: boolean
  readonly #world: World
  readonly #previousQr: string
  #arrive: () => void = () => {}
  #go: (() => void) | null = null
  #hasArrived = false
  #isArmed = false

  constructor(
    world: World,
    cell: Cell,
    who: { id: string; paymentId: string; declines: boolean; previousQr: string },
  ) {
    this.#world = world
    this.#previousQr = who.previousQr
    this.cell = cell
    this.id = who.id
    this.paymentId = who.paymentId
    this.fault = faultOf(cell.fault)
    this.declines = who.declines && !isAfterPayment(cell.step) && this.fault.forgets !== true
    this.arrived = new Promise((resolve) => {
      this.#arrive = resolve
    })
  }

  get hasArrived(): boolean {
    return this.#hasArrived
  }

  /** Stands at the first pass of its step, and only there. */
  passes({ step }: Passing, go: () => void): void {
    if (this.#hasArrived || step !== this.cell.step) {
      go()
      return
    }
    this.#hasArrived = true
    this.#go = go
    this.#arrive()
  }

  letGo(): void {
    this.#go?.()
  }

  /** Its terminal is about to be called: what is wrong there is wrong once. */
  meets(terminal: Terminal): void {
    if (this.#isArmed) return
    this.#isArmed = true
    for (const request of this.fault.device ?? []) {
      const isPrevious = 'qr' in request && request.qr === PREVIOUS_QR
      terminal.armFault(isPrevious ? { ...request, qr: this.#previousQr } : request)
    }
  }

  /** The shop's page: asks for a QR until it has one, has it scanned, asks again when that failed. */
  async see(url: () => string, signal: AbortSignal): Promise<void> {
    let part = 1
    for (let calls = 0; calls < CALLS_LIMIT && !signal.aborted; calls += 1) {
      const told = await this.#start(url, part)
      if (signal.aborted) return
      if (told.outcome === 'ok') {
        const isSeen = await this.#scan(told.body.data.qr_code)
        if (isSeen || part >= STARTS_LIMIT) return
        part += 1
      } else if (told.outcome === 'fail' && !MAY_START_AGAIN.includes(told.body?.code)) {
        if (told.body?.code !== 'attempt_in_progress') return
      }
      await sleep(Math.max(told.retryAfterMs, LOOK_AGAIN_MS))
    }
  }

  async #start(url: () => string, part: number): Promise<Told> {
    const { client } = this.#world
    const first = client.kaspi(url(), this.id, String(part))
    if (this.fault.sentTwice !== true) return first
    const [told] = await Promise.all([first, client.kaspi(url(), this.id, String(part))])
    return told
  }

  /** @returns whether the QR could still be scanned */
  async #scan(qr: string): Promise<boolean> {
    const { phone, terminals } = this.#world.simulator
    const result = phone.scan({ qr, outcome: this.declines ? 'decline' : 'confirm' })
    if (!result.seen) return result.reason === 'already_scanned'
    if (this.fault.forgets === true) {
      terminals.find(({ number }) => number === result.terminal)?.reboot()
    }
    return true
  }

  toString(): string {
    return `${nameOf(this.cell)} (${this.id})`
  }
}
