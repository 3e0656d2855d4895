// The catalogue of payment methods as a source sees it (N3).

import { type Static, Type } from 'typebox'
import { dataAnswer } from './envelope.ts'

export const PaymentMethodData = Type.Object(
  {
    id: Type.Integer({ description: '`payment_method_id` при создании платежа', examples: [4] }),
    code: Type.String({
      description: '`payment_method` при начале оплаты',
      examples: ['kaspi_installment_12'],
    }),
    name: Type.String({ description: 'Название для покупателя', examples: ['Рассрочка 12 мес.'] }),
    percent: Type.Number({ description: 'Комиссия в процентах', examples: [14] }),
    months: Type.Union([Type.Integer(), Type.Null()], {
      description: 'Срок рассрочки в месяцах; null — не рассрочка',
      examples: [12],
    }),
    min: Type.Number({
      description: 'Наименьшая сумма без комиссии, в единицах источника; остатка не касается',
      examples: [1000],
    }),
    max: Type.Number({
      description: 'Наибольшая сумма без комиссии, в единицах источника',
      examples: [10_000_000_000],
    }),
    add_commission_to_amount: Type.Boolean({
      description: 'true — комиссия прибавляется к сумме покупателя; false — её платите вы',
      examples: [true],
    }),
    currency: Type.String({ description: 'Валюта по ISO 4217', examples: ['KZT'] }),
    payment_system: Type.String({ description: 'Платёжная система', examples: ['kaspi'] }),
  },
  { title: 'PaymentMethod', additionalProperties: false },
)
export type PaymentMethodData = Static<typeof PaymentMethodData>

export const PaymentMethodsAnswer = dataAnswer(Type.Array(PaymentMethodData))
export type PaymentMethodsAnswer = Static<typeof PaymentMethodsAnswer>
