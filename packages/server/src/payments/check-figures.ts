// Compares the kept figures with the rows they are sums of, and on request puts them right. Payments and
// folding go on meanwhile; nothing is changed but the figures.

import { dayNumber, dayText } from '@byfly-pay/core'
import { audited } from '../accounts/audited.ts'
import type { Actor } from '../ports/actor.ts'
import type { Centre } from '../ports/centre.ts'
import type { FigureDifference, FigureStore } from '../ports/figure-store.ts'
import { OperatorError } from '../ports/operator-error.ts'

export interface FigureReport {
  /** Days of creation that were compared. */
  readonly days: number
  readonly zone: string
  readonly differences: readonly FigureDifference[]
}

export async function checkFigures({ storage }: Pick<Centre, 'storage'>): Promise<FigureReport> {
  const { figures } = storage
  const days = daysOf(await figures.span())
  const differences: FigureDifference[] = []
  for (const day of days) differences.push(...(await figures.differences(day)))
  return { days: days.length, zone: await figures.zone(), differences }
}

/** Also moves the days to the configured zone. Nothing of a rebuild that is cut short remains. */
export function rebuildFigures(
  centre: Pick<Centre, 'storage' | 'zone'>,
  actor: Actor,
): Promise<FigureReport> {
  const { storage, zone } = centre
  const { figures } = storage
  return audited(centre, actor, async (tx) => {
    const zoneBefore = await figures.zone()
    if (zoneBefore !== zone && (await storage.archives.isAnyAway())) {
      throw new OperatorError(
        'Перевести отчёты на другой пояс нельзя, пока часть месяцев в архиве: их дни не по чему ' +
          'пересчитать. Сначала верните их: byfly months restore <папка>',
      )
    }
    await figures.beginRebuild(tx, zone)
    const days = daysOf(await figures.span(tx))
    const differences: FigureDifference[] = []
    for (const day of days) differences.push(...(await figures.mend(tx, day)))
    const report = { days: days.length, zone, differences }
    const isChange = differences.length > 0 || zoneBefore !== zone
    const facts = {
      days: days.length,
      differences: differences.length,
      zone,
      zone_before: zoneBefore,
    }
    const target = { kind: 'figures', id: null }
    return { result: report, line: isChange ? { action: 'figures.rebuilt', target, facts } : null }
  })
}

function daysOf(span: Awaited<ReturnType<FigureStore['span']>>): string[] {
  if (span === null) return []
  const first = dayNumber(span.first) ?? 0
  const last = dayNumber(span.last) ?? -1
  return Array.from({ length: last - first + 1 }, (_, index) => dayText(first + index))
}
