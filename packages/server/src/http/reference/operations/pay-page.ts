// The customer's page and the calls it makes, told to those who show its QR or watch what it does (N5).

import { ALWAYS, OF_BODY, OF_START, type Operations } from '../operation.ts'

const OWN_CALL = `Собственный вызов страницы оплаты: показан, чтобы было видно, что она делает. Опираться на него не стоит, он меняется
вместе со страницей; для сайта есть \`/api\`.`

const LOOKS = ['payment_not_found', 'payment_archived', 'rate_limited'] as const

const PAGE = `Сюда отправляют покупателя: \`checkout_url\` из любого ответа о платеже. Токен не нужен, ключ — сам номер платежа,
поэтому страница показывает только сумму, описание и название продавца: ни имени, ни почты, ни телефона, ни
\`metadata\`, ни \`external_id\`.`

const QR = `Картинка для \`<img>\` на вашей странице: её адрес — \`qr_image_url\`. Поля вокруг QR-кода уже есть, показывайте её на белом, не
меньше 240 пикселей.`

export const payPageOperations: Operations = {
  'GET /pay/{transaction_id}': {
    operationId: 'openPayPage',
    tag: 'page',
    summary: 'Страница оплаты',
    description: PAGE,
    token: null,
    // Of what is longer than any number.
    refusals: ['unknown_route'],
    plainAnswer: { mediaTypes: ['text/html'], description: 'Страница' },
  },
  'GET /pay/{transaction_id}/qr.svg': {
    operationId: 'getQrSvg',
    tag: 'page',
    summary: 'QR-код, SVG',
    description: QR,
    token: null,
    refusals: [...ALWAYS, ...LOOKS, 'qr_not_found'],
    plainAnswer: { mediaTypes: ['image/svg+xml'], description: 'Картинка' },
  },
  'GET /pay/{transaction_id}/refund-qr.svg': {
    operationId: 'getRefundQrSvg',
    tag: 'page',
    summary: 'QR-код возврата, SVG',
    description:
      'QR-код возврата, который идёт сейчас: его сканирует покупатель. 404 — такого нет.',
    token: null,
    refusals: [...ALWAYS, ...LOOKS, 'qr_not_found'],
    plainAnswer: { mediaTypes: ['image/svg+xml'], description: 'Картинка' },
  },
  'GET /pay/{transaction_id}/qr.png': {
    operationId: 'getQrPng',
    tag: 'page',
    summary: 'QR-код, PNG',
    description: `${QR}\n\nPNG шириной 480 пикселей — для писем и мессенджеров, где SVG не показывают.`,
    token: null,
    refusals: [...ALWAYS, ...LOOKS, 'qr_not_found'],
    plainAnswer: { mediaTypes: ['image/png'], description: 'Картинка' },
  },
  'GET /pay/{transaction_id}/state': {
    operationId: 'getPayState',
    tag: 'page',
    summary: 'Состояние для страницы',
    description: `${OWN_CALL}\n\nС \`wait\` и \`version\` запрос ждёт состояния новее известного.`,
    token: null,
    refusals: [...ALWAYS, ...LOOKS, 'validation'],
  },
  'GET /pay/{transaction_id}/events': {
    operationId: 'watchPayState',
    tag: 'page',
    summary: 'Следить со страницы',
    description:
      `${OWN_CALL}\n\nПоток Server-Sent Events для \`EventSource\`: \`event: state\`, в \`data\` — то же, что ` +
      '`data` у `/state`; остальное — как у `/api/payment/{transaction_id}/events`.',
    token: null,
    isStream: true,
    refusals: [...ALWAYS, ...LOOKS, 'validation', 'not_event_stream'],
    plainAnswer: { mediaTypes: ['text/event-stream'], description: 'Поток событий' },
  },
  'POST /pay/{transaction_id}/start': {
    operationId: 'startFromPayPage',
    tag: 'page',
    summary: 'Начать оплату со страницы',
    description: OWN_CALL,
    token: null,
    refusals: [...ALWAYS, ...LOOKS, ...OF_BODY, ...OF_START, 'source_disabled'],
  },
}
