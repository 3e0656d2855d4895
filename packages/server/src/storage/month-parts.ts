// Names of a month's partitions, and where each of them is. It only looks.

import pg from 'pg'
import type { Month, MonthTable } from '../ports/month-store.ts'
import type { Session } from './session.ts'

/** Whatever is partitioned by its id is partitioned by month: the rule of `ensure_partitions`. */
export const PARENTS = `
  SELECT relname FROM pg_class
  WHERE relkind = 'p' AND relnamespace = 'public'::regnamespace
    AND pg_get_partkeydef(oid) = 'RANGE (id)'`

const PARTS = `
  SELECT parent.relname AS name,
    CASE WHEN part.oid IS NULL THEN 'absent'
      WHEN i.inhrelid IS NULL THEN 'detached'
      WHEN i.inhdetachpending THEN 'detaching'
      ELSE 'attached' END AS place
  FROM (${PARENTS}) AS parent
  LEFT JOIN pg_class part ON part.oid = to_regclass('public.' || quote_ident(parent.relname || $1))
  LEFT JOIN pg_inherits i ON i.inhrelid = part.oid
  ORDER BY name`

export function partsOf(session: Session, month: Month): Promise<MonthTable[]> {
  return session.rows<MonthTable>({ name: null, text: PARTS }, [suffixOf(month)])
}

export function partOf(month: Month, table: string): string {
  return `${table}${suffixOf(month)}`
}

function suffixOf(month: Month): string {
  return `_${month.replace('-', '_')}`
}

/** Its first day. */
export function startOf(month: Month): string {
  return `${month}-01`
}

export function quoted(name: string): string {
  return pg.escapeIdentifier(name)
}

export const SEAL = (part: string) => `
  CREATE OR REPLACE TRIGGER month_sealed BEFORE INSERT OR UPDATE OR DELETE ON public.${quoted(part)}
  FOR EACH ROW EXECUTE FUNCTION refuse_sealed()`
