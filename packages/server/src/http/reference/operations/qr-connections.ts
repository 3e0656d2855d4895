// Connections to Kaspi QR API, told to super admins.

import { ofStaff } from '../operation.ts'

export const qrConnectionOperations = ofStaff('terminals', {
  'GET /api/admin/qr-connections': {
    operationId: 'listQrConnections',
    summary: 'Подключения Kaspi QR API',
    description: 'Из базы. Ключи и пароли не показываются: видно только, что они сохранены.',
  },
  'POST /api/admin/qr-connections': {
    operationId: 'addQrConnection',
    summary: 'Добавить подключение',
    description:
      'Договор банка даёт адрес, схему и ключ или сертификат. Файлы сертификата положите на каждый сервер в ' +
      'папку BYFLY_BANK_CERTIFICATES. Потом зарегистрируйте подключение: без этого QR не создаются.',
  },
  'PUT /api/admin/qr-connections/{connection_id}': {
    operationId: 'changeQrConnection',
    summary: 'Изменить подключение',
    description: 'Меняются только переданные поля. Непереданный ключ остаётся, `null` убирает его.',
    refusals: ['not_found'],
  },
  'DELETE /api/admin/qr-connections/{connection_id}': {
    operationId: 'deleteQrConnection',
    summary: 'Удалить подключение',
    description:
      'Начатое доводится до конца. Вернуть через API деньги, взятые этим подключением, потом нельзя: ' +
      'останется кабинет Kaspi Pay.',
    refusals: ['not_found'],
  },
  'POST /api/admin/qr-connections/{connection_id}/check': {
    operationId: 'checkQrConnection',
    summary: 'Проверить подключение',
    description: 'Спрашивает у банка торговые точки. Денег не касается.',
    refusals: ['not_found'],
  },
  'POST /api/admin/qr-connections/{connection_id}/register': {
    operationId: 'registerQrConnection',
    summary: 'Зарегистрировать подключение',
    description: 'Банк выдаёт токен устройства. Можно повторять: устройство остаётся тем же.',
    refusals: ['not_found', 'registration_in_progress'],
  },
})
