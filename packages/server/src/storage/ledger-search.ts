// One line of text that staff type, as the things it may be: each is looked up in an index of its own.

import { parseTransactionId } from '@byfly-pay/core'
import { type SqlBool, sql } from 'kysely'
import type { LedgerSearch } from '../ports/payment-ledger.ts'
import { allOf, type Condition } from './ledger-filter.ts'
import { rowsOfSql } from './query-builder.ts'
import type { Session } from './session.ts'

/** A search that finds more is too vague for its number to matter (T4). */
export const SEARCH_COUNT_LIMIT = 1_000

/** Fewer digits than that are no phone's, and no id's beginning, but everybody's. */
const PHONE_DIGITS_MIN = 4
const ID_DIGITS_MIN = 6
/** The longest number in E.164. */
const PHONE_DIGITS_MAX = 15

/** What the text may be; a payment is found when it is any of them. */
export function searchConditions({ text, amongCustomers }: LedgerSearch): Condition[] {
  const word = text.trim()
  return [
    ...idCondition(word),
    sql<SqlBool>`p.id IN (SELECT payment_id FROM external_ids WHERE external_id = ${word}::text)`,
    sql<SqlBool>`p.id IN (
      SELECT payment_id FROM former_ids WHERE upper(former_id) = upper(${word}::text))`,
    sql<SqlBool>`order_of(p.metadata) = ${word}::text AND p.metadata::text <> '{}'`,
    sql<SqlBool>`p.id IN (
      SELECT payment_id FROM captures WHERE provider_transaction_id = ${word}::text)`,
    ...(amongCustomers ? customerConditions(word) : []),
  ]
}

export interface Found {
  /** The ids of what is found in the ways that find few, in no order. */
  readonly few: readonly string[]
  /** The ways that find more than are counted: a common name's beginning. */
  readonly many: readonly Condition[]
}

/** Each way is a look into an index of its own; no order is asked for, which would tempt to walk the list. */
export async function findBy(
  session: Session,
  conditions: readonly Condition[],
  ways: readonly Condition[],
): Promise<Found> {
  const enough = SEARCH_COUNT_LIMIT + 1
  const looks = ways.map(
    (way, place) => sql`(
      SELECT p.id, ${place}::integer AS way
      FROM payments p WHERE ${allOf([...conditions, way])} LIMIT ${enough}::integer)`,
  )
  const rows = await rowsOfSql<{ id: string; way: number }>(
    session,
    sql.join(looks, sql` UNION ALL `),
  )
  const countOf = (place: number) => rows.filter(({ way }) => way === place).length
  const isMany = ways.map((_, place) => countOf(place) > SEARCH_COUNT_LIMIT)
  return {
    few: [...new Set(rows.filter(({ way }) => isMany[way] === false).map(({ id }) => id))],
    many: ways.filter((_, place) => isMany[place] === true),
  }
}

/** The whole transaction id or its beginning: a range of ids. */
function idCondition(word: string): Condition[] {
  const digits = word.replaceAll('-', '')
  if (digits.length < ID_DIGITS_MIN) return []
  const [first, last] = ['0', 'f'].map((digit) => parseTransactionId(digits.padEnd(32, digit)))
  if (first === null || last === null) return []
  return [sql<SqlBool>`p.id BETWEEN ${first}::uuid AND ${last}::uuid`]
}

function customerConditions(word: string): Condition[] {
  const digits = phoneDigits(word)
  const beginning = `${escapeLike(word.toLowerCase())}%`
  return [
    ...(digits === null
      ? []
      : [
          sql<SqlBool>`reverse(p.customer_phone) LIKE ${`${[...digits].reverse().join('')}%`}::text
            AND p.customer_phone IS NOT NULL`,
        ]),
    word.includes('@')
      ? sql<SqlBool>`lower(p.customer_email) LIKE ${beginning}::text AND p.customer_email IS NOT NULL`
      : sql<SqlBool>`lower(p.customer_name) LIKE ${beginning}::text AND p.customer_name IS NOT NULL`,
  ]
}

/** The last digits of a number, however it is spelled; the trunk prefix of Kazakhstan is its code (T8). */
function phoneDigits(word: string): string | null {
  if (!/^\+?[\d\s().-]+$/.test(word)) return null
  const digits = word.replace(/\D/g, '')
  if (digits.length < PHONE_DIGITS_MIN || digits.length > PHONE_DIGITS_MAX) return null
  return /^8\d{10}$/.test(digits) ? `7${digits.slice(1)}` : digits
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
