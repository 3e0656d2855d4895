// SMS on the wire: what became of each, and how the sending stands. Never a text, never a whole
// number.

import { type Static, Type } from 'typebox'
import { dataAnswer, model } from '../envelope.ts'
import { LIMIT } from './audit.ts'
import { localMoment, localOrNull, orNull, textOrNull, utcMoment, utcOrNull } from './shape.ts'

export const TextsQuery = Type.Object({
  limit: Type.Optional(
    Type.String({ pattern: LIMIT, description: 'Сколько строк, до 1000; обычно 100' }),
  ),
  cursor: Type.Optional(
    Type.String({
      pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
      description: 'next_cursor прошлой страницы',
    }),
  ),
})

export const TextData = model('Text', {
  id: Type.String({
    description: 'Номер SMS',
    examples: ['019b4f5c-8a31-7d02-a6c1-e5b4d3f20718'],
  }),
  kind: Type.Enum(['login_code', 'alert', 'payment_link'], {
    description: 'Зачем отправлялось: код входа, тревога, ссылка на оплату клиенту',
    examples: ['login_code'],
  }),
  admin_id: Type.Integer({
    description: 'Номер сотрудника: кому, а у ссылки на оплату — кто отправил',
    examples: [7],
  }),
  phone: Type.String({ description: 'Начало и конец номера', examples: ['+777•••66'] }),
  state: Type.Enum(
    ['waiting', 'sending', 'accepted', 'refused', 'unknown', 'given_up', 'expired', 'superseded'],
    {
      description:
        'waiting ждёт, sending отправляется, accepted принято шлюзом, refused отказано, unknown ' +
        'неизвестно, given_up связи так и не было, expired опоздало, superseded заменено новым',
      examples: ['accepted'],
    },
  ),
  tries: Type.Integer({ description: 'Сколько раз отправлялось', examples: [1] }),
  provider: textOrNull(
    'Через кого: file, console, smsc, mobizon; null — ещё ни через кого',
    'smsc',
  ),
  provider_id: textOrNull('Номер у шлюза', '1507'),
  reason: textOrNull('Что пошло не так: постоянное слово'),
  advice: textOrNull('Что с этим делать'),
  provider_word: textOrNull('Как это назвал сам шлюз'),
  created_at: localMoment('Когда написано'),
  created_at_utc: utcMoment('Когда написано'),
  ended_at: localOrNull('Когда закончилось; null, пока идёт'),
  ended_at_utc: utcOrNull('Когда закончилось'),
})
export type TextData = Static<typeof TextData>

export const TextsAnswer = dataAnswer(
  model('TextsPage', {
    texts: Type.Array(TextData, { description: 'SMS, новые сверху' }),
    limit: Type.Integer({ description: 'Сколько строк спрошено', examples: [100] }),
    next_cursor: textOrNull('Для следующей страницы; null, когда дальше ничего нет'),
  }),
)
export type TextsAnswer = Static<typeof TextsAnswer>

export const SmsAnswer = dataAnswer(
  model('SmsStanding', {
    provider: Type.Enum(['file', 'console', 'smsc', 'mobizon', 'none'], {
      description: 'Кто отправляет SMS; none — не настроено, войти нельзя',
      examples: ['smsc'],
    }),
    is_fixed: Type.Boolean({
      description: 'Так задано при запуске центра: через API не меняется',
    }),
    balance: textOrNull('Остаток на счёте, как его пишет шлюз; null, когда его нет', '1250.40'),
    currency: textOrNull('Валюта остатка, если шлюз её называет', 'KZT'),
    balance_fault: textOrNull('Почему остаток неизвестен: постоянное слово'),
    advice: textOrNull('Что с этим делать'),
    last_fault: orNull(TextData, 'Последнее SMS, которое не ушло или могло не уйти'),
  }),
)
export type SmsAnswer = Static<typeof SmsAnswer>
