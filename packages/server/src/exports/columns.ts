// The columns of an export, once for every kind of file: what each is called, what it holds, and what of a
// payment is in it.

import { type Moment, type PaymentStatus, transactionIdOf } from '@byfly-pay/core'
import type { LedgerLine } from '../ports/payment-ledger.ts'

export type Column = { readonly title: string } & (
  | { readonly kind: 'text'; readonly of: (line: LedgerLine) => string | null }
  /** Tiyn; written as tenge. */
  | { readonly kind: 'sum'; readonly of: (line: LedgerLine) => bigint }
  | { readonly kind: 'moment'; readonly of: (line: LedgerLine) => Moment | null }
)

const STATUSES: Readonly<Record<PaymentStatus, string>> = {
  pending: 'Ожидает оплаты',
  processing: 'Оплачивается',
  paid: 'Оплачен',
  partially_paid: 'Оплачен частично',
  cancelled: 'Отменён',
  failed: 'Не прошёл',
}

/** The zone stands beside each time, for a file outlives the screen it came from. */
export function exportColumns(zone: string): readonly Column[] {
  return [
    text('Номер платежа', ({ id }) => transactionIdOf(id)),
    moment(`Создан (${zone})`, ({ createdAtMs }) => createdAtMs),
    moment(`Оплачен (${zone})`, ({ paidAtMs }) => paidAtMs),
    moment(`Последний возврат (${zone})`, ({ lastRefundAtMs }) => lastRefundAtMs),
    text('Источник', ({ source }) => source.name),
    text('Статус', ({ status }) => STATUSES[status]),
    sum('Исходная сумма, ₸', ({ figures }) => figures.originalTiyn),
    sum('Комиссия, ₸', ({ figures }) => figures.commissionTiyn),
    sum('К оплате, ₸', ({ figures }) => figures.amountTiyn),
    sum('Оплачено, ₸', ({ figures }) => figures.paidTiyn),
    sum('Зачтено, ₸', ({ figures }) => figures.creditedTiyn),
    sum('Осталось, ₸', ({ figures }) => figures.remainingTiyn),
    sum('Лишнее, ₸', ({ figures }) => figures.overpaidTiyn),
    sum('Возвращено, ₸', ({ figures }) => figures.refundedTiyn),
    text('Валюта', ({ currency }) => currency),
    text('Способ', ({ chosenMethod, chosenMethodName }) => chosenMethodName ?? chosenMethod),
    text('Заплачено способом', ({ usedMethods }) => usedMethods.join(', ')),
    text('Номер операции', ({ providerTransactionIds }) => providerTransactionIds.join(', ')),
    text('Терминал', ({ terminal }) => terminal?.name ?? null),
    text('external_id', ({ externalId }) => externalId),
    text('Заказ', ({ order }) => order),
    text('Описание', ({ description }) => description),
    text('Клиент', ({ customer }) => customer.name),
    text('Телефон', ({ customer }) => customer.phone),
    text('Почта', ({ customer }) => customer.email),
    text('Деньги пришли поздно', ({ late }) => (late ? 'да' : null)),
    text('Есть задача', ({ hasTask }) => (hasTask ? 'да' : null)),
  ]
}

function text(title: string, of: (line: LedgerLine) => string | null): Column {
  return { title, kind: 'text', of }
}

function sum(title: string, of: (line: LedgerLine) => bigint): Column {
  return { title, kind: 'sum', of }
}

function moment(title: string, of: (line: LedgerLine) => Moment | null): Column {
  return { title, kind: 'moment', of }
}
