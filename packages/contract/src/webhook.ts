// What a source's own address is sent: the body of a webhook (W2, W3, W4, T7). The text itself is made
// in core; this is its description, and tests hold the two together.

import { type Static, Type } from 'typebox'
import { explain } from './explained.ts'
import {
  amount,
  currency,
  externalId,
  figures,
  nullableText,
  paidAt,
  standing,
  status,
  transactionId,
} from './payment-fields.ts'

const EVENTS_EXPLAINED = {
  paid: 'оплачен полностью; приходит всегда',
  partially_paid: 'оплачен частично; включается у источника',
  failed: 'попытка не удалась; включается у источника',
  cancelled: 'отменён или вышел срок; включается у источника',
  refunded: 'деньги вернулись, все или часть; статус платежа прежний; включается у источника',
} as const

export const WebhookBody = Type.Object(
  {
    transaction_id: transactionId,
    status,
    amount,
    paid_amount: figures.paid_amount,
    currency,
    description: nullableText('За что платят; null, если не передали', 'Тур в Дубай'),
    metadata: Type.Record(Type.String(), Type.Unknown(), {
      description: 'Ваши данные; пустой объект, если их не передали',
      examples: [{ order_id: '12345', tour_id: 'DXB-001' }],
    }),
    paid_at: paidAt,
    event: Type.Enum(['paid', 'partially_paid', 'failed', 'cancelled', 'refunded'], {
      description: explain('Что произошло', EVENTS_EXPLAINED),
      examples: ['paid'],
    }),
    sequence: Type.Integer({
      minimum: 1,
      description:
        'Номер события этого платежа: 1, 2, 3… Если пришло событие с номером не больше уже учтённого, ' +
        'оно опоздало — не меняйте по нему заказ',
      examples: [1],
    }),
    external_id: externalId,
    ...standing,
    remaining_amount: figures.remaining_amount,
    test: Type.Optional(
      Type.Literal(true, {
        description:
          'Только у событий проверки приёмника: такого платежа нет. Проверьте подпись, ответьте как ' +
          'обычно и ничего не меняйте. То же говорит заголовок `X-Webhook-Test: true`',
      }),
    ),
  },
  { title: 'Webhook', additionalProperties: false },
)
export type WebhookBody = Static<typeof WebhookBody>
