// Statements of the bank on the wire: what was read of a file, and what its operations came to.

import { DIFFERENCES, STATEMENT_FIELDS, type StatementField } from '@byfly-pay/core'
import { type Static, type TString, Type } from 'typebox'
import { dataAnswer, messageAnswer, model } from '../envelope.ts'
import { LIMIT, WHOLE_NUMBER } from './audit.ts'
import { DeskEntryData } from './desks.ts'
import { country, system, verdict } from './ledger.ts'
import {
  countryIso,
  DAY,
  inTiyn,
  localMoment,
  orNull,
  textOrNull,
  tiyn,
  utcMoment,
} from './shape.ts'

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
    sample: orNull(
      model('StatementSample', {
        rows: Type.Array(Type.Array(Type.String()), {
          description: 'Первые строки под заголовками, до пяти',
          examples: [[['24.12.2025 10:05', '3699352521', '1 010,00']]],
        }),
        words: Type.Array(Type.Array(Type.String()), {
          description: 'Какие слова есть в каждом столбце; пусто, где их больше двенадцати',
          examples: [[[], [], ['Kaspi Gold', 'Kaspi Red']]],
        }),
      }),
      'Что в таблице, чтобы проверить догадку',
    ),
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
  entry_id: orNull(Type.Integer(), 'Запись на столе, которая ждёт из-за неё; null — нет', 81),
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

const { limit, cursor } = StatementsQuery.properties
export const MissingThereQuery = Type.Object({ limit, cursor })
export type MissingThereQuery = Static<typeof MissingThereQuery>

export const MissingThereAnswer = dataAnswer(
  model('MissingTherePage', {
    entries: Type.Array(DeskEntryData, { description: 'Записи столов, старые сверху' }),
    limit: Type.Integer({ description: 'Сколько строк спрошено', examples: [100] }),
    next_cursor: nextCursor,
  }),
)
export type MissingThereAnswer = Static<typeof MissingThereAnswer>
