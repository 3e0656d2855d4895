// What the pretend bank keeps: devices, payments and what was given back, with an answer for each call. It
// must never tell of money that did not move, but where an armed fault lies about a sum or a product.

import { isoTime, nowMs, type Timers } from '../clock.ts'
import type { BankFaults } from './bank-faults.ts'
import { type BankPayment, fail } from './payment.ts'
import { type Body, type Called, done, type Reply, refusal } from './routes.ts'

export const BANK_ACCOUNT = {
  apiKey: 'simulated-api-key',
  organizationBin: '123456789012',
  tradePointId: 7001,
} as const

export interface BankTimes {
  readonly pollSeconds?: number
  readonly scanSeconds?: number
  readonly confirmSeconds?: number
}

/** What a customer does with a QR or a link. */
export interface BankScan {
  readonly product?: string
  readonly loanTerm?: number
  readonly outcome?: 'confirm' | 'decline' | 'leave'
  readonly afterMs?: number
}

const HOUR_MS = 3_600_000

export class BankBooks {
  readonly payments: BankPayment[] = []
  readonly #times: Required<BankTimes>
  readonly #faults: BankFaults
  readonly #timers: Timers
  readonly #devices = new Map<string, string>()
  #lastId = 20_000

  constructor(times: BankTimes, faults: BankFaults, timers: Timers) {
    this.#times = { pollSeconds: 5, scanSeconds: 180, confirmSeconds: 65, ...times }
    this.#faults = faults
    this.#timers = timers
  }

  /** As if the bank had taken the device off its list: its token opens nothing any more. */
  forgetDevices(): void {
    this.#devices.clear()
  }

  /** A customer opens the QR or the link; false when there is nothing to pay there any more. */
  scan(
    code: string,
    { afterMs = 20, loanTerm = 0, outcome = 'confirm', product = 'Gold' }: BankScan = {},
  ) {
    const token = /(\d+)\/?$/.exec(code)?.[1]
    const payment = this.payments.find((candidate) => candidate.token === token)
    if (payment === undefined || this.#current(payment).stage !== 'QrTokenCreated') return false
    payment.stage = 'Wait'
    if (outcome === 'leave') return true
    this.#timers.after(afterMs, () => {
      if (payment.stage !== 'Wait') return
      if (outcome === 'decline') fail(payment, 'Отклонено клиентом')
      else this.#pay(payment, product, loanTerm)
    })
    return true
  }

  /** The bank's own word, past every fault. */
  paymentBy(code: string): BankPayment | undefined {
    const token = /(\d+)\/?$/.exec(code)?.[1]
    return this.payments.find((candidate) => candidate.token === token)
  }

  reply(called: Called, body: Body): Reply {
    switch (called.verb) {
      case 'partner/tradepoints':
        return done([{ TradePointId: BANK_ACCOUNT.tradePointId, TradePointName: 'Магазин' }])
      case 'device/register':
        return this.#register(body)
      case 'device/delete':
        this.#devices.delete(text(body['DeviceToken']))
        return done({})
      case 'qr/create':
      case 'qr/create-link':
        return this.#create(called, body)
      case 'payment/status':
        return this.#status(called, 'payment')
      case 'payment/details':
        return this.#details(called)
      case 'payment/return':
        return this.#return(body)
      case 'return/create':
        return this.#returnByQr(body)
      case 'return/status':
        return this.#status(called, 'return')
    }
  }

  #register(body: Body): Reply {
    if (body['TradePointId'] !== BANK_ACCOUNT.tradePointId) return refusal(-1503)
    const deviceId = text(body['DeviceId'])
    const known = [...this.#devices].find(([, id]) => id === deviceId)?.[0]
    const token = known ?? `device-token-${deviceId}-${this.#devices.size + 1}`
    this.#devices.set(token, deviceId)
    return done({ DeviceToken: token })
  }

  #create({ verb }: Called, body: Body): Reply {
    if (!this.#devices.has(text(body['DeviceToken']))) return refusal(-1501)
    const tenge = Number(body['Amount'])
    if (!Number.isInteger(tenge) || tenge <= 0) return refusal(990_000_028)
    const payment = this.#add('payment', tenge, text(body['ExternalId']), null)
    const isLink = verb === 'qr/create-link'
    const shown = isLink
      ? { PaymentLink: `https://pay.kaspi.kz/pay/${payment.token}`, PaymentId: payment.id }
      : { QrToken: payment.token, QrPaymentId: payment.id }
    return done({ ...shown, ...this.#timesTold(isLink), PaymentMethods: ['Gold', 'Red', 'Loan'] })
  }

  #timesTold(isLink: boolean): Body {
    const { confirmSeconds, pollSeconds, scanSeconds } = this.#times
    const skewMs = this.#faults.take('create', ['wrong_clock']) === null ? 0 : 7 * HOUR_MS
    const common = {
      StatusPollingInterval: pollSeconds,
      PaymentConfirmationTimeout: confirmSeconds,
    }
    const ExpireDate = isoTime(nowMs() + scanSeconds * 1_000 - skewMs)
    return isLink
      ? {
          ExpireDate,
          PaymentBehaviorOptions: { ...common, LinkActivationWaitTimeout: scanSeconds },
        }
      : { ExpireDate, QrPaymentBehaviorOptions: { ...common, QrCodeScanWaitTimeout: scanSeconds } }
  }

  #add(kind: BankPayment['kind'], tenge: number, externalId: string, purchaseId: number | null) {
    this.#lastId += 1
    const id = this.#lastId
    const payment: BankPayment = {
      id,
      kind,
      token: `${String(nowMs())}${String(process.pid).padStart(7, '0')}${id}`,
      externalId,
      tenge,
      createdAtMs: nowMs(),
      purchaseId,
      stage: 'QrTokenCreated',
      product: '',
      loanTerm: 0,
      transactionId: '',
      returnedTenge: 0,
      message: '',
    }
    this.payments.push(payment)
    return payment
  }

  #status({ argument, version }: Called, kind: BankPayment['kind']): Reply {
    const payment = this.payments.find(({ id, kind: of }) => String(id) === argument && of === kind)
    if (payment === undefined) return refusal(-1601)
    const { loanTerm, message, product, stage, tenge, transactionId } = this.#current(payment)
    if (this.#faults.take('status', ['odd_status']) !== null) return done({ Status: 'Pondering' })
    const other = this.#faults.take('status', ['other_payment']) === null ? {} : { QrPaymentId: 1 }
    if (stage !== 'Processed') return done({ Status: stage, Message: message, ...other })
    if (version === 'v01') {
      return kind === 'payment' ? done({ Status: stage }) : done({ Status: stage, Amount: tenge })
    }
    return done({
      Status: stage,
      TransactionId: transactionId,
      LoanOfferName: '',
      LoanTerm: loanTerm,
      IsOffer: false,
      ProductType: this.#faults.take('status', ['other_product'])?.product ?? product,
      ...this.#toldSum(tenge),
      ...other,
    })
  }

  #toldSum(tenge: number): Body {
    if (this.#faults.take('status', ['no_sum']) !== null) return {}
    return { Amount: this.#faults.take('status', ['wrong_sum'])?.tenge ?? tenge }
  }

  #details({ query }: Called): Reply {
    const payment = this.payments.find(({ id }) => String(id) === query.get('QrPaymentId'))
    if (payment === undefined) return refusal(-1601)
    const { returnedTenge, tenge } = payment
    return done({ TotalAmount: tenge, AvailableReturnAmount: tenge - returnedTenge })
  }

  #return(body: Body): Reply {
    const refused = this.#whyNoReturn(body)
    if (refused !== null) return refused
    const purchase = this.payments.find(({ id }) => id === body['QrPaymentId'])
    if (purchase !== undefined) purchase.returnedTenge += Number(body['Amount'])
    this.#lastId += 1
    return done({ ReturnOperationId: this.#lastId })
  }

  #returnByQr(body: Body): Reply {
    const refused = this.#whyNoReturn(body)
    if (refused !== null) return refused
    const payment = this.#add('return', Number(body['Amount']), '', Number(body['QrPaymentId']))
    const { pollSeconds, scanSeconds } = this.#times
    const options = {
      QrCodeScanEventPollingInterval: pollSeconds,
      QrCodeScanWaitTimeout: scanSeconds,
    }
    const shown = { QrToken: payment.token, QrReturnId: payment.id }
    return done({ ...shown, QrReturnBehaviorOptions: options })
  }

  #whyNoReturn(body: Body): Reply | null {
    if (!this.#devices.has(text(body['DeviceToken']))) return refusal(-1501)
    const purchase = this.payments.find(({ id }) => id === body['QrPaymentId'])
    if (purchase === undefined || purchase.stage !== 'Processed') return refusal(-1601)
    const left = purchase.tenge - purchase.returnedTenge
    return Number(body['Amount']) > left ? refusal(-99_000_005) : null
  }

  #pay(payment: BankPayment, product: string, loanTerm: number): void {
    payment.stage = 'Processed'
    payment.product = product
    payment.loanTerm = loanTerm
    payment.transactionId = String(3_700_000_000 + payment.id)
    const purchase = this.payments.find(({ id }) => id === payment.purchaseId)
    if (purchase !== undefined) purchase.returnedTenge += payment.tenge
  }

  /** What waits too long has run out, as at the bank. */
  #current(payment: BankPayment): BankPayment {
    const ageMs = nowMs() - payment.createdAtMs
    const { confirmSeconds, scanSeconds } = this.#times
    const limitMs = (payment.stage === 'Wait' ? scanSeconds + confirmSeconds : scanSeconds) * 1_000
    const isWaiting = payment.stage === 'QrTokenCreated' || payment.stage === 'Wait'
    if (isWaiting && ageMs > limitMs) fail(payment, 'Время ожидания истекло')
    return payment
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
