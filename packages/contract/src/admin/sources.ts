// Sources on the wire of the administration. The documented fields come first. `amount_unit` is the
// source's own (M1), so every sum beside it names its unit itself.

import { COMMISSION_BEARERS, MAX_TIYN, OPTIONAL_EVENTS, SOURCE_TYPES } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer, model } from '../envelope.ts'
import {
  countryIso,
  line,
  localMoment,
  localOrNull,
  orNull,
  utcMoment,
  utcOrNull,
} from './shape.ts'

const COUNT_LIMIT = 1_000_000

function tiyn(minimum: number, maximum: number, description: string, example: number) {
  const examples = [example]
  return Type.Integer({ minimum, maximum, description: `${description}, в тиынах`, examples })
}

function countOrNull(description: string, example: number) {
  const count = Type.Integer({ minimum: 1, maximum: COUNT_LIMIT })
  return orNull(count, `${description}; null — без предела`, example)
}

/** Where events go, and which: all that a developer may change. */
const webhookFields = {
  default_webhook_url: orNull(
    Type.String({ minLength: 1, maxLength: 2048 }),
    'Куда слать вебхуки, если платёж не говорит иначе: https',
    'https://shop.example.kz/webhooks/byfly',
  ),
  webhook_events: Type.Array(Type.Enum([...OPTIONAL_EVENTS]), {
    maxItems: 20,
    description: 'О чём сообщать, кроме paid',
  }),
}

const documentedFields = {
  name: line(200, 'Имя', 'Мой сайт'),
  type: Type.Enum([...SOURCE_TYPES], {
    description: 'Что это: сайт, приложение, другое',
    examples: ['website'],
  }),
}

const fields = {
  description: orNull(Type.String({ maxLength: 1000 }), 'Описание', 'Основной сайт компании'),
  is_active: Type.Boolean({ description: 'false: на запросы источника отвечает 403' }),
  country_iso: countryIso,
  amount_unit: Type.Enum(['tiyn', 'tenge'], {
    description: 'Единица сумм в API источника; после первого платежа не меняется',
    examples: ['tiyn'],
  }),
  ceiling_tiyn: tiyn(1, Number(MAX_TIYN), 'Наибольшая сумма одного платежа', 10_000_000_000),
  tolerance_tiyn: tiyn(0, 100_000, 'Сколько можно не доплатить', 100),
  lifetime_seconds: Type.Integer({
    minimum: 60,
    maximum: 31_536_000,
    description: 'Сколько живёт неоплаченный платёж, в секундах',
    examples: [3600],
  }),
  add_commission_to_amount: orNull(
    Type.Boolean(),
    'Прибавлять ли комиссию к сумме; null — как у способа оплаты',
    null,
  ),
  overpaid_policy: Type.Enum(['task', 'keep'], {
    description: 'Переплата: task — задача сотруднику, keep — оставить',
    examples: ['task'],
  }),
  ...webhookFields,
  allowed_ips: Type.Array(Type.String({ maxLength: 64 }), {
    maxItems: 100,
    description: 'Адреса и сети CIDR, с которых принимаются запросы; пустой список — любые',
  }),
  daily_limit_tiyn: orNull(
    Type.Integer({ minimum: 1, maximum: Number(MAX_TIYN) }),
    'Сколько можно принять за день, в тиынах; null — без предела',
    null,
  ),
  phone_hourly_limit: countOrNull('Платежей одного телефона за час', 5),
  open_attempts_limit: countOrNull('Одновременных оплат', 10),
  refunds_allowed: Type.Boolean({ description: 'Может ли источник сам возвращать деньги' }),
  refund_commission: Type.Enum([...COMMISSION_BEARERS], {
    description:
      'Кто несёт комиссию при возврате: source — источник, клиент получает всё; customer — клиент, ' +
      'комиссия не возвращается; centre — центр отказывается от неё',
    examples: ['source'],
  }),
  refund_approval_above_tiyn: orNull(
    Type.Integer({ minimum: 0, maximum: Number(MAX_TIYN) }),
    'Возврат больше этой суммы, в тиынах, подтверждает второй человек; null — как во всём центре',
    null,
  ),
}

export const CreateSourceRequest = Type.Object(
  { ...documentedFields, ...Type.Partial(Type.Object(fields)).properties },
  { title: 'CreateSourceRequest' },
)
export type CreateSourceRequest = Static<typeof CreateSourceRequest>

export const ChangeSourceRequest = Type.Partial(Type.Object({ ...documentedFields, ...fields }), {
  title: 'ChangeSourceRequest',
})
export type ChangeSourceRequest = Static<typeof ChangeSourceRequest>

/** What the right `sources.webhooks` reaches; anything else takes `sources.write`. */
export const WEBHOOK_FIELDS: readonly string[] = Object.keys(webhookFields)

const sourceId = Type.Integer({ description: 'Номер источника', examples: [3] })

export const SourceData = model('Source', {
  id: sourceId,
  ...documentedFields,
  ...fields,
  created_at: localMoment('Когда создан'),
  created_at_utc: utcMoment('Когда создан'),
})
export type SourceData = Static<typeof SourceData>

export const SourcesAnswer = dataAnswer(Type.Array(SourceData))
export type SourcesAnswer = Static<typeof SourcesAnswer>

export const SourceAnswer = dataAnswer(SourceData)
export type SourceAnswer = Static<typeof SourceAnswer>

const apiToken = Type.String({
  pattern: '^[0-9a-f]{64}$',
  description: 'Токен для X-API-Token; больше не будет показан',
  examples: ['a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90'],
})
const webhookSecret = Type.String({
  pattern: '^whsec_',
  description: 'Ключ подписи вебхуков; больше не будет показан',
  examples: ['whsec_…'],
})

export const SourceCreatedAnswer = messageAnswer(
  'Источник создан',
  model('CreatedSource', { id: sourceId, api_token: apiToken, webhook_secret: webhookSecret }),
)
export type SourceCreatedAnswer = Static<typeof SourceCreatedAnswer>

export const SourceChangedAnswer = messageAnswer('Источник обновлен', Type.Null())
export type SourceChangedAnswer = Static<typeof SourceChangedAnswer>

export const SourceDeletedAnswer = messageAnswer('Источник удален', Type.Null())
export type SourceDeletedAnswer = Static<typeof SourceDeletedAnswer>

export const LONGEST_OVERLAP_HOURS = 720

export const RotateRequest = Type.Object(
  {
    overlap_hours: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: LONGEST_OVERLAP_HOURS,
        description: 'Сколько ещё часов действует прежний; обычно 24, 0 — умирает сразу',
        examples: [24],
      }),
    ),
  },
  { title: 'RotateRequest' },
)
export type RotateRequest = Static<typeof RotateRequest>

const overlapHours = Type.Integer({
  description: 'Сколько часов ещё действует прежний',
  examples: [24],
})

export const TokenRotatedAnswer = messageAnswer(
  'Токен заменен',
  model('RotatedToken', { api_token: apiToken, overlap_hours: overlapHours }),
)
export type TokenRotatedAnswer = Static<typeof TokenRotatedAnswer>

export const SecretRotatedAnswer = messageAnswer(
  'Секрет заменен',
  model('RotatedSecret', { webhook_secret: webhookSecret, overlap_hours: overlapHours }),
)
export type SecretRotatedAnswer = Static<typeof SecretRotatedAnswer>

const KeyLife = model('KeyLife', {
  created_at: localMoment('Когда выпущен'),
  created_at_utc: utcMoment('Когда выпущен'),
  ends_at: localOrNull('Когда перестанет действовать; null — бессрочный'),
  ends_at_utc: utcOrNull('Когда перестанет действовать'),
})

export const SourceKeysAnswer = dataAnswer(
  model('SourceKeys', {
    tokens: Type.Array(KeyLife, {
      description: 'Действующие токены, нынешний сверху; сами не видны',
    }),
    secrets: Type.Array(KeyLife, { description: 'Действующие секреты вебхуков, нынешний сверху' }),
  }),
)
export type SourceKeysAnswer = Static<typeof SourceKeysAnswer>
