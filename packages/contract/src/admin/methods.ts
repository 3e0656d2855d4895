// Payment methods on the wire of the administration, with their rates and what each way of adding a
// commission leaves (M11, M13).

import { MAX_RATE_BP, MAX_TIYN } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer } from '../envelope.ts'
import { closed, countryIso, inTiyn, line, orNull } from './shape.ts'

const settings = {
  name: line(100, 'Название для клиента'),
  is_active: Type.Boolean({ description: 'Действует' }),
  is_selectable: Type.Boolean({ description: 'Можно выбрать; false — только сообщает терминал' }),
  add_commission_to_amount: Type.Boolean({ description: 'Комиссия прибавляется к сумме' }),
  commission_mode: Type.Enum(['markup', 'gross_up'], {
    description: 'markup: сумма × (1 + ставка); gross_up: сумма ÷ (1 − ставка)',
  }),
  min: Type.Integer({ minimum: 1, maximum: Number(MAX_TIYN), description: 'От, в тиынах' }),
  max: Type.Integer({ minimum: 1, maximum: Number(MAX_TIYN), description: 'До, в тиынах' }),
}

export const ChangeMethodRequest = Type.Partial(Type.Object(settings))
export type ChangeMethodRequest = Static<typeof ChangeMethodRequest>

const rateBp = Type.Integer({
  minimum: 0,
  maximum: MAX_RATE_BP,
  description: 'Ставка в сотых долях процента: 1400 — это 14 %',
})
const percent = Type.Number({ description: 'Ставка в процентах, до двух знаков' })

export const AddRateRequest = Type.Object({
  percent: Type.Optional(percent),
  rate_bp: Type.Optional(rateBp),
  valid_from: Type.Optional(
    Type.String({
      maxLength: 40,
      description:
        'С какого времени: YYYY-MM-DD, YYYY-MM-DD HH:MM:SS (время Казахстана) или ISO 8601 ' +
        'с поясом; без него — сейчас',
    }),
  ),
})
export type AddRateRequest = Static<typeof AddRateRequest>

export const RateData = Type.Object(
  {
    id: Type.Integer({ description: 'Номер ставки' }),
    rate_bp: rateBp,
    percent,
    valid_from: orNull(
      Type.String(),
      'С какого времени: YYYY-MM-DD HH:MM:SS, время Казахстана; null — с самого начала',
    ),
    valid_from_utc: orNull(Type.String(), 'То же: ISO 8601, UTC'),
    is_coming: Type.Boolean({ description: 'Ещё не началась, можно отменить' }),
  },
  closed,
)
export type RateData = Static<typeof RateData>

const NetData = Type.Object(
  {
    price: Type.Integer({ description: 'Сколько платит клиент, в тиынах' }),
    net: Type.Integer({ description: 'Сколько остаётся после доли банка, в тиынах' }),
  },
  closed,
)

export const MethodData = Type.Object(
  {
    id: Type.Integer({ description: 'payment_method_id' }),
    code: Type.String({ description: 'payment_method' }),
    ...settings,
    // Whatever is kept is shown, also from before these bounds.
    max: Type.Integer({ description: 'До, в тиынах' }),
    amount_unit: inTiyn,
    step: Type.Integer({ description: 'До чего округляется сумма, в тиынах' }),
    currency: Type.String({ description: 'Валюта по ISO 4217' }),
    payment_system: Type.String({ description: 'Платёжная система' }),
    country_iso: countryIso,
    months: orNull(Type.Integer(), 'Срок рассрочки в месяцах'),
    rate: orNull(RateData, 'Ставка сейчас'),
    coming_rates: Type.Array(RateData, { description: 'Ставки, которые ещё не начались' }),
    net_of: Type.Object(
      {
        amount: Type.Integer({ description: 'Исходная сумма, в тиынах: 10 000 ₸' }),
        markup: NetData,
        gross_up: NetData,
        markup_loss: Type.Integer({
          description: 'Сколько источник недополучает при markup, в тиынах',
        }),
      },
      { ...closed, description: 'Что остаётся от 10 000 ₸ при нынешней ставке' },
    ),
  },
  closed,
)
export type MethodData = Static<typeof MethodData>

export const MethodsAnswer = dataAnswer(Type.Array(MethodData))
export type MethodsAnswer = Static<typeof MethodsAnswer>

export const MethodAnswer = dataAnswer(
  Type.Object(
    {
      ...MethodData.properties,
      rates: Type.Array(RateData, { description: 'Ставки всех времён, новые первыми; до 100' }),
    },
    closed,
  ),
)
export type MethodAnswer = Static<typeof MethodAnswer>

export const MethodChangedAnswer = messageAnswer('Способ оплаты обновлен', Type.Null())
export type MethodChangedAnswer = Static<typeof MethodChangedAnswer>

export const RateAddedAnswer = messageAnswer('Ставка добавлена', RateData)
export type RateAddedAnswer = Static<typeof RateAddedAnswer>

export const RateWithdrawnAnswer = messageAnswer('Ставка отменена', Type.Null())
export type RateWithdrawnAnswer = Static<typeof RateWithdrawnAnswer>
