// What the customer's own page may know and ask (N5). The payment's number is the only key to it, so
// no name, e-mail, metadata or external_id is here; sums are integer tiyn whatever the source (M1).

import { PAYMENT_STATUSES } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer } from './envelope.ts'

const closed = { additionalProperties: false } as const

function tiyn(description: string) {
  return Type.Integer({ description: `${description}, в тиынах` })
}

function nullableText(description: string) {
  return Type.Union([Type.String(), Type.Null()], { description })
}

const unit = Type.Literal('tiyn', { description: 'Единица всех сумм этого ответа' })

export const PayMethodOffer = Type.Object(
  {
    code: Type.String(),
    name: Type.String(),
    months: Type.Union([Type.Integer(), Type.Null()]),
    percent: Type.Number(),
    price: tiyn('Сколько осталось заплатить этим способом'),
    monthly: Type.Union([Type.Integer(), Type.Null()], {
      description: 'Примерный платеж в месяц, в тиынах',
    }),
    is_available: Type.Boolean({ description: 'Сумма подходит для этого способа' }),
  },
  closed,
)
export type PayMethodOffer = Static<typeof PayMethodOffer>

export const PayState = Type.Object(
  {
    transaction_id: Type.String(),
    amount_unit: unit,
    seller: Type.String({ description: 'Кому платят: название источника' }),
    description: nullableText('За что платят'),
    currency: Type.String(),
    status: Type.Enum([...PAYMENT_STATUSES]),
    status_detail: nullableText('Уточнение статуса'),
    cancel_reason: nullableText('Почему отменен'),
    failure_reason: nullableText('Почему не удалась последняя попытка'),
    late: Type.Boolean(),
    amount: tiyn('Сколько клиент платит всего'),
    original_amount: tiyn('Исходная сумма'),
    commission_amount: tiyn('Комиссия'),
    commission_percent: Type.Number(),
    paid_amount: tiyn('Сколько уже заплачено'),
    remaining_amount: tiyn('Сколько осталось'),
    overpaid_amount: tiyn('Сколько заплачено лишнего'),
    payment_method: nullableText('Код способа, выбранного последним'),
    methods: Type.Array(PayMethodOffer),
    qr_code: nullableText('Текст внутри QR-кода'),
    payment_url: nullableText('Ссылка на оплату в приложении Kaspi'),
    qr_image_url: nullableText('Картинка QR-кода'),
    qr_expires_at_utc: nullableText('До какого времени QR можно отсканировать'),
    qr_expired: Type.Boolean(),
    created_at_utc: Type.String(),
    expires_at_utc: Type.String(),
    paid_at_utc: nullableText('Когда оплачен'),
    now_utc: Type.String({ description: 'Время сервера: для обратного отсчета' }),
  },
  closed,
)
export type PayState = Static<typeof PayState>

export const PayStartRequest = Type.Object({
  payment_method: Type.Optional(
    Type.String({ minLength: 1, maxLength: 63, description: 'Код способа оплаты' }),
  ),
})
export type PayStartRequest = Static<typeof PayStartRequest>

export const PayStarted = Type.Object(
  {
    transaction_id: Type.String(),
    amount_unit: unit,
    amount: tiyn('Сколько клиент платит всего'),
    charge_amount: tiyn('Сколько спишет этот QR'),
    payment_method: Type.String(),
    payment_url: nullableText('Ссылка на оплату в приложении Kaspi'),
    qr_code: nullableText('Текст внутри QR-кода'),
    qr_image_url: nullableText('Картинка QR-кода'),
    qr_expires_at_utc: nullableText('До какого времени QR можно отсканировать'),
  },
  closed,
)
export type PayStarted = Static<typeof PayStarted>

export const PayStateAnswer = dataAnswer(PayState)
export type PayStateAnswer = Static<typeof PayStateAnswer>
export const PayStartAnswer = messageAnswer('Платеж инициирован', PayStarted)
export type PayStartAnswer = Static<typeof PayStartAnswer>
