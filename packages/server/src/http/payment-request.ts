// From a body of POST /api/payment/init that has the right shape to the request that the middle knows,
// field by field: a name that is not written here reaches nothing (A17).

import type { InitRequest } from '@byfly-pay/contract'
import { type AmountUnit, parseAmount } from '@byfly-pay/core'
import { parsePhone } from '../accounts/phone.ts'
import type { PaymentRequest } from '../payments/create-payment.ts'
import { cardFault, isEmail, lineFault, textFault } from '../payments/customer-fields.ts'
import { metadataFault } from '../payments/metadata.ts'
import { refuseFaults } from './refusal.ts'

const AMOUNT_FAULT: Readonly<Record<AmountUnit, string>> = {
  tiyn: 'Must be a whole number of tiyn above 0',
  tenge: 'Must be above 0 with at most 2 decimals',
}

/** The largest id a column holds; a larger one is simply no method. */
const MAX_INTEGER = 2_147_483_647

/** @throws Refusal validation, with every field at fault */
export function readPaymentRequest(body: InitRequest, unit: AmountUnit): PaymentRequest {
  const amountTiyn = parseAmount(body.amount, unit)
  const phone = body.customer_phone === undefined ? null : parsePhone(body.customer_phone)
  refuseFaults(faultsOf(body, unit, amountTiyn, phone))
  return {
    // Present: its absence is a fault.
    amountTiyn: amountTiyn ?? 0n,
    currency: body.currency ?? 'KZT',
    description: body.description ?? null,
    customerPhone: phone,
    customerEmail: body.customer_email ?? null,
    customerName: body.customer_name ?? null,
    paymentMethodId: body.payment_method_id ?? null,
    webhookUrl: body.webhook_url ?? null,
    metadata: body.metadata ?? {},
    externalId: body.external_id ?? null,
    expiresIn: body.expires_in ?? null,
  }
}

function faultsOf(
  body: InitRequest,
  unit: AmountUnit,
  amountTiyn: bigint | null,
  phone: string | null,
): Record<string, string> {
  const { description, customer_name: name, customer_email: email, external_id: id } = body
  const faults: Record<string, string> = {}
  const blame = (field: string, fault: string | null) => {
    if (fault !== null) faults[field] ??= fault
  }
  if (amountTiyn === null) blame('amount', AMOUNT_FAULT[unit])
  if (description !== undefined) {
    blame('description', textFault(description) ?? cardFault(description))
  }
  if (body.customer_phone !== undefined && phone === null) {
    blame('customer_phone', 'Must be a phone number')
  }
  if (email !== undefined && !isEmail(email)) blame('customer_email', 'Must be an e-mail address')
  if (name !== undefined) blame('customer_name', lineFault(name) ?? cardFault(name))
  const methodId = body.payment_method_id
  if (methodId !== undefined && (methodId < 1 || methodId > MAX_INTEGER)) {
    blame('payment_method_id', 'Is not a known payment method')
  }
  if (body.webhook_url !== undefined) blame('webhook_url', lineFault(body.webhook_url))
  if (body.metadata !== undefined) blame('metadata', metadataFault(body.metadata))
  if (id !== undefined) blame('external_id', lineFault(id))
  return faults
}

/**
 * A deliberate part of the price, in tiyn; null when none was asked for (M8).
 *
 * @throws Refusal validation with `amount`
 */
export function readPart(amount: number | undefined, unit: AmountUnit): bigint | null {
  if (amount === undefined) return null
  const part = parseAmount(amount, unit)
  if (part === null) refuseFaults({ amount: AMOUNT_FAULT[unit] })
  return part
}
