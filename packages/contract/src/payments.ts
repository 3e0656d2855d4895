// Payments on the wire: what a source sends and gets. Documented fields first, additive ones after
// them; a documented field never changes its name, type or meaning (P9).

import { PAYMENT_STATUSES } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer } from './envelope.ts'

/** Bounds of the lifetime that a request may ask for, in seconds (S2). */
export const EXPIRES_IN_MIN_SECONDS = 60
export const EXPIRES_IN_MAX_SECONDS = 31_536_000

const closed = { additionalProperties: false } as const

function money(description: string) {
  return Type.Number({ description: `${description}, в единицах источника` })
}

function nullableText(description: string) {
  return Type.Union([Type.String(), Type.Null()], { description })
}

function localTime(description: string) {
  return Type.String({ description: `${description}: YYYY-MM-DD HH:MM:SS, время Казахстана` })
}

function utcTime(description: string) {
  return Type.String({ description: `${description}: ISO 8601, UTC` })
}

const transactionId = Type.String({
  pattern: '^[0-9A-F]{32}$',
  description: 'Номер платежа: 32 шестнадцатеричных знака',
})

const status = Type.Enum([...PAYMENT_STATUSES], { description: 'Статус платежа' })

/** Figures that every answer about a payment carries (M5, M7). */
const figures = {
  original_amount: money('Исходная сумма, без комиссии'),
  commission_amount: money('Комиссия: сколько прибавлено к исходной сумме'),
  commission_percent: Type.Number({ description: 'Ставка выбранного способа, в процентах' }),
  paid_amount: money('Сколько клиент уже заплатил'),
  remaining_amount: money('Сколько клиенту осталось заплатить'),
} as const

export const InitRequest = Type.Object({
  amount: Type.Number({
    description: 'Сумма в единицах источника: в тиынах, если не настроено иначе',
  }),
  currency: Type.Optional(
    Type.String({ pattern: '^[A-Z]{3}$', description: 'Валюта по ISO 4217; по умолчанию KZT' }),
  ),
  description: Type.Optional(Type.String({ maxLength: 1000, description: 'За что платят' })),
  customer_phone: Type.Optional(
    Type.String({ maxLength: 32, description: 'Телефон клиента: +7…, 8…, 7…, пробелы допустимы' }),
  ),
  customer_email: Type.Optional(Type.String({ maxLength: 254, description: 'Почта клиента' })),
  customer_name: Type.Optional(Type.String({ maxLength: 200, description: 'Имя клиента' })),
  payment_method_id: Type.Optional(
    Type.Integer({ description: 'Способ оплаты, выбранный заранее: id из /api/payment-methods' }),
  ),
  webhook_url: Type.Optional(
    Type.String({ minLength: 1, maxLength: 2048, description: 'Куда сообщить об оплате: https' }),
  ),
  metadata: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: 'Ваши данные, вернутся в вебхуке: до 16 КБ и 8 уровней вложенности',
    }),
  ),
  external_id: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 128,
      description: 'Ваш номер заказа; у источника не повторяется',
    }),
  ),
  expires_in: Type.Optional(
    Type.Integer({
      minimum: EXPIRES_IN_MIN_SECONDS,
      maximum: EXPIRES_IN_MAX_SECONDS,
      description: 'Сколько секунд платеж можно оплатить',
    }),
  ),
})
export type InitRequest = Static<typeof InitRequest>

export const CreatedPayment = Type.Object(
  {
    transaction_id: transactionId,
    amount: money('Сколько должен заплатить клиент'),
    currency: Type.String(),
    status,
    expires_at: localTime('До какого времени можно начать оплату'),
    ...figures,
    checkout_url: Type.String({ description: 'Готовая страница оплаты для клиента' }),
    external_id: nullableText('Ваш номер заказа'),
    created_at: localTime('Когда создан'),
    created_at_utc: utcTime('Когда создан'),
    expires_at_utc: utcTime('До какого времени можно начать оплату'),
  },
  closed,
)
export type CreatedPayment = Static<typeof CreatedPayment>

export const KaspiRequest = Type.Object({
  payment_method: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 63,
      description: 'Код способа оплаты; без него — способ, выбранный при создании',
    }),
  ),
  amount: Type.Optional(
    Type.Number({ description: 'Оплатить только часть: сумма с комиссией, в единицах источника' }),
  ),
  presence: Type.Optional(
    Type.Enum(['remote', 'in_person'], {
      description: 'remote — по ссылке или QR (по умолчанию), in_person — клиент у терминала',
    }),
  ),
  terminal_id: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'Терминал для in_person' }),
  ),
})
export type KaspiRequest = Static<typeof KaspiRequest>

export const StartedPayment = Type.Object(
  {
    transaction_id: transactionId,
    amount: money('Сколько клиент платит всего'),
    original_amount: figures.original_amount,
    commission_amount: figures.commission_amount,
    commission_percent: figures.commission_percent,
    payment_url: nullableText('Ссылка на оплату в приложении Kaspi'),
    qr_code: nullableText('Текст внутри QR-кода'),
    terminal_id: Type.Integer({ description: 'Терминал, который принимает оплату' }),
    charge_amount: money('Сколько спишет этот QR'),
    payment_method: Type.String({ description: 'Код способа оплаты' }),
    paid_amount: figures.paid_amount,
    remaining_amount: figures.remaining_amount,
    presence: Type.Enum(['remote', 'in_person']),
    qr_image_url: nullableText('Картинка QR-кода для <img>'),
    qr_expires_at: nullableText('До какого времени QR можно отсканировать'),
    qr_expires_at_utc: nullableText('То же в ISO 8601, UTC'),
    checkout_url: Type.String({ description: 'Готовая страница оплаты для клиента' }),
  },
  closed,
)
export type StartedPayment = Static<typeof StartedPayment>

/** What status and info say alike beside the documented fields of each. */
const standing = {
  original_amount: figures.original_amount,
  commission_amount: figures.commission_amount,
  commission_percent: figures.commission_percent,
  credited_amount: money('Сколько зачтено в исходную сумму'),
  remaining_credit: money('Сколько исходной суммы еще не зачтено'),
  overpaid_amount: money('Сколько заплачено лишнего'),
  late: Type.Boolean({ description: 'Деньги пришли после отмены, срока или неудачи' }),
  status_detail: nullableText('Уточнение статуса'),
  cancel_reason: nullableText('Почему отменен: requested или expired'),
  failure_reason: nullableText('Почему не удалась последняя попытка'),
  paid_at_utc: nullableText('Когда оплачен: ISO 8601, UTC'),
  expires_at: localTime('До какого времени можно начать оплату'),
  expires_at_utc: utcTime('До какого времени можно начать оплату'),
} as const

export const PaymentStatusData = Type.Object(
  {
    transaction_id: transactionId,
    status,
    amount: money('Сколько клиент должен заплатить всего'),
    paid_amount: figures.paid_amount,
    remaining_amount: figures.remaining_amount,
    currency: Type.String(),
    paid_at: nullableText('Когда оплачен: YYYY-MM-DD HH:MM:SS'),
    ...standing,
  },
  closed,
)
export type PaymentStatusData = Static<typeof PaymentStatusData>

export const StatusQuery = Type.Object({
  wait: Type.Optional(
    Type.String({
      pattern: '^([0-9]|1[0-9]|2[0-5])$',
      description: 'Сколько секунд ждать перемены статуса, до 25',
    }),
  ),
})
export type StatusQuery = Static<typeof StatusQuery>

export const PaymentInfo = Type.Object(
  {
    transaction_id: transactionId,
    amount: money('Сколько клиент должен заплатить всего'),
    currency: Type.String(),
    status,
    description: nullableText('За что платят'),
    payment_url: nullableText('Ссылка на оплату в приложении Kaspi'),
    qr_code: nullableText('Текст внутри QR-кода'),
    paid_amount: figures.paid_amount,
    remaining_amount: figures.remaining_amount,
    created_at: localTime('Когда создан'),
    paid_at: nullableText('Когда оплачен: YYYY-MM-DD HH:MM:SS'),
    ...standing,
    payment_method: nullableText('Код способа, выбранного последним'),
    external_id: nullableText('Ваш номер заказа'),
    metadata: Type.Record(Type.String(), Type.Unknown(), { description: 'Ваши данные' }),
    qr_image_url: nullableText('Картинка QR-кода для <img>'),
    qr_expires_at: nullableText('До какого времени QR можно отсканировать'),
    qr_expires_at_utc: nullableText('То же в ISO 8601, UTC'),
    qr_expired: Type.Boolean({ description: 'QR больше нельзя отсканировать' }),
    checkout_url: Type.String({ description: 'Готовая страница оплаты для клиента' }),
    created_at_utc: utcTime('Когда создан'),
  },
  closed,
)
export type PaymentInfo = Static<typeof PaymentInfo>

export const InitAnswer = messageAnswer('Платеж создан', CreatedPayment)
export type InitAnswer = Static<typeof InitAnswer>
export const KaspiAnswer = messageAnswer('Платеж инициирован', StartedPayment)
export type KaspiAnswer = Static<typeof KaspiAnswer>
export const StatusAnswer = dataAnswer(PaymentStatusData)
export type StatusAnswer = Static<typeof StatusAnswer>
export const InfoAnswer = dataAnswer(PaymentInfo)
export type InfoAnswer = Static<typeof InfoAnswer>
export const CancelAnswer = messageAnswer('Платеж отменен', Type.Null())
export type CancelAnswer = Static<typeof CancelAnswer>
