// What a look at a terminal comes to, on the wire: its live status, its test, a registration, a
// certificate.

import { TERMINAL_STATUSES } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer } from '../envelope.ts'

const closed = { additionalProperties: false } as const

const message = Type.String({ description: 'Одно-два предложения для человека' })
const cure = Type.Union([Type.String(), Type.Null()], {
  description: 'Что сделать; null, когда ничего',
})

/** T6. */
export const TerminalStatusAnswer = dataAnswer(
  Type.Object(
    {
      id: Type.Integer({ description: 'Номер терминала' }),
      name: Type.String({ description: 'Имя' }),
      status: Type.Enum([...TERMINAL_STATUSES], {
        description: 'На связи, занят, не отвечает, ошибка, карантин',
      }),
      is_busy: Type.Boolean({ description: 'На терминале есть незавершённая операция' }),
      latency_ms: Type.Union([Type.Integer(), Type.Null()], {
        description: 'За сколько ответил, мс; null, если не ответил',
      }),
      camera_ok: Type.Union([Type.Boolean(), Type.Null()], {
        description: 'Работает ли камера; null, если её нет или она не успела ответить',
      }),
      last_check: Type.String({ description: 'Когда проверен: YYYY-MM-DD HH:MM:SS' }),
      last_check_utc: Type.String({ description: 'Когда проверен: ISO 8601, UTC' }),
      current_transaction_id: Type.Union([Type.String(), Type.Null()], {
        description: 'Платёж на терминале; null и тогда, когда он вам не виден',
      }),
      message,
    },
    closed,
  ),
)
export type TerminalStatusAnswer = Static<typeof TerminalStatusAnswer>

export const TerminalCheckLine = Type.Object(
  {
    check: Type.Enum(['network', 'tls', 'token', 'device', 'clock', 'camera', 'qr', 'stop'], {
      description: 'Что проверено',
    }),
    state: Type.Enum(['ok', 'warning', 'failed', 'skipped'], {
      description: 'Хорошо, стоит исправить, не работает, не проверялось',
    }),
    message,
    cure,
  },
  closed,
)
export type TerminalCheckLine = Static<typeof TerminalCheckLine>

export const SelfTestAnswer = dataAnswer(
  Type.Object(
    {
      id: Type.Integer({ description: 'Номер терминала' }),
      checked_at: Type.String({ description: 'Когда: YYYY-MM-DD HH:MM:SS, время Казахстана' }),
      checked_at_utc: Type.String({ description: 'Когда: ISO 8601, UTC' }),
      lines: Type.Array(TerminalCheckLine, { description: 'По строке на проверку' }),
    },
    closed,
  ),
)
export type SelfTestAnswer = Static<typeof SelfTestAnswer>

export const RegisterAnswer = dataAnswer(
  Type.Object(
    {
      outcome: Type.Enum(
        ['registered', 'refused', 'busy', 'not_connected', 'certificate_changed', 'no_answer'],
        { description: 'Чем кончилось: зарегистрирован, отказ, занят, нет связи, …' },
      ),
      message,
      cure,
    },
    closed,
  ),
)
export type RegisterAnswer = Static<typeof RegisterAnswer>

export const TrustAnswer = dataAnswer(
  Type.Object(
    {
      outcome: Type.Enum(['trusted', 'no_certificate'], {
        description: 'Сертификат запомнен, или терминал его не показал',
      }),
      fingerprint: Type.Union([Type.String(), Type.Null()], {
        description: 'SHA-256 сертификата: сверьте его с экраном терминала',
      }),
      message,
      cure,
    },
    closed,
  ),
)
export type TrustAnswer = Static<typeof TrustAnswer>
