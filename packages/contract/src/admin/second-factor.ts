// Who has a second factor, and who must have one.

import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer, model } from '../envelope.ts'

export const SecondFactorData = model('SecondFactor', {
  is_on: Type.Boolean({ description: 'Спрашивается при входе' }),
  is_obligatory: Type.Boolean({ description: 'Без него работать нельзя' }),
  recovery_codes_left: Type.Integer({
    description: 'Сколько резервных кодов не использовано',
    examples: [10],
  }),
})
export type SecondFactorData = Static<typeof SecondFactorData>
export const SecondFactorAnswer = dataAnswer(SecondFactorData)
export type SecondFactorAnswer = Static<typeof SecondFactorAnswer>

export const SecondFactorSetting = model('SecondFactorSetting', {
  is_obligatory: Type.Boolean({
    description: 'Обязателен для всех: у кого его ещё нет, тот может только включить его',
  }),
})
export const SecondFactorSettingAnswer = dataAnswer(SecondFactorSetting)
export type SecondFactorSettingAnswer = Static<typeof SecondFactorSettingAnswer>

export const SecondFactorRequest = Type.Object(
  { is_obligatory: Type.Boolean({ description: 'Обязателен ли второй фактор' }) },
  { title: 'SecondFactorRequest' },
)
export const SecondFactorSavedAnswer = messageAnswer('Настройка сохранена', Type.Null())
export type SecondFactorSavedAnswer = Static<typeof SecondFactorSavedAnswer>
export const SecondFactorResetAnswer = messageAnswer('Второй фактор сброшен', Type.Null())
export type SecondFactorResetAnswer = Static<typeof SecondFactorResetAnswer>
