// The books of an earlier centre, as they lie in its database or in files. They are only read, all of them as
// of one moment where that is possible.

/** A row: column → its text, null for nothing. */
export type FormerRow = Readonly<Record<string, string | null>>

export interface FormerBooks {
  /**
   * Rows in whatever order they lie, a bounded number of them in memory at once.
   *
   * @throws OperatorError when there is no such table or column
   */
  rows(table: string, columns: readonly string[]): AsyncIterable<readonly FormerRow[]>
  close(): Promise<void>
}

/** How files are written, where the books are files. */
export interface FormerFiles {
  readonly delimiter: string
  /** Texts that mean nothing, beside the empty one. */
  readonly empty: readonly string[]
}
