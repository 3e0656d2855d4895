// Figures of turnover on the wire: integer tiyn, one currency an answer.

import { PAYMENT_STATUSES } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer, model } from '../envelope.ts'
import { currency } from '../payment-fields.ts'
import { WHOLE_NUMBER } from './audit.ts'
import { CODE, countryIso, DAY, inTiyn, orNull, tiyn } from './shape.ts'

export const FIGURE_GROUPS = [
  'day',
  'source',
  'method',
  'product',
  'terminal',
  'country',
  'system',
] as const
const GROUP = `(${FIGURE_GROUPS.join('|')})`

export const FiguresQuery = Type.Object({
  date_from: Type.String({ pattern: DAY, description: 'Первый день, YYYY-MM-DD' }),
  date_to: Type.String({ pattern: DAY, description: 'Последний день, включительно; до 400 дней' }),
  date_field: Type.Optional(
    Type.Enum(['created_at', 'paid_at'], {
      description: 'По какому дню: создания платежа (обычно) или поступления денег',
    }),
  ),
  group_by: Type.Optional(
    Type.String({
      pattern: `^${GROUP}(,${GROUP})?$`,
      description: `Одно или два через запятую из ${FIGURE_GROUPS.join(', ')}; обычно day`,
    }),
  ),
  currency: Type.Optional(
    Type.String({ pattern: '^[A-Z]{3}$', description: 'Валюта платежей, обычно KZT' }),
  ),
  source_id: Type.Optional(Type.String({ pattern: WHOLE_NUMBER, description: 'Один источник' })),
  method: Type.Optional(Type.String({ pattern: CODE, description: 'Выбранный способ оплаты' })),
  product: Type.Optional(
    Type.String({ pattern: CODE, description: 'Чем заплатил покупатель: код способа оплаты' }),
  ),
  terminal_id: Type.Optional(Type.String({ pattern: WHOLE_NUMBER, description: 'Один терминал' })),
  country: Type.Optional(
    Type.String({ pattern: '^[A-Z]{2}$', description: 'Страна по ISO 3166-1' }),
  ),
  system: Type.Optional(Type.String({ pattern: CODE, description: 'Платёжная система' })),
})
export type FiguresQuery = Static<typeof FiguresQuery>

function count(description: string, example: number) {
  return Type.Integer({ description, examples: [example] })
}

function share(description: string, example: number) {
  const between = Type.Number({ minimum: 0, maximum: 1 })
  return orNull(between, `${description}, от 0 до 1`, example)
}

const statusCounts = Object.fromEntries(
  PAYMENT_STATUSES.map((status) => [
    status,
    count(`Платежей ${status}`, status === 'paid' ? 90 : 2),
  ]),
) as Record<(typeof PAYMENT_STATUSES)[number], ReturnType<typeof count>>

const figures = {
  turnover: tiyn('Оборот: сколько отдали покупатели', 90_900_000),
  original: tiyn('На какую сумму платежи созданы', 100_000_000),
  count: count('Платежей', 100),
  paid_count: count('Из них оплачено полностью', 90),
  conversion: share('Доля оплаченных; null, когда платежей нет или счёт идёт по дню денег', 0.9),
  average_pay_ms: orNull(
    Type.Integer(),
    'Среднее время от создания до оплаты, мс; null без оплаченных',
    74_000,
  ),
  credited: tiyn('Зачтено в счёт исходных сумм', 90_000_000),
  commission: tiyn('Удержано комиссии с покупателей', 900_000),
  rounding: tiyn('Прибавлено округлением до шага терминала', 0),
  overpaid: tiyn('Переплачено', 0),
  forgiven: tiyn('Прощено в пределах допуска', 0),
  expected_fee: tiyn('Ожидаемая комиссия платёжной системы', 909_000),
  refunded: tiyn('Возвращено клиентам', 1_010_000),
  net: tiyn('Оборот без ожидаемой комиссии платёжной системы и без возвратов', 88_981_000),
  by_status: model('StatusCounts', statusCounts),
  attempts_started: count('Попыток оплаты, дошедших до терминала', 104),
  attempts_succeeded: count('Из них с деньгами', 90),
  attempt_conversion: share('Доля удавшихся попыток; null, когда попыток нет', 0.8654),
}

function textKey(description: string, example: string) {
  return Type.Optional(orNull(Type.String(), description, example))
}

/** Of the keys only those that were asked for; null gathers what has none. */
export const FiguresLine = model('FiguresLine', {
  day: Type.Optional(Type.String({ description: 'День, YYYY-MM-DD', examples: ['2025-12-24'] })),
  source_id: Type.Optional(Type.Integer({ description: 'Источник', examples: [3] })),
  method: textKey('Выбранный способ оплаты; null, пока не выбран', 'kaspi_gold'),
  product: textKey('Чем заплатили; null, когда ничем или продукт неизвестен', 'kaspi_gold'),
  terminal_id: Type.Optional(
    orNull(Type.Integer(), 'Терминал; null — попыток не было, или он вам не виден', 3),
  ),
  country: Type.Optional(countryIso),
  system: textKey('Платёжная система; null, пока способ не выбран', 'kaspi'),
  ...figures,
})
export type FiguresLine = Static<typeof FiguresLine>

export const FiguresTotals = model('FiguresTotals', figures)
export type FiguresTotals = Static<typeof FiguresTotals>

function day(description: string, example: string) {
  return Type.String({ description: `${description}, YYYY-MM-DD`, examples: [example] })
}

export const FiguresAnswer = dataAnswer(
  model('Figures', {
    date_from: day('Первый день', '2025-12-01'),
    date_to: day('Последний день, включительно', '2025-12-31'),
    date_field: Type.Enum(['created_at', 'paid_at'], {
      description: 'По какому дню: создания платежа или поступления денег',
      examples: ['created_at'],
    }),
    zone: Type.String({ description: 'Часовой пояс дней', examples: ['Asia/Almaty'] }),
    currency,
    amount_unit: inTiyn,
    group_by: Type.Array(Type.Enum([...FIGURE_GROUPS]), { description: 'По чему разложено' }),
    lines: Type.Array(FiguresLine, { description: 'До 1000 строк' }),
    totals: FiguresTotals,
  }),
)
export type FiguresAnswer = Static<typeof FiguresAnswer>
