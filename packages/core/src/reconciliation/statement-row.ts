// One row of a bank's statement read by the columns that a person has named. Every sum comes to whole tiyn
// from its text, and what cannot be read for certain is a fault, never a guess.

import { MAX_TIYN, TIYN_PER_TENGE } from '../money.ts'
import { DAY_MS, MINUTE_MS, type Moment, momentOfLocal, SECOND_MS } from '../time.ts'
import type { MoneyMove } from './match.ts'

export const STATEMENT_FIELDS = [
  'number',
  'rrn',
  /** Day and time in one column, or the day alone. */
  'at',
  /** The time where it has a column of its own. */
  'time',
  'amount',
  'fee',
  'payout',
  'device',
  'product',
  /** What kind of operation it is: a word of return makes it a refund, as a sum below zero does. */
  'operation',
] as const
export type StatementField = (typeof STATEMENT_FIELDS)[number]

/** Field → heading of its column. */
export type StatementColumns = Readonly<Partial<Record<StatementField, string>>>

export interface StatementRow {
  readonly move: MoneyMove
  readonly number: string | null
  readonly rrn: string | null
  readonly fromMs: Moment
  readonly toMs: Moment
  readonly tiyn: bigint
  readonly feeTiyn: bigint | null
  readonly payoutTiyn: bigint | null
  readonly device: string | null
  /** As the bank calls it. */
  readonly product: string | null
}

export type ReadRow =
  | { readonly kind: 'row'; readonly row: StatementRow }
  /** Neither a day nor a number: a total, a heading, a signature. */
  | { readonly kind: 'no_operation' }
  | { readonly kind: 'fault'; readonly field: StatementField }

export type Cells = Readonly<Partial<Record<StatementField, string>>>

export function readStatementRow(cells: Cells, zone: string): ReadRow {
  const text = (field: StatementField) => cells[field]?.trim() ?? ''
  const at = periodOf(text('at'), text('time'), zone)
  if (at === null) {
    const isOperation = looksLikeNumber(text('number')) || looksLikeNumber(text('rrn'))
    return isOperation ? { kind: 'fault', field: 'at' } : { kind: 'no_operation' }
  }
  const amount = tiynOfText(text('amount'))
  if (amount === null || amount === 0n) return { kind: 'fault', field: 'amount' }
  const number = nameOf(text('number'))
  if (number === undefined) return { kind: 'fault', field: 'number' }
  const rrn = nameOf(text('rrn'))
  if (rrn === undefined) return { kind: 'fault', field: 'rrn' }
  const fee = optionalSum(text('fee'))
  if (fee === undefined) return { kind: 'fault', field: 'fee' }
  const payout = optionalSum(text('payout'))
  if (payout === undefined) return { kind: 'fault', field: 'payout' }
  const isRefund = amount < 0n || REFUND.test(text('operation'))
  return {
    kind: 'row',
    row: {
      move: isRefund ? 'refund' : 'sale',
      number,
      rrn,
      ...at,
      tiyn: sizeOf(amount),
      // A bank writes what it keeps with either sign.
      feeTiyn: fee === null ? null : sizeOf(fee),
      payoutTiyn: payout === null ? null : sizeOf(payout),
      device: text('device').slice(0, LONGEST_NAME) || null,
      product: text('product').slice(0, LONGEST_NAME) || null,
    },
  }
}

const REFUND = /возврат|отмен|сторно|refund|return|reversal/i
const LONGEST_NAME = 64

function sizeOf(tiyn: bigint): bigint {
  return tiyn < 0n ? -tiyn : tiyn
}

function looksLikeNumber(text: string): boolean {
  return /^[="']*\d{4,}"?$/.test(text)
}

/** How banks and spreadsheets write that there is none. */
const NO_NUMBER = /^(?:[-–—]*|0+|null|none|nil|n\/a)$/i

/** Null for an empty cell, undefined for what is no number of an operation, such as 3,69E+09. */
function nameOf(text: string): string | null | undefined {
  // Spreadsheets keep digits from becoming a number as ="123" or '123.
  const bare = text.replace(/^="(.*)"$/, '$1').replace(/^'/, '')
  if (NO_NUMBER.test(bare)) return null
  return /^[0-9A-Za-z-]{1,64}$/.test(bare) ? bare : undefined
}

function optionalSum(text: string): bigint | null | undefined {
  return text === '' || text === '-' ? null : (tiynOfText(text) ?? undefined)
}

const SUM = /^([-+]?)(\d+)(?:[.,](\d{1,2}))?$/

/**
 * A sum as banks and spreadsheets write it: `1 234,56 ₸`, `-505`, `1,234.56`. Groups of thousands are of
 * three digits, decimals at most two, so that a text is read in one way or not at all. Null for all else.
 */
export function tiynOfText(text: string): bigint | null {
  const bare = text
    .replace(/(?:₸|KZT|тг\.?|тенге)$/i, '')
    .replace(/[\s\u00a0\u202f'’]/g, '')
    .replace(/^[−–]/, '-')
  const match = SUM.exec(withoutGroups(bare))
  if (match === null) return null
  const [, sign, whole = '', decimals = ''] = match
  const size = BigInt(whole) * TIYN_PER_TENGE + BigInt(decimals.padEnd(2, '0'))
  if (size > MAX_TIYN) return null
  return sign === '-' ? -size : size
}

function withoutGroups(text: string): string {
  const grouped = /^([-+]?)(\d{1,3})((?:([.,])\d{3})(?:\4\d{3})*)([.,]\d{1,2})?$/.exec(text)
  if (grouped === null) return text
  const [, sign = '', head = '', groups = '', separator = '', decimals = ''] = grouped
  // One sign cannot part both thousands and decimals.
  if (decimals.startsWith(separator)) return text
  return `${sign}${head}${groups.replaceAll(separator, '')}${decimals}`
}

const DAY_FIRST = /^(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})(?:,?\s+(.+))?$/
const YEAR_FIRST = /^(\d{4})-(\d\d)-(\d\d)(?:[T\s]+(.+))?$/
const TIME = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d{1,6})?)?$/

/** The second, the minute or the day that the text names; null for what is no day of the calendar. */
function periodOf(text: string, ownTime: string, zone: string) {
  const dayFirst = DAY_FIRST.exec(text)
  const yearFirst = YEAR_FIRST.exec(text)
  const [, first = '', month = '', last = '', within = ''] = dayFirst ?? yearFirst ?? []
  const [day, year] = dayFirst === null ? [last, first] : [first, last]
  const time = ownTime === '' ? within : ownTime
  const clock = TIME.exec(time)
  if (month === '' || (time !== '' && clock === null)) return null
  const [, hour = '0', minute = '0', second] = clock ?? []
  const fields = [year.length === 2 ? `20${year}` : year, month, day, hour, minute, second ?? '0']
  const [y = 0, m = 0, d = 0, h = 0, min = 0, s = 0] = fields.map(Number)
  const fromMs = momentOfLocal([y, m, d, h, min, s], zone)
  if (fromMs === null) return null
  const spanMs = clock === null ? DAY_MS : second === undefined ? MINUTE_MS : SECOND_MS
  return { fromMs, toMs: fromMs + spanMs - 1 }
}
