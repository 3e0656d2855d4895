// Texts of an earlier centre's books as sums and moments. What cannot be read for certain is a fault with a
// name; nothing is rounded and no time is guessed.

import {
  MAX_TIYN,
  type Moment,
  momentOfLocal,
  momentsOfLocal,
  SECOND_MS,
  TIYN_PER_TENGE,
} from '@byfly-pay/core'
import type { Mapping } from './mapping.ts'

/** Why a row does not come over; `detail` never holds what a customer said. */
export class RowFault extends Error {
  override readonly name = 'RowFault'
  readonly code: RowFaultCode
  readonly detail: string

  constructor(code: RowFaultCode, detail: string) {
    super(code)
    this.code = code
    this.detail = detail
  }
}

export type RowFaultCode =
  | 'field_is_empty'
  | 'id_unreadable'
  | 'amount_unreadable'
  | 'amount_too_large'
  | 'percent_unreadable'
  | 'time_unreadable'
  | 'time_does_not_exist'
  | 'time_is_ambiguous'
  | 'word_unknown'
  | 'text_too_long'
  | 'text_unreadable'
  | 'token_unreadable'
  | 'token_taken'

const DETAIL_CHARACTERS = 100

export function fault(code: RowFaultCode, field: string, text: string | null): RowFault {
  const shown = text === null ? field : `${field}: ${text.slice(0, DETAIL_CHARACTERS)}`
  return new RowFault(code, shown)
}

type Amounts = Mapping['amounts']

/** @throws RowFault for anything but an exact sum that a column holds; zero is one */
export function readTiyn(text: string, unit: Amounts, field: string): bigint {
  const match = /^(-?)(\d{1,20})(?:\.(\d{1,20}))?$/.exec(text.trim())
  if (match === null || match[1] === '-') throw fault('amount_unreadable', field, text)
  const whole = BigInt(match[2] ?? '0')
  const decimals = (match[3] ?? '').replace(/0+$/, '')
  if (decimals.length > (unit === 'tenge' ? 2 : 0)) throw fault('amount_unreadable', field, text)
  const tiyn =
    unit === 'tiyn' ? whole : whole * TIYN_PER_TENGE + BigInt(decimals.padEnd(2, '0') || '0')
  if (tiyn > MAX_TIYN) throw fault('amount_too_large', field, text)
  return tiyn
}

/** Basis points of a percent with at most two decimals, below 100. */
export function readRateBp(text: string, field: string): number {
  const match = /^(\d{1,2})(?:\.(\d{1,2})0*)?$/.exec(text.trim())
  if (match === null) throw fault('percent_unreadable', field, text)
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

const WRITTEN =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/

export interface TimeTerms {
  readonly zone: string
  readonly ambiguous: NonNullable<Mapping['ambiguous_times']>
}

/** A time with its offset is that moment; one without is of the mapping's zone. */
export function readMoment(text: string, { ambiguous, zone }: TimeTerms, field: string): Moment {
  const match = WRITTEN.exec(text.trim())
  if (match === null) throw fault('time_unreadable', field, text)
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const ms = Math.floor(Number(`0.${match[7] ?? '0'}`) * SECOND_MS)
  const written = [year, month, day, hour, minute, second] as const
  const offset = match[8]
  if (offset !== undefined) {
    const asUtc = momentOfLocal(written, 'UTC')
    if (asUtc === null) throw fault('time_does_not_exist', field, text)
    return asUtc - offsetMsOf(offset) + ms
  }
  const moments = momentsOfLocal(written, zone)
  const [earlier, later = earlier] = moments
  if (earlier === undefined || later === undefined) {
    throw fault('time_does_not_exist', field, text)
  }
  if (earlier !== later && ambiguous === 'refuse') throw fault('time_is_ambiguous', field, text)
  return (ambiguous === 'later' ? later : earlier) + ms
}

function offsetMsOf(offset: string): number {
  if (offset === 'Z') return 0
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return (offset.startsWith('-') ? -minutes : minutes) * 60 * SECOND_MS
}
