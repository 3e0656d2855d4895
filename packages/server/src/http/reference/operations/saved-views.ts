// Saved views of the list of payments, told to staff.

import { ofStaff } from '../operation.ts'

export const savedViewOperations = ofStaff('transactions', {
  'GET /api/admin/saved-views': {
    operationId: 'listSavedViews',
    summary: 'Ваши сохранённые фильтры',
    description: 'Только ваши: другим сотрудникам они не видны.',
  },
  'PUT /api/admin/saved-views': {
    operationId: 'saveView',
    summary: 'Сохранить фильтры под именем',
    description: 'С тем же именем — заменить. Хранится до тридцати.',
  },
  'DELETE /api/admin/saved-views/{view_id}': {
    operationId: 'removeSavedView',
    summary: 'Удалить сохранённый фильтр',
    description: 'Свой.',
    refusals: ['not_found'],
  },
})
