// Sources and their keys, told to staff.

import { ofStaff } from '../operation.ts'

const CHANGE = `Меняются только переданные поля. Разработчик меняет только \`default_webhook_url\` и \`webhook_events\`; любое другое
поле требует права \`sources.write\`, иначе 403.

\`is_active: false\` выключает источник: через секунду на его запросы центр отвечает 403, начатые оплаты и вебхуки идут до конца.
\`amount_unit\` после первого платежа не меняется.`

const ROTATE = `Показывается один раз. Прежний действует ещё \`overlap_hours\` часов (обычно 24), чтобы успеть сменить его
в программе; 0 — умирает сразу, так поступают с утёкшим.`

export const sourceOperations = ofStaff('sources', {
  'GET /api/admin/sources': {
    operationId: 'listSources',
    summary: 'Список источников',
    description:
      'По номерам, до 1000 строк. Если их больше, продолжайте с `after_id` — номером последней.',
    examples: ['sources'],
  },
  'POST /api/admin/sources': {
    operationId: 'createSource',
    summary: 'Создать источник',
    description:
      'Обязательны `name` и `type`, остальное имеет обычные значения. **Сохраните `api_token` и ' +
      '`webhook_secret`: больше они не покажутся.**',
  },
  'GET /api/admin/sources/{source_id}': {
    operationId: 'getSource',
    summary: 'Один источник',
    description: 'Все настройки; ни токена, ни секрета в них нет.',
    refusals: ['not_found'],
  },
  'PUT /api/admin/sources/{source_id}': {
    operationId: 'changeSource',
    summary: 'Изменить источник',
    description: CHANGE,
    refusals: ['not_found'],
  },
  'DELETE /api/admin/sources/{source_id}': {
    operationId: 'deleteSource',
    summary: 'Удалить источник',
    description:
      'Токен умирает в течение секунды: дальше 401. История остаётся, начатые оплаты и вебхуки ' +
      'идут до конца с прежним секретом. Второе удаление — 404.',
    refusals: ['not_found'],
  },
  'GET /api/admin/sources/{source_id}/keys': {
    operationId: 'listSourceKeys',
    summary: 'До каких пор действуют ключи',
    description: 'Когда выпущены и когда кончатся токены и секреты; самих их здесь нет.',
    refusals: ['not_found'],
  },
  'POST /api/admin/sources/{source_id}/rotate-token': {
    operationId: 'rotateSourceToken',
    summary: 'Заменить токен',
    description: `Новый \`X-API-Token\`. ${ROTATE}`,
    refusals: ['not_found'],
  },
  'POST /api/admin/sources/{source_id}/rotate-secret': {
    operationId: 'rotateSourceSecret',
    summary: 'Заменить секрет вебхуков',
    description:
      `Новый ключ подписи. ${ROTATE} Пока живы оба, \`X-Webhook-Signature\` подписывает прежний, ` +
      'а в `webhook-signature` стоят обе подписи.',
    refusals: ['not_found'],
  },
})
