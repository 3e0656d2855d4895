// A success in the terminal's words, read for the books. What cannot be read becomes null and is held
// for a person (S6b): a sum is never guessed, and never zero.

import type { MoneyKind, Success } from '@byfly-pay/core'
import { usedProduct } from '../kaspi/used-product.ts'
import {
  asObject,
  field,
  idField,
  integerField,
  textField,
  type WireObject,
} from '../wire-value.ts'
import { parseDisplayedSum } from './displayed-sum.ts'

export function readSuccess(data: WireObject, subStatus: string | null): Success {
  const cheque = asObject(field(data, 'chequeInfo'))
  const product = asObject(field(data, 'addInfo'))
  const moneyKind = readMoneyKind(data, cheque, subStatus)
  const refundTiyn = readRefund(cheque)
  return {
    grossTiyn: readGross(cheque),
    moneyKind,
    providerTransactionId: readTransactionId(data, cheque, moneyKind),
    product: usedProduct(
      textField(product, 'ProductType'),
      integerField(product, 'LoanTerm'),
      moneyKind,
    ),
    ...(refundTiyn === null ? {} : { refundTiyn }),
  }
}

/**
 * Only `chequeInfo.amount` counts. The `amount` that some terminals put beside it is 0 or absent in
 * the field and of no known unit, so it is not read even when it looks sound. A receipt of another
 * type than a payment, or a sum that is not above zero, is no payment that could be booked.
 */
function readGross(cheque: WireObject | null): bigint | null {
  const type = textField(cheque, 'type')
  if (type !== null && type.toLowerCase() !== 'payment') return null
  const text = textField(cheque, 'amount')
  const tiyn = text === null ? null : parseDisplayedSum(text)
  return tiyn !== null && tiyn > 0n ? tiyn : null
}

/** A refund's receipt names itself, or shows its sum with a minus; a payment's is none. */
function readRefund(cheque: WireObject | null): bigint | null {
  const type = textField(cheque, 'type')?.toLowerCase() ?? null
  const text = textField(cheque, 'amount')
  const tiyn = text === null ? null : parseDisplayedSum(text)
  if (tiyn === null || tiyn === 0n) return null
  const isRefund = type === 'refund' || (type === null && tiyn < 0n)
  return isRefund ? (tiyn < 0n ? -tiyn : tiyn) : null
}

function readMoneyKind(
  data: WireObject,
  cheque: WireObject | null,
  subStatus: string | null,
): MoneyKind {
  switch (textField(cheque, 'method')?.toLowerCase()) {
    case 'qr':
      return 'qr'
    case 'card':
      return 'card'
    case 'alaqan':
      return 'alaqan'
    default:
      return subStatus === 'CardTransactionSuccess' || hasCard(data, cheque) ? 'card' : 'qr'
  }
}

/** Fields that only a card brings; taken for a QR it would be credited as an unknown product. */
function hasCard(...places: readonly (WireObject | null)[]): boolean {
  return places.some(
    (place) => idField(place, 'rrn') !== null || textField(place, 'cardMask') !== null,
  )
}

/** `transactionId` repeats `orderNumber` for qr and alaqan, and `rrn` for a card. */
function readTransactionId(
  data: WireObject,
  cheque: WireObject | null,
  moneyKind: MoneyKind,
): string | null {
  const named = idField(data, 'transactionId') ?? idField(cheque, 'transactionId')
  if (named !== null) return named
  const orderNumber = idField(cheque, 'orderNumber') ?? idField(data, 'orderNumber')
  const rrn = idField(cheque, 'rrn') ?? idField(data, 'rrn')
  return moneyKind === 'card' ? (rrn ?? orderNumber) : (orderNumber ?? rrn)
}
