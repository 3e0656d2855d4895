// What a look at a terminal comes to, on the wire: its live status, its test, a registration, a
// certificate.

import { TERMINAL_STATUSES } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer, model } from '../envelope.ts'
import { localMoment, orNull, textOrNull, utcMoment } from './shape.ts'

const message = Type.String({
  description: 'Одно-два предложения для человека',
  examples: ['Терминал на связи'],
})
const cure = textOrNull('Что сделать; null, когда ничего')
const id = Type.Integer({ description: 'Номер терминала', examples: [3] })

/** T6. */
export const TerminalStatusAnswer = dataAnswer(
  model('TerminalStatus', {
    id,
    name: Type.String({ description: 'Имя', examples: ['Терминал 1'] }),
    status: Type.Enum([...TERMINAL_STATUSES], {
      description: 'На связи, занят, не отвечает, ошибка, карантин',
      examples: ['online'],
    }),
    is_busy: Type.Boolean({ description: 'На терминале есть незавершённая операция' }),
    latency_ms: orNull(Type.Integer(), 'За сколько ответил, мс; null, если не ответил', 42),
    camera_ok: orNull(
      Type.Boolean(),
      'Работает ли камера; null, если её нет или она не успела ответить',
      true,
    ),
    last_check: localMoment('Когда проверен'),
    last_check_utc: utcMoment('Когда проверен'),
    current_transaction_id: textOrNull(
      'Платёж на терминале; null и тогда, когда он вам не виден',
      '019B4F5C8A317D02A6C1E5B4D3F20718',
    ),
    message,
  }),
)
export type TerminalStatusAnswer = Static<typeof TerminalStatusAnswer>

export const TerminalCheckLine = model('TerminalCheckLine', {
  check: Type.Enum(['network', 'tls', 'token', 'device', 'clock', 'camera', 'qr', 'stop'], {
    description: 'Что проверено',
    examples: ['network'],
  }),
  state: Type.Enum(['ok', 'warning', 'failed', 'skipped'], {
    description: 'Хорошо, стоит исправить, не работает, не проверялось',
    examples: ['ok'],
  }),
  message,
  cure,
})
export type TerminalCheckLine = Static<typeof TerminalCheckLine>

export const SelfTestAnswer = dataAnswer(
  model('TerminalSelfTest', {
    id,
    checked_at: localMoment('Когда'),
    checked_at_utc: utcMoment('Когда'),
    lines: Type.Array(TerminalCheckLine, { description: 'По строке на проверку' }),
  }),
)
export type SelfTestAnswer = Static<typeof SelfTestAnswer>

export const RegisterAnswer = dataAnswer(
  model('TerminalRegistration', {
    outcome: Type.Enum(
      ['registered', 'refused', 'busy', 'not_connected', 'certificate_changed', 'no_answer'],
      {
        description:
          'Чем кончилось: зарегистрирован, отказано на экране, терминал занят, нет связи, ' +
          'сертификат сменился, ответа не дождались',
        examples: ['registered'],
      },
    ),
    message,
    cure,
  }),
)
export type RegisterAnswer = Static<typeof RegisterAnswer>

export const TrustAnswer = dataAnswer(
  model('TerminalTrust', {
    outcome: Type.Enum(['trusted', 'no_certificate'], {
      description: 'Сертификат запомнен, или терминал его не показал',
      examples: ['trusted'],
    }),
    fingerprint: textOrNull(
      'SHA-256 сертификата: сверьте его с экраном терминала; null — его нет',
      '5E:0F:…:A1',
    ),
    message,
    cure,
  }),
)
export type TrustAnswer = Static<typeof TrustAnswer>
