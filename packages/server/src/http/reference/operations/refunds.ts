// Refunds, told to sources and to staff (M15).

import { ALWAYS, OF_BODY, OF_KEY, OF_TOKEN, type Operations, ofStaff } from '../operation.ts'

const REQUEST = `Возвращает всё, что осталось, либо \`amount\`, либо деньги одной попытки. Возврат идёт на терминале тем же способом, что и
покупка: покупатель сканирует QR-код возврата — он в ответе и на странице \`checkout_url\`, живёт около трёх минут.

\`paid\` и \`paid_amount\` не меняются; смотрите \`refunded_amount\` и \`refund_status\`. О каждом вернувшемся возврате
сообщает событие \`refunded\`, если оно включено. Если деньги платили по частям, возвратов несколько: начат первый,
остальные начинайте по одному с \`refund_id\`.

\`not_started\` говорит, почему возврат записан, но ещё не на терминале: начните его позже тем же вызовом с
\`refund_id\`. Большую сумму сначала подтверждает сотрудник (\`awaiting_approval\`).`

export const refundOperations: Operations = {
  'POST /api/payment/{transaction_id}/refund': {
    operationId: 'refundPayment',
    tag: 'payments',
    summary: 'Вернуть деньги',
    description: REQUEST,
    token: 'source',
    isKeyed: true,
    refusals: [
      ...OF_TOKEN,
      ...OF_BODY,
      ...OF_KEY,
      ...ALWAYS,
      'payment_not_found',
      'payment_archived',
      'refunds_not_allowed',
      'nothing_to_refund',
      'refund_too_large',
      'invalid_refund',
      'too_many_refunds',
      'refund_not_supported',
      'refund_not_found',
      'refund_not_approved',
      'refund_settled',
      'refund_in_progress',
      'attempt_in_progress',
      'too_many_attempts',
      'purchase_unknown',
      'terminals_busy',
      'terminals_unavailable',
      'qr_not_ready',
    ],
  },
  'GET /api/payment/{transaction_id}/refunds': {
    operationId: 'listRefunds',
    tag: 'payments',
    summary: 'Узнать о возвратах платежа',
    description: 'Все возвраты, новые первыми; до ста.',
    token: 'source',
    refusals: [...OF_TOKEN, ...ALWAYS, 'payment_not_found', 'payment_archived'],
  },
}

const OF_START = [
  'refund_not_supported',
  'refund_not_approved',
  'refund_settled',
  'refund_in_progress',
  'attempt_in_progress',
  'too_many_attempts',
  'purchase_unknown',
  'terminals_busy',
  'terminals_unavailable',
  'qr_not_ready',
] as const

export const staffRefundOperations = ofStaff('refunds', {
  'POST /api/admin/transactions/{transaction_id}/refunds': {
    operationId: 'requestRefund',
    summary: 'Запросить возврат',
    description:
      'Всего, части или денег одной попытки. Если второй человек не нужен, возврат сразу начинается на ' +
      'терминале и в ответе есть QR-код; `start: false` — только записать. `pay_again` открывает новый ' +
      'платёж вместо этого, связанный с ним полями `replaces` и `replaced_by`.',
    isKeyed: true,
    refusals: [
      ...OF_KEY,
      'payment_not_found',
      'payment_archived',
      'nothing_to_refund',
      'refund_too_large',
      'invalid_refund',
      'too_many_refunds',
      'refund_not_supported',
      'already_replaced',
    ],
  },
  'GET /api/admin/refunds': {
    operationId: 'listStaffRefunds',
    summary: 'Список возвратов',
    description: 'Новые первыми. Видны возвраты тех платежей, которые видны вам.',
  },
  'GET /api/admin/refunds/{refund_id}': {
    operationId: 'getStaffRefund',
    summary: 'Возврат',
    description: 'Состояние на сейчас; у идущего — QR-код.',
    refusals: ['refund_not_found'],
  },
  'POST /api/admin/refunds/{refund_id}/start': {
    operationId: 'startRefund',
    summary: 'Начать возврат на терминале',
    description:
      'Подтверждённый, или тот, чей QR-код никто не отсканировал. Потерянный второй раз не начинается.',
    refusals: ['refund_not_found', ...OF_START],
  },
  'POST /api/admin/refunds/{refund_id}/cancel': {
    operationId: 'cancelRefund',
    summary: 'Отменить возврат',
    description:
      'До вызова терминала — сразу. Идущий просят остановиться, последнее слово за терминалом.',
    refusals: ['refund_not_found', 'refund_settled', 'refund_in_progress'],
  },
  'POST /api/admin/refunds/{refund_id}/approve': {
    operationId: 'approveRefund',
    summary: 'Подтвердить возврат',
    description:
      'Второй человек, не тот, кто запросил. Терминал не занимается: начните возврат отдельно.',
    refusals: ['refund_not_found', 'refund_settled', 'refund_same_person'],
  },
  'POST /api/admin/refunds/{refund_id}/decline': {
    operationId: 'declineRefund',
    summary: 'Отклонить возврат',
    description: 'Второй человек, с причиной. Сумму можно запросить снова.',
    refusals: ['refund_not_found', 'refund_settled', 'refund_same_person'],
  },
  'POST /api/admin/refunds/{refund_id}/resolve': {
    operationId: 'resolveRefund',
    summary: 'Сказать, чем кончился возврат',
    description:
      'Для того, о котором терминал сказать не может: `unknown`, `lost`, `held`. С доказательством и ' +
      'причиной, оба остаются в журнале.',
    refusals: ['refund_not_found', 'refund_settled', 'refund_in_progress', 'refund_too_large'],
  },
})
