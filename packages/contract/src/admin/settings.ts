// The centre's own switches on the wire.

import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer, model } from '../envelope.ts'
import { line, localOrNull, textOrNull, utcOrNull } from './shape.ts'

const takingMoney = Type.Boolean({ description: 'Деньги принимаются; false — нигде и ни от кого' })

export const ChangeSettingsRequest = Type.Object(
  {
    taking_money: takingMoney,
    reason: line(500, 'Зачем: останется в журнале', 'Переезд серверной'),
  },
  { title: 'ChangeSettingsRequest' },
)
export type ChangeSettingsRequest = Static<typeof ChangeSettingsRequest>

export const SettingsAnswer = dataAnswer(
  model('Settings', {
    taking_money: takingMoney,
    switched_by: textOrNull('Кто переключил последним; null — ещё никто', 'Айгерим Сериккызы'),
    switched_at: localOrNull('Когда'),
    switched_at_utc: utcOrNull('Когда'),
    reason: textOrNull('Зачем', 'Переезд серверной'),
  }),
)
export type SettingsAnswer = Static<typeof SettingsAnswer>

export const SettingsChangedAnswer = messageAnswer('Настройки обновлены', Type.Null())
export type SettingsChangedAnswer = Static<typeof SettingsChangedAnswer>
