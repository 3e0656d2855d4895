// Statements of the bank on the wire: what was read of a file, what its operations came to, and closed days.

import { DIFFERENCES, STATEMENT_FIELDS, type StatementField } from '@byfly-pay/core'
import { type Static, type TString, Type } from 'typebox'
import { dataAnswer, messageAnswer, model } from '../envelope.ts'
import { LIMIT, WHOLE_NUMBER } from './audit.ts'
import { countryIso, inTiyn, line, localMoment, orNull, textOrNull, utcMoment } from './shape.ts'

const DAY = '^\\d{4}-\\d{2}-\\d{2}$'
const system = Type.String({
  pattern: '^[a-z][a-z0-9_]{0,62}$',
  description: 'Код платёжной системы',
  examples: ['kaspi'],
})
const country = Type.Optional(
  Type.String({
    pattern: '^[A-Z]{2}$',
    description: 'Страна по ISO 3166-1; обычно KZ',
    examples: ['KZ'],
  }),
)

function tiyn(description: string, example: number) {
  return Type.Integer({ description: `${description}, в тиынах`, examples: [example] })
}

export const StatementUploadQuery = Type.Object({
  system,
  country,
  file_name: Type.Optional(Type.String({ maxLength: 200, description: 'Имя файла, для людей' })),
  date_from: Type.Optional(
    Type.String({ pattern: DAY, description: 'Выписка говорит о всех днях с этого' }),
  ),
  date_to: Type.Optional(
    Type.String({
      pattern: DAY,
      description: '… по этот включительно, до 93 дней; без них — от первой операции до последней',
    }),
  ),
})
export type StatementUploadQuery = Static<typeof StatementUploadQuery>

const verdict = Type.Enum(['matched', 'different', 'ambiguous', 'missing_here'], {
  description:
    'matched — сошлась, different — расходится, ambiguous — подходит к нескольким, missing_here — ' +
    'в центре её нет',
  examples: ['matched'],
})

export const StatementData = model('Statement', {
  id: Type.Integer({ description: 'Номер выписки', examples: [12] }),
  system,
  country: countryIso,
  file_name: textOrNull('Имя файла', 'kaspi-2025-12-24.csv'),
  covers_from: localMoment('О каком времени говорит: начало'),
  covers_from_utc: utcMoment('Начало'),
  covers_to: localMoment('О каком времени говорит: конец'),
  covers_to_utc: utcMoment('Конец'),
  operations: Type.Integer({ description: 'Сколько в ней операций', examples: [214] }),
  repeated: Type.Integer({ description: 'Из них были в прежних выписках', examples: [0] }),
  uploaded_by: Type.String({ description: 'Кто загрузил', examples: ['Айгерим Сериккызы'] }),
  uploaded_at: localMoment('Когда'),
  uploaded_at_utc: utcMoment('Когда'),
  verdicts: Type.Array(
    model('StatementVerdict', {
      verdict,
      operations: Type.Integer({ description: 'Сколько операций', examples: [210] }),
      amount: tiyn('На сколько', 21_210_000),
    }),
    { description: 'К чему пришли операции, впервые показанные этой выпиской' },
  ),
  amount_unit: inTiyn,
})
export type StatementData = Static<typeof StatementData>

const columnFields = Object.fromEntries(
  STATEMENT_FIELDS.map((field) => [
    field,
    Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  ]),
) as Record<StatementField, ReturnType<typeof Type.Optional<TString>>>

const columns = Type.Object(columnFields, {
  additionalProperties: false,
  description:
    'Поле → заголовок его столбца. number — номер заказа, rrn, at — дата (и время), time — время, ' +
    'если оно отдельно, amount — сумма, fee — комиссия банка, payout — к зачислению, device — ' +
    'терминал, product — чем заплатили, operation — продажа или возврат. Нужны at и amount',
  examples: [{ number: 'Номер заказа', at: 'Дата и время', amount: 'Сумма' }],
})
const heading = Type.Array(Type.String({ maxLength: 200 }), {
  minItems: 1,
  maxItems: 100,
  description: 'Заголовки таблицы, как в файле',
  examples: [['Дата и время', 'Номер заказа', 'Сумма']],
})
const products = Type.Record(Type.String({ maxLength: 64 }), Type.String({ maxLength: 64 }), {
  maxProperties: 50,
  description: 'Слово банка о продукте → код способа; без него продукт не сверяется',
  examples: [{ 'Kaspi Gold': 'kaspi_gold' }],
})

export const StatementUploadAnswer = dataAnswer(
  model('StatementUpload', {
    state: Type.Enum(['read', 'repeated', 'needs_columns'], {
      description:
        'read — прочитана и сверена, repeated — этот файл уже загружали, needs_columns — назовите ' +
        'столбцы и загрузите снова',
      examples: ['read'],
    }),
    statement: orNull(StatementData, 'Выписка; null — её ещё нет'),
    opened: Type.Integer({ description: 'Сколько расхождений легло на столы', examples: [2] }),
    explained: Type.Integer({ description: 'Сколько прежних объяснилось', examples: [1] }),
    fees_booked: Type.Integer({ description: 'Сколько комиссий банка проведено', examples: [210] }),
    payouts_booked: Type.Integer({ description: 'Сколько зачислений проведено', examples: [210] }),
    heading: orNull(heading, 'Заголовки, для которых нужно назвать столбцы; null — уже названы'),
    guess: orNull(columns, 'Что похоже на что: проверьте'),
  }),
)
export type StatementUploadAnswer = Static<typeof StatementUploadAnswer>

export const StatementColumnsRequest = Type.Object(
  { system, heading, columns, products: Type.Optional(products) },
  { title: 'StatementColumnsRequest' },
)
export type StatementColumnsRequest = Static<typeof StatementColumnsRequest>

export const StatementColumnsNamed = messageAnswer('Столбцы запомнены', Type.Null())
export type StatementColumnsNamed = Static<typeof StatementColumnsNamed>

export const StatementColumnsAnswer = dataAnswer(
  Type.Array(model('StatementColumns', { system, heading, columns, products }), {
    description: 'Все известные таблицы',
  }),
)
export type StatementColumnsAnswer = Static<typeof StatementColumnsAnswer>

export const StatementsQuery = Type.Object({
  limit: Type.Optional(
    Type.String({ pattern: LIMIT, description: 'Сколько строк, до 1000; обычно 100' }),
  ),
  cursor: Type.Optional(
    Type.String({ pattern: WHOLE_NUMBER, description: 'next_cursor прошлой страницы' }),
  ),
})
export type StatementsQuery = Static<typeof StatementsQuery>

const nextCursor = textOrNull('Для следующей страницы; null, когда дальше ничего нет', '11')

export const StatementsAnswer = dataAnswer(
  model('StatementPage', {
    statements: Type.Array(StatementData, { description: 'Выписки, новые сверху' }),
    limit: Type.Integer({ description: 'Сколько строк спрошено', examples: [100] }),
    next_cursor: nextCursor,
  }),
)
export type StatementsAnswer = Static<typeof StatementsAnswer>

export const StatementAnswer = dataAnswer(StatementData)
export type StatementAnswer = Static<typeof StatementAnswer>

export const OperationsQuery = Type.Object({
  verdict: Type.Optional(verdict),
  ...StatementsQuery.properties,
})
export type OperationsQuery = Static<typeof OperationsQuery>

export const OperationData = model('BankOperation', {
  id: Type.Integer({ description: 'Номер в центре', examples: [9_001] }),
  operation: Type.Enum(['sale', 'refund'], {
    description: 'Продажа или возврат',
    examples: ['sale'],
  }),
  number: textOrNull('Номер заказа', '3699352521'),
  rrn: textOrNull('RRN, номер операции по карте', null),
  at: localMoment('Когда'),
  at_utc: utcMoment('Когда'),
  amount: tiyn('Сколько', 101_000),
  fee: orNull(Type.Integer(), 'Комиссия банка, в тиынах; null — не сказана', 1_010),
  payout: orNull(Type.Integer(), 'К зачислению, в тиынах; null — не сказано', 99_990),
  device: textOrNull('Терминал, как его зовёт банк', '31104288'),
  product: textOrNull('Чем заплатили, словом банка', 'Kaspi Gold'),
  verdict: orNull(verdict, 'К чему пришла', 'matched'),
  differences: Type.Array(Type.Enum([...DIFFERENCES]), {
    description: 'Что расходится: sum, product, fee',
    examples: [[]],
  }),
  transaction_id: textOrNull('Платёж', '019B4F5C8A317D02A6C1E5B4D3F20718'),
})
export type OperationData = Static<typeof OperationData>

export const OperationsAnswer = dataAnswer(
  model('BankOperationPage', {
    operations: Type.Array(OperationData, { description: 'Операции, впервые показанные ею' }),
    limit: Type.Integer({ description: 'Сколько строк спрошено', examples: [100] }),
    next_cursor: nextCursor,
    amount_unit: inTiyn,
  }),
)
export type OperationsAnswer = Static<typeof OperationsAnswer>

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
    report: Type.Record(Type.String(), Type.Unknown(), {
      description:
        'Отчёт, как он был закрыт, суммы в тиынах: totals, by_method, by_terminal, by_source — что ' +
        'получено; bank — что показал банк; differences — что тогда не сошлось',
      examples: [{ day: '2025-12-24', amount_unit: 'tiyn', open_differences: 0 }],
    }),
  }),
)
export type ClosedDayAnswer = Static<typeof ClosedDayAnswer>

export const ClosedDaysAnswer = dataAnswer(
  Type.Array(model('ClosedDay', closedDay), { description: 'Дни, новые сверху' }),
)
export type ClosedDaysAnswer = Static<typeof ClosedDaysAnswer>
