// What of a table is shown to whoever names its columns: its first rows, and the words of those columns that
// have few. Nothing of it is kept. Pure.

const ROWS_LIMIT = 5
/** A column of the bank's products or kinds of operations has fewer, one of sums or numbers more. */
const WORDS_LIMIT = 12
const CELL_LIMIT = 200

export interface TableSample {
  readonly rows: readonly (readonly string[])[]
  /** Of each column by its place; none of a column that has many. */
  readonly words: readonly (readonly string[])[]
}

type Rows = readonly (readonly string[])[]

export function sampleOf(rows: Rows, columns: number): TableSample {
  const places = Array.from({ length: columns }, (_, place) => place)
  return {
    rows: rows.slice(0, ROWS_LIMIT).map((row) => places.map((place) => cellAt(row, place))),
    words: places.map((place) => wordsAt(rows, place)),
  }
}

function wordsAt(rows: Rows, place: number): string[] {
  const words = new Set<string>()
  for (const row of rows) {
    const word = cellAt(row, place)
    if (word !== '') words.add(word)
    if (words.size > WORDS_LIMIT) return []
  }
  return [...words]
}

function cellAt(row: readonly string[], place: number): string {
  return (row[place] ?? '').trim().slice(0, CELL_LIMIT)
}
