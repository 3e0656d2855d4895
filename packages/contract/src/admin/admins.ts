// Members of staff on the wire. Documented fields first, additive ones after them (N9).

import { RIGHTS, ROLES } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer } from '../envelope.ts'

const closed = { additionalProperties: false } as const

export const AdminData = Type.Object(
  {
    id: Type.Integer({ description: 'Номер сотрудника', examples: [1] }),
    phone: Type.String({ description: 'Телефон для входа, E.164', examples: ['+77780021666'] }),
    name: Type.String({ description: 'Имя', examples: ['Super Admin'] }),
    country_code: Type.String({ description: 'Телефонный код страны', examples: ['+7'] }),
    country_name: Type.String({ description: 'Страна', examples: ['Казахстан'] }),
    is_super_admin: Type.Boolean({ description: 'Видит и может всё' }),
    allowed_countries: Type.Union([Type.Array(Type.String()), Type.Null()], {
      description: 'Названия стран, чьи данные видны: null — все, пустой список — никакие',
    }),
    allowed_payment_systems: Type.Union([Type.Array(Type.String()), Type.Null()], {
      description: 'Коды платёжных систем: null — все, пустой список — никакие',
    }),
    country_iso: Type.String({ description: 'Страна по ISO 3166-1', examples: ['KZ'] }),
    allowed_country_codes: Type.Union([Type.Array(Type.String()), Type.Null()], {
      description: 'То же, что allowed_countries, кодами ISO 3166-1',
    }),
    role: Type.Enum([...ROLES], { description: 'Роль: именованный набор прав' }),
    allowed_source_ids: Type.Array(Type.Integer(), {
      description: 'Источники, с которыми работает кассир или разработчик',
    }),
    is_active: Type.Boolean({ description: 'Может войти' }),
    created_at_utc: Type.String({ description: 'Когда добавлен: ISO 8601, UTC' }),
  },
  closed,
)
export type AdminData = Static<typeof AdminData>

export const Me = Type.Object(
  {
    ...AdminData.properties,
    rights: Type.Array(Type.Enum([...RIGHTS]), { description: 'Что можно делать сейчас' }),
    session_id: Type.String({ description: 'Номер этой сессии' }),
  },
  closed,
)
export const MeAnswer = dataAnswer(Me)
export type MeAnswer = Static<typeof MeAnswer>
