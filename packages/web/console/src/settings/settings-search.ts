// Which tab of the settings is open, and of which days its figures are, as it stands in the address.

import { type PeriodSearch, readPeriod } from '../show/period.ts'

export interface SettingsSearch extends PeriodSearch {
  readonly tab?: string | undefined
}

export function readSettingsSearch(search: Readonly<Record<string, unknown>>): SettingsSearch {
  const { tab } = search
  return { ...(typeof tab === 'string' ? { tab } : {}), ...readPeriod(search) }
}
