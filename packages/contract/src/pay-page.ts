// What the customer's own page may know and ask (N5). The payment's number is the only key to it, so
// no name, e-mail, metadata or external_id is here; sums are integer tiyn whatever the source (M1).

import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer, model } from './envelope.ts'
import {
  cancelReason,
  failureReason,
  paymentUrl,
  qrCode,
  qrImage,
  status,
  statusDetail,
  transactionId,
} from './payment-fields.ts'

function tiyn(description: string, example: number) {
  return Type.Integer({ description: `${description}. В тиынах`, examples: [example] })
}

const unit = Type.Literal('tiyn', { description: 'Единица всех сумм этого ответа' })
const percent = Type.Number({ description: 'Комиссия в процентах', examples: [1] })
const method = Type.String({ description: 'Код способа оплаты', examples: ['kaspi_gold'] })
const qrExpiresAtUtc = qrImage.qr_expires_at_utc

function utcTime(description: string, example: string) {
  return Type.String({ description: `${description}. ISO 8601, UTC`, examples: [example] })
}

export const PayMethodOffer = model('PayMethodOffer', {
  code: method,
  name: Type.String({ description: 'Название для покупателя', examples: ['Kaspi Gold'] }),
  months: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Срок рассрочки в месяцах; null — не рассрочка',
    examples: [null],
  }),
  percent,
  price: tiyn('Сколько осталось заплатить этим способом, с комиссией', 1_010_000),
  monthly: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Примерный платёж в месяц, в тиынах; null — не рассрочка',
    examples: [null],
  }),
  is_available: Type.Boolean({
    description: 'Сумма подходит для этого способа',
    examples: [true],
  }),
})
export type PayMethodOffer = Static<typeof PayMethodOffer>

const refundOnPage = Type.Union(
  [
    model('PayRefund', {
      amount: tiyn('Сколько вернётся', 1_010_000),
      phase: Type.String({
        description: 'Что происходит на терминале',
        examples: ['waiting_for_scan'],
      }),
      qr_code: qrCode,
      payment_url: paymentUrl,
      qr_image_url: qrImage.qr_image_url,
      qr_expires_at_utc: qrExpiresAtUtc,
    }),
    Type.Null(),
  ],
  { description: 'Возврат, который идёт сейчас: его QR-код сканирует покупатель; иначе null' },
)

const queueOnPage = Type.Union(
  [
    model('PayQueue', {
      position: Type.Integer({ description: 'Место в очереди; 1 — следующий', examples: [2] }),
      eta_seconds: Type.Integer({ description: 'Сколько примерно ждать, с', examples: [40] }),
    }),
    Type.Null(),
  ],
  { description: 'Место в очереди за терминалом; null — платёж её не ждёт', examples: [null] },
)

export const PayState = model('PayState', {
  transaction_id: transactionId,
  version: Type.Integer({
    description: 'Номер состояния: растёт с каждой переменой и никогда не уменьшается',
    examples: [3],
  }),
  amount_unit: unit,
  seller: Type.String({
    description: 'Кому платят: название источника',
    examples: ['Магазин путешествий'],
  }),
  description: Type.Union([Type.String(), Type.Null()], {
    description: 'За что платят; null, если не указано',
    examples: ['Тур в Дубай'],
  }),
  currency: Type.String({ description: 'Валюта по ISO 4217', examples: ['KZT'] }),
  status,
  status_detail: statusDetail,
  cancel_reason: cancelReason,
  failure_reason: failureReason,
  late: Type.Boolean({ description: 'Деньги пришли после отмены, срока или неудачи' }),
  amount: tiyn('Сколько покупатель платит всего', 1_010_000),
  original_amount: tiyn('Исходная сумма', 1_000_000),
  commission_amount: tiyn('Комиссия', 10_000),
  commission_percent: percent,
  paid_amount: tiyn('Сколько уже заплачено', 0),
  remaining_amount: tiyn('Сколько осталось', 1_010_000),
  credited_amount: tiyn('Сколько зачтено в исходную сумму, без комиссии', 0),
  overpaid_amount: tiyn('Сколько заплачено лишнего', 0),
  refunded_amount: tiyn('Сколько возвращено', 0),
  refund: refundOnPage,
  payment_method: Type.Union([Type.String(), Type.Null()], {
    description: 'Код способа, выбранного последним; null, пока оплату не начинали',
    examples: ['kaspi_gold'],
  }),
  used_method: Type.Union([Type.String(), Type.Null()], {
    description:
      'Код способа, которым покупатель заплатил последним, если это не тот, что он выбрал на странице, ' +
      'и оплачено не всё; иначе null',
    examples: [null],
  }),
  queue: queueOnPage,
  methods: Type.Array(PayMethodOffer, { description: 'Чем можно заплатить остаток' }),
  qr_code: qrCode,
  payment_url: paymentUrl,
  qr_image_url: qrImage.qr_image_url,
  qr_expires_at_utc: qrExpiresAtUtc,
  qr_expired: Type.Boolean({ description: 'QR-код больше нельзя отсканировать' }),
  created_at_utc: utcTime('Когда создан', '2025-12-24T05:00:00.000Z'),
  expires_at_utc: utcTime('До какого времени можно начать оплату', '2025-12-24T06:00:00.000Z'),
  paid_at_utc: Type.Union([Type.String(), Type.Null()], {
    description: 'Когда оплачен. ISO 8601, UTC; null, пока не оплачен',
    examples: [null],
  }),
  now_utc: utcTime('Время центра: для обратного отсчёта', '2025-12-24T05:03:10.000Z'),
})
export type PayState = Static<typeof PayState>

export const PayStateQuery = Type.Object({
  wait: Type.Optional(
    Type.String({
      pattern: '^([0-9]|1[0-9]|2[0-5])$',
      description: 'Сколько секунд, от 0 до 25, ждать состояния новее, чем `version`',
      examples: ['25'],
    }),
  ),
  version: Type.Optional(
    Type.String({
      pattern: '^[0-9]{1,10}$',
      description: 'Номер состояния, которое уже известно; без него — нынешнее',
      examples: ['3'],
    }),
  ),
})
export type PayStateQuery = Static<typeof PayStateQuery>

export const PayStartRequest = Type.Object(
  {
    payment_method: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 63,
        description: 'Код способа оплаты; без него — способ, выбранный при создании',
        examples: ['kaspi_gold'],
      }),
    ),
  },
  { title: 'PayStartRequest' },
)
export type PayStartRequest = Static<typeof PayStartRequest>

export const PayStarted = model('PayStarted', {
  transaction_id: transactionId,
  amount_unit: unit,
  amount: tiyn('Сколько покупатель платит всего', 1_010_000),
  charge_amount: tiyn('Сколько спишет этот QR-код', 1_010_000),
  payment_method: method,
  payment_url: paymentUrl,
  qr_code: qrCode,
  qr_image_url: qrImage.qr_image_url,
  qr_expires_at_utc: qrExpiresAtUtc,
})
export type PayStarted = Static<typeof PayStarted>

export const PayStateAnswer = dataAnswer(PayState)
export type PayStateAnswer = Static<typeof PayStateAnswer>
export const PayStartAnswer = messageAnswer('Платеж инициирован', PayStarted)
export type PayStartAnswer = Static<typeof PayStartAnswer>
