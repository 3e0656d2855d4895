// GET /api/admin/figures: turnover and what became of payments, by up to two groups.

import {
  FiguresAnswer,
  type FiguresLine,
  FiguresQuery,
  type FiguresTotals,
} from '@byfly-pay/contract'
import { dayNumber, PAYMENT_STATUSES } from '@byfly-pay/core'
import { type Figures, LINES_LIMIT, readFigures } from '../../payments/read-figures.ts'
import type {
  FigureDateField,
  FigureFilter,
  FigureGroup,
  FigureLine,
  FigureSums,
} from '../../ports/figure-store.ts'
import { send, success } from '../answer.ts'
import { refuseFaults } from '../refusal.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'

const DAYS_LIMIT = 400

export const figureRoutes: AdminRoutes = async (app, { centre }) => {
  app.get(
    '/figures',
    {
      config: { right: 'figures.read' },
      schema: { querystring: FiguresQuery, response: { 200: FiguresAnswer } },
    },
    async (request, reply) => {
      const filter = filterOf(request.query)
      const groups = groupsOf(request.query)
      const result = await readFigures(centre, staffAt(request).scope, filter, groups)
      if (result.kind === 'too_many_lines') {
        const fault = `Gives more than ${LINES_LIMIT} lines: narrow the dates or the filters`
        return refuseFaults({ group_by: fault })
      }
      const data = showFigures(result, filter, groups)
      return send(reply, success<FiguresAnswer>(200, { success: true, data }))
    },
  )
}

function filterOf(query: FiguresQuery): FigureFilter {
  const from = dayNumber(query.date_from)
  const to = dayNumber(query.date_to)
  const errors: Record<string, string> = {}
  if (from === null) errors['date_from'] = 'Is not a day'
  if (to === null) errors['date_to'] = 'Is not a day'
  if (from !== null && to !== null) {
    if (to < from) errors['date_to'] = 'Must not be before date_from'
    if (to - from >= DAYS_LIMIT) errors['date_to'] = `Must be within ${DAYS_LIMIT} days`
  }
  refuseFaults(errors)
  return {
    dayFrom: query.date_from,
    dayTo: query.date_to,
    dateField: query.date_field ?? 'created_at',
    currency: query.currency ?? 'KZT',
    sourceId: numberOrNull(query.source_id),
    method: query.method ?? null,
    product: query.product ?? null,
    terminalId: numberOrNull(query.terminal_id),
    countryIso: query.country ?? null,
    system: query.system ?? null,
  }
}

function numberOrNull(text: string | undefined): number | null {
  return text === undefined ? null : Number(text)
}

function groupsOf({ group_by: text = 'day' }: FiguresQuery): FigureGroup[] {
  const groups = text.split(',') as FigureGroup[]
  if (new Set(groups).size < groups.length) refuseFaults({ group_by: 'Must not repeat itself' })
  return groups
}

function showFigures(
  { lines, totals, zone }: Figures,
  { currency, dateField, dayFrom, dayTo }: FigureFilter,
  groups: readonly FigureGroup[],
): FiguresAnswer['data'] {
  return {
    date_from: dayFrom,
    date_to: dayTo,
    date_field: dateField,
    zone,
    currency,
    amount_unit: 'tiyn',
    group_by: [...groups],
    lines: lines.map((line) => showLine(line, dateField)),
    totals: showSums(totals, dateField),
  }
}

const KEY_FIELDS = {
  day: 'day',
  source: 'source_id',
  method: 'method',
  product: 'product',
  terminal: 'terminal_id',
  country: 'country',
  system: 'system',
} as const satisfies Readonly<Record<FigureGroup, keyof FiguresLine>>

function showLine({ key, sums }: FigureLine, dateField: FigureDateField): FiguresLine {
  const groups = Object.keys(key) as FigureGroup[]
  const fields = Object.fromEntries(groups.map((group) => [KEY_FIELDS[group], key[group]]))
  return { ...fields, ...showSums(sums, dateField) }
}

/** By the day of money there are only paid payments, so a share of them would say nothing. */
function showSums(sums: FigureSums, dateField: FigureDateField): FiguresTotals {
  const { byStatus } = sums
  const count = PAYMENT_STATUSES.reduce((total, status) => total + byStatus[status], 0n)
  const statuses = PAYMENT_STATUSES.map((status) => [status, Number(byStatus[status])] as const)
  return {
    turnover: Number(sums.grossTiyn),
    original: Number(sums.originalTiyn),
    count: Number(count),
    paid_count: Number(byStatus.paid),
    conversion: dateField === 'created_at' ? share(byStatus.paid, count) : null,
    average_pay_ms: byStatus.paid === 0n ? null : Number(sums.payMs / byStatus.paid),
    credited: Number(sums.creditedTiyn),
    commission: Number(sums.commissionTiyn),
    rounding: Number(sums.roundingTiyn),
    overpaid: Number(sums.overpaidTiyn),
    forgiven: Number(sums.forgivenTiyn),
    expected_fee: Number(sums.feeTiyn),
    refunded: Number(sums.refundedTiyn),
    net: Number(sums.grossTiyn - sums.feeTiyn - sums.refundedTiyn),
    by_status: Object.fromEntries(statuses) as FiguresTotals['by_status'],
    attempts_started: Number(sums.attemptsStarted),
    attempts_succeeded: Number(sums.attemptsSucceeded),
    attempt_conversion: share(sums.attemptsSucceeded, sums.attemptsStarted),
  }
}

/** To four digits, as people read a share. */
function share(part: bigint, whole: bigint): number | null {
  return whole === 0n ? null : Math.round((Number(part) / Number(whole)) * 10_000) / 10_000
}
