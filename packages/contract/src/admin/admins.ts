// Members of staff on the wire. Documented fields first, additive ones after them (N9).

import { RIGHTS, ROLES } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer } from '../envelope.ts'
import { closed, line, orNull } from './shape.ts'

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

function codes(description: string) {
  return orNull(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 300 }), description)
}

/** Countries are taken by their names, as documented, and by their ISO codes, in either list (N9). */
const fields = {
  name: line(200, 'Имя'),
  role: Type.Enum([...ROLES], { description: 'Роль: именованный набор прав' }),
  is_super_admin: Type.Boolean({ description: 'true — то же, что роль super_admin' }),
  country_iso: Type.String({ maxLength: 100, description: 'Страна: код ISO или название' }),
  country_name: Type.String({ maxLength: 100, description: 'То же, что country_iso' }),
  allowed_countries: codes('Страны, чьи данные видны: null — все, пустой список — никакие'),
  allowed_country_codes: codes('То же, что allowed_countries'),
  allowed_payment_systems: codes('Платёжные системы: null — все, пустой список — никакие'),
  allowed_source_ids: Type.Array(Type.Integer({ minimum: 1, maximum: 2_147_483_647 }), {
    maxItems: 1000,
    description: 'Источники кассира или разработчика',
  }),
  is_active: Type.Boolean({ description: 'false: не войдёт, все его сессии закрыты' }),
}
const phone = Type.String({ maxLength: 32, description: 'Телефон для входа' })

export const AddAdminRequest = Type.Object({
  ...Type.Partial(Type.Object(fields)).properties,
  phone,
  name: fields.name,
})
export type AddAdminRequest = Static<typeof AddAdminRequest>

export const ChangeAdminRequest = Type.Partial(Type.Object({ ...fields, phone }))
export type ChangeAdminRequest = Static<typeof ChangeAdminRequest>

export const AdminsAnswer = dataAnswer(Type.Array(AdminData))
export type AdminsAnswer = Static<typeof AdminsAnswer>

export const AdminAnswer = dataAnswer(AdminData)
export type AdminAnswer = Static<typeof AdminAnswer>

export const AdminAddedAnswer = messageAnswer(
  'Сотрудник добавлен',
  Type.Object({ id: Type.Integer({ description: 'Номер сотрудника' }) }, closed),
)
export type AdminAddedAnswer = Static<typeof AdminAddedAnswer>

export const AdminChangedAnswer = messageAnswer('Сотрудник обновлен', Type.Null())
export type AdminChangedAnswer = Static<typeof AdminChangedAnswer>

export const AdminBlockedAnswer = messageAnswer('Сотрудник заблокирован', Type.Null())
export type AdminBlockedAnswer = Static<typeof AdminBlockedAnswer>
