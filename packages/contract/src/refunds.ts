// Refunds on the wire of a source (M15): its own unit, additive to everything documented.

import { REFUND_REASONS, REFUND_STATES } from '@byfly-pay/core'
import { type Static, type TSchema, Type } from 'typebox'
import { dataAnswer, messageAnswer, model } from './envelope.ts'
import { explain, REFUND_REASONS_EXPLAINED, REFUND_STATES_EXPLAINED } from './explained.ts'
import {
  createdAt,
  createdAtUtc,
  money,
  nullableText,
  paymentUrl,
  qrCode,
  qrImage,
  transactionId,
} from './payment-fields.ts'

export const refundId = Type.String({
  pattern: '^[0-9A-F]{32}$',
  description: 'Номер возврата',
  examples: ['019B4F61D2C07A11B5E0C7F2A9D41830'],
})

const ID = '^[0-9A-Fa-f]{32}$'

export const reasonField = Type.Enum([...REFUND_REASONS], {
  description: explain('Почему возвращаем', REFUND_REASONS_EXPLAINED),
  examples: ['customer_request'],
})

/** What a request for a refund may say, whoever asks; `amount` is in the caller's unit. */
export function refundRequestFields<Amount extends TSchema>(amount: Amount) {
  return {
    attempt_id: Type.Optional(
      Type.String({
        pattern: ID,
        description: 'Вернуть деньги только этой попытки; без него — всего платежа',
        examples: ['019B4F5CA1B27E0391C4D5E6F7081920'],
      }),
    ),
    amount: Type.Optional(amount),
    reason: Type.Optional(reasonField),
    note: Type.Optional(
      Type.String({
        maxLength: 1000,
        description: 'Пояснение для сотрудников. Номер карты здесь не примут',
        examples: ['Тур отменён оператором'],
      }),
    ),
  }
}

export const RefundRequest = Type.Object(
  {
    ...refundRequestFields(
      Type.Number({
        description:
          'Сколько вернуть, в единицах источника, с комиссией; кратно 1 ₸. Без неё возвращается всё',
        examples: [500_000],
      }),
    ),
    refund_id: Type.Optional(
      Type.String({
        pattern: ID,
        description:
          'Не просить новый возврат, а начать этот на терминале: подтверждённый или истёкший',
        examples: ['019B4F61D2C07A11B5E0C7F2A9D41830'],
      }),
    ),
  },
  { title: 'RefundRequest' },
)
export type RefundRequest = Static<typeof RefundRequest>

/** What is told of a refund to whoever may see it; `sum` words a sum in their unit. */
export function refundFields<Sum extends TSchema>(sum: (text: string, example: number) => Sum) {
  return {
    id: refundId,
    transaction_id: transactionId,
    attempt_id: Type.String({
      description: 'Попытка, деньги которой возвращаются',
      examples: ['019B4F5CA1B27E0391C4D5E6F7081920'],
    }),
    amount: sum('Сколько получит покупатель', 1_010_000),
    credit_amount: sum('Сколько из этого было зачтено в исходную сумму', 1_000_000),
    overpaid_amount: sum('Сколько из этого было лишним', 0),
    state: Type.Enum([...REFUND_STATES], {
      description: explain('Состояние', REFUND_STATES_EXPLAINED),
      examples: ['live'],
    }),
    phase: nullableText('Что делает покупатель, пока возврат идёт; иначе null', 'waiting_for_scan'),
    failure_reason: nullableText('Почему не прошёл или чего ждёт; null — нечего пояснять'),
    reason: reasonField,
    terminal_id: Type.Union([Type.Integer(), Type.Null()], {
      description: 'Терминал последней попытки возврата; null, пока его нет',
      examples: [3],
    }),
    qr_code: qrCode,
    payment_url: paymentUrl,
    ...qrImage,
    created_at: createdAt,
    created_at_utc: createdAtUtc,
    refunded_at_utc: nullableText('Когда деньги вернулись. ISO 8601, UTC; null, пока не вернулись'),
  }
}

export const RefundData = model('Refund', refundFields(money))
export type RefundData = Static<typeof RefundData>

export const notStarted = nullableText(
  'Почему возврат записан, но ещё не начат на терминале: код из таблицы ошибок; null — начат или ждёт ' +
    'подтверждения',
)

export const RefundAnswer = messageAnswer(
  'Возврат принят',
  model('RequestedRefunds', {
    refunds: Type.Array(RefundData, {
      description: 'По одному на каждую оплату, деньги которой возвращаются; первый уже начат',
    }),
    not_started: notStarted,
  }),
)
export type RefundAnswer = Static<typeof RefundAnswer>

export const RefundsOfPaymentAnswer = dataAnswer(Type.Array(RefundData))
export type RefundsOfPaymentAnswer = Static<typeof RefundsOfPaymentAnswer>
