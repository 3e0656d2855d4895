// One terminal as a machine: the operation it holds, the phases it goes through and what moves it
// (time, the phone, a cancel, a reboot). It must never hold two operations, and it knows no HTTP.
import type { Bank } from '../bank/bank.ts'
import { isoTime, nowMs, type Timers } from '../clock.ts'
import type { ArmedFaults } from '../faults/armed-faults.ts'
import type { Journal } from '../journal/journal.ts'
import type { Random } from '../random.ts'
import type { Timing } from '../timing.ts'
import {
  endedAtMs,
  holdsTerminal,
  type Operation,
  type Order,
  type Phase,
  type SuccessReport,
} from './operation.ts'
import { Permission } from './permission.ts'
import { operationScreen, type Screen } from './screen.ts'
import { successReport } from './success-report.ts'

/** Who the device is: a registration belongs to the serial number, not to an address. */
export interface DeviceIdentity {
  readonly number: number
  readonly serial: string
  readonly terminalId: string
  readonly posNumber: string
}

export interface DeviceParts {
  readonly identity: DeviceIdentity
  readonly bank: Bank
  readonly journal: Journal
  readonly faults: ArmedFaults
  readonly timers: Timers
  readonly random: Random
  /** Asked anew at each use, since a test may change it while the device runs. */
  readonly timing: () => Timing
}

/** What a customer has paid with. */
type Means = Pick<SuccessReport, 'method' | 'product' | 'loanTerm'>

/** A limit on everything: the oldest results are dropped beyond this. */
const MAX_RESULTS = 5_000

export class Device {
  readonly identity: DeviceIdentity
  readonly permission: Permission
  isOff = false
  readonly #parts: DeviceParts
  readonly #operations = new Map<string, Operation>()
  #last: Operation | null = null
  #lastProcessId = 0
  #qrBeforeLast: string

  constructor(parts: DeviceParts) {
    this.identity = parts.identity
    this.#parts = parts
    this.permission = new Permission(parts.timers)
    this.#qrBeforeLast = parts.bank.newQr()
  }

  get timing(): Timing {
    return this.#parts.timing()
  }

  /** The operation that holds the terminal now. */
  get current(): Operation | null {
    return this.#last !== null && holdsTerminal(this.#last) ? this.#last : null
  }

  /** What a lagging camera still sees: the QR of the operation before the one that holds it. */
  get staleQr(): string {
    return this.#last !== null && this.current === null ? this.#last.qr : this.#qrBeforeLast
  }

  screen(): Screen {
    if (this.isOff) return { state: 'off' }
    const { name } = this.permission
    if (name !== null) return { state: 'asks_permission', name }
    if (this.#last === null) return { state: 'idle' }
    return operationScreen(this.#last, nowMs(), this.timing.resultScreenMs)
  }

  /** Null when an operation holds the terminal already. */
  start(order: Order): Operation | null {
    if (this.current !== null) return null
    const startedAtMs = nowMs()
    const operation: Operation = {
      ...order,
      processId: this.#newProcessId(startedAtMs),
      transactionId: this.#parts.bank.newTransactionId(),
      qr: this.#parts.bank.newQr(),
      startedAtMs,
      phase: { at: 'initialize' },
      report: null,
      actualizeCallsLeft: 0,
      forgotten: false,
      stopTimer: () => {},
    }
    if (this.#last !== null) this.#qrBeforeLast = this.#last.qr
    this.#last = operation
    this.#remember(operation)
    this.#parts.journal.startOperation({
      terminal: this.identity.number,
      serial: this.identity.serial,
      process_id: operation.processId,
      kind: operation.kind,
      amount_tenge: operation.amountTenge,
      qr: operation.qr,
      started_at: isoTime(startedAtMs),
    })
    this.#stay(operation, this.timing.initializeMs, () => this.#showQr(operation))
    return operation
  }

  find(processId: string): Operation | null {
    return this.#operations.get(processId) ?? null
  }

  /** A phone has read the QR. False when it is too early, too late or another phone was first. */
  scanned(operation: Operation): boolean {
    if (operation.phase.at !== 'wait_user') return false
    operation.phase = { at: 'wait_confirmation' }
    this.#stay(operation, this.timing.confirmWaitMs, () =>
      this.fail(operation, 'Время ожидания подтверждения истекло'),
    )
    return true
  }

  /** The customer's «Оплатить»: from here on the money has moved, whatever the terminal says. */
  confirm(operation: Operation, product: string, loanTerm: number): void {
    if (operation.phase.at !== 'wait_confirmation') return
    this.#pay(operation, { method: 'qr', product, loanTerm })
  }

  /** A card instead of a phone, with its PIN typed in. False when no QR waits to be paid. */
  presentCard(): boolean {
    const operation = this.current
    if (operation?.phase.at !== 'wait_user' || operation.kind === 'refund') return false
    const payByCard = () => this.#pay(operation, { method: 'card', product: 'Card', loanTerm: 0 })
    operation.phase = { at: 'card' }
    this.#stay(operation, this.timing.cardMs, () => {
      operation.phase = { at: 'pin' }
      this.#stay(operation, this.timing.cardMs, payByCard)
    })
    return true
  }

  decline(operation: Operation): void {
    if (operation.phase.at !== 'wait_confirmation') return
    this.fail(operation, 'Покупатель отказался от оплаты')
  }

  /** Best effort, as the devices do it: only before a customer has scanned. */
  cancel(operation: Operation): boolean {
    if (operation.phase.at !== 'initialize' && operation.phase.at !== 'wait_user') return false
    this.#end(operation, { at: 'cancelled', atMs: nowMs() })
    return true
  }

  fail(operation: Operation, message: string): void {
    this.#end(operation, { at: 'failed', message, atMs: nowMs() })
  }

  /** The fault `unknown` with a truth of its own: ends the operation so, whatever the customer does. */
  endHidden(operation: Operation, truth: 'paid' | 'not_paid', product: string, loanTerm: number) {
    if (truth === 'paid') this.#pay(operation, { method: 'qr', product, loanTerm })
    else this.fail(operation, 'Операция не выполнена')
  }

  /**
   * Forgets every operation. A customer who had scanned keeps the bank's question on the phone and
   * may still pay: that money is in the journal and on no terminal.
   */
  reboot(): void {
    for (const operation of this.#operations.values()) operation.forgotten = true
    const open = this.#last
    if (open !== null && endedAtMs(open) === null) {
      this.#journalEnd(open, 'forgotten', nowMs())
      if (open.phase.at !== 'wait_confirmation') {
        open.stopTimer()
        open.phase = { at: 'failed', message: 'Терминал перезагружен', atMs: nowMs() }
      }
    }
    this.#operations.clear()
    if (this.#last !== null) this.#qrBeforeLast = this.#last.qr
    this.#last = null
    this.permission.interrupt()
  }

  #showQr(operation: Operation): void {
    operation.phase = { at: 'wait_user' }
    this.#parts.bank.open({ operation, device: this })
    this.#stay(operation, this.timing.scanWaitMs, () =>
      this.fail(operation, 'Время ожидания сканирования QR истекло'),
    )
  }

  #pay(operation: Operation, means: Means): void {
    const { faults, bank, journal, random } = this.#parts
    const { product, loanTerm } = means
    const atMs = nowMs()
    journal.addEntry({
      terminal: this.identity.number,
      serial: this.identity.serial,
      process_id: operation.processId,
      transaction_id: operation.transactionId,
      kind: operation.kind,
      amount_tenge: operation.amountTenge,
      product,
      loan_term: loanTerm,
      refund_of: operation.refundOf?.transaction_id ?? null,
      at: isoTime(atMs),
    })
    // A forgotten operation is never asked about, so it must not use up a fault meant for another.
    if (!operation.forgotten) {
      operation.report = successReport({ operation, ...means, faults, bank, random })
    }
    this.#end(operation, { at: 'paid', product, loanTerm, atMs })
  }

  #end(operation: Operation, phase: Phase & { readonly atMs: number }): void {
    operation.stopTimer()
    operation.phase = phase
    if (operation.forgotten) return
    const fault = this.#parts.faults.takeNamed('unknown', ({ truth }) => truth === 'as_happens')
    if (fault !== null) operation.actualizeCallsLeft = fault.actualize_calls
    this.#journalEnd(operation, phase.at === 'paid' ? 'paid' : endWord(phase), phase.atMs)
  }

  #journalEnd(
    operation: Operation,
    outcome: 'paid' | 'failed' | 'cancelled' | 'forgotten',
    atMs: number,
  ): void {
    const { processId } = operation
    const at = isoTime(atMs)
    const terminal = this.identity.number
    this.#parts.journal.endOperation({ terminal, process_id: processId, outcome, at })
  }

  #stay(operation: Operation, waitMs: number, next: () => void): void {
    operation.stopTimer()
    operation.stopTimer = this.#parts.timers.after(waitMs, next)
  }

  /** The devices number operations by their clock in milliseconds; two never get the same. */
  #newProcessId(startedAtMs: number): string {
    this.#lastProcessId = Math.max(startedAtMs, this.#lastProcessId + 1)
    return String(this.#lastProcessId)
  }

  #remember(operation: Operation): void {
    this.#operations.set(operation.processId, operation)
    const oldestAllowedMs = nowMs() - this.timing.resultLifeMs
    for (const old of this.#operations.values()) {
      const ended = endedAtMs(old)
      const isOld = ended !== null && ended < oldestAllowedMs
      if (!isOld && this.#operations.size <= MAX_RESULTS) break
      this.#operations.delete(old.processId)
    }
  }
}

function endWord(phase: Phase): 'failed' | 'cancelled' {
  return phase.at === 'cancelled' ? 'cancelled' : 'failed'
}
