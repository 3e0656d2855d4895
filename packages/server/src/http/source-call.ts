// One authenticated call that changes something: what its work is told.

import type { Source } from '../ports/account-store.ts'
import type { Centre } from '../ports/centre.ts'
import type { Turn } from './idempotency.ts'

export interface SourceCall {
  readonly centre: Centre
  readonly source: Source
  readonly requestId: string
  readonly turn: Turn
}
