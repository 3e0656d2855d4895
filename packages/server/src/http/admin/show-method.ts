// A payment method as the administration tells it, with what each way of adding the commission leaves of
// 10 000 ₸ (M13). Every figure is core's.

import type { MethodData, RateData } from '@byfly-pay/contract'
import { localTime, netOf, percentOf, priceOf, utcTime } from '@byfly-pay/core'
import type { MethodRate, MethodRecord } from '../../ports/method-store.ts'

const EXAMPLE_TIYN = 1_000_000n

export function showMethod(method: MethodRecord, zone: string): MethodData {
  const current = method.rates.find(({ isComing }) => !isComing)
  return {
    id: method.id,
    code: method.code,
    name: method.name,
    is_active: method.isActive,
    is_selectable: method.isSelectable,
    add_commission_to_amount: method.addCommissionToAmount,
    commission_mode: method.commissionMode,
    route: method.route,
    min: Number(method.minTiyn),
    max: Number(method.maxTiyn),
    amount_unit: 'tiyn',
    step: Number(method.stepTiyn),
    currency: method.currency,
    payment_system: method.system,
    country_iso: method.countryIso,
    months: method.months,
    rate: current === undefined ? null : showRate(current, zone),
    coming_rates: method.rates
      .filter(({ isComing }) => isComing)
      .map((rate) => showRate(rate, zone)),
    net_of: netOfExample(current?.rateBp ?? 0, method.stepTiyn),
  }
}

function netOfExample(rateBp: number, stepTiyn: bigint): MethodData['net_of'] {
  const by = (mode: 'markup' | 'gross_up') => {
    const pricing = { mode, rateBp, stepTiyn }
    const price = Number(priceOf(EXAMPLE_TIYN, pricing))
    return { price, net: Number(netOf(EXAMPLE_TIYN, pricing)) }
  }
  const amount = Number(EXAMPLE_TIYN)
  const markup = by('markup')
  return { amount, markup, gross_up: by('gross_up'), markup_loss: amount - markup.net }
}

export function showRate(
  { id, rateBp, validFromMs, isComing }: MethodRate,
  zone: string,
): RateData {
  return {
    id,
    rate_bp: rateBp,
    percent: percentOf(rateBp),
    valid_from: validFromMs === null ? null : localTime(validFromMs, zone),
    valid_from_utc: validFromMs === null ? null : utcTime(validFromMs),
    is_coming: isComing,
  }
}
