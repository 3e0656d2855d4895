// SMS to staff and how they are sent, told to super admins.

import { ofStaff } from '../operation.ts'

export const textOperations = ofStaff('centre', {
  'GET /api/admin/texts': {
    operationId: 'listTexts',
    summary: 'SMS сотрудникам',
    description: 'Что стало с каждым, новые сверху. Ни текста, ни целого номера здесь нет.',
  },
  'GET /api/admin/sms': {
    operationId: 'getSmsStanding',
    summary: 'Отправка SMS',
    description:
      'Кто отправляет, сколько осталось на счёте и что не ушло в последний раз. Остаток ' +
      'спрашивается у шлюза; если он молчит, ответ придёт через 10 секунд.',
  },
  'PUT /api/admin/sms': {
    operationId: 'setUpSms',
    summary: 'Выбрать шлюз SMS',
    description:
      'Счёт хранится зашифрованным, все машины центра переходят на него сразу. В ответе — узнал ли ' +
      'его шлюз. Где `BYFLY_SMS` задано при запуске, здесь ничего не меняется: `sms_fixed`.',
    refusals: ['sms_fixed'],
  },
  'POST /api/admin/sms/test': {
    operationId: 'testSms',
    summary: 'Отправить проверочное SMS',
    description: 'Мимо очереди: ответ шлюза виден сразу.',
  },
})
