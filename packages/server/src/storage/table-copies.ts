// Every table of the schema as the catalogue tells of it, and its rows as COPY's text, out and in.

import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { CopiedTable } from '../ports/backup-store.ts'
import { quoted } from './month-parts.ts'

export interface TableShape extends CopiedTable {
  readonly isPartitioned: boolean
  /** A month's table by itself: its partitioned table. */
  readonly parent: string | null
  /** Tables that its foreign keys lead to. */
  readonly needs: readonly string[]
}

const SHAPES = `
  SELECT c.relname::text AS name, c.relkind = 'p' AS "isPartitioned", parent.relname::text AS parent,
    ARRAY(
      SELECT attname::text FROM pg_attribute
      WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      ORDER BY attnum) AS columns,
    ARRAY(
      SELECT DISTINCT r.relname::text FROM pg_constraint k JOIN pg_class r ON r.oid = k.confrelid
      WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid) AS needs
  FROM pg_class c
  LEFT JOIN pg_class parent ON parent.relkind = 'p' AND parent.relnamespace = c.relnamespace
    AND c.relname ~ ('^' || parent.relname || '_[0-9]{4}_[0-9]{2}$')
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND c.relnamespace = 'public'::regnamespace
  ORDER BY c.relname`

/** In the order in which foreign keys let them be loaded. */
export async function tableShapes(client: pg.Client): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(SHAPES)
  return inOrder(rows)
}

function inOrder(shapes: readonly TableShape[]): TableShape[] {
  const placed = new Map<string, TableShape>()
  while (placed.size < shapes.length) {
    const free = shapes.filter(
      ({ name, needs }) => !placed.has(name) && needs.every((needed) => placed.has(needed)),
    )
    if (free.length === 0) throw new Error('foreign keys lead in a circle')
    for (const shape of free) placed.set(shape.name, shape)
  }
  return [...placed.values()]
}

/**
 * Partitioned tables in the order of their ids. Others as they lie, which is how a fresh table lies that
 * was filled by one COPY.
 */
export async function* copyTableOut(
  client: pg.Client,
  { columns, isPartitioned, name }: TableShape,
): AsyncIterable<Buffer> {
  const rows = `SELECT ${columns.map(quoted).join(', ')} FROM public.${quoted(name)}`
  yield* client.query(copyTo(`COPY (${rows}${isPartitioned ? ' ORDER BY id' : ''}) TO STDOUT`))
}

export async function copyTableIn(
  client: pg.Client,
  { columns, name }: CopiedTable,
  lines: AsyncIterable<Buffer>,
): Promise<void> {
  const list = columns.map(quoted).join(', ')
  const copy = copyFrom(`COPY public.${quoted(name)} (${list}) FROM STDIN`)
  await pipeline(Readable.from(lines), client.query(copy))
}
