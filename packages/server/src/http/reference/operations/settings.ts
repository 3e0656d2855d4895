// The switch that stops taking money everywhere, told to staff.

import { ofStaff } from '../operation.ts'

export const settingOperations = ofStaff('centre', {
  'GET /api/admin/first-run': {
    operationId: 'getFirstRun',
    summary: 'Что осталось настроить',
    description:
      'По тому, что есть в центре сейчас: адрес, SMS, терминал, источник, первый платёж.',
  },
  'GET /api/admin/settings': {
    operationId: 'getSettings',
    summary: 'Принимаются ли деньги',
    description: 'И кто, когда и зачем переключал приём в последний раз.',
  },
  'PUT /api/admin/settings': {
    operationId: 'changeSettings',
    summary: 'Остановить или возобновить приём денег',
    description:
      'Для всех источников сразу: новые платежи и оплаты получают 503 `taking_money_is_off`. ' +
      'Начатые идут до конца. `reason` обязателен и останется в журнале.',
  },
})
