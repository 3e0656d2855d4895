// The first run of an empty centre on the wire, and who sends its SMS. A password goes in and never comes out.

import { type Static, Type } from 'typebox'
import { line, textOrNull } from './admin/shape.ts'
import { Login } from './auth.ts'
import { dataAnswer, messageAnswer, model } from './envelope.ts'

const setup_code = Type.String({
  minLength: 1,
  maxLength: 40,
  description: 'Код установки: центр печатает его при запуске, новый — `byfly setup-code`',
  examples: ['k3f9x-2mq7d-81w0z'],
})
const phone = Type.String({
  maxLength: 40,
  description: 'Телефон: +77780021666; с 8 или без + считается казахстанским',
  examples: ['+77780021666'],
})

export const SetupAnswer = dataAnswer(
  model('Setup', {
    is_open: Type.Boolean({ description: 'Сотрудников ещё нет, первого можно завести здесь' }),
    is_safe: Type.Boolean({
      description:
        'Запрос пришёл по https или с самого сервера; иначе код установки не принимается',
    }),
  }),
)
export type SetupAnswer = Static<typeof SetupAnswer>

const account = {
  provider: Type.Enum(['smsc', 'mobizon'], {
    description: 'Шлюз, через который уходят SMS',
    examples: ['smsc'],
  }),
  login: Type.Optional(line(100, 'Логин SMSC', 'byfly')),
  password: Type.Optional(line(200, 'Пароль SMSC; обратно не показывается', 'пароль')),
  key: Type.Optional(line(200, 'Ключ API Mobizon; обратно не показывается', 'kz0123456789')),
  sender: Type.Optional(line(20, 'Имя отправителя, согласованное со шлюзом', 'ByFly')),
} as const

export const SmsAccountRequest = Type.Object(account, { title: 'SmsAccountRequest' })
export type SmsAccountRequest = Static<typeof SmsAccountRequest>

export const SmsCheck = model('SmsCheck', {
  provider: Type.Enum(['file', 'console', 'smsc', 'mobizon', 'none'], {
    description: 'Кто отправляет SMS; none — не настроено',
    examples: ['smsc'],
  }),
  is_fixed: Type.Boolean({ description: 'Задано при запуске центра: здесь не меняется' }),
  balance: textOrNull('Остаток, как его назвал шлюз: значит, счёт он узнал', '1250.40'),
  currency: textOrNull('Валюта остатка, если шлюз её называет', 'KZT'),
  fault: textOrNull('Что пошло не так: постоянное слово'),
  advice: textOrNull('Что с этим делать'),
  provider_word: textOrNull('Как это назвал сам шлюз'),
})
export type SmsCheck = Static<typeof SmsCheck>

export const SmsSetUpAnswer = messageAnswer('Отправка SMS настроена', SmsCheck)
export type SmsSetUpAnswer = Static<typeof SmsSetUpAnswer>

export const SmsTestRequest = Type.Object({ phone }, { title: 'SmsTestRequest' })

export const SmsTried = model('SmsTried', {
  outcome: Type.Enum(['accepted', 'refused', 'not_sent', 'unknown'], {
    description: 'accepted принято шлюзом, refused отказано, not_sent не ушло, unknown неизвестно',
    examples: ['accepted'],
  }),
  provider: SmsCheck.properties.provider,
  fault: textOrNull('Что пошло не так: постоянное слово'),
  advice: textOrNull('Что с этим делать'),
  provider_word: textOrNull('Как это назвал сам шлюз'),
})
export type SmsTried = Static<typeof SmsTried>
export const SmsTestAnswer = dataAnswer(SmsTried)
export type SmsTestAnswer = Static<typeof SmsTestAnswer>

export const OpenSetupRequest = Type.Object({ setup_code }, { title: 'OpenSetupRequest' })
export const OpenSetupAnswer = dataAnswer(SmsCheck)
export type OpenSetupAnswer = Static<typeof OpenSetupAnswer>

export const SetUpSmsRequest = Type.Object({ setup_code, ...account }, { title: 'SetUpSmsRequest' })
export const SendFirstCodeRequest = Type.Object(
  { setup_code, phone },
  { title: 'SendFirstCodeRequest' },
)

export const FirstAdminRequest = Type.Object(
  {
    setup_code,
    phone,
    name: line(200, 'Как вас зовут: так вас увидят в журнале', 'Айгерим Сериккызы'),
    code: Type.String({
      pattern: '^[0-9]{6}$',
      description: 'Шесть цифр из SMS',
      examples: ['123456'],
    }),
    session: Type.Optional(
      Type.Enum(['token', 'cookie'], {
        description:
          'Где хранить вход: `token` — в ответе (так и без этого поля), `cookie` — в cookie',
        examples: ['token'],
      }),
    ),
  },
  { title: 'FirstAdminRequest' },
)
export type FirstAdminRequest = Static<typeof FirstAdminRequest>
export const FirstAdminAnswer = messageAnswer('Первый сотрудник добавлен', Login)
export type FirstAdminAnswer = Static<typeof FirstAdminAnswer>

export const FirstRunAnswer = dataAnswer(
  model('FirstRun', {
    public_url: Type.String({
      description: 'С чего начинаются ссылки для покупателей',
      examples: ['https://pay.example.kz'],
    }),
    steps: Type.Array(
      model('FirstRunStep', {
        step: Type.Enum(['address', 'sms', 'terminal', 'source', 'payment'], {
          description:
            'address — https и адрес для покупателей, sms — отправка SMS, terminal — терминал пустил ' +
            'центр и исправен, source — источник, payment — первые деньги приняты',
          examples: ['terminal'],
        }),
        is_done: Type.Boolean({ description: 'Так и есть сейчас' }),
      }),
      { description: 'По порядку' },
    ),
  }),
)
export type FirstRunAnswer = Static<typeof FirstRunAnswer>
