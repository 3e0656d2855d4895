// Fields that several answers about a payment share, each described once: unit, limits, what null
// means, an example. Examples are of one payment: 10 000 ₸ by Kaspi Gold, in tiyn.

import { PAYMENT_STATUSES } from '@byfly-pay/core'
import { Type } from 'typebox'
import {
  CANCEL_REASONS_EXPLAINED,
  explain,
  FAILURE_REASONS_EXPLAINED,
  REFUND_STATUSES_EXPLAINED,
  STATUS_DETAILS_EXPLAINED,
  STATUSES_EXPLAINED,
} from './explained.ts'

/** A sum in the unit of the source (M1). */
export function money(description: string, example: number) {
  return Type.Number({ description: `${description}. В единицах источника`, examples: [example] })
}

/** `description` says when it is null. */
export function nullableText(description: string, example: string | null = null) {
  return Type.Union([Type.String(), Type.Null()], { description, examples: [example] })
}

const LOCAL_TIME = 'ГГГГ-ММ-ДД ЧЧ:ММ:СС по времени центра, обычно Asia/Almaty'
const UTC_TIME = 'ISO 8601, UTC'

/** T1. */
export function localTime(description: string, example: string) {
  return Type.String({ description: `${description}. ${LOCAL_TIME}`, examples: [example] })
}

export function utcTime(description: string, example: string) {
  return Type.String({
    format: 'date-time',
    description: `${description}. ${UTC_TIME}`,
    examples: [example],
  })
}

export const transactionId = Type.String({
  pattern: '^[0-9A-F]{32}$',
  description: 'Номер платежа: 32 шестнадцатеричных знака; в адресе регистр не важен',
  examples: ['019B4F5C8A317D02A6C1E5B4D3F20718'],
})

export const status = Type.Enum([...PAYMENT_STATUSES], {
  description: explain('Статус платежа', STATUSES_EXPLAINED),
  examples: ['paid'],
})

export const currency = Type.String({ description: 'Валюта по ISO 4217', examples: ['KZT'] })

export const amount = money(
  'Сколько покупатель платит всего: до `/kaspi` исходная сумма, после — цена с комиссией выбранного ' +
    'способа. Всегда равно `paid_amount` + `remaining_amount`',
  1_010_000,
)

/** Figures that every answer about a payment carries (M5, M7). */
export const figures = {
  original_amount: money('Исходная сумма, без комиссии; не меняется', 1_000_000),
  commission_amount: money('Комиссия: `amount` − `original_amount`, точно', 10_000),
  commission_percent: Type.Number({
    description: 'Ставка способа, выбранного последним, в процентах; 0 — способ ещё не выбран',
    examples: [1],
  }),
  paid_amount: money('Сколько покупатель уже заплатил, с комиссией', 1_010_000),
  remaining_amount: money(
    'Сколько осталось заплатить, с комиссией способа, выбранного последним; 0 после `paid`',
    0,
  ),
} as const

export const checkoutUrl = Type.String({
  format: 'uri',
  description: 'Готовая страница оплаты: отправьте по ней покупателя',
  examples: ['https://pay.example.kz/pay/019B4F5C8A317D02A6C1E5B4D3F20718'],
})

export const externalId = nullableText(
  'Ваш номер заказа; null, если его не передали',
  'order-12345',
)

export const paymentUrl = nullableText(
  'Ссылка, которая открывает оплату в приложении Kaspi на телефоне; null, пока нет QR-кода, и при ' +
    'оплате у терминала',
  'https://pay.kaspi.kz/pay/11837469201',
)

export const qrCode = nullableText(
  'Текст внутри QR-кода, рисуйте его без изменений; null, пока QR-кода нет; после оплаты остаётся',
  'https://qr.kaspi.kz/11837469201',
)

export const qrImage = {
  qr_image_url: nullableText(
    'Готовая картинка QR-кода для `<img>`, SVG; у нового QR-кода новый адрес. null, пока QR-кода нет',
    'https://pay.example.kz/pay/019B4F5C8A317D02A6C1E5B4D3F20718/qr.svg?v=mjk1x0g8',
  ),
  qr_expires_at: nullableText(
    `До какого времени QR-код можно отсканировать. ${LOCAL_TIME}; null, пока QR-кода нет`,
    '2025-12-24 10:06:00',
  ),
  qr_expires_at_utc: nullableText(
    `То же. ${UTC_TIME}; null, пока QR-кода нет`,
    '2025-12-24T05:06:00.000Z',
  ),
} as const

export const paidAt = nullableText(
  `Когда впервые стал \`paid\`; не меняется. ${LOCAL_TIME}; null, пока не оплачен`,
  '2025-12-24 10:05:30',
)
export const paidAtUtc = nullableText(
  `То же, что \`paid_at\`. ${UTC_TIME}; null, пока не оплачен`,
  '2025-12-24T05:05:30.000Z',
)
export const expiresAt = localTime('До какого времени можно начать оплату', '2025-12-24 11:00:00')
export const expiresAtUtc = utcTime('То же, что `expires_at`', '2025-12-24T06:00:00.000Z')
export const createdAt = localTime('Когда создан', '2025-12-24 10:00:00')
export const createdAtUtc = utcTime('То же, что `created_at`', '2025-12-24T05:00:00.000Z')

export const statusDetail = nullableText(
  explain(
    'Уточнение статуса; null — уточнять нечего. Список может пополниться',
    STATUS_DETAILS_EXPLAINED,
  ),
)
export const cancelReason = nullableText(
  explain('Почему отменён; null, если не отменён', CANCEL_REASONS_EXPLAINED),
)
export const failureReason = nullableText(
  explain(
    'Почему не удалась последняя попытка; null, если не было неудачи или начата новая. Список может ' +
      'пополниться',
    FAILURE_REASONS_EXPLAINED,
  ),
)

/** What status, info and the webhook say alike (M6, M7, M10, S5). */
export const standing = {
  original_amount: figures.original_amount,
  commission_amount: figures.commission_amount,
  commission_percent: figures.commission_percent,
  credited_amount: money('Сколько зачтено в исходную сумму, без комиссии', 1_000_000),
  remaining_credit: money('Сколько исходной суммы ещё не зачтено', 0),
  overpaid_amount: money('Сколько заплачено лишнего, за вычетом возвращённого', 0),
  refunded_amount: money('Сколько возвращено покупателю; `paid_amount` от этого не меняется', 0),
  refund_status: nullableText(
    explain(
      'Как идут возвраты; null — их нет. Статус платежа они не меняют',
      REFUND_STATUSES_EXPLAINED,
    ),
  ),
  late: Type.Boolean({
    description: 'Деньги пришли после отмены, срока, неудачи или потерянного начала',
    examples: [false],
  }),
  status_detail: statusDetail,
  cancel_reason: cancelReason,
  failure_reason: failureReason,
  paid_at_utc: paidAtUtc,
} as const
