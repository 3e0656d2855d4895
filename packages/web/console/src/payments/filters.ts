// What the list of payments is narrowed by, as it stands in the address. Anything that is not one of these
// is dropped, so that a mistyped link still opens the list.

import type { TransactionsQuery } from '@byfly-pay/contract'

type Wire = Pick<
  TransactionsQuery,
  | 'source_id'
  | 'status'
  | 'date_from'
  | 'date_to'
  | 'search'
  | 'payment_method'
  | 'terminal_id'
  | 'has_task'
  | 'late'
  | 'overpaid'
  | 'cursor'
>
/** Undefined lets go of one that was there. */
export type Filters = { readonly [Name in keyof Wire]?: Wire[Name] | undefined }
export type Status = NonNullable<Filters['status']>

export const STATUSES: readonly Status[] = [
  'pending',
  'processing',
  'paid',
  'partially_paid',
  'cancelled',
  'failed',
]

const NAMES = [
  'source_id',
  'status',
  'date_from',
  'date_to',
  'search',
  'payment_method',
  'terminal_id',
  'has_task',
  'late',
  'overpaid',
  'cursor',
] as const satisfies readonly (keyof Filters)[]

/** Numbers in an address are read as numbers; the wire's query is texts alone. */
export function readFilters(search: Readonly<Record<string, unknown>>): Filters {
  const given = NAMES.map((name) => [name, search[name]] as const).filter(
    ([, value]) => value !== undefined && value !== '' && typeof value !== 'object',
  )
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]))
}

/** Whether anything narrows the list beside the place in it. */
export function isNarrowed({ cursor: _cursor, ...narrowing }: Filters): boolean {
  return Object.values(narrowing).some((value) => value !== undefined)
}
