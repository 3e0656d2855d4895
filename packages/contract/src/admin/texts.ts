// SMS to staff on the wire: what became of each, and how the sending stands. Never a text, never a whole
// number.

import { type Static, Type } from 'typebox'
import { dataAnswer } from '../envelope.ts'
import { LIMIT } from './audit.ts'

const closed = { additionalProperties: false } as const

function textOrNull(description: string) {
  return Type.Union([Type.String(), Type.Null()], { description })
}

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

export const TextData = Type.Object(
  {
    id: Type.String({ description: 'Номер SMS' }),
    kind: Type.Enum(['login_code'], { description: 'Зачем отправлялось' }),
    admin_id: Type.Integer({ description: 'Кому: номер сотрудника' }),
    phone: Type.String({ description: 'Начало и конец номера', examples: ['+777•••66'] }),
    state: Type.Enum(
      ['waiting', 'sending', 'accepted', 'refused', 'unknown', 'given_up', 'expired', 'superseded'],
      {
        description:
          'waiting ждёт, sending отправляется, accepted принято шлюзом, refused отказано, unknown ' +
          'неизвестно, given_up связи так и не было, expired опоздало, superseded заменено новым',
      },
    ),
    tries: Type.Integer({ description: 'Сколько раз отправлялось' }),
    provider: textOrNull('Через кого: file, console, smsc, mobizon'),
    provider_id: textOrNull('Номер у шлюза'),
    reason: textOrNull('Что пошло не так: постоянное слово'),
    advice: textOrNull('Что с этим делать'),
    provider_word: textOrNull('Как это назвал сам шлюз'),
    created_at: Type.String({ description: 'Когда написано: YYYY-MM-DD HH:MM:SS' }),
    created_at_utc: Type.String({ description: 'То же: ISO 8601, UTC' }),
    ended_at: textOrNull('Когда закончилось; null, пока идёт'),
    ended_at_utc: textOrNull('То же: ISO 8601, UTC'),
  },
  closed,
)
export type TextData = Static<typeof TextData>

export const TextsAnswer = dataAnswer(
  Type.Object(
    {
      texts: Type.Array(TextData),
      limit: Type.Integer({ description: 'Сколько строк спрошено' }),
      next_cursor: textOrNull('Для следующей страницы; null, когда дальше ничего нет'),
    },
    closed,
  ),
)
export type TextsAnswer = Static<typeof TextsAnswer>

export const SmsAnswer = dataAnswer(
  Type.Object(
    {
      provider: Type.Enum(['file', 'console', 'smsc', 'mobizon', 'none'], {
        description: 'Кто отправляет SMS; none — не настроено, войти нельзя',
      }),
      balance: textOrNull('Остаток на счёте, как его пишет шлюз; null, когда его нет'),
      currency: textOrNull('Валюта остатка, если шлюз её называет'),
      balance_fault: textOrNull('Почему остаток неизвестен: постоянное слово'),
      advice: textOrNull('Что с этим делать'),
      last_fault: Type.Union([TextData, Type.Null()], {
        description: 'Последнее SMS, которое не ушло или могло не уйти',
      }),
    },
    closed,
  ),
)
export type SmsAnswer = Static<typeof SmsAnswer>
