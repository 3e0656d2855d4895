// A model of one Kaspi Smart POS, written from the protocol page and from nothing of the centre: one operation at
// a time, an answer for each call, and a memory that a reboot may clear. It never breaks its own rules.

import type { Chance } from '../time/chance.ts'
import type { SimulatedTime } from '../time/simulated-time.ts'
import { errorOf, type Json, statusOf, worked } from './answers.ts'
import { Operation, type Product, type Purchase, type SaleOddity } from './operation.ts'

export interface Reboot {
  /** The terminal has lost what it was carrying; the bank has not. */
  readonly forgets: boolean
  /** How many of the process ids it has given it will give again. */
  readonly idsToRepeat: number
}

export class Terminal {
  readonly id: number
  /** Every operation that was ever begun here, by a call or by a cashier's key. */
  readonly journal: Operation[] = []
  readonly knowsCancel: boolean
  /** Called back as soon as one is begun, for whoever stands before the screen. */
  onOperation: (operation: Operation) => void = () => {}
  /** The bank's word on a number: it knows the purchases of all its terminals. */
  isPurchase: (purchase: Purchase) => boolean = () => false
  hasInternet = true
  /** Until then it says `unknown` of whatever is over. */
  unsureUntilMs = 0
  nextSaleOddity: SaleOddity | null = null
  readonly #time: SimulatedTime
  readonly #chance: Chance
  readonly #remembered = new Map<string, Operation>()
  #current: Operation | null = null
  #count = 0

  constructor(id: number, time: SimulatedTime, chance: Chance) {
    this.id = id
    this.#time = time
    this.#chance = chance
    this.knowsCancel = chance.isLucky(0.5)
  }

  /** What stands on the screen to be scanned. */
  get screen(): string | null {
    const current = this.#current
    return current !== null && current.phase(this.#time.nowMs) === 'qr' ? current.qr : null
  }

  get lastQr(): string | null {
    return this.journal.at(-2)?.qr ?? null
  }

  get nextProcessId(): string {
    return this.#processId(this.#count + 1)
  }

  get isBusy(): boolean {
    return this.#current?.isAlive(this.#time.nowMs) === true
  }

  /** `askedAtMs`: when the caller sent it. */
  answer(verb: string, query: URLSearchParams, askedAtMs: number): Json {
    switch (verb) {
      case 'payment':
        return this.#start(Number(query.get('amount')), null, askedAtMs)
      case 'refund':
        return this.#start(
          Number(query.get('amount')),
          { transactionId: query.get('transactionId') ?? '', method: query.get('method') ?? '' },
          askedAtMs,
        )
      case 'status':
        return this.#status(query.get('processId') ?? '', this.#time.nowMs < this.unsureUntilMs)
      case 'actualize':
        return this.#status(query.get('processId') ?? '', false)
      case 'cancel':
        return this.#cancel(query.get('processId') ?? '')
      case 'deviceinfo':
        return worked({ posNum: `POS${this.id}`, terminalId: String(31_000_000 + this.id) })
      default:
        return errorOf(999)
    }
  }

  /** A cashier keys a sale on the device itself, and the customer pays a while later; null when busy. */
  keySale(amountTenge: number, payAfterMs: number): Operation | null {
    if (this.isBusy) return null
    const operation = this.#begin(amountTenge, null, this.#time.nowMs)
    this.#time.after(payAfterMs, () => operation.pay(this.saleOf(operation, 'card')))
    return operation
  }

  /** The sale that a customer's payment comes to, with what is odd about it. */
  saleOf(operation: Operation, product: Product) {
    const oddity = this.nextSaleOddity
    this.nextSaleOddity = null
    const isRefund = operation.refundOf !== null
    const last = this.journal.findLast(({ refundOf, sale }) => sale !== null && refundOf === null)
    const known = isRefund ? undefined : last?.sale?.transactionId
    const isKnown = oddity === 'known_transaction' && known !== undefined
    // No bank gives back more than it was asked to.
    const differenceTenge = isRefund ? -Math.floor(operation.amountTenge / 3) : 7
    return {
      amountTenge: operation.amountTenge + (oddity === 'other_sum' ? differenceTenge : 0),
      product,
      transactionId: isKnown ? known : `${this.id}${this.#chance.between(10 ** 8, 10 ** 9 - 1)}`,
      oddity: isKnown || oddity !== 'known_transaction' ? oddity : null,
      atMs: this.#time.nowMs,
    }
  }

  reboot({ forgets, idsToRepeat }: Reboot): void {
    if (forgets) {
      this.#remembered.clear()
      this.#current = null
    }
    this.#count = Math.max(0, this.#count - idsToRepeat)
  }

  #start(amountTenge: number, refundOf: Purchase | null, askedAtMs: number): Json {
    if (!Number.isSafeInteger(amountTenge) || amountTenge <= 0) return errorOf(999)
    if (!this.hasInternet) return errorOf(100)
    if (this.isBusy) return errorOf(107)
    if (refundOf !== null && !this.isPurchase(refundOf)) return errorOf(104)
    const operation = this.#begin(amountTenge, refundOf, askedAtMs)
    // A card is given back by itself; a QR waits to be scanned.
    if (refundOf !== null && refundOf.method !== 'qr') {
      const ms = this.#chance.between(2_000, 20_000)
      this.#time.after(ms, () => operation.pay(this.saleOf(operation, 'card')))
    }
    return worked({ processId: operation.processId, status: 'wait' })
  }

  #processId(count: number): string {
    return String(this.id * 10_000 + count)
  }

  #begin(amountTenge: number, refundOf: Purchase | null, askedAtMs: number): Operation {
    this.#count += 1
    const operation = new Operation({
      processId: this.#processId(this.#count),
      amountTenge,
      qr: `https://qr.kaspi.kz/${this.#chance.between(10 ** 9, 10 ** 10 - 1)}${this.journal.length}`,
      terminalId: this.id,
      refundOf,
      askedAtMs,
      readyAtMs: this.#time.nowMs + this.#chance.between(300, 3_000),
    })
    this.#current = operation
    this.#remembered.set(operation.processId, operation)
    this.journal.push(operation)
    this.onOperation(operation)
    return operation
  }

  #status(processId: string, isUnsure: boolean): Json {
    const operation = this.#remembered.get(processId)
    return operation === undefined ? errorOf(101) : statusOf(operation, this.#time.nowMs, isUnsure)
  }

  #cancel(processId: string): Json {
    if (!this.knowsCancel) return errorOf(102)
    const operation = this.#remembered.get(processId)
    if (operation === undefined) return errorOf(101)
    const now = this.#time.nowMs
    // What the customer has scanned is theirs to end.
    if (operation.phase(now) === 'scanned') return errorOf(105)
    operation.end('cancelled', now)
    return worked({ processId })
  }
}
