// Terminals as staff enter them, told to staff.

import { ofStaff } from '../operation.ts'

const ADD = `Адрес принимается так, как его пишут: \`192.168.1.50\`, \`http://192.168.1.50\`, \`https://pos1.kaspipos.kz:8080\`, IPv6. Хранится
и показывается то, что прислали. Камера — \`camera_url\` или один номер \`camera_id\`; без камеры терминал берёт только
платежи на месте.

Добавленный терминал сразу берёт платежи. Сначала с \`is_active: false\`, проверка, потом \`true\` — если хотите убедиться.`

export const terminalOperations = ofStaff('terminals', {
  'GET /api/admin/terminals': {
    operationId: 'listTerminals',
    summary: 'Список терминалов',
    description: 'Из базы, терминалы не спрашиваются. До 1000 строк, дальше — с `offset`.',
  },
  'POST /api/admin/terminals': {
    operationId: 'addTerminal',
    summary: 'Добавить терминал',
    description: ADD,
  },
  'GET /api/admin/terminals/wall': {
    operationId: 'lookAtTerminalWall',
    summary: 'Стена терминалов',
    description:
      'Все терминалы сразу: что на экране, какой платёж, что видела камера, сколько ждут. Из базы, сами ' +
      'терминалы не спрашиваются: можно обновлять раз в несколько секунд.',
  },
  'GET /api/admin/terminals/{terminal_id}': {
    operationId: 'getTerminal',
    summary: 'Один терминал',
    description: 'Из базы. Спросить сам терминал — `…/status`.',
    refusals: ['terminal_not_found'],
  },
  'PUT /api/admin/terminals/{terminal_id}': {
    operationId: 'changeTerminal',
    summary: 'Изменить терминал',
    description:
      'Меняются только переданные поля. Адрес, порт, камеру и доверие сертификату (`tls`) меняет только ' +
      'супер-админ (право `terminals.connect`), остальным за них 403: туда пойдёт сам центр, с деньгами.',
    refusals: ['terminal_not_found'],
  },
  'DELETE /api/admin/terminals/{terminal_id}': {
    operationId: 'deleteTerminal',
    summary: 'Удалить терминал',
    description: 'Начатая на нём операция доводится до конца. Второе удаление — 404.',
    refusals: ['terminal_not_found'],
  },
})
