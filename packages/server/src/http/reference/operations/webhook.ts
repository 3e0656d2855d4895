// The webhook, told to those who receive it (W1–W6): what comes, how to check it, what to answer.

import { WebhookBody } from '@byfly-pay/contract'

const DESCRIPTION = `Центр отправляет \`POST\` на \`webhook_url\` платежа, а если его не передали — на адрес из настроек источника. Только https
и публичные адреса, перенаправления не выполняются.

**Ответьте 2xx за 10 секунд**, а работу делайте потом. Иначе центр повторит через 5 с, 30 с, 2 мин, 10 мин, 30 мин, 2 ч,
6 ч, 12 ч и 24 ч (± 20 %; \`Retry-After\` учитывается), всего около 45 часов; тот же \`webhook-id\`, то же тело
до байта. Затем событие откладывается, и его можно отправить снова из центра. Адрес, который не отвечает пять дней,
отключается; за два дня до этого центр предупреждает.

**Проверьте подпись** — одну из двух, обе по сырому телу, до разбора JSON:

- \`X-Webhook-Signature\` — HMAC-SHA256 тела, ключ — секрет источника целиком, вместе с \`whsec_\`; 64 строчных
  шестнадцатеричных знака без приставки.
- Standard Webhooks — HMAC-SHA256 строки \`webhook-id.webhook-timestamp.тело\`, ключ — байты после \`whsec_\`,
  раскодированные из base64; в \`webhook-signature\` — \`v1,\` и base64. Отбрасывайте запросы, чьё время отличается от вашего
  больше чем на 5 минут: так нельзя повторить старый.

Сравнивайте подписи функцией с постоянным временем. После смены секрета \`X-Webhook-Signature\` ещё сутки подписывает
старый, а в \`webhook-signature\` стоят обе подписи через пробел.

**Одно событие может прийти дважды** — узнавайте его по \`webhook-id\`. События платежа идут по порядку; опоздавшее видно по
\`sequence\`. \`paid\` приходит всегда, остальные включаются у источника: смотрите на \`status\`, а не только на
приход вебхука. Деньги после отмены придут с \`late: true\`.

Приёмник с \`X-Webhook-Signature\`, PHP:

[webhook.php](../examples/php/webhook.php)

Python:

[webhook.py](../examples/python/webhook.py)

Node:

[webhook.mjs](../examples/node/webhook.mjs)

Приёмник со Standard Webhooks, PHP:

[webhook-standard.php](../examples/php/webhook-standard.php)

Python:

[webhook-standard.py](../examples/python/webhook-standard.py)

Node:

[webhook-standard.mjs](../examples/node/webhook-standard.mjs)`

interface Header {
  readonly name: string
  readonly description: string
  readonly example: string
}

const HEADERS: readonly Header[] = [
  {
    name: 'X-Webhook-Signature',
    description: 'HMAC-SHA256 сырого тела, 64 строчных шестнадцатеричных знака',
    example: 'b1946ac92492d2347c6235b4d2611184a3f1c80c5f6d2c9f1e0a7d4c3b2a1908',
  },
  {
    name: 'webhook-id',
    description: 'Номер события: один на все повторы',
    example: '019b4f5d-11f2-7c40-9d55-3e2a64b7c810',
  },
  {
    name: 'webhook-timestamp',
    description: 'Время этой попытки, целые секунды Unix',
    example: '1766552731',
  },
  {
    name: 'webhook-signature',
    description: 'Подписи Standard Webhooks через пробел, каждая — `v1,` и base64',
    example: 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  },
]

/** OpenAPI's `webhooks`, with the receivers of docs/examples still as links. */
export const webhooks = {
  payment: {
    post: {
      operationId: 'receivePaymentEvent',
      tags: ['webhooks'],
      summary: 'Событие платежа',
      description: DESCRIPTION,
      security: [],
      parameters: HEADERS.map(({ name, description, example }) => ({
        in: 'header',
        name,
        required: true,
        description,
        schema: { type: 'string' },
        example,
      })),
      requestBody: {
        required: true,
        content: { 'application/json': { schema: WebhookBody } },
      },
      responses: {
        '2XX': { description: 'Принято. Тело ответа не читается' },
        default: { description: 'Всё остальное, и молчание дольше 10 секунд: будет повтор' },
      },
    },
  },
}
