// Logging in on the wire, and what a member of staff does about their own login. Documented fields first,
// additive ones after them.

import { type Static, Type } from 'typebox'
import { AdminData } from './admin/admins.ts'
import { dataAnswer, messageAnswer } from './envelope.ts'

const closed = { additionalProperties: false } as const

const Phone = Type.String({
  maxLength: 40,
  description: 'Телефон сотрудника: +77780021666; с 8 или без + считается казахстанским',
  examples: ['+77780021666'],
})
const Totp = Type.String({
  pattern: '^[0-9]{6}$',
  description: 'Шесть цифр из приложения-аутентификатора',
  examples: ['492039'],
})
const RecoveryCode = Type.String({
  minLength: 1,
  maxLength: 40,
  description: 'Резервный код вместо кода из приложения; действует один раз',
  examples: ['k3f9x-2mq7d'],
})

export const SendCodeRequest = Type.Object({ phone: Phone })
export type SendCodeRequest = Static<typeof SendCodeRequest>
export const SendCodeAnswer = messageAnswer('SMS код отправлен', Type.Null())
export type SendCodeAnswer = Static<typeof SendCodeAnswer>

export const VerifyRequest = Type.Object({
  phone: Phone,
  code: Type.String({
    pattern: '^[0-9]{6}$',
    description: 'Шесть цифр из SMS; действуют 5 минут и один раз',
    examples: ['123456'],
  }),
  totp: Type.Optional(Totp),
  recovery_code: Type.Optional(RecoveryCode),
})
export type VerifyRequest = Static<typeof VerifyRequest>

export const Login = Type.Object(
  {
    token: Type.String({ description: 'Передавайте в заголовке Authorization: Bearer …' }),
    expires_at: Type.Integer({ description: 'До какого момента действует: секунды Unix' }),
    admin: AdminData,
    session_id: Type.String({ description: 'Номер этой сессии' }),
    must_set_second_factor: Type.Boolean({
      description: 'Второй фактор обязателен и ещё не включён: до этого больше ничего не доступно',
    }),
  },
  closed,
)
export const VerifyAnswer = messageAnswer('Авторизация успешна', Login)
export type VerifyAnswer = Static<typeof VerifyAnswer>

export const LogoutAnswer = messageAnswer('Вы вышли', Type.Null())
export type LogoutAnswer = Static<typeof LogoutAnswer>

export const SessionData = Type.Object(
  {
    id: Type.String({ description: 'Номер сессии' }),
    created_at: Type.String({ description: 'Вход: YYYY-MM-DD HH:MM:SS, время Казахстана' }),
    created_at_utc: Type.String({ description: 'Вход: ISO 8601, UTC' }),
    last_seen_at: Type.String({ description: 'Последний запрос, с точностью до минуты' }),
    last_seen_at_utc: Type.String({ description: 'То же: ISO 8601, UTC' }),
    expires_at: Type.String({ description: 'Когда закончится сама' }),
    expires_at_utc: Type.String({ description: 'То же: ISO 8601, UTC' }),
    ip: Type.String({ description: 'Адрес, с которого вошли' }),
    user_agent: Type.Union([Type.String(), Type.Null()], { description: 'Браузер или программа' }),
    is_current: Type.Boolean({ description: 'Это сессия самого запроса' }),
  },
  closed,
)
export type SessionData = Static<typeof SessionData>
export const SessionsAnswer = dataAnswer(Type.Array(SessionData))
export type SessionsAnswer = Static<typeof SessionsAnswer>
export const CloseSessionAnswer = messageAnswer('Сессия завершена', Type.Null())
export type CloseSessionAnswer = Static<typeof CloseSessionAnswer>

export const StartTotpAnswer = dataAnswer(
  Type.Object(
    {
      secret: Type.String({ description: 'Секрет для приложения, Base32; показывается один раз' }),
      otpauth_url: Type.String({ description: 'То же для QR-кода: otpauth://totp/…' }),
    },
    closed,
  ),
)
export type StartTotpAnswer = Static<typeof StartTotpAnswer>

export const ConfirmTotpRequest = Type.Object({ totp: Totp })
export const ConfirmTotpAnswer = messageAnswer(
  'Второй фактор включен',
  Type.Object(
    {
      recovery_codes: Type.Array(Type.String(), {
        description: 'Десять резервных кодов; показываются один раз, каждый действует один раз',
      }),
    },
    closed,
  ),
)
export type ConfirmTotpAnswer = Static<typeof ConfirmTotpAnswer>

export const DisableTotpRequest = Type.Object({
  totp: Type.Optional(Totp),
  recovery_code: Type.Optional(RecoveryCode),
})
export const DisableTotpAnswer = messageAnswer('Второй фактор выключен', Type.Null())
export type DisableTotpAnswer = Static<typeof DisableTotpAnswer>
