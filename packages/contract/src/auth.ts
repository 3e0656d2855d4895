// Logging in on the wire, and what a member of staff does about their own login. Documented fields first,
// additive ones after them.

import { type Static, Type } from 'typebox'
import { AdminData } from './admin/admins.ts'
import { localMoment, textOrNull, utcMoment } from './admin/shape.ts'
import { dataAnswer, messageAnswer, model } from './envelope.ts'

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

export const SendCodeRequest = Type.Object({ phone: Phone }, { title: 'SendCodeRequest' })
export type SendCodeRequest = Static<typeof SendCodeRequest>
export const SendCodeAnswer = messageAnswer('SMS код отправлен', Type.Null())
export type SendCodeAnswer = Static<typeof SendCodeAnswer>

export const VerifyRequest = Type.Object(
  {
    phone: Phone,
    code: Type.String({
      pattern: '^[0-9]{6}$',
      description: 'Шесть цифр из SMS; действуют 5 минут и один раз',
      examples: ['123456'],
    }),
    totp: Type.Optional(Totp),
    recovery_code: Type.Optional(RecoveryCode),
    session: Type.Optional(
      Type.Enum(['token', 'cookie'], {
        description:
          'Где хранить вход: `token` — в ответе (так и без этого поля), `cookie` — в cookie консоли, ' +
          'которую не прочесть скриптом',
        examples: ['token'],
      }),
    ),
  },
  { title: 'VerifyRequest' },
)
export type VerifyRequest = Static<typeof VerifyRequest>

const sessionId = Type.String({
  description: 'Номер сессии',
  examples: ['019b4f5c-8a31-7d02-a6c1-e5b4d3f20718'],
})

export const Login = model('Login', {
  token: textOrNull(
    'Передавайте в заголовке Authorization: Bearer …; живёт 12 часов. null — вход в cookie',
    'eyJ0eXAiOiJKV1QiLCJhbGc…',
  ),
  expires_at: Type.Integer({
    description: 'До какого момента действует: секунды Unix',
    examples: [1_766_595_930],
  }),
  admin: AdminData,
  session_id: sessionId,
  must_set_second_factor: Type.Boolean({
    description: 'Второй фактор обязателен и ещё не включён: до этого больше ничего не доступно',
  }),
})
export const VerifyAnswer = messageAnswer('Авторизация успешна', Login)
export type VerifyAnswer = Static<typeof VerifyAnswer>

export const LogoutAnswer = messageAnswer('Вы вышли', Type.Null())
export type LogoutAnswer = Static<typeof LogoutAnswer>

export const SessionData = model('Session', {
  id: sessionId,
  created_at: localMoment('Вход'),
  created_at_utc: utcMoment('Вход'),
  last_seen_at: localMoment('Последний запрос, с точностью до минуты'),
  last_seen_at_utc: utcMoment('Последний запрос'),
  expires_at: localMoment('Когда закончится сама'),
  expires_at_utc: utcMoment('Когда закончится сама'),
  ip: Type.String({ description: 'Адрес, с которого вошли', examples: ['203.0.113.7'] }),
  user_agent: textOrNull('Браузер или программа', 'Mozilla/5.0'),
  is_current: Type.Boolean({ description: 'Это сессия самого запроса' }),
})
export type SessionData = Static<typeof SessionData>
export const SessionsAnswer = dataAnswer(Type.Array(SessionData))
export type SessionsAnswer = Static<typeof SessionsAnswer>
export const CloseSessionAnswer = messageAnswer('Сессия завершена', Type.Null())
export type CloseSessionAnswer = Static<typeof CloseSessionAnswer>

export const StartTotpAnswer = dataAnswer(
  model('StartedSecondFactor', {
    secret: Type.String({
      description: 'Секрет для приложения, Base32; показывается один раз',
      examples: ['JBSWY3DPEHPK3PXP'],
    }),
    otpauth_url: Type.String({
      description: 'То же для QR-кода',
      examples: ['otpauth://totp/ByFly%20Pay:…'],
    }),
  }),
)
export type StartTotpAnswer = Static<typeof StartTotpAnswer>

export const ConfirmTotpRequest = Type.Object({ totp: Totp }, { title: 'ConfirmTotpRequest' })
export const ConfirmTotpAnswer = messageAnswer(
  'Второй фактор включен',
  model('SecondFactorOn', {
    recovery_codes: Type.Array(Type.String(), {
      description: 'Десять резервных кодов; показываются один раз, каждый действует один раз',
    }),
  }),
)
export type ConfirmTotpAnswer = Static<typeof ConfirmTotpAnswer>

export const DisableTotpRequest = Type.Object(
  { totp: Type.Optional(Totp), recovery_code: Type.Optional(RecoveryCode) },
  { title: 'DisableTotpRequest' },
)
export const DisableTotpAnswer = messageAnswer('Второй фактор выключен', Type.Null())
export type DisableTotpAnswer = Static<typeof DisableTotpAnswer>
