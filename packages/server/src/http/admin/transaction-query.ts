// What the query of a list asks for, in the middle's words. Days are the centre's, both inclusive (T1); a
// cursor is a place in one order and means nothing in another.

import type { TransactionsQuery } from '@byfly-pay/contract'
import { type Moment, momentOfLocal, parseTransactionId, transactionIdOf } from '@byfly-pay/core'
import { lineFault } from '../../payments/customer-fields.ts'
import type { ListFilter } from '../../payments/list-payments.ts'
import type { LedgerOrder, LedgerPage, LedgerPlace } from '../../ports/payment-ledger.ts'
import { refuseFaults } from '../refusal.ts'

const DEFAULT_LIMIT = 100

/** @throws Refusal for days that do not exist, a range that ends before it begins, and unreadable text */
export function readFilter(query: Omit<TransactionsQuery, 'limit'>, zone: string): ListFilter {
  const { amount_from: from, amount_to: to, date_from: first, date_to: last, search } = query
  const fromMs = first === undefined ? null : dayStart(first, 0, zone)
  const beforeMs = last === undefined ? null : dayStart(last, 1, zone)
  const searchFault = search === undefined ? null : lineFault(search)
  refuseFaults({
    ...(first !== undefined && fromMs === null ? { date_from: 'Is not a date' } : {}),
    ...(last !== undefined && beforeMs === null ? { date_to: 'Is not a date' } : {}),
    ...(fromMs !== null && beforeMs !== null && beforeMs <= fromMs
      ? { date_to: 'Must not be before date_from' }
      : {}),
    ...(from !== undefined && to !== undefined && BigInt(to) < BigInt(from)
      ? { amount_to: 'Must not be below amount_from' }
      : {}),
    ...(searchFault === null ? {} : { search: searchFault }),
  })
  return {
    sourceId: numberOrNull(query.source_id),
    status: query.status ?? null,
    period: { by: query.date_field ?? 'created_at', fromMs, beforeMs },
    search: search ?? null,
    method: query.payment_method ?? null,
    usedMethod: query.used_method ?? null,
    terminalId: numberOrNull(query.terminal_id),
    fromTiyn: from === undefined ? null : BigInt(from),
    toTiyn: to === undefined ? null : BigInt(to),
    hasTask: flagOrNull(query.has_task),
    late: flagOrNull(query.late),
    overpaid: flagOrNull(query.overpaid),
    wasPaid: query.sort === 'paid_at' ? true : null,
  }
}

/** @throws Refusal for a cursor of another order, and for one beside an offset */
export function readPage({
  cursor,
  direction,
  limit,
  offset,
  sort,
}: TransactionsQuery): LedgerPage {
  const order: LedgerOrder = { by: sort ?? 'created_at', direction: direction ?? 'desc' }
  const count = Number(limit ?? DEFAULT_LIMIT)
  if (cursor === undefined) {
    return { order, limit: count, from: { kind: 'offset', offset: Number(offset ?? 0) } }
  }
  const place = readCursor(cursor, order)
  refuseFaults({
    ...(offset === undefined ? {} : { offset: 'Must not be sent with cursor' }),
    ...(place === null ? { cursor: 'Is not a cursor of this list' } : {}),
  })
  if (place === null) throw new Error('Курсор не прочитан')
  return { order, limit: count, from: { kind: 'after', place } }
}

export function showCursor(
  place: LedgerPlace | null,
  { by, direction }: LedgerOrder,
): string | null {
  if (place === null) return null
  const text = `${by} ${direction} ${transactionIdOf(place.id)} ${place.value ?? ''}`
  return Buffer.from(text.trimEnd()).toString('base64url')
}

function readCursor(cursor: string, { by, direction }: LedgerOrder): LedgerPlace | null {
  const text = Buffer.from(cursor, 'base64url').toString()
  const match = /^([a-z_]+) (asc|desc) ([0-9A-F]{32})(?: (\d{1,17}))?$/.exec(text)
  if (match === null || match[1] !== by || match[2] !== direction) return null
  const [, , , transactionId = '', value] = match
  const id = parseTransactionId(transactionId)
  const hasValue = value !== undefined
  if (id === null || hasValue === (by === 'created_at')) return null
  return { id, value: hasValue ? BigInt(value) : null }
}

/** The moment at which the day begins that is `daysOn` after the written one; null for no date. */
export function dayStart(date: string, daysOn: number, zone: string): Moment | null {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  if (momentOfLocal([year, month, day, 0, 0, 0], zone) === null) return null
  const on = new Date(Date.UTC(year, month - 1, day + daysOn))
  const start = momentOfLocal(
    [on.getUTCFullYear(), on.getUTCMonth() + 1, on.getUTCDate(), 0, 0, 0],
    zone,
  )
  // Nothing is older than the epoch, and no id can say so.
  return start === null ? null : Math.max(start, 0)
}

function numberOrNull(text: string | undefined): number | null {
  return text === undefined ? null : Number(text)
}

function flagOrNull(text: 'true' | 'false' | undefined): boolean | null {
  return text === undefined ? null : text === 'true'
}
