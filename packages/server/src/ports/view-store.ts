// Views of the list of payments that members of staff keep, each their own.

import type { Transaction } from './transaction.ts'

/** As the query of the list has them. */
export type ViewFilters = Readonly<Record<string, string>>

export interface SavedView {
  readonly id: number
  readonly name: string
  readonly filters: ViewFilters
}

export interface ViewStore {
  /** In the order of their names. */
  of(adminId: number): Promise<SavedView[]>
  /**
   * One of the same name gets these filters.
   *
   * @returns null when there are `most` of other names already
   */
  save(
    tx: Transaction,
    adminId: number,
    view: Omit<SavedView, 'id'>,
    most: number,
  ): Promise<SavedView | null>
  /** @returns its name; null when they have none with this number. */
  remove(tx: Transaction, adminId: number, id: number): Promise<string | null>
}
