// A file of the bank's as rows of texts, whatever program wrote it. Nothing of it is calculated or run.

export type TableRead =
  | { readonly kind: 'rows'; readonly rows: readonly (readonly string[])[] }
  /** Neither CSV nor XLSX; or damaged, or made to hurt whoever opens it. */
  | { readonly kind: 'not_a_table' }
  | { readonly kind: 'too_large' }

export interface StatementReader {
  /** Takes the bytes away from the caller. Never throws. */
  read(file: Uint8Array): Promise<TableRead>
}
