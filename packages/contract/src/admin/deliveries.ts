// Webhook deliveries as staff see them. The address is shown without its query, which may hold a key.

import { EVENT_KINDS } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer, model } from '../envelope.ts'
import { explain } from '../explained.ts'
import { LIMIT, WHOLE_NUMBER } from './audit.ts'
import {
  DAY,
  HEX_ID,
  hexId,
  hexIdOrNull,
  localMoment,
  localOrNull,
  orNull,
  textOrNull,
  utcMoment,
  utcOrNull,
} from './shape.ts'
import { deliveryDetails } from './webhook-portal.ts'

const STATES_EXPLAINED = {
  held: 'ждёт слова терминала',
  waiting: 'будет отправлен',
  delivered: 'доставлен',
  parked: 'отложен насовсем: попытки кончились',
  superseded: 'заменён более поздним',
} as const
const STATES = ['held', 'waiting', 'delivered', 'parked', 'superseded'] as const

export const DeliveriesQuery = Type.Object({
  transaction_id: Type.Optional(Type.String({ pattern: HEX_ID, description: 'Номер платежа' })),
  endpoint: Type.Optional(
    Type.String({ minLength: 1, maxLength: 2048, description: 'Адрес получателя без параметров' }),
  ),
  source_id: Type.Optional(
    Type.String({ pattern: WHOLE_NUMBER, description: 'Чьи: номер источника' }),
  ),
  event: Type.Optional(Type.Enum([...EVENT_KINDS], { description: 'О чём' })),
  http_status: Type.Optional(
    Type.String({
      pattern: '^([1-5][0-9]{2}|none)$',
      description: 'Код последнего ответа; none — ответа не было',
    }),
  ),
  date_from: Type.Optional(
    Type.String({ pattern: DAY, description: 'С какого дня записаны, YYYY-MM-DD' }),
  ),
  date_to: Type.Optional(
    Type.String({ pattern: DAY, description: 'По какой день включительно, YYYY-MM-DD' }),
  ),
  state: Type.Optional(
    Type.Enum([...STATES], { description: explain('Состояние', STATES_EXPLAINED) }),
  ),
  limit: Type.Optional(
    Type.String({ pattern: LIMIT, description: 'Сколько строк, до 1000; обычно 100' }),
  ),
  cursor: Type.Optional(
    Type.String({ pattern: HEX_ID, description: 'next_cursor прошлой страницы' }),
  ),
})
export type DeliveriesQuery = Static<typeof DeliveriesQuery>

const deliveryFields = {
  id: hexId('Номер доставки; получатель видит его с приставкой evt_'),
  transaction_id: hexId('Номер платежа'),
  source_id: Type.Integer({ description: 'Номер источника', examples: [3] }),
  event: Type.String({
    description: 'Событие: paid, partially_paid, failed, cancelled или refunded',
    examples: ['paid'],
  }),
  sequence: Type.Integer({ description: 'Номер события в платеже', examples: [1] }),
  endpoint: Type.String({
    description: 'Адрес получателя без параметров',
    examples: ['https://shop.example.kz/webhooks/byfly'],
  }),
  state: Type.Enum([...STATES], {
    description: explain('Состояние', STATES_EXPLAINED),
    examples: ['delivered'],
  }),
  tries: Type.Integer({ description: 'Сколько раз не удалось', examples: [0] }),
  last_http_status: orNull(Type.Integer(), 'Код последнего ответа; null — ответа не было', 200),
  last_reason: textOrNull('Почему не удалось в последний раз; null — неудач не было'),
  next_at: localOrNull('Когда следующая отправка; null — её не будет'),
  next_at_utc: utcOrNull('Когда следующая отправка'),
  created_at: localMoment('Когда записан'),
  created_at_utc: utcMoment('Когда записан'),
  delivered_at: localOrNull('Когда доставлен; null — ещё нет'),
  delivered_at_utc: utcOrNull('Когда доставлен'),
}

export const DeliveryData = model('Delivery', deliveryFields)
export type DeliveryData = Static<typeof DeliveryData>

export const DeliveriesAnswer = dataAnswer(
  model('DeliveriesPage', {
    deliveries: Type.Array(DeliveryData, { description: 'Вебхуки, новые сверху' }),
    limit: Type.Integer({ description: 'Сколько строк спрошено', examples: [100] }),
    next_cursor: hexIdOrNull('Для следующей страницы; null, когда дальше ничего нет'),
  }),
)
export type DeliveriesAnswer = Static<typeof DeliveriesAnswer>

export const DeliveryDetails = model('DeliveryDetails', { ...deliveryFields, ...deliveryDetails })
export type DeliveryDetails = Static<typeof DeliveryDetails>

export const DeliveryAnswer = dataAnswer(DeliveryDetails)
export type DeliveryAnswer = Static<typeof DeliveryAnswer>

export const ResendAnswer = messageAnswer('Вебхук будет отправлен снова', Type.Null())
export type ResendAnswer = Static<typeof ResendAnswer>
