// Sources on the wire of the administration. The documented fields come first. `amount_unit` is the
// source's own (M1), so every sum beside it names its unit itself.

import { MAX_TIYN, OPTIONAL_EVENTS, SOURCE_TYPES } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer } from '../envelope.ts'
import { closed, countryIso, line, localMoment, orNull, utcMoment } from './shape.ts'

const COUNT_LIMIT = 1_000_000

function tiyn(minimum: number, maximum: number, description: string) {
  return Type.Integer({ minimum, maximum, description: `${description}, в тиынах` })
}

function count(description: string) {
  return Type.Integer({ minimum: 1, maximum: COUNT_LIMIT, description })
}

/** Where events go, and which: all that a developer may change. */
const webhookFields = {
  default_webhook_url: orNull(
    Type.String({ minLength: 1, maxLength: 2048 }),
    'Куда слать вебхуки, если платёж не говорит иначе: https',
  ),
  webhook_events: Type.Array(Type.Enum([...OPTIONAL_EVENTS]), {
    maxItems: 20,
    description: 'О чём сообщать, кроме paid',
  }),
}

const documentedFields = {
  name: line(200, 'Имя'),
  type: Type.Enum([...SOURCE_TYPES], { description: 'Что это: сайт, приложение, другое' }),
}

const fields = {
  description: orNull(Type.String({ maxLength: 1000 }), 'Описание'),
  is_active: Type.Boolean({ description: 'false: на запросы источника отвечает 403' }),
  country_iso: countryIso,
  amount_unit: Type.Enum(['tiyn', 'tenge'], {
    description: 'Единица сумм в API источника; после первого платежа не меняется',
  }),
  ceiling_tiyn: tiyn(1, Number(MAX_TIYN), 'Наибольшая сумма одного платежа'),
  tolerance_tiyn: tiyn(0, 100_000, 'Сколько можно не доплатить'),
  lifetime_seconds: Type.Integer({
    minimum: 60,
    maximum: 31_536_000,
    description: 'Сколько живёт неоплаченный платёж, в секундах',
  }),
  add_commission_to_amount: orNull(
    Type.Boolean(),
    'Прибавлять ли комиссию к сумме; null — как у способа оплаты',
  ),
  overpaid_policy: Type.Enum(['task', 'keep'], {
    description: 'Переплата: task — задача сотруднику, keep — оставить',
  }),
  ...webhookFields,
  allowed_ips: Type.Array(Type.String({ maxLength: 64 }), {
    maxItems: 100,
    description: 'Адреса и сети CIDR, с которых принимаются запросы; пустой список — любые',
  }),
  daily_limit_tiyn: orNull(
    tiyn(1, Number(MAX_TIYN), 'Сумма за день'),
    'Сколько можно принять за день, в тиынах; null — без предела',
  ),
  phone_hourly_limit: orNull(
    count('Платежей'),
    'Платежей одного телефона за час; null — без предела',
  ),
  open_attempts_limit: orNull(count('Попыток'), 'Одновременных оплат; null — без предела'),
}

export const CreateSourceRequest = Type.Object({
  ...documentedFields,
  ...Type.Partial(Type.Object(fields)).properties,
})
export type CreateSourceRequest = Static<typeof CreateSourceRequest>

export const ChangeSourceRequest = Type.Partial(Type.Object({ ...documentedFields, ...fields }))
export type ChangeSourceRequest = Static<typeof ChangeSourceRequest>

/** What the right `sources.webhooks` reaches; anything else takes `sources.write`. */
export const WEBHOOK_FIELDS: readonly string[] = Object.keys(webhookFields)

export const SourceData = Type.Object(
  {
    id: Type.Integer({ description: 'Номер источника' }),
    ...documentedFields,
    ...fields,
    created_at: localMoment('Когда создан'),
    created_at_utc: utcMoment('Когда создан'),
  },
  closed,
)
export type SourceData = Static<typeof SourceData>

export const SourcesAnswer = dataAnswer(Type.Array(SourceData))
export type SourcesAnswer = Static<typeof SourcesAnswer>

export const SourceAnswer = dataAnswer(SourceData)
export type SourceAnswer = Static<typeof SourceAnswer>

const apiToken = Type.String({
  pattern: '^[0-9a-f]{64}$',
  description: 'Токен для X-API-Token; больше не будет показан',
})
const webhookSecret = Type.String({
  pattern: '^whsec_',
  description: 'Ключ подписи вебхуков; больше не будет показан',
})

export const SourceCreatedAnswer = messageAnswer(
  'Источник создан',
  Type.Object(
    {
      id: Type.Integer({ description: 'Номер источника' }),
      api_token: apiToken,
      webhook_secret: webhookSecret,
    },
    closed,
  ),
)
export type SourceCreatedAnswer = Static<typeof SourceCreatedAnswer>

export const SourceChangedAnswer = messageAnswer('Источник обновлен', Type.Null())
export type SourceChangedAnswer = Static<typeof SourceChangedAnswer>

export const SourceDeletedAnswer = messageAnswer('Источник удален', Type.Null())
export type SourceDeletedAnswer = Static<typeof SourceDeletedAnswer>

export const LONGEST_OVERLAP_HOURS = 720

export const RotateRequest = Type.Object({
  overlap_hours: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: LONGEST_OVERLAP_HOURS,
      description: 'Сколько ещё часов действует прежний; обычно 24, 0 — умирает сразу',
    }),
  ),
})
export type RotateRequest = Static<typeof RotateRequest>

const overlapHours = Type.Integer({ description: 'Сколько часов ещё действует прежний' })

export const TokenRotatedAnswer = messageAnswer(
  'Токен заменен',
  Type.Object({ api_token: apiToken, overlap_hours: overlapHours }, closed),
)
export type TokenRotatedAnswer = Static<typeof TokenRotatedAnswer>

export const SecretRotatedAnswer = messageAnswer(
  'Секрет заменен',
  Type.Object({ webhook_secret: webhookSecret, overlap_hours: overlapHours }, closed),
)
export type SecretRotatedAnswer = Static<typeof SecretRotatedAnswer>
