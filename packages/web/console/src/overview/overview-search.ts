// Of which days and currency the overview is, as it stands in the address.

import { type PeriodSearch, readPeriod } from '../show/period.ts'

export interface OverviewSearch extends PeriodSearch {
  readonly currency?: string | undefined
}

export function readOverviewSearch(search: Readonly<Record<string, unknown>>): OverviewSearch {
  const { currency } = search
  return {
    ...readPeriod(search),
    ...(typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) ? { currency } : {}),
  }
}
