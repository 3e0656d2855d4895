// Webhooks on their way to sources, told to staff.

import { ofStaff } from '../operation.ts'

const REPLAY = `Доставленные и отложенные события с \`from\` до \`to\` уйдут снова с теми же номерами и телами, понемногу. Не больше 31
дня и 10 000 событий; у источника один повтор за раз. С тем же \`request_key\` второй раз ничего не начинается: ответом
будет тот же повтор.`

const DOCTOR = `Отправляет пять меченых событий по правилам настоящих и отвечает, что сделал приёмник: до минуты. В теле
\`test: true\`, в заголовке \`X-Webhook-Test: true\`; платежей и книг это не касается. До 20 проверок в час.`

export const deliveryOperations = ofStaff('deliveries', {
  'GET /api/admin/deliveries': {
    operationId: 'listDeliveries',
    summary: 'Вебхуки: что и куда отправлено',
    description:
      'Новые сверху, дальше — с `cursor`. Застрявшие — `state=parked`. Адрес показан без ' +
      'параметров: в них бывают ключи.',
    refusals: ['query_too_wide'],
  },
  'GET /api/admin/deliveries/{delivery_id}': {
    operationId: 'getDelivery',
    summary: 'Один вебхук: тело и попытки',
    description:
      'Тело — до байта такое, каким ушло; у каждой попытки — заголовки подписи, код, время, начало ' +
      'ответа и что делать, если не принято.',
    refusals: ['not_found'],
  },
  'POST /api/admin/deliveries/{delivery_id}/resend': {
    operationId: 'resendDelivery',
    summary: 'Отправить вебхук снова',
    description:
      'С тем же номером и тем же телом, сколько угодно раз: получатель узнаёт повтор по номеру. ' +
      'Событие, которое ждёт слова терминала или заменено более поздним, не отправляется.',
    refusals: ['not_found', 'delivery_not_sendable'],
  },
  'GET /api/admin/sources/{source_id}/endpoints': {
    operationId: 'listWebhookEndpoints',
    summary: 'Как живут получатели источника',
    description:
      'Сколько попыток удалось, когда не удалось в последний раз и почему, отключён ли получатель. ' +
      'Отключённого включает любая повторная отправка.',
    refusals: ['not_found', 'query_too_wide'],
  },
  'GET /api/admin/sources/{source_id}/replays': {
    operationId: 'listWebhookReplays',
    summary: 'Повторы событий источника',
    description: 'Сколько уже отправляется снова и чем кончилось.',
    refusals: ['not_found'],
  },
  'POST /api/admin/sources/{source_id}/replays': {
    operationId: 'replayWebhooks',
    summary: 'Отправить события за время снова',
    description: REPLAY,
    refusals: ['not_found', 'replay_in_progress'],
  },
  'POST /api/admin/sources/{source_id}/replays/{replay_id}/stop': {
    operationId: 'stopWebhookReplay',
    summary: 'Остановить повтор',
    description: 'То, что уже отправляется, дойдёт до конца. Остановить дважды можно.',
    refusals: ['not_found'],
  },
  'GET /api/admin/sources/{source_id}/webhook-checks': {
    operationId: 'listWebhookChecks',
    summary: 'Проверки приёмника',
    description: 'Что отправлено, что пришло в ответ, вывод и как исправить.',
    refusals: ['not_found'],
  },
  'POST /api/admin/sources/{source_id}/webhook-checks': {
    operationId: 'checkWebhookReceiver',
    summary: 'Проверить приёмник вебхуков',
    description: DOCTOR,
    refusals: ['not_found', 'no_webhook_url', 'rate_limited'],
  },
})
