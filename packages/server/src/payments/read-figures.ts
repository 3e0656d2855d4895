// Figures as staff see them: a line for each group and the totals, which are the sum of the lines.

import {
  dayNumber,
  dayText,
  PAYMENT_STATUSES,
  type PaymentStatus,
  type Scope,
} from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { FigureFilter, FigureGroup, FigureLine, FigureSums } from '../ports/figure-store.ts'

/** Sums are asked for by day of the figures' zone, so an answer names it. */
export interface Figures {
  readonly kind: 'read'
  readonly zone: string
  readonly lines: readonly FigureLine[]
  readonly totals: FigureSums
}

export type FiguresResult = Figures | { readonly kind: 'too_many_lines' }

export const LINES_LIMIT = 1_000

/** By days alone, a day without payments has its line of zeros. */
export async function readFigures(
  { storage }: Pick<Centre, 'storage'>,
  scope: Scope,
  filter: FigureFilter,
  groups: readonly FigureGroup[],
): Promise<FiguresResult> {
  const found = await storage.figures.read(scope, filter, groups, LINES_LIMIT + 1)
  if (found.length > LINES_LIMIT) return { kind: 'too_many_lines' }
  const isByDay = groups.length === 1 && groups[0] === 'day'
  return {
    kind: 'read',
    zone: await storage.figures.zone(),
    lines: isByDay ? everyDay(filter, found) : found,
    totals: found.reduce((totals, { sums }) => added(totals, sums), NOTHING),
  }
}

function everyDay({ dayFrom, dayTo }: FigureFilter, found: readonly FigureLine[]): FigureLine[] {
  const lineOf = new Map(found.map((line) => [line.key.day, line]))
  const first = dayNumber(dayFrom) ?? 0
  const last = dayNumber(dayTo) ?? -1
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const day = dayText(first + index)
    return lineOf.get(day) ?? { key: { day }, sums: NOTHING }
  })
}

const NOTHING: FigureSums = {
  byStatus: byStatus(() => 0n),
  originalTiyn: 0n,
  payMs: 0n,
  attemptsStarted: 0n,
  attemptsSucceeded: 0n,
  grossTiyn: 0n,
  creditedTiyn: 0n,
  commissionTiyn: 0n,
  roundingTiyn: 0n,
  overpaidTiyn: 0n,
  forgivenTiyn: 0n,
  feeTiyn: 0n,
  refundedTiyn: 0n,
}

function added(a: FigureSums, b: FigureSums): FigureSums {
  return {
    byStatus: byStatus((status) => a.byStatus[status] + b.byStatus[status]),
    originalTiyn: a.originalTiyn + b.originalTiyn,
    payMs: a.payMs + b.payMs,
    attemptsStarted: a.attemptsStarted + b.attemptsStarted,
    attemptsSucceeded: a.attemptsSucceeded + b.attemptsSucceeded,
    grossTiyn: a.grossTiyn + b.grossTiyn,
    creditedTiyn: a.creditedTiyn + b.creditedTiyn,
    commissionTiyn: a.commissionTiyn + b.commissionTiyn,
    roundingTiyn: a.roundingTiyn + b.roundingTiyn,
    overpaidTiyn: a.overpaidTiyn + b.overpaidTiyn,
    forgivenTiyn: a.forgivenTiyn + b.forgivenTiyn,
    feeTiyn: a.feeTiyn + b.feeTiyn,
    refundedTiyn: a.refundedTiyn + b.refundedTiyn,
  }
}

function byStatus(count: (status: PaymentStatus) => bigint): FigureSums['byStatus'] {
  const counts = PAYMENT_STATUSES.map((status) => [status, count(status)] as const)
  return Object.fromEntries(counts) as Record<PaymentStatus, bigint>
}
