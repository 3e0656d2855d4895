// Terminals on the wire of the administration. Documented fields first, additive ones after them;
// what a device says of itself is nowhere among them.

import { AVAILABILITIES } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer, model } from '../envelope.ts'
import { LIMIT } from './audit.ts'
import {
  countryIso,
  localMoment,
  localOrNull,
  orNull,
  textOrNull,
  utcMoment,
  utcOrNull,
} from './shape.ts'

const TLS_MODES = ['strict', 'pinned', 'insecure'] as const
const API_VERSIONS = ['v2', 'v1'] as const

/** What staff enters; a field that is not here is dropped from a request (T7, A17). */
const entered = {
  name: Type.String({
    pattern: '\\S',
    maxLength: 200,
    description: 'Имя',
    examples: ['Терминал 1'],
  }),
  ip_address: Type.String({
    minLength: 1,
    maxLength: 300,
    description: 'Адрес терминала: host, http://host или https://host, IPv4, IPv6 или имя',
    examples: ['http://192.168.1.50'],
  }),
  port: Type.Integer({
    minimum: 1,
    maximum: 65_535,
    description: 'Порт терминала; обычно 8080',
    examples: [8080],
  }),
  camera_id: orNull(
    Type.Integer({ minimum: 0, maximum: 2_147_483_647 }),
    'Номер камеры; один, без `camera_url`, строит адрес от BYFLY_CAMERA_BASE',
    4,
  ),
  camera_url: orNull(
    Type.String({ minLength: 1, maxLength: 2_048 }),
    'Адрес камеры; null — камеры нет, терминал берёт только платежи на месте',
    'http://192.168.1.60:3000/qr/4',
  ),
  is_active: Type.Boolean({ description: 'Берёт новые платежи' }),
  tls: Type.Enum([...TLS_MODES], {
    description: 'Каким сертификатам верить: strict — обычным, pinned — одному, insecure — любым',
    examples: ['strict'],
  }),
  api_version: Type.Enum([...API_VERSIONS], {
    description: 'Версия API терминала',
    examples: ['v2'],
  }),
  own_cheque: Type.Boolean({
    description: 'Фискальный чек делает касса, терминал его не печатает',
  }),
  country_iso: countryIso,
  reserved_sources: orNull(
    Type.Array(Type.Integer({ minimum: 1, maximum: 2_147_483_647 }), {
      maxItems: 1_000,
      uniqueItems: true,
    }),
    'Номера источников, чьи платежи одни и берёт; null — любых. Видны источники, видимые вам',
    null,
  ),
  reserved_country: orNull(
    Type.String({ pattern: '^[A-Z]{2}$' }),
    'Страна по ISO 3166-1, чьи источники одни и обслуживает; null — любая',
    null,
  ),
} as const

export const NewTerminalRequest = Type.Object(
  {
    ...Type.Partial(Type.Object(entered)).properties,
    name: entered.name,
    ip_address: entered.ip_address,
    payment_system: Type.Optional(
      Type.String({
        maxLength: 40,
        description: 'Платёжная система; обычно kaspi',
        examples: ['kaspi'],
      }),
    ),
  },
  { title: 'NewTerminalRequest' },
)
export type NewTerminalRequest = Static<typeof NewTerminalRequest>

/** Only the fields that are sent change (T5). */
export const TerminalChangeRequest = Type.Partial(Type.Object(entered), {
  title: 'TerminalChangeRequest',
})
export type TerminalChangeRequest = Static<typeof TerminalChangeRequest>

export const ReasonRequest = Type.Object(
  {
    reason: Type.String({
      pattern: '\\S',
      maxLength: 500,
      description: 'Почему: для коллег и журнала',
      examples: ['Сломался экран'],
    }),
  },
  { title: 'ReasonRequest' },
)

export const ResolveQuarantineRequest = Type.Object(
  {
    ...ReasonRequest.properties,
    evidence: Type.String({
      pattern: '\\S',
      maxLength: 2_000,
      description: 'Чем подтверждено, что терминал свободен: что на экране, что в его журнале',
      examples: ['На экране главное меню, в журнале операций пусто'],
    }),
  },
  { title: 'ResolveQuarantineRequest' },
)

export const RegisterRequest = Type.Object(
  {
    name: Type.Optional(
      Type.String({
        pattern: '^[\\p{L}\\p{N} ._-]{1,64}$',
        description: 'Под каким именем терминал запомнит центр; обычно ByFly Pay',
        examples: ['ByFly Pay'],
      }),
    ),
  },
  { title: 'RegisterRequest' },
)

export const TerminalsQuery = Type.Object({
  limit: Type.Optional(Type.String({ pattern: LIMIT, description: 'Сколько, до 1000' })),
  offset: Type.Optional(
    Type.String({ pattern: '^[0-9]{1,9}$', description: 'Сколько пропустить' }),
  ),
})

const terminalId = Type.Integer({ description: 'Номер терминала', examples: [3] })

const FAULTS = ['not_connected', 'start_refused', 'start_lost', 'qr_unread'] as const

const Health = model('TerminalHealth', {
  score: Type.Integer({ description: 'Оценка от 0 до 100 за последний час', examples: [97] }),
  trials: Type.Integer({ description: 'По скольким последним операциям', examples: [20] }),
  faults: Type.Integer({
    description: 'Сколько из них не удались по вине терминала или камеры',
    examples: [1],
  }),
  start_ms: orNull(Type.Integer(), 'Обычное время старта, миллисекунды', 1_450),
  qr_read_percent: orNull(Type.Integer(), 'Сколько QR-кодов камера прочитала, проценты', 100),
})

const Suspension = model('TerminalSuspension', {
  reason: Type.Enum([...FAULTS], {
    description:
      'not_connected не соединяется, start_refused отказывает, start_lost не отвечает на старт, ' +
      'qr_unread камера не читает QR-код',
    examples: ['not_connected'],
  }),
  since: localMoment('С каких пор'),
  since_utc: utcMoment('С каких пор'),
  next_test_at: localMoment('Когда центр снова проверит терминал'),
  next_test_at_utc: utcMoment('Когда центр снова проверит терминал'),
})

const TakenOut = model('TerminalTakenOut', {
  by: Type.String({ description: 'Кто вывел', examples: ['Айгерим Сериккызы'] }),
  reason: Type.String({ description: 'Почему', examples: ['Сломался экран'] }),
  at: localMoment('Когда'),
  at_utc: utcMoment('Когда'),
})

export const TerminalData = model('Terminal', {
  id: terminalId,
  ...entered,
  payment_system: Type.String({ description: 'Платёжная система', examples: ['kaspi'] }),
  status: Type.Enum([...AVAILABILITIES], {
    description:
      'Свободен, занят, выведен из работы, нужен человек, карантин, отстранён до самопроверки, ' +
      'не отвечает, отключён',
    examples: ['free'],
  }),
  current_transaction_id: textOrNull(
    'Платёж на терминале; null и тогда, когда он вам не виден',
    '019B4F5C8A317D02A6C1E5B4D3F20718',
  ),
  trouble: orNull(
    Type.Enum(['not_registered', 'certificate_changed']),
    'Что может исправить только человек',
    null,
  ),
  trouble_since: localOrNull('С каких пор'),
  trouble_since_utc: utcOrNull('С каких пор'),
  quarantine_reason: orNull(
    Type.Enum(['start_lost', 'terminal_busy']),
    'Почему в карантине; null вне карантина',
    null,
  ),
  quarantined_until: localOrNull('До какого времени; null, пока идёт операция'),
  quarantined_until_utc: utcOrNull('До какого времени'),
  taken_out: orNull(TakenOut, 'Кто, когда и почему вывел терминал из работы; null — не выводили'),
  health: orNull(Health, 'Как служит в последнее время; null — ещё не работал'),
  suspended: orNull(
    Suspension,
    'Подряд не удавалось: отстранён, пока самопроверка не пройдёт; null — не отстранён',
  ),
  registered_name: textOrNull('Под каким именем терминал знает центр', 'ByFly Pay'),
  token_expires_at: localOrNull('Докуда живёт токен'),
  token_expires_at_utc: utcOrNull('Докуда живёт токен'),
  certificate_fingerprint: textOrNull('SHA-256 сертификата, которому верит режим pinned'),
  can_stop: orNull(
    Type.Boolean(),
    'Останавливает ли операцию по просьбе; null — ещё неизвестно',
    true,
  ),
  last_seen_at: localOrNull('Когда отвечал в последний раз'),
  last_seen_at_utc: utcOrNull('Когда отвечал в последний раз'),
  created_at: localMoment('Когда добавлен'),
  created_at_utc: utcMoment('Когда добавлен'),
})
export type TerminalData = Static<typeof TerminalData>

export const TerminalsAnswer = dataAnswer(Type.Array(TerminalData))
export type TerminalsAnswer = Static<typeof TerminalsAnswer>

export const TerminalAnswer = dataAnswer(TerminalData)
export type TerminalAnswer = Static<typeof TerminalAnswer>

export const TerminalAdded = messageAnswer(
  'Терминал добавлен',
  model('AddedTerminal', { id: terminalId }),
)
export type TerminalAdded = Static<typeof TerminalAdded>

export const TerminalChanged = messageAnswer('Терминал обновлен', Type.Null())
export type TerminalChanged = Static<typeof TerminalChanged>

export const TerminalDeleted = messageAnswer('Терминал удален', Type.Null())
export type TerminalDeleted = Static<typeof TerminalDeleted>

export const TerminalTakenOut = messageAnswer('Терминал выведен из работы', Type.Null())
export type TerminalTakenOut = Static<typeof TerminalTakenOut>

export const TerminalBroughtBack = messageAnswer('Терминал возвращен в работу', Type.Null())
export type TerminalBroughtBack = Static<typeof TerminalBroughtBack>

export const QuarantineResolved = messageAnswer('Карантин снят', Type.Null())
export type QuarantineResolved = Static<typeof QuarantineResolved>
