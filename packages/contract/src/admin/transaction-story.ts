// One payment with its whole story, as staff read it: why it has its status, what happened and on whose word,
// what was said to the devices, who was told.

import { type Static, Type } from 'typebox'
import { dataAnswer, model } from '../envelope.ts'
import { checkoutUrl } from '../payment-fields.ts'
import { DeliveryData } from './deliveries.ts'
import {
  hexId,
  hexIdOrNull,
  localMoment,
  localOrNull,
  orNull,
  percent,
  textOrNull,
  tiyn,
  utcMoment,
  utcOrNull,
} from './shape.ts'
import { TransactionData } from './transactions.ts'

const at = { at: localMoment('Когда'), at_utc: utcMoment('Когда') } as const

function word(description: string, example: string) {
  return Type.String({ description, examples: [example] })
}

const TransactionAttempt = model('TransactionAttempt', {
  id: hexId('Номер попытки'),
  terminal_id: orNull(Type.Integer(), 'Терминал; null — он вам не виден', 3),
  terminal_name: textOrNull('Имя терминала', 'Терминал 1'),
  presence: word('remote — по QR, in_person — клиент у терминала', 'remote'),
  state: word('Состояние, постоянным словом; по-русски — в sentence', 'succeeded'),
  reason: textOrNull('Почему такое состояние, постоянным словом'),
  phase: textOrNull('Что сейчас на терминале, постоянным словом'),
  sentence: word('Состояние и причина по-русски', 'деньги получены'),
  process_id: textOrNull('Номер операции на терминале', '4401'),
  payment_method: word('Код выбранного способа', 'kaspi_gold'),
  charge_amount: tiyn('Сколько просили взять', 1_010_000),
  original_amount: tiyn('Сколько исходной суммы это оплачивает', 1_000_000),
  commission_percent: percent('Ставка'),
  stop_requested: Type.Boolean({ description: 'Терминал просили остановиться' }),
  created_at: localMoment('Начало'),
  created_at_utc: utcMoment('Начало'),
  ended_at: localOrNull('Конец; null — ещё идёт'),
  ended_at_utc: utcOrNull('Конец'),
})

const TransactionCapture = model('TransactionCapture', {
  attempt_id: hexId('По какой попытке'),
  kind: word('qr, card или alaqan', 'qr'),
  provider_transaction_id: textOrNull('Номер операции Kaspi', '11837469201'),
  gross_amount: tiyn('Сколько взял терминал', 1_010_000),
  credited_amount: tiyn('Сколько зачтено', 1_000_000),
  overpaid_amount: tiyn('Сколько лишнего', 0),
  used_method: textOrNull('Код способа, которым заплатили; null — неизвестен', 'kaspi_gold'),
  product: word('Слово терминала о продукте', 'Gold'),
  commission_percent: percent('Ставка, по которой зачтено'),
  late: Type.Boolean({ description: 'Деньги пришли поздно' }),
  ...at,
})

const TransactionEvent = model('TransactionEvent', {
  ...at,
  what: word('Что произошло, постоянным словом', 'captured'),
  sentence: word('То же одним предложением', 'QR-код прочитан с экрана и показан клиенту'),
  who: textOrNull('Кто сделал вручную; null — центр, терминал или источник'),
  attempt_id: hexIdOrNull('По какой попытке'),
  refund_ids: Type.Array(Type.String(), { description: 'О каких возвратах' }),
  status_before: textOrNull('Статус до', 'processing'),
  status_after: textOrNull('Статус после', 'paid'),
})

const TransactionExchange = model('TransactionExchange', {
  attempt_id: hexId('По какой попытке'),
  call: word('Вызов: start, status, actualize или stop', 'status'),
  ...at,
  took_ms: Type.Integer({ description: 'Сколько длился, мс', examples: [42] }),
  http_status: orNull(Type.Integer(), 'Код HTTP; null — ответа не было', 200),
  outcome: word('За что центр принял ответ', 'waiting waiting_for_scan'),
  said: Type.Unknown({
    description: 'Ответ терминала без токенов, до 4 КБ; null — не JSON',
    examples: [{ statusCode: 0, data: { status: 'wait' } }],
  }),
  repeats: Type.Integer({ description: 'Сколько одинаковых ответов подряд', examples: [12] }),
  last_at: localMoment('Последний из них'),
  last_at_utc: utcMoment('Последний из них'),
})

const TransactionTask = model('TransactionTask', {
  id: Type.Integer({ description: 'Номер задачи', examples: [18] }),
  kind: word('О чём, постоянным словом', 'overpaid'),
  title: word('О чём', 'Клиент заплатил больше, чем нужно'),
  attempt_id: hexIdOrNull('По какой попытке'),
  opened_at: localMoment('Открыта'),
  opened_at_utc: utcMoment('Открыта'),
  closed_at: localOrNull('Закрыта; null — ещё открыта'),
  closed_at_utc: utcOrNull('Закрыта'),
})

const AccountSum = model('AccountSum', {
  account: word('Счёт', 'source_credit'),
  amount: tiyn('Сумма проводок по счёту', 1_000_000),
})

const TransactionActions = model('TransactionActions', {
  cancel: Type.Boolean({ description: 'Можно отменить' }),
  resolve: Type.Array(Type.String(), {
    description: 'Номера попыток, по которым нужно решение сотрудника',
  }),
})

export const TransactionStory = model('TransactionStory', {
  ...TransactionData.properties,
  metadata: Type.Record(Type.String(), Type.Unknown(), {
    description: 'Данные источника',
    examples: [{ order_id: '12345' }],
  }),
  qr_code: textOrNull('Текст последнего QR-кода', 'https://qr.kaspi.kz/11837469201'),
  checkout_url: checkoutUrl,
  why_this_status: word('Почему такой статус, одним предложением', 'Оплачен полностью.'),
  replaces: hexIdOrNull('Вместо какого платежа открыт'),
  replaced_by: hexIdOrNull('Какой платёж открыт вместо этого'),
  attempts: Type.Array(TransactionAttempt, { description: 'Попытки, первая сверху' }),
  captures: Type.Array(TransactionCapture, { description: 'Полученные деньги' }),
  postings: Type.Array(AccountSum, { description: 'Проводки, сложенные по счетам' }),
  timeline: Type.Array(TransactionEvent, { description: 'Что было, по порядку' }),
  exchanges: Type.Array(TransactionExchange, {
    description: 'Обмен с терминалами, последние 500 строк',
  }),
  deliveries: orNull(Type.Array(DeliveryData), 'Вебхуки; null — у вас нет права deliveries.read'),
  tasks: Type.Array(TransactionTask, { description: 'Задачи для сотрудников' }),
  actions: TransactionActions,
})
export type TransactionStory = Static<typeof TransactionStory>

export const TransactionStoryAnswer = dataAnswer(TransactionStory)
export type TransactionStoryAnswer = Static<typeof TransactionStoryAnswer>
