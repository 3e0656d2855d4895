// Webhooks on their way to sources, told to staff.

import { ofStaff } from '../operation.ts'

export const deliveryOperations = ofStaff('deliveries', {
  'GET /api/admin/deliveries': {
    operationId: 'listDeliveries',
    summary: 'Вебхуки: что и куда отправлено',
    description:
      'Новые сверху, дальше — с `cursor`. Застрявшие — `state=parked`. Адрес показан без ' +
      'параметров: в них бывают ключи.',
    refusals: ['query_too_wide'],
  },
  'POST /api/admin/deliveries/{delivery_id}/resend': {
    operationId: 'resendDelivery',
    summary: 'Отправить вебхук снова',
    description:
      'С тем же номером и тем же телом, сколько угодно раз: получатель узнаёт повтор по номеру. ' +
      'Событие, которое ждёт слова терминала или заменено более поздним, не отправляется.',
    refusals: ['not_found', 'delivery_not_sendable'],
  },
})
