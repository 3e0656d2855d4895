// What a look at a terminal comes to, on the wire: its live status, its test, a registration, a
// certificate.

import { TERMINAL_STATUSES } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer, model } from '../envelope.ts'
import { localMoment, localOrNull, orNull, textOrNull, utcMoment, utcOrNull } from './shape.ts'

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

/** One line of JSON of a test that is told while it runs. */
export type SelfTestEvent =
  | { readonly lines: TerminalCheckLine[] }
  /** The last one; a stream that ends without it was cut. */
  | { readonly checked_at: string }

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
    outcome: Type.Enum(['trusted', 'no_certificate', 'changed'], {
      description: 'Сертификат запомнен, терминал его не показал, терминал показал уже другой',
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

export const CertificateAnswer = dataAnswer(
  model('TerminalCertificate', {
    id,
    scheme: Type.Enum(['http', 'https'], {
      description: 'По http сертификата нет',
      examples: ['https'],
    }),
    tls: Type.Enum(['strict', 'pinned', 'insecure'], {
      description: 'Каким сертификатам верит центр',
      examples: ['pinned'],
    }),
    fingerprint: textOrNull('SHA-256 того, что терминал показывает сейчас; null — не показал'),
    trusted_fingerprint: textOrNull('SHA-256 того, которому верит режим pinned'),
    is_vouched_for: orNull(
      Type.Boolean(),
      'Ручается ли за него известный центр сертификации под этим именем',
      false,
    ),
    expires_at: localOrNull('Докуда действует'),
    expires_at_utc: utcOrNull('Докуда действует'),
  }),
)
export type CertificateAnswer = Static<typeof CertificateAnswer>

export const TrustShownRequest = Type.Object(
  {
    fingerprint: Type.String({
      pattern: '^[0-9a-f]{64}$',
      description: 'Отпечаток, который вы видели: другой запомнен не будет',
      examples: ['5e0f'.padEnd(64, '0')],
    }),
  },
  { title: 'TrustShownRequest' },
)
export type TrustShownRequest = Static<typeof TrustShownRequest>
