// Countries and payment systems on the wire: where sources, terminals and staff belong (N8, N9).

import { type Static, Type } from 'typebox'
import { dataAnswer, model } from '../envelope.ts'
import { closed, countryIso, inTiyn, line } from './shape.ts'

const countryFields = {
  name: line(100, 'Название, как в `allowed_countries`', 'Казахстан'),
  dial_code: Type.String({
    pattern: '^\\+[0-9]{1,4}$',
    description: 'Телефонный код',
    examples: ['+7'],
  }),
}
const isActive = Type.Boolean({ description: 'false: ничего нового в ней не создаётся' })

export const AddCountryRequest = Type.Object(
  { iso: countryIso, ...countryFields, is_active: Type.Optional(isActive) },
  { title: 'AddCountryRequest' },
)
export type AddCountryRequest = Static<typeof AddCountryRequest>

export const ChangeCountryRequest = Type.Partial(
  Type.Object({ ...countryFields, is_active: isActive }),
  { title: 'ChangeCountryRequest' },
)
export type ChangeCountryRequest = Static<typeof ChangeCountryRequest>

export const CountriesAnswer = dataAnswer(
  Type.Array(model('Country', { iso: countryIso, ...countryFields, is_active: isActive })),
)
export type CountriesAnswer = Static<typeof CountriesAnswer>

const systemCode = Type.String({
  pattern: '^[a-z][a-z0-9_]{0,62}$',
  description: 'Код платёжной системы',
  examples: ['kaspi'],
})
const systemFields = {
  name: line(100, 'Название', 'Kaspi'),
  currency: Type.String({
    pattern: '^[A-Z]{3}$',
    description: 'Валюта по ISO 4217',
    examples: ['KZT'],
  }),
  step: Type.Integer({
    minimum: 1,
    maximum: 1_000_000,
    description: 'До чего округляются её суммы, в тиынах: 100 — до тенге',
    examples: [100],
  }),
}

export const AddPaymentSystemRequest = Type.Object(
  { code: systemCode, ...systemFields },
  { title: 'AddPaymentSystemRequest' },
)
export type AddPaymentSystemRequest = Static<typeof AddPaymentSystemRequest>

export const ChangePaymentSystemRequest = Type.Partial(Type.Object(systemFields), {
  title: 'ChangePaymentSystemRequest',
})
export type ChangePaymentSystemRequest = Static<typeof ChangePaymentSystemRequest>

export const PaymentSystemsAnswer = dataAnswer(
  Type.Array(model('PaymentSystem', { code: systemCode, ...systemFields, amount_unit: inTiyn })),
)
export type PaymentSystemsAnswer = Static<typeof PaymentSystemsAnswer>

/** Each write of a place says what it did and has nothing to add. */
export const PLACE_MESSAGES = [
  'Страна добавлена',
  'Страна обновлена',
  'Страна удалена',
  'Платежная система добавлена',
  'Платежная система обновлена',
  'Платежная система удалена',
] as const
export type PlaceMessage = (typeof PLACE_MESSAGES)[number]

export const PlaceDoneAnswer = Type.Object(
  { success: Type.Literal(true), message: Type.Enum([...PLACE_MESSAGES]), data: Type.Null() },
  closed,
)
export type PlaceDoneAnswer = Static<typeof PlaceDoneAnswer>
