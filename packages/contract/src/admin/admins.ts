// Members of staff on the wire. Documented fields first, additive ones after them (N9).

import { RIGHTS, ROLES } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer, model } from '../envelope.ts'
import { explain, ROLES_EXPLAINED } from '../explained.ts'
import { line, orNull, utcMoment } from './shape.ts'

const adminId = Type.Integer({ description: 'Номер сотрудника', examples: [7] })

const role = Type.Enum([...ROLES], {
  description: explain('Роль', ROLES_EXPLAINED),
  examples: ['country_admin'],
})

const COUNTRIES = 'Страны, чьи данные видны: null — все, пустой список — никакие'
const SYSTEMS = 'Платёжные системы, чьи данные видны: null — все, пустой список — никакие'

function listOrNull(description: string, example: readonly string[] | null) {
  return orNull(Type.Array(Type.String()), description, example)
}

export const AdminData = model('Admin', {
  id: adminId,
  phone: Type.String({ description: 'Телефон для входа, E.164', examples: ['+77780021666'] }),
  name: Type.String({ description: 'Имя', examples: ['Айгерим Сериккызы'] }),
  country_code: Type.String({ description: 'Телефонный код страны', examples: ['+7'] }),
  country_name: Type.String({ description: 'Страна', examples: ['Казахстан'] }),
  is_super_admin: Type.Boolean({ description: 'Видит и может всё' }),
  allowed_countries: listOrNull(`${COUNTRIES}. Названия`, ['Казахстан', 'Узбекистан']),
  allowed_payment_systems: listOrNull(SYSTEMS, null),
  country_iso: Type.String({ description: 'Страна по ISO 3166-1', examples: ['KZ'] }),
  allowed_country_codes: listOrNull('То же, что `allowed_countries`, кодами ISO 3166-1', [
    'KZ',
    'UZ',
  ]),
  role,
  allowed_source_ids: Type.Array(Type.Integer(), {
    description: 'Источники, с которыми работает кассир или разработчик',
  }),
  is_active: Type.Boolean({ description: 'Может войти' }),
  created_at_utc: utcMoment('Когда добавлен'),
})
export type AdminData = Static<typeof AdminData>

export const Me = model('Me', {
  ...AdminData.properties,
  rights: Type.Array(Type.Enum([...RIGHTS]), { description: 'Что можно делать сейчас' }),
  session_id: Type.String({
    description: 'Номер этой сессии',
    examples: ['019b4f5c-8a31-7d02-a6c1-e5b4d3f20718'],
  }),
  zone: Type.String({
    description: 'Часовой пояс центра: в нём считаются дни и показано время',
    examples: ['Asia/Almaty'],
  }),
})
export const MeAnswer = dataAnswer(Me)
export type MeAnswer = Static<typeof MeAnswer>

function codes(description: string, example: readonly string[]) {
  return orNull(
    Type.Array(Type.String({ maxLength: 100 }), { maxItems: 300 }),
    description,
    example,
  )
}

/** Countries are taken by their names, as documented, and by their ISO codes, in either list (N9). */
const fields = {
  name: line(200, 'Имя', 'Айгерим Сериккызы'),
  role,
  is_super_admin: Type.Boolean({ description: 'true — то же, что роль super_admin' }),
  country_iso: Type.String({
    maxLength: 100,
    description: 'Страна сотрудника: код ISO или название; обычно KZ',
    examples: ['KZ'],
  }),
  country_name: Type.String({
    maxLength: 100,
    description: 'То же, что `country_iso`',
    examples: ['Казахстан'],
  }),
  allowed_countries: codes(`${COUNTRIES}. Названия или коды ISO`, ['Казахстан']),
  allowed_country_codes: codes('То же, что `allowed_countries`', ['KZ']),
  allowed_payment_systems: codes(SYSTEMS, ['kaspi']),
  allowed_source_ids: Type.Array(Type.Integer({ minimum: 1, maximum: 2_147_483_647 }), {
    maxItems: 1000,
    description: 'Источники кассира или разработчика; остальным ролям не нужны',
  }),
  is_active: Type.Boolean({ description: 'false: не войдёт, все его сессии закрыты' }),
}
const phone = Type.String({
  maxLength: 32,
  description: 'Телефон для входа: `+7…`, `8…` или `7…`',
  examples: ['+77780021666'],
})

export const AddAdminRequest = Type.Object(
  { ...Type.Partial(Type.Object(fields)).properties, phone, name: fields.name },
  { title: 'AddAdminRequest' },
)
export type AddAdminRequest = Static<typeof AddAdminRequest>

export const ChangeAdminRequest = Type.Partial(Type.Object({ ...fields, phone }), {
  title: 'ChangeAdminRequest',
})
export type ChangeAdminRequest = Static<typeof ChangeAdminRequest>

export const AdminsAnswer = dataAnswer(Type.Array(AdminData))
export type AdminsAnswer = Static<typeof AdminsAnswer>

export const AdminAnswer = dataAnswer(AdminData)
export type AdminAnswer = Static<typeof AdminAnswer>

export const AdminAddedAnswer = messageAnswer(
  'Сотрудник добавлен',
  model('AddedAdmin', { id: adminId }),
)
export type AdminAddedAnswer = Static<typeof AdminAddedAnswer>

export const AdminChangedAnswer = messageAnswer('Сотрудник обновлен', Type.Null())
export type AdminChangedAnswer = Static<typeof AdminChangedAnswer>

export const AdminBlockedAnswer = messageAnswer('Сотрудник заблокирован', Type.Null())
export type AdminBlockedAnswer = Static<typeof AdminBlockedAnswer>
