// The audit, told to super admins.

import { ofStaff } from '../operation.ts'

export const auditOperations = ofStaff('centre', {
  'GET /api/admin/audit': {
    operationId: 'listAudit',
    summary: 'Журнал: кто, что и когда изменил',
    description:
      'Новые строки сверху, дальше — с `cursor`. Строка пишется вместе с самим изменением, потом её ' +
      'не исправить и не удалить: строки связаны хешами, `byfly audit verify` проверяет их все.',
  },
})
