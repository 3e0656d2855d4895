// Which months the books hold, how big they are, and whether each may be archived. It changes nothing.

import type { Hindrance, Month, TableSize } from '../ports/month-store.ts'
import type { MonthParts } from './month-parts.ts'

export interface MonthLine {
  readonly month: Month
  /** Tables that are still in the database. */
  readonly tables: readonly TableSize[]
  readonly state: 'here' | 'on_its_way' | 'archived'
  /** Empty when the month may be archived; nothing is asked of one that is. */
  readonly hindrances: readonly Hindrance[]
}

export async function listMonths(parts: MonthParts): Promise<MonthLine[]> {
  const { months } = parts
  const lines: MonthLine[] = []
  for (const month of await months.months()) {
    const archived = await months.archived(month)
    const isArchived = archived !== null && archived.archivedAtMs !== null
    const state = isArchived ? 'archived' : archived === null ? 'here' : 'on_its_way'
    const hindrances = isArchived ? [] : await months.hindrances(month, parts.leastAgeMonths)
    lines.push({ month, tables: await months.sizes(month), state, hindrances })
  }
  return lines
}

/** All that the list asks, and that the month's figures are what its rows come to. */
export async function hindrancesOf(parts: MonthParts, month: Month): Promise<Hindrance[]> {
  const { figures, leastAgeMonths, months } = parts
  const found = await months.hindrances(month, leastAgeMonths)
  if (found.length > 0) return found
  let count = 0
  for (const day of await months.days(month)) count += (await figures.differences(day)).length
  return count === 0 ? [] : [{ reason: 'wrong_figures', count }]
}
