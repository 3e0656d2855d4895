// The schema as the database itself tells it, for `schema.sql`: reviewed as text, and compared by a
// test, so that a migration cannot change more than its author meant. Written from catalogue
// queries, because the embedded server brings no pg_dump.

import type pg from 'pg'

const QUERIES: readonly string[] = [
  `SELECT format('DOMAIN %s %s %s', typname, format_type(typbasetype, typtypmod),
      pg_get_constraintdef(c.oid)) AS line
    FROM pg_type t LEFT JOIN pg_constraint c ON c.contypid = t.oid
    WHERE typtype = 'd' AND typnamespace = 'public'::regnamespace ORDER BY 1`,
  `SELECT format(E'TABLE %s%s\\n%s', c.relname,
      coalesce(' PARTITION BY ' || pg_get_partkeydef(c.oid), ''), string_agg(
        format('  %s %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
          CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END,
          CASE a.attidentity WHEN 'a' THEN ' IDENTITY' ELSE '' END,
          coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')), E'\\n' ORDER BY a.attnum)) AS line
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
    GROUP BY c.oid, c.relname ORDER BY c.relname`,
  // PostgreSQL 18 lists NOT NULL as constraints too; the columns above say it already.
  `SELECT format('CONSTRAINT %s ON %s %s', conname, conrelid::regclass, pg_get_constraintdef(p.oid)) AS line
    FROM pg_constraint p JOIN pg_class c ON c.oid = p.conrelid
    WHERE NOT c.relispartition AND contype <> 'n' AND connamespace = 'public'::regnamespace
    ORDER BY conrelid::regclass::text COLLATE "C", conname`,
  `SELECT pg_get_indexdef(i.indexrelid) AS line
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_constraint p WHERE p.conindid = i.indexrelid)
    ORDER BY i.indexrelid::regclass::text COLLATE "C"`,
  `SELECT pg_get_triggerdef(t.oid) AS line
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT c.relispartition AND NOT t.tgisinternal ORDER BY t.tgname`,
  `SELECT pg_get_functiondef(oid) AS line FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace ORDER BY proname`,
]

export async function dumpSchema(client: pg.Client): Promise<string> {
  const parts: string[] = []
  for (const query of QUERIES) {
    const { rows } = await client.query<{ line: string }>(query)
    parts.push(rows.map(({ line }) => `${line.trimEnd()}\n`).join('\n'))
  }
  return `-- Written by \`npm run schema\`; change migrations, never this file.\n\n${parts.join('\n')}`
}
