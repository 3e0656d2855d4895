// The catalogue of payment methods, told to integrators.

import { ALWAYS, OF_TOKEN, type Operations } from '../operation.ts'

const METHODS = `Чем могут заплатить ваши покупатели и сколько это стоит: ставка, границы суммы, кто платит комиссию. Суммы — в
единицах вашего источника. Список меняется редко, но меняется: спрашивайте его, а не храните в коде.`

export const paymentMethodOperations: Operations = {
  'GET /api/payment-methods': {
    operationId: 'listPaymentMethods',
    tag: 'methods',
    summary: 'Список способов оплаты',
    description: METHODS,
    token: 'source',
    refusals: [...OF_TOKEN, ...ALWAYS],
    examples: ['methods'],
  },
}
