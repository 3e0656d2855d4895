// Payment methods on the wire of the administration, with their rates and what each way of adding a
// commission leaves (M11, M13).

import { MAX_RATE_BP, MAX_TIYN, ROUTES } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer, model } from '../envelope.ts'
import { countryIso, inTiyn, line, localOrNull, orNull, utcOrNull } from './shape.ts'

const settings = {
  name: line(100, 'Название для клиента', 'Kaspi Кредит'),
  is_active: Type.Boolean({ description: 'Действует' }),
  is_selectable: Type.Boolean({ description: 'Можно выбрать; false — только сообщает терминал' }),
  add_commission_to_amount: Type.Boolean({ description: 'Комиссия прибавляется к сумме' }),
  commission_mode: Type.Enum(['markup', 'gross_up'], {
    description: 'markup: сумма × (1 + ставка); gross_up: сумма ÷ (1 − ставка)',
    examples: ['markup'],
  }),
  route: Type.Enum([...ROUTES], {
    description:
      'Чем принимать: terminals_first — терминалом, а без свободного через Kaspi QR API; ' +
      'terminals_only — только терминалом; qr_api_only — только через Kaspi QR API',
    examples: ['terminals_first'],
  }),
  min: Type.Integer({
    minimum: 1,
    maximum: Number(MAX_TIYN),
    description: 'Наименьшая сумма без комиссии, в тиынах',
    examples: [1000],
  }),
  max: Type.Integer({
    minimum: 1,
    maximum: Number(MAX_TIYN),
    description: 'Наибольшая сумма без комиссии, в тиынах',
    examples: [10_000_000_000],
  }),
}

export const ChangeMethodRequest = Type.Partial(Type.Object(settings), {
  title: 'ChangeMethodRequest',
})
export type ChangeMethodRequest = Static<typeof ChangeMethodRequest>

const rateBp = Type.Integer({
  minimum: 0,
  maximum: MAX_RATE_BP,
  description: 'Ставка в сотых долях процента: 1400 — это 14 %',
  examples: [1400],
})
const percent = Type.Number({ description: 'Ставка в процентах, до двух знаков', examples: [14] })

export const AddRateRequest = Type.Object(
  {
    percent: Type.Optional(percent),
    rate_bp: Type.Optional(rateBp),
    valid_from: Type.Optional(
      Type.String({
        maxLength: 40,
        description:
          'С какого времени: YYYY-MM-DD, YYYY-MM-DD HH:MM:SS (время Казахстана) или ISO 8601 ' +
          'с поясом, не дальше двух лет; без него — сейчас',
        examples: ['2026-01-01'],
      }),
    ),
  },
  { title: 'AddRateRequest' },
)
export type AddRateRequest = Static<typeof AddRateRequest>

export const RateData = model('Rate', {
  id: Type.Integer({ description: 'Номер ставки', examples: [12] }),
  rate_bp: rateBp,
  percent,
  valid_from: localOrNull('С какого времени; null — с самого начала'),
  valid_from_utc: utcOrNull('С какого времени'),
  is_coming: Type.Boolean({ description: 'Ещё не началась, можно отменить' }),
})
export type RateData = Static<typeof RateData>

const NetData = model('MethodNet', {
  price: Type.Integer({ description: 'Сколько платит клиент, в тиынах', examples: [1_140_000] }),
  net: Type.Integer({
    description: 'Сколько остаётся после доли банка, в тиынах',
    examples: [980_400],
  }),
})

const NetOfExample = model('MethodNetOf', {
  amount: Type.Integer({
    description: 'Исходная сумма, в тиынах: 10 000 ₸',
    examples: [1_000_000],
  }),
  markup: NetData,
  gross_up: NetData,
  markup_loss: Type.Integer({
    description: 'Сколько источник недополучает при markup, в тиынах',
    examples: [19_600],
  }),
})

export const MethodData = model('StaffPaymentMethod', {
  id: Type.Integer({ description: '`payment_method_id` в API', examples: [3] }),
  code: Type.String({ description: '`payment_method` в API', examples: ['kaspi_credit'] }),
  ...settings,
  // Whatever is kept is shown, also from before these bounds.
  max: Type.Integer({
    description: 'Наибольшая сумма без комиссии, в тиынах',
    examples: [10_000_000_000],
  }),
  amount_unit: inTiyn,
  step: Type.Integer({ description: 'До чего округляется сумма, в тиынах', examples: [100] }),
  currency: Type.String({ description: 'Валюта по ISO 4217', examples: ['KZT'] }),
  payment_system: Type.String({ description: 'Платёжная система', examples: ['kaspi'] }),
  country_iso: countryIso,
  months: orNull(Type.Integer(), 'Срок рассрочки в месяцах; null — не рассрочка', null),
  rate: orNull(RateData, 'Ставка сейчас; null — её ещё нет'),
  coming_rates: Type.Array(RateData, { description: 'Ставки, которые ещё не начались' }),
  net_of: NetOfExample,
})
export type MethodData = Static<typeof MethodData>

export const MethodsAnswer = dataAnswer(Type.Array(MethodData))
export type MethodsAnswer = Static<typeof MethodsAnswer>

export const MethodAnswer = dataAnswer(
  model('StaffPaymentMethodWithRates', {
    ...MethodData.properties,
    rates: Type.Array(RateData, { description: 'Ставки всех времён, новые первыми; до 100' }),
  }),
)
export type MethodAnswer = Static<typeof MethodAnswer>

export const MethodChangedAnswer = messageAnswer('Способ оплаты обновлен', Type.Null())
export type MethodChangedAnswer = Static<typeof MethodChangedAnswer>

export const RateAddedAnswer = messageAnswer('Ставка добавлена', RateData)
export type RateAddedAnswer = Static<typeof RateAddedAnswer>

export const RateWithdrawnAnswer = messageAnswer('Ставка отменена', Type.Null())
export type RateWithdrawnAnswer = Static<typeof RateWithdrawnAnswer>
