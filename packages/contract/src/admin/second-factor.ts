// Who has a second factor, and who must have one.

import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer } from '../envelope.ts'

const closed = { additionalProperties: false } as const

export const SecondFactorData = Type.Object(
  {
    is_on: Type.Boolean({ description: 'Спрашивается при входе' }),
    is_obligatory: Type.Boolean({ description: 'Без него работать нельзя' }),
    recovery_codes_left: Type.Integer({ description: 'Сколько резервных кодов не использовано' }),
  },
  closed,
)
export type SecondFactorData = Static<typeof SecondFactorData>
export const SecondFactorAnswer = dataAnswer(SecondFactorData)
export type SecondFactorAnswer = Static<typeof SecondFactorAnswer>

export const SecondFactorSetting = Type.Object(
  {
    is_obligatory: Type.Boolean({
      description: 'Обязателен для всех: у кого его ещё нет, тот может только включить его',
    }),
  },
  closed,
)
export const SecondFactorSettingAnswer = dataAnswer(SecondFactorSetting)
export type SecondFactorSettingAnswer = Static<typeof SecondFactorSettingAnswer>

export const SecondFactorRequest = Type.Object({
  is_obligatory: Type.Boolean({ description: 'Обязателен ли второй фактор' }),
})
export const SecondFactorSavedAnswer = messageAnswer('Настройка сохранена', Type.Null())
export type SecondFactorSavedAnswer = Static<typeof SecondFactorSavedAnswer>
export const SecondFactorResetAnswer = messageAnswer('Второй фактор сброшен', Type.Null())
export type SecondFactorResetAnswer = Static<typeof SecondFactorResetAnswer>
