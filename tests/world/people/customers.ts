// Customers: each has made up their mind before they see a QR, and does just that with whatever QR they are
// shown. They know the bank and the screen, and nothing of the centre.

import type { Operation, Product } from '../devices/operation.ts'
import type { Terminal } from '../devices/terminal.ts'
import type { SimulatedTime } from '../time/simulated-time.ts'

export type Deed = 'pays' | 'declines' | 'walks_away' | 'scans_only'

export interface Mind {
  readonly deed: Deed
  readonly product: Product
  /** From seeing the QR to scanning it, and from there to the end. */
  readonly scanAfterMs: number
  readonly endAfterMs: number
}

export class Customers {
  readonly #time: SimulatedTime
  readonly #terminals: readonly Terminal[]
  readonly #minds = new Map<string, Mind>()
  readonly #shown = new Set<string>()
  readonly #standing = new Map<number, Mind>()

  constructor(terminals: readonly Terminal[], time: SimulatedTime) {
    this.#terminals = terminals
    this.#time = time
    for (const terminal of terminals) {
      terminal.onOperation = (operation) => this.#seeScreen(terminal, operation)
    }
  }

  /** The last mind made up for a payment counts. */
  makeUp(paymentId: string, mind: Mind): void {
    this.#minds.set(paymentId, mind)
  }

  /** Somebody stands before a terminal and waits for its screen. */
  stand(terminalId: number, mind: Mind): void {
    this.#standing.set(terminalId, mind)
  }

  /** A QR was given out for a payment; the same one moves nobody twice. */
  show(paymentId: string, qr: string): void {
    const mind = this.#minds.get(paymentId)
    if (mind === undefined || this.#shown.has(qr)) return
    this.#shown.add(qr)
    for (const terminal of this.#terminals) {
      const operation = terminal.journal.find((known) => known.qr === qr)
      if (operation !== undefined) this.#act(terminal, operation, mind)
    }
  }

  #seeScreen(terminal: Terminal, operation: Operation): void {
    const mind = this.#standing.get(terminal.id)
    this.#standing.delete(terminal.id)
    if (mind !== undefined) this.#act(terminal, operation, mind)
  }

  #act(terminal: Terminal, operation: Operation, mind: Mind): void {
    if (mind.deed === 'walks_away') return
    this.#time.after(mind.scanAfterMs, () => {
      if (!operation.scan(this.#time.nowMs) || mind.deed === 'scans_only') return
      this.#time.after(mind.endAfterMs, () => {
        if (!operation.isAlive(this.#time.nowMs)) return
        if (mind.deed === 'pays') operation.pay(terminal.saleOf(operation, mind.product))
        else operation.end('declined', this.#time.nowMs)
      })
    })
  }
}
