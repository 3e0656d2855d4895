// An answer about a payment or a refund as an observation. A yes and a no are the bank's own plain words;
// a word that nobody knows is waiting, and everything less is no answer.

import type { NoMoneyReason, Observation } from '@byfly-pay/core'
import { usedProduct } from '../kaspi/used-product.ts'
import type { CallResult } from '../transport.ts'
import { idField, integerField, textField, type WireObject } from '../wire-value.ts'
import { PURCHASE_NOT_FOUND } from './codes.ts'
import { dataOf, readReply } from './reply.ts'
import { sumField } from './sum.ts'

/** Something in an answer that a developer should hear of. `word` is the bank's: clean it. */
export interface Oddity {
  readonly what: 'status' | 'product' | 'other_operation'
  readonly word: string
}

export interface StatusReport {
  readonly observation: Observation
  readonly oddity: Oddity | null
}

export interface Asked {
  readonly kind: 'payment' | 'return'
  readonly id: string
}

export function statusReport(result: CallResult, asked: Asked): StatusReport {
  if (result.kind !== 'answered') return plain({ kind: 'no_answer' })
  const reply = readReply(result.httpStatus, result.body)
  switch (reply.kind) {
    case 'worked':
      return dataReport(dataOf(reply), reply.message, asked)
    case 'failed':
      // The other codes, −999 above all, are about the question and not about the money.
      return plain({ kind: reply.code === PURCHASE_NOT_FOUND ? 'not_found' : 'no_answer' })
    case 'denied':
    case 'nonsense':
      return plain({ kind: 'no_answer' })
  }
}

function dataReport(data: WireObject, message: string | null, asked: Asked): StatusReport {
  const names = asked.kind === 'payment' ? ['QrPaymentId', 'PaymentId'] : ['QrReturnId', 'ReturnId']
  const named = names.map((name) => idField(data, name)).find((id) => id !== null) ?? asked.id
  if (named !== asked.id) return odd({ kind: 'no_answer' }, 'other_operation', named)
  const word = textField(data, 'Status')
  switch (word) {
    case null:
      return plain({ kind: 'no_answer' })
    case 'QrTokenCreated':
      return plain({ kind: 'waiting', phase: 'waiting_for_scan' })
    case 'Wait':
      return plain({ kind: 'waiting', phase: 'waiting_for_confirmation' })
    case 'Processed':
      return succeeded(data, asked)
    case 'Error':
      return plain({ kind: 'failed', reason: failureOf(message, textField(data, 'Message')) })
    default:
      return odd({ kind: 'waiting', phase: 'starting' }, 'status', word)
  }
}

function succeeded(data: WireObject, { kind, id }: Asked): StatusReport {
  const sum = sumField(data, 'Amount')
  const product = usedProduct(textField(data, 'ProductType'), integerField(data, 'LoanTerm'), 'qr')
  const isRefund = kind === 'return'
  const observation: Observation = {
    kind: 'succeeded',
    success: {
      // A refund is no payment that could be booked.
      grossTiyn: isRefund || sum === 0n ? null : sum,
      moneyKind: 'qr',
      providerTransactionId: idField(data, 'TransactionId') ?? id,
      product,
      ...(isRefund && sum !== null ? { refundTiyn: sum } : {}),
    },
  }
  return product.methodCode === null && !isRefund
    ? odd(observation, 'product', product.word)
    : plain(observation)
}

const RAN_OUT = /ист[её]к|время|не дождал|тайм-?аут|time-?d? ?out|expired/i

/** The bank has one word for a no. Its text chooses only between reasons that all prove no money moved. */
function failureOf(...texts: readonly (string | null)[]): NoMoneyReason {
  return texts.some((text) => text !== null && RAN_OUT.test(text)) ? 'ran_out' : 'declined'
}

function plain(observation: Observation): StatusReport {
  return { observation, oddity: null }
}

function odd(observation: Observation, what: Oddity['what'], word: string): StatusReport {
  return { observation, oddity: { what, word } }
}
