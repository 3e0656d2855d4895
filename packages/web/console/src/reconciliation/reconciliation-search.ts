// Where one stands in the reconciliation, as it is in the address: the ledger, and what of it is open.

export type Outcome =
  | 'all'
  | 'matched'
  | 'different'
  | 'missing_here'
  | 'ambiguous'
  | 'missing_there'

export const OUTCOMES: readonly Outcome[] = [
  'all',
  'different',
  'missing_here',
  'missing_there',
  'ambiguous',
  'matched',
]

export interface LedgerSearch {
  readonly system?: string | undefined
  readonly country?: string | undefined
}

export interface ReconciliationSearch extends LedgerSearch {
  readonly tab?: 'statements' | 'days' | undefined
  /** YYYY-MM */
  readonly month?: string | undefined
  readonly cursor?: string | undefined
}

export interface StatementSearch {
  readonly outcome?: Outcome | undefined
  readonly cursor?: string | undefined
}

export interface DaySearch extends LedgerSearch {
  readonly version?: number | undefined
}

type Given = Readonly<Record<string, unknown>>

export function readReconciliationSearch(search: Given): ReconciliationSearch {
  const { month, tab } = search
  return {
    ...readLedger(search),
    ...(tab === 'statements' || tab === 'days' ? { tab } : {}),
    ...(typeof month === 'string' && /^\d{4}-\d{2}$/.test(month) ? { month } : {}),
    ...readCursor(search),
  }
}

export function readStatementSearch(search: Given): StatementSearch {
  const outcome = OUTCOMES.find((name) => name === search['outcome'])
  return { ...(outcome === undefined ? {} : { outcome }), ...readCursor(search) }
}

export function readDaySearch(search: Given): DaySearch {
  const version = Number(search['version'])
  return { ...readLedger(search), ...(version > 0 ? { version } : {}) }
}

function readLedger({ country, system }: Given): LedgerSearch {
  return {
    ...(typeof system === 'string' ? { system } : {}),
    ...(typeof country === 'string' ? { country } : {}),
  }
}

function readCursor({ cursor }: Given): { readonly cursor?: string } {
  return cursor === undefined ? {} : { cursor: String(cursor) }
}
