// A payment made at the desk: for which source, how much, and the link that goes to the customer.

import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer, model } from '../envelope.ts'
import { checkoutUrl, transactionId } from '../payment-fields.ts'
import { InitRequest } from '../payments.ts'
import { inTiyn, localMoment, tiyn, utcMoment } from './shape.ts'

const { description, customer_phone, customer_email, customer_name, external_id, expires_in } =
  InitRequest.properties

export const NewPaymentRequest = Type.Object(
  {
    source_id: Type.Integer({ description: 'От имени какого источника', examples: [3] }),
    amount: Type.Number({
      description: 'Сколько хочет получить источник, в целых тиынах, без комиссии',
      examples: [1_000_000],
    }),
    description,
    customer_phone,
    customer_email,
    customer_name,
    payment_method_id: Type.Optional(
      Type.Integer({
        description: 'Способ оплаты, выбранный заранее: `id` из `/api/admin/payment-methods`',
        examples: [1],
      }),
    ),
    external_id,
    expires_in,
  },
  { title: 'NewPaymentRequest' },
)
export type NewPaymentRequest = Static<typeof NewPaymentRequest>

export const NewPayment = model('NewPayment', {
  transaction_id: transactionId,
  source_id: Type.Integer({ description: 'Номер источника', examples: [3] }),
  original_amount: tiyn('Исходная сумма, без комиссии', 1_000_000),
  amount_unit: inTiyn,
  checkout_url: checkoutUrl,
  expires_at: localMoment('До какого времени можно начать оплату'),
  expires_at_utc: utcMoment('До какого времени можно начать оплату'),
})
export type NewPayment = Static<typeof NewPayment>
export const NewPaymentAnswer = messageAnswer('Платеж создан', NewPayment)
export type NewPaymentAnswer = Static<typeof NewPaymentAnswer>

export const SendLinkRequest = Type.Object(
  {
    phone: Type.Optional(
      Type.String({
        maxLength: 40,
        description: 'Куда; без него — на телефон клиента из платежа',
        examples: ['+77001234567'],
      }),
    ),
  },
  { title: 'SendLinkRequest' },
)
export type SendLinkRequest = Static<typeof SendLinkRequest>
export const SendLinkAnswer = messageAnswer('Ссылка отправлена', Type.Null())
export type SendLinkAnswer = Static<typeof SendLinkAnswer>

export const DeskSource = model('DeskSource', {
  id: Type.Integer({ description: 'Номер источника', examples: [3] }),
  name: Type.String({ description: 'Имя источника', examples: ['Мой сайт'] }),
})
export type DeskSource = Static<typeof DeskSource>
export const DeskSourcesAnswer = dataAnswer(Type.Array(DeskSource))
export type DeskSourcesAnswer = Static<typeof DeskSourcesAnswer>
