// Countries and payment systems, told to staff.

import { ofStaff } from '../operation.ts'

export const placeOperations = ofStaff('places', {
  'GET /api/admin/countries': {
    operationId: 'listCountries',
    summary: 'Страны',
    description: 'Все, и выключенные.',
  },
  'POST /api/admin/countries': {
    operationId: 'addCountry',
    summary: 'Добавить страну',
    description: 'Код и название ни у какой другой страны не повторяются.',
  },
  'PUT /api/admin/countries/{iso}': {
    operationId: 'changeCountry',
    summary: 'Изменить страну',
    description: 'Меняются только переданные поля; код не меняется.',
    refusals: ['not_found'],
  },
  'DELETE /api/admin/countries/{iso}': {
    operationId: 'deleteCountry',
    summary: 'Удалить страну',
    description: 'Только если к ней ничего не относится. Иначе выключите: `is_active: false`.',
    refusals: ['not_found', 'in_use'],
  },
  'GET /api/admin/payment-systems': {
    operationId: 'listPaymentSystems',
    summary: 'Платёжные системы',
    description: 'Все, с валютой и шагом округления.',
  },
  'POST /api/admin/payment-systems': {
    operationId: 'addPaymentSystem',
    summary: 'Добавить платёжную систему',
    description: 'Код потом не меняется: он стоит в списках сотрудников.',
  },
  'PUT /api/admin/payment-systems/{code}': {
    operationId: 'changePaymentSystem',
    summary: 'Изменить платёжную систему',
    description: 'Меняются только переданные поля; код не меняется.',
    refusals: ['not_found'],
  },
  'DELETE /api/admin/payment-systems/{code}': {
    operationId: 'deletePaymentSystem',
    summary: 'Удалить платёжную систему',
    description: 'Только если к ней ничего не относится.',
    refusals: ['not_found', 'in_use'],
  },
})
