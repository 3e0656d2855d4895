// Closed days on the wire: the report that a day is closed with, to the byte as it was, and what it would be now.

import { type Static, Type } from 'typebox'
import { dataAnswer, model } from '../envelope.ts'
import { LIMIT, WHOLE_NUMBER } from './audit.ts'
import { country, system, verdict } from './ledger.ts'
import {
  countryIso,
  DAY,
  inTiyn,
  line,
  localMoment,
  orNull,
  textOrNull,
  tiyn,
  utcMoment,
} from './shape.ts'

const sums = {
  captures: Type.Integer({ description: 'Сколько поступлений', examples: [214] }),
  gross: tiyn('Получено', 21_614_000),
  credited: tiyn('Зачтено в счёт платежей', 21_400_000),
  overpaid: tiyn('Лишнее', 0),
  expected_fee: tiyn('Ожидаемая комиссия банка', 216_140),
  real_fee: tiyn('Комиссия банка по выпискам', 216_140),
  real_fees: Type.Integer({ description: 'Для скольких она известна', examples: [214] }),
  payout: tiyn('К зачислению по выпискам', 21_397_860),
}

const lines = (name: string, key: string) =>
  Type.Array(
    model(name, {
      key: textOrNull(key, null),
      name: textOrNull('Имя; null — без имени', null),
      ...sums,
    }),
    { description: `Получено: ${key}` },
  )

export const DayReport = model('DayReport', {
  day: Type.String({ description: 'День', examples: ['2025-12-24'] }),
  zone: Type.String({ description: 'Часовой пояс дня', examples: ['Asia/Almaty'] }),
  system,
  country: Type.String({ description: 'Страна по ISO 3166-1', examples: ['KZ'] }),
  amount_unit: inTiyn,
  totals: model('DayReportSums', sums),
  by_method: lines('DayReportMethod', 'код способа; null — продукт неизвестен'),
  by_terminal: lines('DayReportTerminal', 'номер терминала'),
  by_source: lines('DayReportSource', 'номер источника'),
  bank: Type.Array(
    model('DayReportBank', {
      operation: Type.Enum(['sale', 'refund'], {
        description: 'Продажи или возвраты',
        examples: ['sale'],
      }),
      verdict: orNull(verdict, 'К чему пришли', 'matched'),
      operations: Type.Integer({ description: 'Сколько операций', examples: [210] }),
      amount: tiyn('На сколько', 21_210_000),
      fee: tiyn('Комиссия банка', 212_100),
    }),
    { description: 'Что показал банк' },
  ),
  open_differences: Type.Integer({ description: 'Сколько тогда не сошлось', examples: [0] }),
  differences: Type.Array(
    model('DayReportDifference', {
      id: Type.Integer({ description: 'Запись на столе', examples: [81] }),
      kind: Type.String({ description: 'О чём она', examples: ['missing_there'] }),
      title: Type.String({ description: 'О чём она', examples: ['Денег нет в выписке'] }),
      known: Type.Array(Type.String(), { description: 'Что было известно', examples: [[]] }),
    }),
    { description: 'Что тогда не сошлось, до тысячи' },
  ),
})
export type DayReport = Static<typeof DayReport>

export const CloseDayRequest = Type.Object(
  {
    system,
    country,
    reason: Type.Optional(
      line(500, 'Зачем закрыть снова; для первого раза не нужна', 'Пришла поздняя выписка'),
    ),
  },
  { title: 'CloseDayRequest' },
)
export type CloseDayRequest = Static<typeof CloseDayRequest>

export const ClosedDayQuery = Type.Object({
  system,
  country,
  version: Type.Optional(
    Type.String({ pattern: WHOLE_NUMBER, description: 'Которая; обычно последняя' }),
  ),
})
export type ClosedDayQuery = Static<typeof ClosedDayQuery>

export const ClosedDaysQuery = Type.Object({
  limit: Type.Optional(
    Type.String({ pattern: LIMIT, description: 'Сколько строк, до 1000; обычно 100' }),
  ),
  before: Type.Optional(Type.String({ pattern: DAY, description: 'Только дни раньше этого' })),
})
export type ClosedDaysQuery = Static<typeof ClosedDaysQuery>

const closedDay = {
  day: Type.String({ pattern: DAY, description: 'День', examples: ['2025-12-24'] }),
  system,
  country: countryIso,
  version: Type.Integer({ description: 'Который раз закрыт', examples: [1] }),
  reason: textOrNull('Зачем закрыт снова; null — впервые', null),
  closed_by: Type.String({ description: 'Кто закрыл', examples: ['Айгерим Сериккызы'] }),
  closed_at: localMoment('Когда'),
  closed_at_utc: utcMoment('Когда'),
  report_sha256: Type.String({
    description: 'SHA-256 отчёта: тот же отчёт — та же сумма',
    examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  }),
} as const

export const ClosedDayAnswer = dataAnswer(
  model('ClosedDayReport', {
    ...closedDay,
    report: DayReport,
  }),
)
export type ClosedDayAnswer = Static<typeof ClosedDayAnswer>

export const ClosedDaysAnswer = dataAnswer(
  Type.Array(model('ClosedDay', closedDay), { description: 'Дни, новые сверху' }),
)
export type ClosedDaysAnswer = Static<typeof ClosedDaysAnswer>

export const DayExportQuery = Type.Object({
  ...ClosedDayQuery.properties,
  format: Type.Enum(['csv', 'xlsx'], { description: 'Вид файла' }),
})
export type DayExportQuery = Static<typeof DayExportQuery>

export const DayPreviewQuery = Type.Object({ system, country })
export type DayPreviewQuery = Static<typeof DayPreviewQuery>

export const DayPreviewAnswer = dataAnswer(
  model('DayPreview', {
    last_version: Type.Integer({
      description: 'Сколько раз уже закрыт; 0 — открыт',
      examples: [0],
    }),
    is_over: Type.Boolean({ description: 'День кончился, его можно закрыть' }),
    report: DayReport,
  }),
)
export type DayPreviewAnswer = Static<typeof DayPreviewAnswer>
