// The documented calls of a source about its payments, told to integrators.

import { ALWAYS, OF_BODY, OF_KEY, OF_START, OF_TOKEN, type Operations } from '../operation.ts'

const INIT = `Создаёт платёж и ничего больше: терминал ещё не занят, деньги не списываются.

Дальше — два пути. Простой: отправьте покупателя на \`checkout_url\`, страница сама выберет способ, постоит
в очереди, покажет QR-код и дождётся оплаты. Свой: вызовите \`/kaspi\` и покажите QR-код сами.

- \`amount\` — сколько хотите получить **вы**. Комиссию покупателя центр прибавит, когда известен способ.
- Платёж живёт час, если не настроено иначе; \`expires_in\` меняет срок. После него начать оплату нельзя, но
  уже начатая доводится до конца.
- Повторяйте с \`Idempotency-Key\`: второго платежа не будет. \`external_id\` защищает от двух платежей на один
  заказ и без ключа.`

const KASPI = `Занимает терминал, выводит на нём QR-код, читает его камерой и отдаёт вам. Обычно это секунды, но ответ
может прийти и через минуту: ставьте тайм-аут не меньше 65 секунд.

| Платёж | Что будет |
|---|---|
| \`pending\`, \`failed\` | начнётся оплата |
| \`partially_paid\` | оплата остатка: столько, сколько в \`remaining_amount\` |
| \`processing\`, та же сумма | тот же QR-код, 200: повторять безопасно |
| \`processing\`, другая сумма | прежняя оплата останавливается; если нельзя — 400 \`attempt_in_progress\` |
| \`paid\` | 400 \`already_paid\` |
| \`cancelled\` | 400 \`cancelled\` или \`expired\` |

Двух действующих QR-кодов у платежа не бывает.

**Нет свободного терминала.** Запрос ждёт очереди до 20 секунд, затем отвечает 503 \`terminals_busy\` с \`Retry-After\` и
местом в \`queue\`. Место держится 60 секунд: повторите тот же запрос, и очередь продолжится.

**QR-код не успели прочитать** — 503 \`qr_not_ready\`, \`Retry-After: 3\`. Оплата уже идёт; повторный запрос вернёт её
QR-код, а не начнёт вторую.

**Часть суммы.** \`amount\` в запросе берёт намеренную часть. \`charge_amount\` в ответе — сколько спишет этот QR-код,
\`amount\` — цена целиком.

**У терминала.** \`presence: "in_person"\` с \`terminal_id\`: покупатель сканирует с экрана терминала, ссылок в ответе
нет (null).`

const STATUS = `Что с платежом сейчас. Терминал по этому запросу не спрашивают: за ним следит сам центр, каждую секунду.

Не чаще раза в секунду на платёж (пять запросов подряд простятся), иначе 429 с \`Retry-After\`. Опрос
останавливайте на \`paid\`, \`cancelled\` и через 5 минут; дальше ждите вебхука или спрашивайте реже.

Лучше частых вопросов — \`?wait=25\`: запрос ждёт перемены и отвечает сразу, как она случилась, либо через 25
секунд с прежним статусом. Завершённый платёж (\`paid\`, \`cancelled\`) ждать не заставит.`

const EVENTS = `Поток Server-Sent Events: текущее состояние сразу, затем каждое новое. Для браузера со своим токеном — \`fetch\` с чтением
потока: \`EventSource\` не умеет передать \`X-API-Token\`.

- \`event: status\` — в \`data\` тот же объект, что \`data\` у \`/status\`; в \`id\` растущий номер состояния.
- \`event: end\` — больше ничего не будет (\`paid\` или \`cancelled\`, терминал свободен), поток закрывается.
- Строка из одного двоеточия раз в 15 секунд — знак, что связь жива.

Поток живёт до 10 минут и закрывается; вернитесь через 2 секунды (\`retry\`) с \`Last-Event-ID\`. Промежуточные
состояния, которые вы пропустили, не повторяются: каждое говорит всё, что говорили прежние. С номером завершённого платежа
ответ — 204.

Одновременно — до 20 потоков и долгих запросов на платёж и до 4 000 на источник, дальше 429.`

const EVENTS_EXAMPLE = `retry: 2000

event: status
id: 3
data: {"transaction_id":"019B4F5C8A317D02A6C1E5B4D3F20718","status":"processing",…}

event: status
id: 5
data: {"transaction_id":"019B4F5C8A317D02A6C1E5B4D3F20718","status":"paid",…}

event: end
data: {"reason":"final"}

`

const INFO = `Всё о платеже: то же, что \`/status\`, и описание, ссылки, QR-код, ваши данные. Лимит опроса свой, такой же:
раз в секунду на платёж.`

const CANCEL = `| Платёж | Что будет |
|---|---|
| \`pending\`, \`failed\` | \`cancelled\` |
| \`cancelled\` | снова 200 |
| \`partially_paid\` | \`cancelled\`; взятое вернёт сотрудник центра |
| \`processing\` | \`cancelled\` сразу; терминал просят остановиться и следят за ним: \`status_detail: "watched"\` |
| \`paid\` | 400 \`already_paid\` |

Последнее слово за терминалом. Если покупатель успел заплатить, платёж станет \`paid\` или \`partially_paid\` с \`late: true\`, и
вы узнаете об этом вебхуком.`

export const paymentOperations: Operations = {
  'POST /api/payment/init': {
    operationId: 'initPayment',
    tag: 'payments',
    summary: 'Создать платёж',
    description: INIT,
    token: 'source',
    isKeyed: true,
    refusals: [
      ...OF_TOKEN,
      ...OF_BODY,
      ...OF_KEY,
      ...ALWAYS,
      'above_ceiling',
      'unknown_method',
      'external_id_taken',
      'forbidden_webhook_url',
      'limit_reached',
      'taking_money_is_off',
    ],
    examples: ['create', 'retry'],
  },
  'POST /api/payment/{transaction_id}/kaspi': {
    operationId: 'startKaspi',
    tag: 'payments',
    summary: 'Начать оплату через Kaspi',
    description: KASPI,
    token: 'source',
    isKeyed: true,
    refusals: [
      ...OF_TOKEN,
      ...OF_BODY,
      ...OF_KEY,
      ...ALWAYS,
      ...OF_START,
      'payment_not_found',
      'payment_archived',
      'terminal_required',
      'invalid_part',
    ],
    examples: ['start', 'pay-rest'],
  },
  'GET /api/payment/{transaction_id}/status': {
    operationId: 'getPaymentStatus',
    tag: 'payments',
    summary: 'Узнать статус',
    description: STATUS,
    token: 'source',
    refusals: [
      ...OF_TOKEN,
      ...ALWAYS,
      'validation',
      'payment_not_found',
      'payment_archived',
      'rate_limited',
    ],
    examples: ['poll', 'wait'],
  },
  'GET /api/payment/{transaction_id}/events': {
    operationId: 'watchPayment',
    tag: 'payments',
    summary: 'Следить за платежом',
    description: EVENTS,
    token: 'source',
    isStream: true,
    refusals: [
      ...OF_TOKEN,
      ...ALWAYS,
      'validation',
      'not_event_stream',
      'payment_not_found',
      'payment_archived',
      'rate_limited',
    ],
    examples: ['events'],
    plainAnswer: {
      mediaTypes: ['text/event-stream'],
      description: 'Поток событий',
      example: EVENTS_EXAMPLE,
    },
  },
  'GET /api/payment/{transaction_id}': {
    operationId: 'getPayment',
    tag: 'payments',
    summary: 'Узнать всё о платеже',
    description: INFO,
    token: 'source',
    refusals: [...OF_TOKEN, ...ALWAYS, 'payment_not_found', 'payment_archived', 'rate_limited'],
  },
  'POST /api/payment/{transaction_id}/cancel': {
    operationId: 'cancelPayment',
    tag: 'payments',
    summary: 'Отменить платёж',
    description: CANCEL,
    token: 'source',
    isKeyed: true,
    refusals: [
      ...OF_TOKEN,
      ...OF_BODY,
      ...OF_KEY,
      ...ALWAYS,
      'payment_not_found',
      'payment_archived',
      'already_paid',
    ],
    examples: ['cancel'],
  },
}
