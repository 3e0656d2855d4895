// What is said of the entries of desks, in every language; whole by its types. A title of an entry is a task's,
// and is found among the words of payments.

import type { Desk } from '@byfly-pay/core'

/** An operation of a statement; no number where the bank gave none. */
export interface Operation {
  readonly number: string | null
  readonly sum: string
  readonly at: string
}

export interface DeskWords {
  readonly desks: Readonly<Record<Desk, string>>
  readonly quarantines: Readonly<Record<'start_lost' | 'terminal_busy' | 'access_denied', string>>
  readonly differences: Readonly<Record<'sum' | 'product' | 'fee', string>>
  /** In the place of a time that is not known. */
  readonly noTime: string
  readonly source: (name: string) => string
  readonly terminal: (name: string) => string
  readonly restored: (since: string, until: string) => string
  readonly compare: string
  readonly saleOutside: (operation: Operation) => string
  readonly refundOutside: (operation: Operation) => string
  readonly missingThere: (at: string) => string
  readonly inStatement: (operation: Operation) => string
  readonly ambiguous: (operation: Operation) => string
  readonly fitting: string
  readonly likely: string
  /** Null where there was no money; `undefined` where nobody can tell how much. */
  readonly disagreement: (
    booked: string | null,
    told: string | null | undefined,
    number: string | null,
  ) => string
  readonly paidTwice: (order: string | null, other: string) => string
  readonly possibleDuplicate: (other: string) => string
  readonly why: (reason: string) => string
  readonly waitsUntil: (at: string) => string
  readonly payment: (id: string, sum: string) => string
  readonly taken: (taken: string, credited: string) => string
  readonly nothingTaken: string
  readonly overpaid: (sum: string) => string
  readonly refundDue: string
  readonly asked: (sum: string) => string
  readonly askedAndTook: (asked: string, took: string) => string
  readonly product: (word: string) => string
  readonly difference: (what: string, here: string, there: string) => string
}
