// Turnover and conversion, told to staff.

import { ofStaff } from '../operation.ts'

const FIGURES = `Суммы проводок и числа платежей по дням центра, точные на момент ответа. По одному или двум разрезам: по источникам,
способам, тому, чем заплатили на самом деле, терминалам, странам, системам; до 1000 строк. \`totals\` — сумма строк.

\`date_field=created_at\` (обычно) считает платежи по дню создания и всё, что с ними стало потом; \`paid_at\` — деньги по дню
поступления, неоплаченных там нет. По \`day\` есть и пустые дни.`

export const figureOperations = ofStaff('figures', {
  'GET /api/admin/figures': {
    operationId: 'getFigures',
    summary: 'Оборот и конверсия',
    description: FIGURES,
  },
})
