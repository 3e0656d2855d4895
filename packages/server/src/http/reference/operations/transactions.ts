// Payments as staff look for them, and what staff do with them by hand.

import { OF_KEY, ofStaff } from '../operation.ts'

const LIST = `Новые сверху, до 1000 строк; обычно 100. Дальше — с \`cursor\` (сколько угодно глубоко) или с \`offset\`. Дни — центра, оба включительно.

\`search\` ищет сразу по всему: номер платежа или его начало, \`external_id\`, заказ из \`metadata\`, номер операции Kaspi, а кому видны
клиенты — ещё телефон, почта и имя. Без права \`customers.read\` контакты клиентов скрыты и не ищутся.

\`total\` точен, пока \`total_exact\` — true: при поиске счёт останавливается на тысяче.`

const STORY = `Почему такой статус, попытки с причинами, полученные деньги и проводки, всё по порядку и с чьих слов, ответы терминалов,
вебхуки, открытые задачи. \`actions\` говорит, что с платежом можете сделать вы сейчас.`

const RESOLVE = `Для попыток из \`actions.resolve\`: терминал молчит, забыл операцию или не назвал сумму. Сначала посмотрите чек, выписку или экран
терминала и напишите об этом в \`evidence\`.

- \`paid\` — деньги получены: нужны \`amount\` (сколько взял терминал) и \`payment_method\`. Они зачитываются по тем же правилам, что и
слово терминала; источник получит вебхук.
- \`not_paid\` — денег нет: попытка закрывается, платить можно снова.

Закрытую попытку можно так признать оплаченной, если деньги всё же нашлись. Отменить решение нельзя.`

const NEW = `Для кассы: создаёт платёж от имени источника из вашего списка, по его правилам и пределам. Сумма — в тиынах, без комиссии. Ссылку из
\`checkout_url\` отдайте клиенту: способ он выберет сам. Дальше платёж виден в общем списке.`

export const transactionOperations = ofStaff('transactions', {
  'GET /api/admin/payments/sources': {
    operationId: 'listDeskSources',
    summary: 'Для кого можно взять оплату',
    description: 'Включённые источники, которые вам видны: их номера и имена.',
  },
  'POST /api/admin/payments': {
    operationId: 'createPaymentByStaff',
    summary: 'Создать платёж на кассе',
    description: NEW,
    isKeyed: true,
    refusals: [
      ...OF_KEY,
      'not_found',
      'source_disabled',
      'above_ceiling',
      'unknown_method',
      'external_id_taken',
      'limit_reached',
      'taking_money_is_off',
    ],
  },
  'POST /api/admin/transactions/{transaction_id}/send-link': {
    operationId: 'sendLink',
    summary: 'Отправить ссылку по SMS',
    description:
      'Клиенту, за счёт центра: до 3 раз в час по одному платежу, до 5 в сутки на один номер. Что стало с SMS — ' +
      'в `/api/admin/texts`.',
    refusals: [
      'payment_not_found',
      'payment_archived',
      'already_paid',
      'cancelled',
      'rate_limited',
      'texts_unavailable',
    ],
  },
  'GET /api/admin/transactions': {
    operationId: 'listTransactions',
    summary: 'Список платежей',
    description: LIST,
    refusals: ['query_too_wide'],
  },
  'GET /api/admin/transactions/export': {
    operationId: 'exportTransactions',
    summary: 'Выгрузить платежи в файл',
    description:
      'Те же фильтры, что у списка; новые сверху, суммы в тенге. CSV любой длины: точка с запятой, ' +
      'UTF-8 с меткой, открывается в Excel. XLSX — до 1 048 575 платежей. Файл пишется по мере ' +
      'чтения; обрыв соединения значит, что он не весь. «Возвращено» — сколько ушло назад клиенту, ' +
      'из них и `refunded` в отчётах; «Последний возврат» — когда это было. Что только запрошено, не считается.',
    refusals: ['query_too_wide', 'export_too_large', 'exports_busy'],
    plainAnswer: {
      mediaTypes: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
      description: 'Файл, имя — в `Content-Disposition`',
    },
  },
  'GET /api/admin/transactions/{transaction_id}': {
    operationId: 'getTransaction',
    summary: 'Платёж и вся его история',
    description: STORY,
    refusals: ['payment_not_found', 'payment_archived'],
  },
  'POST /api/admin/transactions/{transaction_id}/cancel': {
    operationId: 'cancelTransaction',
    summary: 'Отменить платёж',
    description:
      'То же, что отмена источником: платёж отменён сразу, терминал просят остановиться и следят ' +
      'за ним. Последнее слово за терминалом: деньги могут прийти и после. Отменённый — снова 200.',
    refusals: ['payment_not_found', 'payment_archived', 'already_paid'],
  },
  'POST /api/admin/transactions/{transaction_id}/attempts/{attempt_id}/resolve': {
    operationId: 'resolveAttempt',
    summary: 'Сказать, чем кончилась попытка',
    description: RESOLVE,
    refusals: [
      'payment_not_found',
      'payment_archived',
      'not_found',
      'unknown_method',
      'attempt_in_progress',
      'attempt_settled',
      'booked_elsewhere',
    ],
  },
})
