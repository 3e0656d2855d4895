// Whether the centre is up, told to those who keep it running.

import type { Operations } from '../operation.ts'

export const healthOperations: Operations = {
  'GET /healthz': {
    operationId: 'isAlive',
    tag: 'health',
    summary: 'Жив ли процесс',
    description: 'Отвечает сам процесс, базу не спрашивает.',
    token: null,
    refusals: [],
    plainAnswer: {
      mediaTypes: ['application/json'],
      description: 'Жив',
      example: { status: 'ok' },
    },
  },
  'GET /readyz': {
    operationId: 'isReady',
    tag: 'health',
    summary: 'Готов ли принимать платежи',
    description:
      'Спрашивает базу данных, ждёт её не дольше 2 секунд. Если не готов или останавливается — 503, ' +
      '`Retry-After` и `{"status":"unavailable"}`, без обычной обёртки ошибок.',
    token: null,
    refusals: [],
    plainAnswer: {
      mediaTypes: ['application/json'],
      description: 'Готов',
      example: { status: 'ready' },
    },
  },
}
