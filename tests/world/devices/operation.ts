// One operation of a terminal, as its bank sees it: what was asked, how far the customer has come, and the
// money. It goes on at the bank whatever the terminal forgets; nothing here knows of the centre.

/** Protocol, «Time»: how long a QR waits for a scan, and a scan for its confirmation. */
const SCAN_MS = 180_000
const CONFIRM_MS = 60_000

export const PRODUCTS = [
  'gold',
  'red',
  'loan_12',
  'loan_24',
  'credit',
  'bonus',
  'card',
  'alaqan',
] as const
export type Product = (typeof PRODUCTS)[number]

/** As the terminal's `method` has it; numbers of purchases are a method's own. */
export function methodOf(product: Product): 'qr' | 'card' | 'alaqan' {
  return product === 'card' || product === 'alaqan' ? product : 'qr'
}

/** The purchase that is given back. */
export interface Purchase {
  readonly transactionId: string
  readonly method: string
}

/** How the terminal tells of money, when it does not tell it plainly. */
export type SaleOddity = 'other_sum' | 'unreadable_sum' | 'known_transaction'

/** Money that moved, either way, as the terminal's journal and the bank have it. */
export interface Sale {
  readonly amountTenge: number
  readonly product: Product
  readonly transactionId: string
  readonly oddity: SaleOddity | null
  readonly atMs: number
}

export type Ending = 'declined' | 'ran_out' | 'cancelled'

export class Operation {
  readonly processId: string
  readonly amountTenge: number
  /** What the QR says; each is the bank's once and for ever. */
  readonly qr: string
  readonly terminalId: number
  /** Null where money is taken. */
  readonly refundOf: Purchase | null
  /** When the call that began it was made, which may be long before it was heard. */
  readonly askedAtMs: number
  readonly #readyAtMs: number
  #scannedAtMs: number | null = null
  #sale: Sale | null = null
  #ending: Ending | null = null

  constructor(asked: {
    processId: string
    amountTenge: number
    qr: string
    terminalId: number
    askedAtMs: number
    readyAtMs: number
    refundOf: Purchase | null
  }) {
    this.processId = asked.processId
    this.amountTenge = asked.amountTenge
    this.qr = asked.qr
    this.terminalId = asked.terminalId
    this.refundOf = asked.refundOf
    this.askedAtMs = asked.askedAtMs
    this.#readyAtMs = asked.readyAtMs
  }

  get sale(): Sale | null {
    return this.#sale
  }

  phase(nowMs: number): 'starting' | 'qr' | 'scanned' | 'paid' | Ending {
    if (this.#sale !== null) return 'paid'
    if (this.#ending !== null) return this.#ending
    if (nowMs < this.#readyAtMs) return 'starting'
    const untilMs =
      this.#scannedAtMs === null ? this.#readyAtMs + SCAN_MS : this.#scannedAtMs + CONFIRM_MS
    if (nowMs < untilMs) return this.#scannedAtMs === null ? 'qr' : 'scanned'
    this.#ending = 'ran_out'
    return 'ran_out'
  }

  isAlive(nowMs: number): boolean {
    const phase = this.phase(nowMs)
    return phase === 'starting' || phase === 'qr' || phase === 'scanned'
  }

  /** @returns whether there was a QR to scan. */
  scan(nowMs: number): boolean {
    if (this.phase(nowMs) !== 'qr') return false
    this.#scannedAtMs = nowMs
    return true
  }

  pay(sale: Sale): void {
    if (this.isAlive(sale.atMs)) this.#sale = sale
  }

  end(ending: Ending, nowMs: number): void {
    if (this.isAlive(nowMs)) this.#ending = ending
  }
}
