// Refunds on the wire of the administration: integer tiyn whatever the source (M1, M15).

import { COMMISSION_BEARERS, REFUND_REASONS, REFUND_STATES } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer, model } from '../envelope.ts'
import { notStarted, reasonField, refundFields, refundRequestFields } from '../refunds.ts'
import { LIMIT, WHOLE_NUMBER } from './audit.ts'
import { inTiyn, textOrNull } from './shape.ts'

const ID = '^[0-9A-Fa-f]{32}$'
const MAX = 7_036_874_417_766_400

function tiyn(description: string, example: number) {
  return Type.Integer({ description: `${description}, в тиынах`, examples: [example] })
}

export const StaffRefundRequest = Type.Object(
  {
    ...refundRequestFields(
      Type.Integer({
        minimum: 1,
        maximum: MAX,
        description: 'Сколько вернуть, в тиынах, с комиссией; кратно 1 ₸. Без неё возвращается всё',
        examples: [500_000],
      }),
    ),
    reason: reasonField,
    pay_again: Type.Optional(
      Type.Boolean({
        description:
          'Вернуть всё и сразу открыть новый платёж на ту же сумму, чтобы клиент заплатил иначе',
        examples: [false],
      }),
    ),
    start: Type.Optional(
      Type.Boolean({
        description:
          'false — только записать; начать можно позже, когда клиент будет готов сканировать',
        examples: [true],
      }),
    ),
  },
  { title: 'StaffRefundRequest' },
)
export type StaffRefundRequest = Static<typeof StaffRefundRequest>

export const StaffRefundData = model('StaffRefund', {
  ...refundFields(tiyn),
  amount_unit: inTiyn,
  currency: Type.String({ description: 'Валюта по ISO 4217', examples: ['KZT'] }),
  source_id: Type.Integer({ description: 'Номер источника', examples: [3] }),
  source_name: Type.String({ description: 'Имя источника', examples: ['Мой сайт'] }),
  commission_bearer: Type.Enum([...COMMISSION_BEARERS], {
    description: 'Кто несёт комиссию: source, customer или centre',
    examples: ['source'],
  }),
  note: textOrNull('Пояснение', 'Тур отменён оператором'),
  requested_by: Type.String({ description: 'Кто запросил', examples: ['Айгерим Сериккызы'] }),
  approved_by: textOrNull('Кто подтвердил; null — никто, или не нужно', 'Бауыржан Ахметов'),
  stop_requested: Type.Boolean({ description: 'Терминал попросили остановиться' }),
  tries: Type.Integer({ description: 'Сколько раз занимали терминал', examples: [1] }),
  updated_at_utc: Type.String({
    format: 'date-time',
    description: 'Когда менялся. ISO 8601, UTC',
    examples: ['2025-12-24T05:05:30.000Z'],
  }),
})
export type StaffRefundData = Static<typeof StaffRefundData>

const successor = Type.Union(
  [
    model('Successor', {
      transaction_id: Type.String({
        description: 'Номер нового платежа',
        examples: ['019B4F6A0D5E7C2298B1A3C4D5E6F708'],
      }),
      checkout_url: Type.String({
        format: 'uri',
        description: 'Страница, где клиент заплатит иначе',
        examples: ['https://pay.example.kz/pay/019B4F6A0D5E7C2298B1A3C4D5E6F708'],
      }),
    }),
    Type.Null(),
  ],
  { description: 'Новый платёж вместо возвращаемого; null, если его не просили' },
)

export const StaffRefundsAnswer = messageAnswer(
  'Возврат принят',
  model('StaffRequestedRefunds', {
    refunds: Type.Array(StaffRefundData, {
      description: 'По одному на каждую оплату, деньги которой возвращаются; первый уже начат',
    }),
    not_started: notStarted,
    successor,
  }),
)
export type StaffRefundsAnswer = Static<typeof StaffRefundsAnswer>

export const RefundsQuery = Type.Object({
  transaction_id: Type.Optional(Type.String({ pattern: ID, description: 'Номер платежа' })),
  source_id: Type.Optional(Type.String({ pattern: WHOLE_NUMBER, description: 'Номер источника' })),
  state: Type.Optional(Type.Enum([...REFUND_STATES], { description: 'Состояние' })),
  reason: Type.Optional(Type.Enum([...REFUND_REASONS], { description: 'Почему возвращаем' })),
  limit: Type.Optional(
    Type.String({ pattern: LIMIT, description: 'Сколько строк, до 1000; обычно 100' }),
  ),
  cursor: Type.Optional(Type.String({ pattern: ID, description: 'next_cursor прошлой страницы' })),
})
export type RefundsQuery = Static<typeof RefundsQuery>

export const RefundsAnswer = dataAnswer(
  model('RefundsPage', {
    refunds: Type.Array(StaffRefundData, { description: 'Новые первыми' }),
    limit: Type.Integer({ description: 'Сколько строк просили', examples: [100] }),
    next_cursor: textOrNull('Для следующей страницы; null, когда дальше ничего нет'),
    amount_unit: inTiyn,
  }),
)
export type RefundsAnswer = Static<typeof RefundsAnswer>

export const StaffRefundAnswer = dataAnswer(StaffRefundData)
export type StaffRefundAnswer = Static<typeof StaffRefundAnswer>

const text = (description: string, example: string) =>
  Type.String({ minLength: 3, maxLength: 1000, description, examples: [example] })

export const DeclineRefundRequest = Type.Object(
  { reason: text('Почему отклоняете', 'Клиент передумал') },
  { title: 'DeclineRefundRequest' },
)
export type DeclineRefundRequest = Static<typeof DeclineRefundRequest>

export const ResolveRefundRequest = Type.Object(
  {
    outcome: Type.Enum(['refunded', 'not_refunded'], {
      description: 'Вернулись ли деньги клиенту',
      examples: ['refunded'],
    }),
    amount: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MAX,
        description: 'Сколько вернулось, в тиынах; обязательно при refunded',
        examples: [1_010_000],
      }),
    ),
    evidence: text('На что вы смотрели: чек, выписка, экран терминала', 'Выписка банка, строка 14'),
    reason: text('Почему решаете вручную', 'Терминал перезагрузили'),
  },
  { title: 'ResolveRefundRequest' },
)
export type ResolveRefundRequest = Static<typeof ResolveRefundRequest>
