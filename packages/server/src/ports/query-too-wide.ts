// A list or a count that would take longer than staff may keep the database busy. A narrower one may do.

export class QueryTooWide extends Error {
  override readonly name = 'QueryTooWide'
}
