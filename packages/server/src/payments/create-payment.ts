// POST /api/payment/init: checks a new payment against its source's limits and writes it.

import { greatest, type PaymentStatus, priceOf } from '@byfly-pay/core'
import type { PaymentMethod, Source } from '../ports/account-store.ts'
import type { Centre } from '../ports/centre.ts'
import type { IdempotencyClaim } from '../ports/idempotency-store.ts'
import type { CreatedPayment, NewPayment } from '../ports/payment-store.ts'
import { pricingOf } from './method-terms.ts'

/** What a client may say of a new payment, after the wire's own checks. */
export interface PaymentRequest {
  readonly amountTiyn: bigint
  readonly currency: string
  readonly description: string | null
  readonly customerPhone: string | null
  readonly customerEmail: string | null
  readonly customerName: string | null
  readonly paymentMethodId: number | null
  readonly webhookUrl: string | null
  readonly metadata: Readonly<Record<string, unknown>>
  readonly externalId: string | null
  /** Seconds, or null for the source's own lifetime (S2). */
  readonly expiresIn: number | null
}

export type CreateRefusal =
  | 'taking_money_is_off'
  | 'limit_reached'
  | 'above_ceiling'
  | 'unknown_method'
  | 'external_id_taken'
  | 'forbidden_webhook_url'

export type CreateOutcome =
  | {
      readonly kind: 'created'
      readonly payment: CreatedPayment
      readonly status: PaymentStatus
    }
  | { readonly kind: 'refused'; readonly code: CreateRefusal }

export async function createPayment(
  centre: Centre,
  source: Source,
  request: PaymentRequest,
  idempotency: IdempotencyClaim | null,
): Promise<CreateOutcome> {
  const refusal = await refusalOfPayment(centre, source, request)
  if (refusal !== null) return { kind: 'refused', code: refusal }
  const result = await centre.storage.payments.create(newPaymentOf(source, request, idempotency))
  return result.kind === 'created'
    ? { kind: 'created', payment: result.payment, status: 'pending' }
    : { kind: 'refused', code: 'external_id_taken' }
}

export function newPaymentOf(
  source: Source,
  request: PaymentRequest,
  idempotency: IdempotencyClaim | null,
): NewPayment {
  return {
    sourceId: source.id,
    countryIso: source.countryIso,
    currency: request.currency,
    originalTiyn: request.amountTiyn,
    toleranceTiyn: source.toleranceTiyn,
    lifetimeSeconds: request.expiresIn ?? source.lifetimeSeconds,
    description: request.description,
    customerPhone: request.customerPhone,
    customerEmail: request.customerEmail,
    customerName: request.customerName,
    preselectedMethod: request.paymentMethodId,
    webhookUrl: request.webhookUrl,
    metadata: request.metadata,
    externalId: request.externalId,
    idempotency,
  }
}

/** Null when the source may make it now. */
export async function refusalOfPayment(
  centre: Centre,
  source: Source,
  request: PaymentRequest,
): Promise<CreateRefusal | null> {
  const { accounts } = centre.storage
  if (!(await accounts.isTakingMoney())) return 'taking_money_is_off'
  const methods = await accounts.methods()
  if (dearestPrice(request.amountTiyn, methods, source) > source.ceilingTiyn) return 'above_ceiling'
  const { paymentMethodId, webhookUrl } = request
  const isKnown = methods.some(({ id, isSelectable }) => id === paymentMethodId && isSelectable)
  if (paymentMethodId !== null && !isKnown) return 'unknown_method'
  if (webhookUrl !== null && centre.webhooks.refusalOf(webhookUrl) !== null) {
    return 'forbidden_webhook_url'
  }
  return (await isOverLimit(centre, source, request)) ? 'limit_reached' : null
}

/** The ceiling holds for what a customer may have to pay with the dearest method (M2). */
function dearestPrice(
  amountTiyn: bigint,
  methods: readonly PaymentMethod[],
  source: Source,
): bigint {
  return methods
    .map((method) => priceOf(amountTiyn, pricingOf(method, source)))
    .reduce(greatest, amountTiyn)
}

async function isOverLimit(
  centre: Centre,
  source: Source,
  { amountTiyn, customerPhone }: PaymentRequest,
): Promise<boolean> {
  const { dailyLimitTiyn, phoneHourlyLimit } = source
  if (dailyLimitTiyn === null && phoneHourlyLimit === null) return false
  const use = await centre.storage.accounts.use(source.id, customerPhone, centre.zone)
  if (dailyLimitTiyn !== null && use.todayTiyn + amountTiyn > dailyLimitTiyn) return true
  const isCounted = phoneHourlyLimit !== null && customerPhone !== null
  return isCounted && use.phonePaymentsLastHour >= phoneHourlyLimit
}
