// Members of staff, their sessions and second factors, told to super admins.

import { ofStaff } from '../operation.ts'

const ADD = `Обязательны \`phone\`, \`name\` и \`role\`; всем, кроме супер-админа, — ещё \`allowed_countries\` и \`allowed_payment_systems\`:
что человеку видно, говорится прямо и не угадывается. Войти он может сразу, по коду из SMS.`

const CHANGE = `Меняются только переданные поля. Новые права и списки действуют со следующего запроса. Смена телефона и
\`is_active: false\` закрывают все сессии.`

export const adminOperations = ofStaff('admins', {
  'GET /api/admin/admins': {
    operationId: 'listAdmins',
    summary: 'Список сотрудников',
    description:
      'По номерам, до 1000 строк. Если их больше, продолжайте с `after_id` — номером последнего.',
  },
  'POST /api/admin/admins': {
    operationId: 'addAdmin',
    summary: 'Добавить сотрудника',
    description: ADD,
  },
  'GET /api/admin/admins/{admin_id}': {
    operationId: 'getAdmin',
    summary: 'Один сотрудник',
    description: 'Роль, списки и может ли он войти.',
    refusals: ['not_found'],
  },
  'PUT /api/admin/admins/{admin_id}': {
    operationId: 'changeAdmin',
    summary: 'Изменить сотрудника',
    description: CHANGE,
    refusals: ['not_found', 'last_super_admin'],
  },
  'DELETE /api/admin/admins/{admin_id}': {
    operationId: 'blockAdmin',
    summary: 'Заблокировать сотрудника',
    description:
      'То же, что `is_active: false`: сессии закрыты, войти нельзя. Запись остаётся: сделанное им ' +
      'хранит его имя.',
    refusals: ['not_found', 'last_super_admin'],
  },
  'GET /api/admin/admins/{admin_id}/sessions': {
    operationId: 'listAdminSessions',
    summary: 'Сессии сотрудника',
    description: 'Действующие, новые сверху, до 100.',
    refusals: ['not_found'],
  },
  'DELETE /api/admin/admins/{admin_id}/sessions/{session_id}': {
    operationId: 'closeAdminSession',
    summary: 'Завершить сессию сотрудника',
    description: 'Её токен перестаёт действовать сразу.',
    refusals: ['not_found'],
  },
  'GET /api/admin/admins/{admin_id}/second-factor': {
    operationId: 'getAdminSecondFactor',
    summary: 'Второй фактор сотрудника',
    description: 'Включён ли он, обязателен ли и сколько осталось резервных кодов.',
    refusals: ['not_found'],
  },
  'PUT /api/admin/admins/{admin_id}/second-factor': {
    operationId: 'obligeAdminSecondFactor',
    summary: 'Обязать сотрудника включить второй фактор',
    description: 'Пока его нет, сотрудник со следующего запроса может только включить его.',
    refusals: ['not_found'],
  },
  'DELETE /api/admin/admins/{admin_id}/second-factor': {
    operationId: 'resetAdminSecondFactor',
    summary: 'Сбросить второй фактор сотрудника',
    description:
      'Для того, кто потерял и телефон с приложением, и резервные коды. Второго фактора и так ' +
      'нет — 404.',
    refusals: ['not_found'],
  },
  'GET /api/admin/second-factor': {
    operationId: 'getSecondFactorSetting',
    summary: 'Обязателен ли второй фактор для всех',
    description: 'Одна настройка на весь центр.',
  },
  'PUT /api/admin/second-factor': {
    operationId: 'setSecondFactorSetting',
    summary: 'Сделать второй фактор обязательным для всех',
    description:
      'Или отменить это. У кого его ещё нет, тот со следующего запроса может только включить его; ' +
      'и вы тоже.',
  },
})
