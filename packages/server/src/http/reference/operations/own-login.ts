// What members of staff do about their own login: who they are, their sessions, their second factor. These
// calls take no right, and those of the second factor work before there is one.

import { ALWAYS, OF_BODY, type Operations, ofStaff } from '../operation.ts'

const ANY_TIME = '**Кто может:** любой сотрудник, и тот, кто ещё обязан включить второй фактор.'
const AT_WORK = '**Кто может:** любой сотрудник.'

const EVENTS = `Поток Server-Sent Events: что изменилось, ни слова о том, каким оно стало. \`change\` называет вид и номер — спросите саму вещь своими
правами; пропущенное не повторяется, поэтому после переподключения спросите заново всё, что показываете. Приходит только
то, что вам видно. Поток кончается вместе с сессией и когда изменились ваши права; на сотрудника — до 12 потоков.
Для браузера с cookie — \`EventSource\`, с токеном — \`fetch\` с чтением тела.`

const EVENTS_EXAMPLE = `event: beat
data: {"at":"2025-12-24 10:05:30","at_utc":"2025-12-24T05:05:30.000Z"}

event: change
data: {"kind":"payment","id":"019B4F5C8A317D02A6C1E5B4D3F20718","version":4}

`

const me = ofStaff('own-login', {
  'GET /api/admin/events': {
    operationId: 'watchChanges',
    summary: 'Следить за переменами',
    description: EVENTS,
    refusals: ['not_event_stream', 'rate_limited'],
    plainAnswer: {
      mediaTypes: ['text/event-stream'],
      description: 'Поток событий',
      example: EVENTS_EXAMPLE,
    },
  },
  'GET /api/admin/me': {
    operationId: 'getMe',
    summary: 'Кто вошёл',
    description:
      'Сотрудник этого токена и его права на эту минуту. `allowed_countries` и ' +
      '`allowed_payment_systems`: null — все, пустой список — никакие.',
  },
})

const sessions = ofStaff('own-login', {
  'POST /api/auth/logout': {
    operationId: 'logOut',
    summary: 'Выйти',
    description: `Токен этой сессии перестаёт действовать сразу.\n\n${ANY_TIME}`,
    refusals: ['staff_unauthorized', 'foreign_origin', ...ALWAYS],
  },
  'GET /api/auth/sessions': {
    operationId: 'listMySessions',
    summary: 'Мои сессии',
    description: `Действующие сессии, новые сверху, до 100.\n\n${AT_WORK}`,
    refusals: ['staff_unauthorized', 'second_factor_setup_required', ...ALWAYS],
  },
  'DELETE /api/auth/sessions/{session_id}': {
    operationId: 'closeMySession',
    summary: 'Завершить свою сессию',
    description: `Её токен перестаёт действовать сразу. Чужая сессия — 404.\n\n${AT_WORK}`,
    refusals: [
      'staff_unauthorized',
      'foreign_origin',
      'second_factor_setup_required',
      'not_found',
      ...ALWAYS,
    ],
  },
})

const secondFactor = ofStaff('own-login', {
  'GET /api/auth/totp': {
    operationId: 'getMySecondFactor',
    summary: 'Мой второй фактор',
    description: `Включён ли он, обязателен ли и сколько осталось резервных кодов.\n\n${ANY_TIME}`,
    refusals: ['staff_unauthorized', ...ALWAYS],
  },
  'POST /api/auth/totp/start': {
    operationId: 'startSecondFactor',
    summary: 'Получить секрет для приложения',
    description:
      'Секрет для приложения-аутентификатора и та же ссылка для QR-кода; показываются один раз. ' +
      `Второй фактор включится, когда вы подтвердите первый код.\n\n${ANY_TIME}`,
    refusals: ['staff_unauthorized', 'foreign_origin', 'second_factor_on', ...ALWAYS],
  },
  'POST /api/auth/totp/confirm': {
    operationId: 'confirmSecondFactor',
    summary: 'Включить второй фактор',
    description:
      'Первый код из приложения. В ответе десять резервных кодов, каждый на один раз: сохраните ' +
      `их, больше они не покажутся.\n\n${ANY_TIME}`,
    refusals: [
      'staff_unauthorized',
      'foreign_origin',
      ...OF_BODY,
      'second_factor_not_started',
      'second_factor_on',
      'wrong_totp',
      'rate_limited',
      ...ALWAYS,
    ],
  },
  'POST /api/auth/totp/disable': {
    operationId: 'disableSecondFactor',
    summary: 'Выключить второй фактор',
    description: `Нужен код из приложения или резервный: одного токена мало.\n\n${ANY_TIME}`,
    refusals: [
      'staff_unauthorized',
      'foreign_origin',
      ...OF_BODY,
      'second_factor_off',
      'wrong_totp',
      'rate_limited',
      ...ALWAYS,
    ],
  },
})

export const ownLoginOperations: Operations = { ...me, ...sessions, ...secondFactor }
