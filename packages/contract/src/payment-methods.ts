// The catalogue of payment methods as a source sees it (N3).

import { type Static, Type } from 'typebox'
import { dataAnswer } from './envelope.ts'

export const PaymentMethodData = Type.Object(
  {
    id: Type.Integer({ description: 'payment_method_id при создании платежа' }),
    code: Type.String({ description: 'payment_method при начале оплаты' }),
    name: Type.String({ description: 'Название для клиента' }),
    percent: Type.Number({ description: 'Комиссия в процентах' }),
    months: Type.Union([Type.Integer(), Type.Null()], { description: 'Срок рассрочки в месяцах' }),
    min: Type.Number({ description: 'Наименьшая сумма, в единицах источника' }),
    max: Type.Number({ description: 'Наибольшая сумма, в единицах источника' }),
    add_commission_to_amount: Type.Boolean({ description: 'Комиссия прибавляется к сумме' }),
    currency: Type.String({ description: 'Валюта по ISO 4217' }),
    payment_system: Type.String({ description: 'Платежная система' }),
  },
  { additionalProperties: false },
)
export type PaymentMethodData = Static<typeof PaymentMethodData>

export const PaymentMethodsAnswer = dataAnswer(Type.Array(PaymentMethodData))
export type PaymentMethodsAnswer = Static<typeof PaymentMethodsAnswer>
