// Connections to Kaspi QR API on the wire of the administration. A key and a password go in and never come out.

import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer, model } from '../envelope.ts'
import {
  countryIso,
  line,
  localMoment,
  localOrNull,
  orNull,
  utcMoment,
  utcOrNull,
} from './shape.ts'

const FILE = '^[0-9A-Za-z][0-9A-Za-z._-]{0,99}$'

const shown = {
  name: line(200, 'Имя', 'Kaspi QR, основной магазин'),
  address: Type.String({
    minLength: 1,
    maxLength: 300,
    description: 'Адрес API из договора с банком: имя или https://имя:порт',
    examples: ['https://pay.example.kz:8543'],
  }),
  tls: Type.Enum(['strict', 'pinned'], {
    description: 'Сертификату банка верить как обычно или только тому, который увидели первым',
    examples: ['strict'],
  }),
  is_active: Type.Boolean({ description: 'Берёт новые платежи' }),
  scheme: Type.Enum(['r1', 'r2', 'r3'], {
    description:
      'Схема договора: r1 — по ключу, без возвратов; r2 — по сертификату, возврат с покупателем; ' +
      'r3 — по сертификату и БИН, возврат без покупателя',
    examples: ['r3'],
  }),
  form: Type.Enum(['qr', 'link'], {
    description: 'Что просить у банка: QR или платёжную ссылку',
    examples: ['qr'],
  }),
  certificate_file: orNull(
    Type.String({ pattern: FILE }),
    'Имя файла сертификата в папке BYFLY_BANK_CERTIFICATES: PEM, PFX или P12; для r2 и r3',
    'centre.pem',
  ),
  key_file: orNull(
    Type.String({ pattern: FILE }),
    'Имя файла ключа PEM; null — ключ в том же файле',
    'centre.key',
  ),
  organization_bin: orNull(
    Type.String({ pattern: '^[0-9]{12}$' }),
    'БИН организации, 12 цифр; для r3',
    '123456789012',
  ),
  trade_point_id: Type.String({
    pattern: '^[0-9]{1,18}$',
    description: 'Номер торговой точки в Kaspi Pay',
    examples: ['7001'],
  }),
  country_iso: countryIso,
} as const

const entered = {
  ...shown,
  api_key: orNull(
    Type.String({ pattern: '^[\\x21-\\x7e]{1,500}$' }),
    'Ключ API; для r1. Хранится зашифрованным и больше не показывается',
    'ключ-из-договора',
  ),
  passphrase: orNull(
    Type.String({ minLength: 1, maxLength: 500 }),
    'Пароль ключа или файла PFX. Хранится зашифрованным и больше не показывается',
    null,
  ),
} as const

export const NewQrConnectionRequest = Type.Object(
  {
    ...Type.Partial(Type.Object(entered)).properties,
    name: entered.name,
    address: entered.address,
    scheme: entered.scheme,
    trade_point_id: entered.trade_point_id,
  },
  { title: 'NewQrConnectionRequest' },
)
export type NewQrConnectionRequest = Static<typeof NewQrConnectionRequest>

export const QrConnectionChangeRequest = Type.Partial(Type.Object(entered), {
  title: 'QrConnectionChangeRequest',
})
export type QrConnectionChangeRequest = Static<typeof QrConnectionChangeRequest>

const id = Type.Integer({ description: 'Номер подключения', examples: [12] })

export const QrConnectionData = model('QrConnection', {
  id,
  ...shown,
  has_api_key: Type.Boolean({ description: 'Ключ API сохранён' }),
  has_passphrase: Type.Boolean({ description: 'Пароль сохранён' }),
  device_id: orNull(Type.String(), 'Под каким именем центр зарегистрирован в банке', null),
  trouble: orNull(
    Type.Enum(['not_registered', 'certificate_changed']),
    'Что мешает, пока не исправит человек',
    null,
  ),
  open: Type.Integer({ description: 'Сколько операций идёт сейчас', examples: [0] }),
  certificate_ends_at: localOrNull('До какого времени действует сертификат центра'),
  certificate_ends_at_utc: utcOrNull('До какого времени действует сертификат центра'),
  offline_since: localOrNull('С какого времени банк не отвечает'),
  offline_since_utc: utcOrNull('С какого времени банк не отвечает'),
  last_seen_at: localOrNull('Когда банк отвечал последний раз'),
  last_seen_at_utc: utcOrNull('Когда банк отвечал последний раз'),
  created_at: localMoment('Добавлено'),
  created_at_utc: utcMoment('Добавлено'),
})
export type QrConnectionData = Static<typeof QrConnectionData>

export const QrConnectionsAnswer = dataAnswer(Type.Array(QrConnectionData))
export type QrConnectionsAnswer = Static<typeof QrConnectionsAnswer>

export const QrConnectionAddedAnswer = messageAnswer(
  'Подключение добавлено',
  model('AddedQrConnection', { id }),
)
export type QrConnectionAddedAnswer = Static<typeof QrConnectionAddedAnswer>

export const QrConnectionChangedAnswer = messageAnswer('Подключение обновлено', Type.Null())
export type QrConnectionChangedAnswer = Static<typeof QrConnectionChangedAnswer>

export const QrConnectionDeletedAnswer = messageAnswer('Подключение удалено', Type.Null())
export type QrConnectionDeletedAnswer = Static<typeof QrConnectionDeletedAnswer>

export const QrConnectionTriedAnswer = dataAnswer(
  model('QrConnectionTried', {
    is_well: Type.Boolean({ description: 'Всё в порядке' }),
    latency_ms: orNull(Type.Integer(), 'За сколько ответил банк, мс; null — не ответил', 120),
    message: Type.String({
      description: 'Что вышло, одной фразой',
      examples: ['Банк отвечает, торговая точка найдена.'],
    }),
  }),
)
export type QrConnectionTriedAnswer = Static<typeof QrConnectionTriedAnswer>
