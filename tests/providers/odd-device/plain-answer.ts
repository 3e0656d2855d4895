// The words of a story as the protocol page (section 1) writes them, with nothing odd about them yet.

import type { Failure, NamedProduct, Sale, Word } from './story.ts'

/** A bigint is a bare number of the JSON, however long. */
export type Json = null | boolean | number | bigint | string | Json[] | JsonObject
export interface JsonObject {
  [name: string]: Json
}

/** What a status or actualize call is answered; an accident has no JSON of its own. */
export function plainStatus(processId: string, word: Exclude<Word, { kind: 'accident' }>) {
  switch (word.kind) {
    case 'wait':
      return answered({ processId, status: 'wait', subStatus: word.subStatus })
    case 'paid':
      return answered({ processId, ...paid(word.sale) })
    case 'failed':
      return answered({ processId, status: 'fail', ...FAILED[word.how] })
    case 'unknown':
      return answered({ processId, status: 'unknown', message: 'Результат операции неизвестен' })
    case 'error':
      return plainError(word.code)
  }
}

export function plainStart(processId: string): JsonObject {
  return answered({ processId, status: 'wait' })
}

export function plainError(statusCode: number): JsonObject {
  return { statusCode, errorText: `Ошибка на терминале, ${CANARY}` }
}

export function answered(data: JsonObject): JsonObject {
  return { statusCode: 0, data }
}

/** Of every card: a till's own counter. */
export const CARD_ORDER_NUMBER = '77'

/** Stands in every text for people, and must never be seen outside the driver. */
export const CANARY = '<канарейка & "canary">'

const FAILED: Readonly<Record<Failure, JsonObject>> = {
  qr_declined: failed('QrTransactionFailure', 'Покупатель отказался от оплаты'),
  card_declined: failed('CardTransactionFailure', 'Недостаточно средств'),
  cancelled: failed('ProcessCancelled', 'Операция отменена'),
  ran_out: failed('QrTransactionFailure', 'Истекло время ожидания оплаты'),
}

function failed(subStatus: string, message: string): JsonObject {
  return { subStatus, message: `${message} ${CANARY}` }
}

function paid({ method, tenge, transactionId, product }: Sale): JsonObject {
  const isCard = method === 'card'
  return {
    status: 'success',
    subStatus: isCard ? 'CardTransactionSuccess' : 'QrTransactionSuccess',
    transactionId,
    ...(product === null ? {} : { addInfo: addInfo(product) }),
    chequeInfo: {
      method,
      type: 'payment',
      amount: `${grouped(tenge, ' ')} ₸`,
      // A card has an order number too, and another one: the rrn is its transaction.
      orderNumber: isCard ? CARD_ORDER_NUMBER : transactionId,
      status: `Оплачено ${CANARY}`,
      date: '04.06.23 20:52:31',
      storeName: 'Магазин «Ромашка»',
      city: 'Алматы',
      address: 'пр. Абая, 1',
      bin: '990140000385',
      terminalId: '31104288',
      ...(isCard ? cardFields(transactionId) : {}),
    },
  }
}

function addInfo(product: NamedProduct): JsonObject {
  const LoanTerm = product.kind === 'loan' ? product.termMonths : 0
  return { IsOffer: false, ProductType: productWord(product), LoanTerm, LoanOfferName: '' }
}

export function productWord(product: NamedProduct): string {
  switch (product.kind) {
    case 'gold':
      return 'Gold'
    case 'red':
      return 'Red'
    case 'loan':
      return 'Loan'
    case 'other':
      return product.word
  }
}

function cardFields(rrn: string): JsonObject {
  return {
    cardMask: '440043******1234',
    icc: 'A0000000031010',
    rrn,
    authorizationCode: '123456',
    hostResponseCode: '00',
  }
}

export function grouped(tenge: number | string, separator: string): string {
  return String(tenge).replace(/\B(?=(\d{3})+$)/g, separator)
}
