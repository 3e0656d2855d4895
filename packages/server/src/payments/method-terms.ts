// Payment methods as the rules need them: price terms for one source, and aliases of their codes.

import type { MethodTerms, Pricing } from '@byfly-pay/core'
import type { PaymentMethod, Source } from '../ports/account-store.ts'

/** Codes that older integrations send (N2). */
const ALIASES: Readonly<Record<string, string>> = {
  kaspi_kredit: 'kaspi_credit',
  kaspi_rassrochka: 'kaspi_installment_12',
}

/** Whether the commission is added is the method's own setting unless the source overrides it (M4). */
export function pricingOf(method: PaymentMethod, source: Source): Pricing {
  const isAdded = source.addCommissionToAmount ?? method.addCommissionToAmount
  return {
    mode: isAdded ? method.commissionMode : 'none',
    rateBp: method.rateBp,
    stepTiyn: method.stepTiyn,
  }
}

/** The method a start asks for: the code wins over the preselected id (N2); null when neither fits. */
export function findMethod(
  methods: readonly PaymentMethod[],
  code: string | null,
  preselectedId: number | null,
): PaymentMethod | null {
  const wanted = code === null ? null : (ALIASES[code] ?? code)
  const found = methods.find((method) =>
    wanted === null ? method.id === preselectedId : method.code === wanted,
  )
  return found?.isSelectable === true ? found : null
}

export function termsOf(
  method: PaymentMethod,
  methods: readonly PaymentMethod[],
  source: Source,
): MethodTerms {
  const siblings = methods.filter(({ system }) => system === method.system)
  return {
    ...pricingOf(method, source),
    method: method.code,
    minTiyn: method.minTiyn,
    maxTiyn: method.maxTiyn,
    currency: method.currency,
    rates: Object.fromEntries(siblings.map(({ code, rateBp }) => [code, rateBp])),
  }
}
