// A source's webhooks as its developer sees them: how its receivers are, replays of a period, the doctor.

import { DOCTOR_CASES, DOCTOR_FINDINGS, EVENT_KINDS, VERDICTS } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer, model } from '../envelope.ts'
import { explain } from '../explained.ts'
import {
  hexId,
  localMoment,
  localOrNull,
  orNull,
  textOrNull,
  utcMoment,
  utcOrNull,
} from './shape.ts'

const endpoint = Type.String({
  description: 'Адрес получателя без параметров',
  examples: ['https://shop.example.kz/webhooks/byfly'],
})

const signatures = Type.Record(Type.String(), Type.String(), {
  description: 'Заголовки подписи, как они ушли',
  examples: [{ 'webhook-id': 'evt_019b4f5c8a317d02a6c1e5b4d3f20718' }],
})

const body = Type.String({
  description: 'Тело до байта: оно подписано',
  examples: ['{"transaction_id":"…","status":"paid"}'],
})

/** One try or one case: what came back, if anything did. */
const cameBack = {
  http_status: orNull(Type.Integer(), 'Код ответа; null — ответа не было', 200),
  took_ms: Type.Integer({ description: 'Сколько длилось, в миллисекундах', examples: [84] }),
  answer: textOrNull('Начало ответа, до 500 знаков: чужой текст, только для чтения', 'ok'),
}

export const DeliveryTryData = model('DeliveryTry', {
  at: localMoment('Когда'),
  at_utc: utcMoment('Когда'),
  ...cameBack,
  reason: textOrNull('Почему не удалось, постоянное слово; null — доставлено', 'timeout'),
  why: textOrNull('То же словами', 'Приёмник не ответил за 10 секунд'),
  cure: textOrNull('Что делать', 'Отвечайте 2xx сразу, а заказ обрабатывайте потом, в очереди.'),
  headers: signatures,
})
export type DeliveryTryData = Static<typeof DeliveryTryData>

export const deliveryDetails = {
  webhook_id: Type.String({
    description: 'Номер, который видит получатель, один на все попытки',
    examples: ['evt_019b4f5c8a317d02a6c1e5b4d3f20718'],
  }),
  body,
  attempts: Type.Array(DeliveryTryData, {
    description: 'Последние попытки, до 50, новые сверху; начатые до обновления центра не показаны',
  }),
  resendable: Type.Boolean({ description: 'Можно ли отправить снова', examples: [true] }),
}

export const EndpointData = model('WebhookEndpoint', {
  endpoint,
  tries: Type.Integer({ description: 'Попыток за неделю, считая последние 1000', examples: [412] }),
  failed: Type.Integer({ description: 'Из них неудачных', examples: [3] }),
  waiting: Type.Integer({ description: 'Сколько событий ждёт отправки', examples: [0] }),
  last_delivered_at: localOrNull('Когда в последний раз принял'),
  last_delivered_at_utc: utcOrNull('Когда в последний раз принял'),
  last_failed_at: localOrNull('Когда в последний раз не принял'),
  last_failed_at_utc: utcOrNull('Когда в последний раз не принял'),
  last_reason: textOrNull('Почему не принял, постоянное слово', 'timeout'),
  last_http_status: orNull(Type.Integer(), 'С каким кодом; null — без ответа', 503),
  why: textOrNull('То же словами', 'Приёмник не ответил за 10 секунд'),
  cure: textOrNull('Что делать', 'Отвечайте 2xx сразу, а заказ обрабатывайте потом, в очереди.'),
  failing_since: localOrNull('С каких пор не принимает ничего; null — принимает'),
  failing_since_utc: utcOrNull('С каких пор не принимает ничего'),
  switched_off_at: localOrNull('Когда отключён; null — включён'),
  switched_off_at_utc: utcOrNull('Когда отключён'),
})
export type EndpointData = Static<typeof EndpointData>

export const EndpointsAnswer = dataAnswer(Type.Array(EndpointData, { maxItems: 50 }))
export type EndpointsAnswer = Static<typeof EndpointsAnswer>

const MOMENT_MAX = 40

export const ReplayRequest = Type.Object(
  {
    from: Type.String({
      minLength: 1,
      maxLength: MOMENT_MAX,
      description: 'С какого момента: время центра или ISO 8601 со своим поясом',
      examples: ['2025-12-24 10:00:00'],
    }),
    to: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: MOMENT_MAX,
        description: 'До какого, не включая; без него — до этой минуты',
        examples: ['2025-12-24 12:00:00'],
      }),
    ),
    events: Type.Optional(
      Type.Array(Type.Enum([...EVENT_KINDS]), {
        maxItems: 20,
        description: 'Какие события; без него — все',
        examples: [['paid']],
      }),
    ),
    only_parked: Type.Optional(
      Type.Boolean({
        description: 'true — только отложенные насовсем; обычно и доставленные тоже',
        examples: [false],
      }),
    ),
    request_key: Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'Ваше слово для этого запроса: повтор с ним же не начнёт второй раз',
      examples: ['replay-2025-12-24'],
    }),
  },
  { title: 'ReplayRequest' },
)
export type ReplayRequest = Static<typeof ReplayRequest>

export const ReplayData = model('WebhookReplay', {
  id: hexId('Номер повтора'),
  from: localMoment('С какого момента'),
  from_utc: utcMoment('С какого момента'),
  to: localMoment('До какого'),
  to_utc: utcMoment('До какого'),
  events: Type.Array(Type.Enum([...EVENT_KINDS]), { description: 'Какие события' }),
  only_parked: Type.Boolean({ description: 'Только отложенные', examples: [false] }),
  asked_by: Type.String({ description: 'Кто попросил', examples: ['Айгерим Сериккызы'] }),
  created_at: localMoment('Когда попросили'),
  created_at_utc: utcMoment('Когда попросили'),
  total: Type.Integer({ description: 'Сколько событий, не больше 10 000', examples: [240] }),
  released: Type.Integer({ description: 'Сколько уже отправляется снова', examples: [96] }),
  finished_at: localOrNull('Когда кончился; null — ещё идёт'),
  finished_at_utc: utcOrNull('Когда кончился'),
  stopped_by: textOrNull('Кто остановил; null — никто'),
})
export type ReplayData = Static<typeof ReplayData>

export const ReplaysAnswer = dataAnswer(
  Type.Array(ReplayData, { description: 'Последние двадцать, новые сверху' }),
)
export type ReplaysAnswer = Static<typeof ReplaysAnswer>

export const ReplayedAnswer = messageAnswer('События отправляются снова', ReplayData)
export type ReplayedAnswer = Static<typeof ReplayedAnswer>

export const ReplayStoppedAnswer = messageAnswer('Повтор остановлен', Type.Null())
export type ReplayStoppedAnswer = Static<typeof ReplayStoppedAnswer>

const CASES_EXPLAINED = {
  good: 'верное событие, ждём 2xx',
  duplicate: 'то же событие с тем же номером, ждём 2xx',
  forged: 'подпись чужим ключом, ждём 4xx',
  late: 'верная подпись со старым временем, ждём 4xx',
  unknown_event: 'событие, которого нет, ждём 2xx',
} as const

const VERDICTS_EXPLAINED = {
  well: 'хорошо',
  warning: 'стоит исправить',
  bad: 'нужно исправить',
  skipped: 'не проверялось',
} as const

export const CheckRequest = Type.Object(
  {
    url: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2048,
        description: 'Куда отправить; без него — на адрес источника',
        examples: ['https://shop.example.kz/webhooks/byfly'],
      }),
    ),
  },
  { title: 'CheckRequest' },
)
export type CheckRequest = Static<typeof CheckRequest>

export const CheckedCaseData = model('WebhookCheckCase', {
  case: Type.Enum([...DOCTOR_CASES], {
    description: explain('Что отправлено', CASES_EXPLAINED),
    examples: ['good'],
  }),
  title: Type.String({ description: 'То же словами', examples: ['Верное событие'] }),
  verdict: Type.Enum([...VERDICTS], {
    description: explain('Вывод', VERDICTS_EXPLAINED),
    examples: ['well'],
  }),
  finding: Type.Enum([...DOCTOR_FINDINGS], {
    description: 'Что выяснилось, постоянное слово',
    examples: ['taken'],
  }),
  why: Type.String({ description: 'То же словами', examples: ['Принято'] }),
  cure: textOrNull('Что делать; null — ничего'),
  headers: orNull(signatures, 'Заголовки подписи; null — не отправлялось'),
  body: orNull(body, 'Тело; null — не отправлялось'),
  http_status: cameBack.http_status,
  reason: textOrNull('Почему ответа нет, постоянное слово', 'timeout'),
  took_ms: orNull(Type.Integer(), 'Сколько длилось, в миллисекундах', 84),
  answer: cameBack.answer,
})
export type CheckedCaseData = Static<typeof CheckedCaseData>

export const CheckData = model('WebhookCheck', {
  id: hexId('Номер проверки'),
  endpoint,
  asked_by: Type.String({ description: 'Кто проверял', examples: ['Айгерим Сериккызы'] }),
  started_at: localMoment('Когда началась'),
  started_at_utc: utcMoment('Когда началась'),
  finished_at: localOrNull('Когда кончилась; null — идёт или прервалась'),
  finished_at_utc: utcOrNull('Когда кончилась'),
  verdict: Type.Enum([...VERDICTS], {
    description: explain('Худший из выводов', VERDICTS_EXPLAINED),
    examples: ['well'],
  }),
  cases: Type.Array(CheckedCaseData, { description: 'По порядку отправки' }),
})
export type CheckData = Static<typeof CheckData>

export const CheckAnswer = messageAnswer('Приёмник проверен', CheckData)
export type CheckAnswer = Static<typeof CheckAnswer>

export const ChecksAnswer = dataAnswer(
  Type.Array(CheckData, { description: 'Последние десять за месяц, новые сверху' }),
)
export type ChecksAnswer = Static<typeof ChecksAnswer>
