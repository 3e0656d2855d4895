// Payments in the lists of staff: filters, one row, a page. Sums are integer tiyn whatever the source (M1).

import { MAX_TIYN, PAYMENT_STATUSES } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer, model } from '../envelope.ts'
import {
  cancelReason,
  currency,
  failureReason,
  status,
  statusDetail,
  transactionId,
} from '../payment-fields.ts'
import { LIMIT, WHOLE_NUMBER } from './audit.ts'
import {
  CODE,
  countryIso,
  DAY,
  inTiyn,
  localMoment,
  localOrNull,
  orNull,
  percent,
  textOrNull,
  tiyn,
  utcMoment,
  utcOrNull,
} from './shape.ts'

function yesOrNo(description: string) {
  return Type.Optional(
    Type.Enum(['true', 'false'], { description: `${description}: true или false` }),
  )
}

const SUM = '^(0|[1-9][0-9]{0,15})$'

/** What chooses payments, for a list, an export and a saved view alike. */
export const transactionFilters = {
  source_id: Type.Optional(Type.String({ pattern: WHOLE_NUMBER, description: 'Номер источника' })),
  status: Type.Optional(Type.Enum([...PAYMENT_STATUSES], { description: 'Статус' })),
  date_from: Type.Optional(
    Type.String({ pattern: DAY, description: 'С этого дня, YYYY-MM-DD, время Казахстана' }),
  ),
  date_to: Type.Optional(
    Type.String({ pattern: DAY, description: 'По этот день включительно, YYYY-MM-DD' }),
  ),
  date_field: Type.Optional(
    Type.Enum(['created_at', 'paid_at'], {
      description: 'К чему относятся даты: к созданию (обычно) или к оплате',
    }),
  ),
  search: Type.Optional(
    Type.String({
      minLength: 2,
      maxLength: 128,
      description:
        'Номер платежа или его начало, external_id, заказ из metadata (order_id, order, orderId, ' +
        'order_number, tour_id, booking_id, invoice_id), номер операции Kaspi; для тех, кому видны ' +
        'клиенты, — телефон или его последние цифры (от 4), начало почты или имени',
    }),
  ),
  payment_method: Type.Optional(
    Type.String({ pattern: CODE, description: 'Код способа, выбранного последним' }),
  ),
  used_method: Type.Optional(
    Type.String({ pattern: CODE, description: 'Код способа, которым заплатили на самом деле' }),
  ),
  terminal_id: Type.Optional(
    Type.String({ pattern: WHOLE_NUMBER, description: 'Терминал любой из попыток' }),
  ),
  amount_from: Type.Optional(
    Type.String({ pattern: SUM, description: 'Исходная сумма от, в тиынах, включительно' }),
  ),
  amount_to: Type.Optional(
    Type.String({ pattern: SUM, description: 'Исходная сумма до, в тиынах, включительно' }),
  ),
  has_task: yesOrNo('Есть открытая задача для сотрудника'),
  late: yesOrNo('Деньги пришли после отмены, срока или неудачи'),
  overpaid: yesOrNo('Заплачено лишнее'),
} as const

export const TransactionsQuery = Type.Object({
  ...transactionFilters,
  limit: Type.Optional(
    Type.String({ pattern: LIMIT, description: 'Сколько строк, до 1000; обычно 100' }),
  ),
  offset: Type.Optional(
    Type.String({ pattern: '^(0|[1-9][0-9]{0,7})$', description: 'Сколько строк пропустить' }),
  ),
  cursor: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9_-]{1,120}$',
      description: 'next_cursor прошлой страницы; вместо offset',
    }),
  ),
  sort: Type.Optional(
    Type.Enum(['created_at', 'paid_at', 'amount'], {
      description:
        'Порядок: по созданию (обычно), по оплате (тогда только оплаченные), по исходной сумме',
    }),
  ),
  direction: Type.Optional(
    Type.Enum(['desc', 'asc'], {
      description: 'desc — по убыванию (обычно), asc — по возрастанию',
    }),
  ),
})
export type TransactionsQuery = Static<typeof TransactionsQuery>

export const ExportQuery = Type.Object({
  ...transactionFilters,
  format: Type.Enum(['csv', 'xlsx'], { description: 'Вид файла' }),
})
export type ExportQuery = Static<typeof ExportQuery>

export const TransactionData = model('Transaction', {
  transaction_id: transactionId,
  source_id: Type.Integer({ description: 'Номер источника', examples: [3] }),
  source_name: Type.String({ description: 'Имя источника', examples: ['Мой сайт'] }),
  status,
  amount: tiyn('Сколько клиент должен заплатить всего', 1_010_000),
  currency,
  paid_amount: tiyn('Сколько клиент уже заплатил', 1_010_000),
  remaining_amount: tiyn('Сколько осталось заплатить', 0),
  description: textOrNull('За что платят', 'Тур в Дубай'),
  customer_phone: textOrNull('Телефон клиента; без права customers.read — скрыт', '+77001234567'),
  customer_email: textOrNull('Почта клиента; скрыта так же', 'client@example.com'),
  customer_name: textOrNull('Имя клиента; скрыто так же', 'Айгерим Сериккызы'),
  customer_forgotten_at: textOrNull(
    'Когда данные клиента удалены по сроку хранения или по его просьбе; null — не удалялись',
  ),
  payment_method: textOrNull('Код способа, выбранного последним', 'kaspi_gold'),
  created_at: localMoment('Когда создан'),
  paid_at: localOrNull('Когда оплачен; null — ещё нет'),
  amount_unit: inTiyn,
  original_amount: tiyn('Исходная сумма, без комиссии', 1_000_000),
  commission_amount: tiyn('Комиссия', 10_000),
  commission_percent: percent('Ставка выбранного способа'),
  credited_amount: tiyn('Сколько зачтено в исходную сумму', 1_000_000),
  remaining_credit: tiyn('Сколько исходной суммы ещё не зачтено', 0),
  overpaid_amount: tiyn('Сколько заплачено лишнего', 0),
  refunded_amount: tiyn('Сколько возвращено', 0),
  refund_status: textOrNull(
    'Как идут возвраты: requested, processing, partially_refunded, refunded; null — их нет',
    null,
  ),
  late: Type.Boolean({ description: 'Деньги пришли после отмены, срока или неудачи' }),
  status_detail: statusDetail,
  cancel_reason: cancelReason,
  failure_reason: failureReason,
  payment_method_name: textOrNull('Имя этого способа', 'Kaspi Gold'),
  used_methods: Type.Array(Type.String(), {
    description: 'Коды способов, которыми заплатили на самом деле',
  }),
  provider_transaction_ids: Type.Array(Type.String(), {
    description: 'Номера операций Kaspi: orderNumber или rrn',
  }),
  terminal_id: orNull(
    Type.Integer(),
    'Терминал последней попытки; null — их не было, или он вам не виден',
    3,
  ),
  terminal_name: textOrNull('Имя этого терминала', 'Терминал 1'),
  external_id: textOrNull('Номер заказа у источника', 'order-12345'),
  order: textOrNull('Заказ из metadata', '12345'),
  country_iso: countryIso,
  has_task: Type.Boolean({ description: 'Есть открытая задача для сотрудника' }),
  created_at_utc: utcMoment('Когда создан'),
  paid_at_utc: utcOrNull('Когда оплачен'),
  expires_at: localMoment('До какого времени можно начать оплату'),
  expires_at_utc: utcMoment('До какого времени можно начать оплату'),
})
export type TransactionData = Static<typeof TransactionData>

export const TransactionsAnswer = dataAnswer(
  model('TransactionsPage', {
    transactions: Type.Array(TransactionData, { description: 'Платежи, обычно новые сверху' }),
    total: Type.Integer({ description: 'Сколько всего подходит под фильтры', examples: [1240] }),
    limit: Type.Integer({ description: 'Сколько строк спрошено', examples: [100] }),
    offset: Type.Integer({ description: 'Сколько строк пропущено', examples: [0] }),
    total_exact: Type.Boolean({
      description: 'false — при поиске нашлось больше, чем сосчитано в total',
    }),
    next_cursor: textOrNull(
      'Для следующей страницы; null, когда дальше ничего нет',
      'Y3JlYXRlZF9hdCBkZXNjIDAxOUI0RjVDOEEzMTdEMDJBNkMxRTVCNEQzRjIwNzE4',
    ),
    amount_unit: inTiyn,
  }),
)
export type TransactionsAnswer = Static<typeof TransactionsAnswer>

export const ResolveRequest = Type.Object(
  {
    outcome: Type.Enum(['paid', 'not_paid'], {
      description: 'Получены ли деньги по этой попытке',
      examples: ['paid'],
    }),
    amount: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: Number(MAX_TIYN),
        description: 'Сколько взял терминал, в тиынах; обязательно при paid',
        examples: [1_010_000],
      }),
    ),
    payment_method: Type.Optional(
      Type.String({
        pattern: CODE,
        description: 'Чем заплатили на самом деле; обязательно при paid',
        examples: ['kaspi_gold'],
      }),
    ),
    provider_transaction_id: Type.Optional(
      Type.String({
        pattern: '^[0-9A-Za-z][0-9A-Za-z._:-]{0,63}$',
        description: 'Номер операции Kaspi: orderNumber или rrn',
        examples: ['11837469201'],
      }),
    ),
    evidence: Type.String({
      minLength: 3,
      maxLength: 1000,
      description: 'На что вы смотрели: чек, выписка, экран терминала',
      examples: ['Чек терминала № 118, 10:05'],
    }),
    reason: Type.String({
      minLength: 3,
      maxLength: 1000,
      description: 'Почему решаете вручную',
      examples: ['Терминал перезагрузился и забыл операцию'],
    }),
  },
  { title: 'ResolveRequest' },
)
export type ResolveRequest = Static<typeof ResolveRequest>

export const ResolveAnswer = messageAnswer('Решение записано', TransactionData)
export type ResolveAnswer = Static<typeof ResolveAnswer>
export const CancelledTransactionAnswer = messageAnswer('Платеж отменен', Type.Null())
export type CancelledTransactionAnswer = Static<typeof CancelledTransactionAnswer>
