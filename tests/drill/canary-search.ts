// Looks for texts in the whole database: every column of every table, bytes too.

import type { TestCentre } from '../support/centre.ts'

/** Text → `table.column` of each place that holds it, in any case of its letters. */
export async function placesOf(
  { sql }: Pick<TestCentre, 'sql'>,
  texts: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const tables = await sql(
    `SELECT relname AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
     ORDER BY 1`,
  )
  // JSON shows bytes as hexadecimal digits.
  const looks = tables.map(
    ({ name }) => `
      SELECT DISTINCT wanted.text, '${name}.' || cell.key AS place
      FROM "${name}" t, jsonb_each_text(to_jsonb(t)) AS cell,
        unnest($1::text[], $2::text[]) AS wanted (text, hex)
      WHERE position(lower(wanted.text) IN lower(cell.value)) > 0
        OR position(wanted.hex IN cell.value) > 0`,
  )
  const hexes = texts.map((text) => Buffer.from(text).toString('hex'))
  const rows = await sql(looks.join(' UNION ALL '), [texts, hexes])
  const found = new Map<string, string[]>(texts.map((text) => [text, []]))
  for (const { place, text } of rows) found.get(text)?.push(place)
  return found
}
