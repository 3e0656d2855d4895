// Payments on the wire: what a source sends and gets. Documented fields first, additive ones after
// them; a documented field never changes its name, type or meaning (P9).

import { PAYMENT_STATUSES } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer, model } from './envelope.ts'
import {
  amount,
  checkoutUrl,
  createdAt,
  createdAtUtc,
  currency,
  expiresAt,
  expiresAtUtc,
  externalId,
  figures,
  money,
  nullableText,
  paidAt,
  paymentUrl,
  qrCode,
  qrImage,
  standing,
  status,
  transactionId,
} from './payment-fields.ts'

/** Bounds of the lifetime that a request may ask for, in seconds (S2). */
export const EXPIRES_IN_MIN_SECONDS = 60
export const EXPIRES_IN_MAX_SECONDS = 31_536_000

const METADATA_EXAMPLE = { order_id: '12345', tour_id: 'DXB-001' }

const paymentMethod = 'kaspi_gold'

export const InitRequest = Type.Object(
  {
    amount: Type.Number({
      description:
        'Сколько вы хотите получить. В единицах источника: целые тиыны, если не настроено иначе, или ' +
        'тенге, не больше двух знаков после точки. Больше 0 и не выше потолка источника (обычно ' +
        '100 000 000 ₸ с комиссией самого дорогого способа). Только число, не строка',
      examples: [1_000_000],
    }),
    currency: Type.Optional(
      Type.String({
        pattern: '^[A-Z]{3}$',
        description: 'Валюта по ISO 4217. Терминалы Kaspi принимают только тенге',
        default: 'KZT',
        examples: ['KZT'],
      }),
    ),
    description: Type.Optional(
      Type.String({
        maxLength: 1000,
        description: 'За что платят: увидит покупатель. Номер карты здесь не примут',
        examples: ['Тур в Дубай'],
      }),
    ),
    customer_phone: Type.Optional(
      Type.String({
        maxLength: 32,
        description: 'Телефон покупателя: `+7…`, `8…` или `7…`, пробелы и скобки допустимы',
        examples: ['+77001234567'],
      }),
    ),
    customer_email: Type.Optional(
      Type.String({
        maxLength: 254,
        description: 'Почта покупателя',
        examples: ['client@example.com'],
      }),
    ),
    customer_name: Type.Optional(
      Type.String({
        maxLength: 200,
        description: 'Имя покупателя. Номер карты здесь не примут',
        examples: ['Айгерим Сериккызы'],
      }),
    ),
    payment_method_id: Type.Optional(
      Type.Integer({
        description:
          'Способ оплаты, выбранный заранее: `id` из `/api/payment-methods`. Код в `/kaspi` важнее',
        examples: [1],
      }),
    ),
    webhook_url: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2048,
        description:
          'Куда сообщать об этом платеже: https и публичный адрес. Без него — адрес из настроек ' +
          'источника',
        examples: ['https://shop.example.kz/webhooks/byfly'],
      }),
    ),
    metadata: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description:
          'Ваши данные, вернутся в вебхуке как есть: объект до 16 КБ и 8 уровней вложенности. Целые ' +
          'больше 2^53 передавайте строками. Покупателю не показываются',
        examples: [METADATA_EXAMPLE],
      }),
    ),
    external_id: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 128,
        description:
          'Ваш номер заказа. У источника не повторяется: второй платёж с ним — 400 ' +
          '`external_id_taken`',
        examples: ['order-12345'],
      }),
    ),
    expires_in: Type.Optional(
      Type.Integer({
        minimum: EXPIRES_IN_MIN_SECONDS,
        maximum: EXPIRES_IN_MAX_SECONDS,
        description: 'Сколько секунд можно начать оплату. Без него — час, если не настроено иначе',
        examples: [3600],
      }),
    ),
  },
  { title: 'InitRequest' },
)
export type InitRequest = Static<typeof InitRequest>

export const CreatedPayment = model('CreatedPayment', {
  transaction_id: transactionId,
  amount: money('Сколько должен заплатить покупатель; пока без комиссии', 1_000_000),
  currency,
  status: Type.Enum([...PAYMENT_STATUSES], {
    description: 'Статус: у нового платежа `pending`',
    examples: ['pending'],
  }),
  expires_at: expiresAt,
  original_amount: figures.original_amount,
  commission_amount: money('Комиссия: 0, пока способ не выбран', 0),
  commission_percent: Type.Number({
    description: 'Ставка в процентах: 0, пока способ не выбран',
    examples: [0],
  }),
  paid_amount: money('Сколько покупатель уже заплатил: 0', 0),
  remaining_amount: money('Сколько осталось заплатить', 1_000_000),
  checkout_url: checkoutUrl,
  external_id: externalId,
  created_at: createdAt,
  created_at_utc: createdAtUtc,
  expires_at_utc: expiresAtUtc,
})
export type CreatedPayment = Static<typeof CreatedPayment>

export const KaspiRequest = Type.Object(
  {
    payment_method: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 63,
        description:
          'Код способа оплаты из `/api/payment-methods`; без него — способ, выбранный при создании. ' +
          'Принимаются и `kaspi_kredit`, `kaspi_rassrochka`',
        examples: [paymentMethod],
      }),
    ),
    amount: Type.Optional(
      Type.Number({
        description:
          'Взять только часть: сумма с комиссией, в единицах источника. Кратна шагу способа (1 ₸), не ' +
          'меньше его минимума, и остаток — тоже. Без него берётся всё, что осталось',
        examples: [500_000],
      }),
    ),
    presence: Type.Optional(
      Type.Enum(['remote', 'in_person'], {
        description:
          '`remote` — покупатель платит по ссылке или QR-коду с вашего экрана; `in_person` — стоит у ' +
          'терминала, ссылок в ответе не будет',
        default: 'remote',
        examples: ['remote'],
      }),
    ),
    terminal_id: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 2_147_483_647,
        description: 'Терминал, у которого стоит покупатель; обязателен при `in_person`',
        examples: [3],
      }),
    ),
  },
  { title: 'KaspiRequest' },
)
export type KaspiRequest = Static<typeof KaspiRequest>

export const StartedPayment = model('StartedPayment', {
  transaction_id: transactionId,
  amount,
  original_amount: figures.original_amount,
  commission_amount: figures.commission_amount,
  commission_percent: figures.commission_percent,
  payment_url: paymentUrl,
  qr_code: qrCode,
  terminal_id: Type.Integer({
    description: 'Терминал, который принимает эту оплату',
    examples: [3],
  }),
  charge_amount: money('Сколько спишет именно этот QR-код', 1_010_000),
  payment_method: Type.String({ description: 'Код способа оплаты', examples: [paymentMethod] }),
  paid_amount: money('Сколько покупатель уже заплатил, с комиссией', 0),
  remaining_amount: money('Сколько осталось заплатить, с комиссией этого способа', 1_010_000),
  presence: Type.Enum(['remote', 'in_person'], {
    description: 'Как платят: по ссылке или у терминала',
    examples: ['remote'],
  }),
  ...qrImage,
  checkout_url: checkoutUrl,
})
export type StartedPayment = Static<typeof StartedPayment>

export const PaymentStatusData = model('PaymentStatus', {
  transaction_id: transactionId,
  status,
  amount,
  paid_amount: figures.paid_amount,
  remaining_amount: figures.remaining_amount,
  currency,
  paid_at: paidAt,
  ...standing,
  expires_at: expiresAt,
  expires_at_utc: expiresAtUtc,
})
export type PaymentStatusData = Static<typeof PaymentStatusData>

export const StatusQuery = Type.Object({
  wait: Type.Optional(
    Type.String({
      pattern: '^([0-9]|1[0-9]|2[0-5])$',
      description:
        'Сколько секунд, от 0 до 25, держать запрос, если статус не меняется. Ответ придёт раньше, как ' +
        'только изменится `status` или `status_detail`',
      examples: ['25'],
    }),
  ),
})
export type StatusQuery = Static<typeof StatusQuery>

export const PaymentInfo = model('PaymentInfo', {
  transaction_id: transactionId,
  amount,
  currency,
  status,
  description: nullableText('За что платят; null, если не передали', 'Тур в Дубай'),
  payment_url: paymentUrl,
  qr_code: qrCode,
  paid_amount: figures.paid_amount,
  remaining_amount: figures.remaining_amount,
  created_at: createdAt,
  paid_at: paidAt,
  ...standing,
  expires_at: expiresAt,
  expires_at_utc: expiresAtUtc,
  payment_method: nullableText(
    'Код способа, выбранного последним; null, пока оплату не начинали',
    paymentMethod,
  ),
  external_id: externalId,
  metadata: Type.Record(Type.String(), Type.Unknown(), {
    description: 'Ваши данные; пустой объект, если их не передали',
    examples: [METADATA_EXAMPLE],
  }),
  ...qrImage,
  qr_expired: Type.Boolean({
    description: 'QR-код больше нельзя отсканировать; false и тогда, когда его ещё нет',
    examples: [true],
  }),
  checkout_url: checkoutUrl,
  replaces: nullableText('Платёж, вместо которого создан этот; null, если такого нет'),
  replaced_by: nullableText('Платёж, созданный вместо этого после возврата; null, если его нет'),
  created_at_utc: createdAtUtc,
})
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
