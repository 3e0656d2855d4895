// Alerts, told to staff.

import { ofStaff } from '../operation.ts'

export const alertOperations = ofStaff('alerts', {
  'GET /api/admin/alerts': {
    operationId: 'listAlerts',
    summary: 'Тревоги',
    description:
      'Что не так и что было не так, новые сверху, и сколько вы ещё не прочитали. Видно только то, ' +
      'что вам видно и так: терминалы ваших стран, ваши источники. Тревоги всего центра — тем, у ' +
      'кого страны не ограничены. Хранятся 90 дней после конца.',
  },
  'POST /api/admin/alerts/read': {
    operationId: 'readAlerts',
    summary: 'Отметить прочитанными',
    description: 'Все до названной, она тоже. У каждого сотрудника отметки свои.',
  },
  'GET /api/admin/alert-settings': {
    operationId: 'getAlertSettings',
    summary: 'Правила тревог',
    description: 'Правила, тихие часы, получатели и то, что настроено в этом центре.',
  },
  'PUT /api/admin/alert-settings': {
    operationId: 'changeAlertSettings',
    summary: 'Изменить правила тревог',
    description: 'Меняется только то, что названо. Действует сразу.',
  },
  'POST /api/admin/alert-recipients': {
    operationId: 'addAlertRecipient',
    summary: 'Добавить получателя тревог',
    description:
      'SMS — сотруднику или всем с ролью, Telegram — чату. Сотруднику приходит только то, что ему ' +
      'видно; чату без сотрудника — всё.',
  },
  'DELETE /api/admin/alert-recipients/{recipient_id}': {
    operationId: 'removeAlertRecipient',
    summary: 'Удалить получателя тревог',
    description: 'Начатое сообщение ещё дойдёт.',
    refusals: ['not_found'],
  },
})
