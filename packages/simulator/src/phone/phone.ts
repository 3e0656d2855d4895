// A customer's phone: reads a QR, chooses how to pay, confirms, declines or walks away. It only sees
// what a phone sees, so it must never be handed a terminal, only a QR.
import type { Bank, QrSession } from '../bank/bank.ts'
import { isoTime, nowMs, type Timers } from '../clock.ts'
import type { OperationKind } from '../journal/journal.ts'
import { type PhoneScreen, phoneScreen, READY, type Scanned } from './phone-screen.ts'
import { type Product, paidWith, type ScanRequest } from './scan-request.ts'

export type ScanRejection =
  | 'not_kaspi'
  | 'no_such_qr'
  | 'over'
  | 'already_scanned'
  | 'not_scanned'
  | 'no_network'

export type ScanResult =
  | {
      readonly seen: true
      readonly terminal: number
      readonly kind: OperationKind
      readonly amount_tenge: number
      readonly outcome: NonNullable<ScanRequest['outcome']>
      readonly product: Product
      readonly loan_term: number
      /** When the customer will act, counted from now; null when they walk away. */
      readonly after_ms: number | null
    }
  | Rejected

interface Rejected {
  readonly seen: false
  readonly reason: ScanRejection
  readonly message: string
}

/** The till's QR, and the link that a checkout page gives to a phone: the same token in both. */
const QR_FORMS = /^https:\/\/(?:qr\.kaspi\.kz|pay\.kaspi\.kz\/pay)\/(\d{1,64})\/?$/

/** How many scanned QR codes are remembered, and how many answers wait for the network. */
const MAX_KEPT = 100

const MESSAGES: Readonly<Record<ScanRejection, string>> = {
  not_kaspi: 'Это не QR-код Kaspi',
  no_such_qr: 'Ни один терминал не показывает этот QR-код',
  over: 'QR-код больше не действует',
  already_scanned: 'Этот QR-код уже отсканирован другим телефоном',
  not_scanned: 'Сначала отсканируйте этот QR-код',
  no_network: 'На телефоне нет сети',
}

export class Phone {
  readonly #bank: Bank
  readonly #timers: Timers
  readonly #scans: string[] = []
  /** The QR that the phone is busy with. */
  #scanned: Scanned | null = null
  /** What was on the screen when the network went; null while it is there. */
  #frozen: PhoneScreen | null = null
  /** Answers given without a network: they leave the phone when it is back. */
  #unsent: (() => void)[] = []

  constructor(bank: Bank, timers: Timers) {
    this.#bank = bank
    this.#timers = timers
  }

  /** The QR codes that were scanned, the newest last. */
  get scans(): readonly string[] {
    return this.#scans
  }

  get isOnline(): boolean {
    return this.#frozen === null
  }

  /** Without a network a phone learns nothing, so the screen stays as it was. */
  screen(): PhoneScreen {
    return this.#frozen ?? phoneScreen(this.#scanned)
  }

  setNetwork(isOnline: boolean): void {
    if (isOnline === this.isOnline) return
    this.#frozen = isOnline ? null : this.screen()
    if (!isOnline) return
    const unsent = this.#unsent
    this.#unsent = []
    for (const send of unsent) send()
  }

  /** Back to the first screen. What was decided stays decided. */
  putAway(): void {
    this.#scanned = null
    if (!this.isOnline) this.#frozen = READY
  }

  /** The scan happens now, the customer's decision `after_ms` later: the result tells of the scan. */
  scan(request: ScanRequest): ScanResult {
    const session = this.#session(request)
    if ('reason' in session) return session
    const { operation, device } = session
    if (operation.phase.at === 'wait_confirmation') return rejected('already_scanned')
    if (!device.scanned(operation)) return rejected('over')
    this.#scans.push(operation.qr)
    if (this.#scans.length > MAX_KEPT) this.#scans.shift()
    this.#scanned = { session, answer: null }
    // Who only scans has the question before their eyes and has not left yet.
    return this.#act(session, request, request.outcome !== 'leave')
  }

  /** For whoever has scanned and left it open (`outcome: 'leave'`): what they do in the end. */
  decide(request: ScanRequest): ScanResult {
    const session = this.#session(request)
    if ('reason' in session) return session
    const { phase } = session.operation
    if (phase.at === 'wait_user') return rejected('not_scanned')
    if (phase.at !== 'wait_confirmation') return rejected('over')
    return this.#act(session, request, true)
  }

  #session(request: ScanRequest): QrSession | Rejected {
    // Throws: a choice that no phone offers must not get as far as a scan.
    paidWith(request)
    const token = QR_FORMS.exec(request.qr.trim())?.[1]
    if (token === undefined) return rejected('not_kaspi')
    if (!this.isOnline) return rejected('no_network')
    return this.#bank.find(`https://qr.kaspi.kz/${token}`) ?? rejected('no_such_qr')
  }

  #act(session: QrSession, request: ScanRequest, isAnswer: boolean): ScanResult {
    const { operation, device } = session
    const chosen = paidWith(request)
    // A refund goes back the way the purchase was paid; the customer has nothing to choose.
    const product = operation.refundOf?.product ?? chosen.product
    const loanTerm = operation.refundOf?.loan_term ?? chosen.loanTerm
    const outcome = request.outcome ?? 'confirm'
    const afterMs = request.after_ms ?? device.timing.customerMs
    if (outcome === 'confirm') {
      this.#later(afterMs, () => device.confirm(operation, product, loanTerm))
    } else if (outcome === 'decline') {
      this.#later(afterMs, () => device.decline(operation))
    }
    if (isAnswer && this.#scanned?.session === session) {
      const answer = { outcome, at: isoTime(nowMs() + afterMs) }
      this.#scanned = { session, answer }
    }
    return {
      seen: true,
      terminal: device.identity.number,
      kind: operation.kind,
      amount_tenge: operation.amountTenge,
      outcome,
      product: chosen.product,
      loan_term: chosen.loanTerm,
      after_ms: outcome === 'leave' ? null : afterMs,
    }
  }

  #later(afterMs: number, act: () => void): void {
    this.#timers.after(afterMs, () => {
      if (this.isOnline) act()
      else if (this.#unsent.length < MAX_KEPT) this.#unsent.push(act)
    })
  }
}

function rejected(reason: ScanRejection): Rejected {
  return { seen: false, reason, message: MESSAGES[reason] }
}
