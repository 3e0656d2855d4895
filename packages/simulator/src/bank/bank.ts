// The bank behind terminals and phones: it issues QR codes and transaction numbers, and knows which
// operation a QR belongs to. It must never issue the same number twice.
import type { Journal } from '../journal/journal.ts'
import type { Random } from '../random.ts'
import type { Device } from '../terminal/device.ts'
import type { Operation } from '../terminal/operation.ts'

/** How many QR codes are remembered; the oldest, long dead, are dropped first. */
const MAX_SESSIONS = 10_000
const QR_DIGITS = 20
const TRANSACTION_DIGITS = 10

/** An operation together with the device that holds it: what a scanned QR leads to. */
export interface QrSession {
  readonly operation: Operation
  readonly device: Device
}

export class Bank {
  readonly #random: Random
  readonly #journal: Journal
  readonly #issued = new Set<string>()
  readonly #sessions = new Map<string, QrSession>()

  constructor(random: Random, journal: Journal) {
    this.#random = random
    this.#journal = journal
    for (const entry of journal.entries) this.#issued.add(entry.transaction_id)
  }

  newQr(): string {
    return `https://qr.kaspi.kz/${this.#unused(QR_DIGITS)}`
  }

  newTransactionId(): string {
    return this.#unused(TRANSACTION_DIGITS)
  }

  open(session: QrSession): void {
    this.#sessions.set(session.operation.qr, session)
    const oldest = this.#sessions.keys().next()
    if (this.#sessions.size > MAX_SESSIONS && !oldest.done) this.#sessions.delete(oldest.value)
  }

  find(qr: string): QrSession | null {
    return this.#sessions.get(qr) ?? null
  }

  /** What another sale was booked under: a device that repeats itself reports this one again. */
  lastTransactionIdBefore(transactionId: string): string {
    const others = this.#journal.entries.filter((entry) => entry.transaction_id !== transactionId)
    return others.at(-1)?.transaction_id ?? transactionId
  }

  #unused(length: number): string {
    let number = this.#random.digits(length)
    while (this.#issued.has(number)) number = this.#random.digits(length)
    this.#issued.add(number)
    return number
  }
}
