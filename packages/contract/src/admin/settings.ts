// The centre's own switches on the wire.

import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer } from '../envelope.ts'
import { closed, line, orNull } from './shape.ts'

const takingMoney = Type.Boolean({ description: 'Деньги принимаются; false — нигде и ни от кого' })

export const ChangeSettingsRequest = Type.Object({
  taking_money: takingMoney,
  reason: line(500, 'Зачем: останется в журнале'),
})
export type ChangeSettingsRequest = Static<typeof ChangeSettingsRequest>

export const SettingsAnswer = dataAnswer(
  Type.Object(
    {
      taking_money: takingMoney,
      switched_by: orNull(Type.String(), 'Кто переключил последним; null — ещё никто'),
      switched_at: orNull(Type.String(), 'Когда: YYYY-MM-DD HH:MM:SS, время Казахстана'),
      switched_at_utc: orNull(Type.String(), 'Когда: ISO 8601, UTC'),
      reason: orNull(Type.String(), 'Зачем'),
    },
    closed,
  ),
)
export type SettingsAnswer = Static<typeof SettingsAnswer>

export const SettingsChangedAnswer = messageAnswer('Настройки обновлены', Type.Null())
export type SettingsChangedAnswer = Static<typeof SettingsChangedAnswer>
