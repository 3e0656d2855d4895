// Payment methods and their rates, told to staff.

import { ofStaff } from '../operation.ts'

const RATE = `Ставка — \`percent\` (14 или 1.5) либо \`rate_bp\` (1400 — это 14 %). Начинается сразу или с \`valid_from\`; наступивший
момент прошлых ставок не меняет, у начатых оплат остаётся ставка, с которой они начаты. До 20 будущих ставок, не дальше
двух лет.`

export const staffMethodOperations = ofStaff('staff-methods', {
  'GET /api/admin/payment-methods': {
    operationId: 'listStaffPaymentMethods',
    summary: 'Список способов оплаты',
    description:
      'Со ставкой на сейчас и будущими. `net_of` показывает, сколько из 10 000 ₸ остаётся ' +
      'источнику: банк берёт долю со всей суммы, поэтому при `markup` он недополучает.',
  },
  'GET /api/admin/payment-methods/{method_id}': {
    operationId: 'getStaffPaymentMethod',
    summary: 'Способ оплаты со всеми ставками',
    description: 'До 100 ставок, новые первыми.',
    refusals: ['not_found'],
  },
  'PUT /api/admin/payment-methods/{method_id}': {
    operationId: 'changePaymentMethod',
    summary: 'Изменить способ оплаты',
    description:
      'Меняются только переданные поля. Действует на оплаты, начатые после: у начатых цена уже ' +
      'назначена.',
    refusals: ['not_found'],
  },
  'POST /api/admin/payment-methods/{method_id}/rates': {
    operationId: 'addRate',
    summary: 'Назначить ставку',
    description: RATE,
    refusals: ['not_found'],
  },
  'DELETE /api/admin/payment-methods/{method_id}/rates/{rate_id}': {
    operationId: 'withdrawRate',
    summary: 'Отменить будущую ставку',
    description: 'Только ту, что ещё не началась: прошлые и нынешняя остаются навсегда.',
    refusals: ['not_found', 'rate_has_begun'],
  },
})
