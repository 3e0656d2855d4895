// A customer's phone: reads a QR, chooses how to pay, confirms, declines or walks away. It only sees
// what a phone sees, so it must never be handed a terminal, only a QR.
import type { Bank, QrSession } from '../bank/bank.ts'
import type { Timers } from '../clock.ts'
import type { OperationKind } from '../journal/journal.ts'
import { type Product, paidWith, type ScanRequest } from './scan-request.ts'

export type ScanRejection = 'not_kaspi' | 'no_such_qr' | 'over' | 'already_scanned' | 'not_scanned'

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

const MESSAGES: Readonly<Record<ScanRejection, string>> = {
  not_kaspi: 'Это не QR-код Kaspi',
  no_such_qr: 'Ни один терминал не показывает этот QR-код',
  over: 'QR-код больше не действует',
  already_scanned: 'Этот QR-код уже отсканирован другим телефоном',
  not_scanned: 'Сначала отсканируйте этот QR-код',
}

export class Phone {
  readonly #bank: Bank
  readonly #timers: Timers

  constructor(bank: Bank, timers: Timers) {
    this.#bank = bank
    this.#timers = timers
  }

  /** The scan happens now, the customer's decision `after_ms` later: the result tells of the scan. */
  scan(request: ScanRequest): ScanResult {
    const session = this.#session(request)
    if ('reason' in session) return session
    const { operation, device } = session
    if (operation.phase.at === 'wait_confirmation') return rejected('already_scanned')
    if (!device.scanned(operation)) return rejected('over')
    return this.#act(session, request)
  }

  /** For whoever has scanned and left it open (`outcome: 'leave'`): what they do in the end. */
  decide(request: ScanRequest): ScanResult {
    const session = this.#session(request)
    if ('reason' in session) return session
    const { phase } = session.operation
    if (phase.at === 'wait_user') return rejected('not_scanned')
    if (phase.at !== 'wait_confirmation') return rejected('over')
    return this.#act(session, request)
  }

  #session(request: ScanRequest): QrSession | Rejected {
    // Throws: a choice that no phone offers must not get as far as a scan.
    paidWith(request)
    const token = QR_FORMS.exec(request.qr.trim())?.[1]
    if (token === undefined) return rejected('not_kaspi')
    return this.#bank.find(`https://qr.kaspi.kz/${token}`) ?? rejected('no_such_qr')
  }

  #act({ operation, device }: QrSession, request: ScanRequest): ScanResult {
    const chosen = paidWith(request)
    // A refund goes back the way the purchase was paid; the customer has nothing to choose.
    const product = operation.refundOf?.product ?? chosen.product
    const loanTerm = operation.refundOf?.loan_term ?? chosen.loanTerm
    const outcome = request.outcome ?? 'confirm'
    const afterMs = request.after_ms ?? device.timing.customerMs
    if (outcome === 'confirm') {
      this.#timers.after(afterMs, () => device.confirm(operation, product, loanTerm))
    } else if (outcome === 'decline') {
      this.#timers.after(afterMs, () => device.decline(operation))
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
}

function rejected(reason: ScanRejection): Rejected {
  return { seen: false, reason, message: MESSAGES[reason] }
}
