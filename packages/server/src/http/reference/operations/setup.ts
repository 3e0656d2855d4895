// The first run of an empty centre, told to whoever automates it.

import type { ErrorCode } from '@byfly-pay/contract'
import { ALWAYS, OF_BODY, type Operation, type Operations } from '../operation.ts'

const ADMITTED: readonly ErrorCode[] = [
  'cookie_needs_tls',
  ...OF_BODY,
  'wrong_setup_code',
  'setup_closed',
  'rate_limited',
]

function step({
  refusals = [],
  ...operation
}: Pick<Operation, 'operationId' | 'summary' | 'description'> & {
  readonly refusals?: readonly ErrorCode[]
}): Operation {
  return {
    ...operation,
    tag: 'setup',
    token: null,
    refusals: [...ADMITTED, ...refusals, ...ALWAYS],
  }
}

export const setupOperations: Operations = {
  'GET /api/setup': {
    operationId: 'getSetup',
    tag: 'setup',
    summary: 'Ждёт ли центр первого сотрудника',
    description: 'Спросить может любой.',
    token: null,
    refusals: ALWAYS,
  },
  'POST /api/setup/open': step({
    operationId: 'openSetup',
    summary: 'Проверить код установки',
    description:
      'Код живёт сутки, новый отменяет прежний. С одного адреса — 60 вызовов первого запуска в час. ' +
      'В ответе — кто отправляет SMS и что о счёте говорит шлюз.',
  }),
  'PUT /api/setup/sms': step({
    operationId: 'setUpFirstSms',
    summary: 'Выбрать шлюз SMS',
    description: 'То же, что `PUT /api/admin/sms`, пока сотрудников нет.',
    refusals: ['sms_fixed'],
  }),
  'POST /api/setup/send-code': step({
    operationId: 'sendFirstCode',
    summary: 'Отправить код на телефон первого сотрудника',
    description:
      'Мимо очереди: в ответе — что сказал шлюз. Код живёт 5 минут, следующий — через минуту; если ' +
      'SMS точно не ушло, ждать не нужно.',
    refusals: ['login_unavailable'],
  }),
  'POST /api/setup/admin': step({
    operationId: 'makeFirstAdmin',
    summary: 'Завести первого супер-админа и войти',
    description:
      'По коду установки и коду из SMS. Из двух одновременных вызовов удаётся один. Ответ — как у ' +
      '`POST /api/auth/verify`.',
    refusals: ['wrong_login_code', 'foreign_origin'],
  }),
}
