// Alerts on the wire of the administration: the bell of the console, and what staff set about it.

import { ALERT_KINDS, ROLES, SEVERITIES } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer, model } from '../envelope.ts'
import { LIMIT } from './audit.ts'
import { localMoment, localOrNull, orNull, textOrNull, utcMoment, utcOrNull } from './shape.ts'

const COUNT = '^[1-9][0-9]{0,8}$'

const kind = Type.Enum([...ALERT_KINDS], {
  description:
    'terminal_offline не на связи, terminal_suspended отстранён до самопроверки, ' +
    'terminal_quarantined в карантине, terminal_needs_mending ждёт человека, result_unknown ' +
    'результат неизвестен, books_restored база восстановлена из копии, endpoint_failing вебхуки ' +
    'не доходят, sms_balance_low кончаются деньги на SMS, reconciliation_gap расхождения не ' +
    'разобраны, unusual_sum необычная сумма, ' +
    'certificate_expiring истекает сертификат TLS',
  examples: ['terminal_suspended'],
})

const severity = Type.Enum([...SEVERITIES], {
  description: 'critical приходит и в тихие часы',
  examples: ['warning'],
})

export const AlertsQuery = Type.Object({
  open: Type.Optional(
    Type.Enum(['true', 'false'], { description: 'true — только продолжающиеся' }),
  ),
  unread: Type.Optional(
    Type.Enum(['true', 'false'], { description: 'true — только непрочитанные вами' }),
  ),
  limit: Type.Optional(
    Type.String({ pattern: LIMIT, description: 'Сколько строк, до 1000; обычно 100' }),
  ),
  cursor: Type.Optional(
    Type.String({ pattern: COUNT, description: 'next_cursor прошлой страницы' }),
  ),
})

const alertId = Type.Integer({ description: 'Номер тревоги; больше — новее', examples: [17] })

export const AlertData = model('Alert', {
  id: alertId,
  kind,
  severity,
  text: Type.String({
    description: 'Что случилось, одним предложением',
    examples: ['Терминал «Касса 2» не на связи.'],
  }),
  terminal_id: orNull(Type.Integer(), 'Терминал, о котором речь', 3),
  transaction_id: textOrNull('Платёж, о котором речь', '019B4F5C8A317D02A6C1E5B4D3F20718'),
  source_id: orNull(Type.Integer(), 'Источник, о котором речь', null),
  opened_at: localMoment('Когда началось'),
  opened_at_utc: utcMoment('Когда началось'),
  ended_at: localOrNull('Когда кончилось; null — продолжается'),
  ended_at_utc: utcOrNull('Когда кончилось'),
  read_at: localOrNull('Когда прочитали вы; null — ещё нет'),
  read_at_utc: utcOrNull('Когда прочитали вы'),
})
export type AlertData = Static<typeof AlertData>

export const AlertsAnswer = dataAnswer(
  model('AlertsPage', {
    alerts: Type.Array(AlertData, { description: 'Тревоги, новые сверху' }),
    unread: Type.Integer({ description: 'Сколько всего вы не прочитали', examples: [2] }),
    limit: Type.Integer({ description: 'Сколько строк спрошено', examples: [100] }),
    next_cursor: textOrNull('Для следующей страницы; null, когда дальше ничего нет'),
  }),
)
export type AlertsAnswer = Static<typeof AlertsAnswer>

export const ReadAlertsRequest = Type.Object(
  {
    up_to: Type.Integer({
      minimum: 1,
      maximum: 2_147_483_647,
      description: 'Прочитаны все до этой, она тоже',
      examples: [17],
    }),
  },
  { title: 'ReadAlertsRequest' },
)

export const AlertsReadAnswer = messageAnswer('Отмечено прочитанным', Type.Null())
export type AlertsReadAnswer = Static<typeof AlertsReadAnswer>

const rule = {
  is_on: Type.Boolean({ description: 'Включено' }),
  severity,
  after_seconds: Type.Integer({
    minimum: 0,
    maximum: 2_592_000,
    description: 'Сколько секунд должно длиться, чтобы о нём сказали',
    examples: [300],
  }),
  threshold: orNull(
    Type.Integer({ minimum: 0, maximum: 1_000_000_000 }),
    'sms_balance_low — наименьший остаток; unusual_sum — во сколько раз больше обычного; ' +
      'certificate_expiring — за сколько дней; у других null',
    null,
  ),
} as const

const TIME = '^([01][0-9]|2[0-3]):[0-5][0-9]$'
const time = (description: string, example: string) =>
  Type.String({ pattern: TIME, description, examples: [example] })

const QuietHours = model('QuietHours', {
  from: time('С какого времени молчать', '22:00'),
  to: time('До какого времени молчать', '08:00'),
})

const settings = {
  quiet_hours: orNull(QuietHours, 'Тихие часы по времени центра; null — их нет'),
  remind_after_minutes: orNull(
    Type.Integer({ minimum: 1, maximum: 10_080 }),
    'Через сколько минут один раз напомнить; null — не напоминать',
    60,
  ),
} as const

const CHANNELS = ['sms', 'telegram'] as const

const recipient = {
  channel: Type.Enum([...CHANNELS], { description: 'Как сообщать', examples: ['sms'] }),
  admin_id: orNull(Type.Integer({ minimum: 1, maximum: 2_147_483_647 }), 'Кому: сотрудник', 7),
  role: orNull(Type.Enum([...ROLES]), 'Кому: все с этой ролью; только для SMS', null),
  chat_id: orNull(
    Type.String({ pattern: '^(-?[0-9]{1,20}|@[A-Za-z0-9_]{5,32})$' }),
    'Чат Telegram; вместе с admin_id — только то, что видно этому сотруднику',
    null,
  ),
  severity: Type.Enum([...SEVERITIES], {
    description: 'О чём сообщать: warning — обо всём, critical — только о важном',
    examples: ['warning'],
  }),
} as const

export const AlertRecipientData = model('AlertRecipient', {
  id: Type.Integer({ description: 'Номер получателя', examples: [4] }),
  ...recipient,
})

export const AlertRuleData = model('AlertRule', { kind, ...rule })

export const AlertSettingsAnswer = dataAnswer(
  model('AlertSettings', {
    ...settings,
    rules: Type.Array(AlertRuleData, { description: 'По строке на каждый вид тревоги' }),
    recipients: Type.Array(AlertRecipientData, { description: 'Кому сообщать кроме консоли' }),
    channels: Type.Array(Type.Enum([...CHANNELS]), { description: 'Что настроено в этом центре' }),
  }),
)
export type AlertSettingsAnswer = Static<typeof AlertSettingsAnswer>

export const AlertSettingsRequest = Type.Partial(
  Type.Object({
    ...settings,
    rules: Type.Array(
      Type.Object({ kind, ...Type.Partial(Type.Object(rule)).properties }, { title: 'RuleChange' }),
      { maxItems: ALERT_KINDS.length, description: 'Меняются только названные виды и поля' },
    ),
  }),
  { title: 'AlertSettingsRequest' },
)
export type AlertSettingsRequest = Static<typeof AlertSettingsRequest>

export const AlertSettingsChanged = messageAnswer('Настройки тревог обновлены', Type.Null())
export type AlertSettingsChanged = Static<typeof AlertSettingsChanged>

export const NewAlertRecipientRequest = Type.Object(
  { ...Type.Partial(Type.Object(recipient)).properties, channel: recipient.channel },
  { title: 'NewAlertRecipientRequest' },
)
export type NewAlertRecipientRequest = Static<typeof NewAlertRecipientRequest>

export const AlertRecipientAdded = messageAnswer(
  'Получатель добавлен',
  model('AddedAlertRecipient', {
    id: Type.Integer({ description: 'Номер получателя', examples: [4] }),
  }),
)
export type AlertRecipientAdded = Static<typeof AlertRecipientAdded>

export const AlertRecipientRemoved = messageAnswer('Получатель удален', Type.Null())
export type AlertRecipientRemoved = Static<typeof AlertRecipientRemoved>
