// Folds deltas into days, and settles which zone those days are of. A delta is deleted by the statement
// that adds it, so it counts once however often a fold is cut short.

import type { FigureStore } from '../ports/figure-store.ts'
import { addToDays, datedRows, KEY_LIST, MEASURE_SUMS, ZONE } from './figure-columns.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

/** Any fixed number: the advisory lock of whoever folds or rebuilds. */
export const FIGURES_LOCK = 7_204_117_004

const TRY_LOCK: Statement = {
  name: 'figures_try_lock',
  text: `SELECT pg_try_advisory_xact_lock(${FIGURES_LOCK}) AS yes`,
}

const WAIT_FOR_LOCK: Statement = {
  name: 'figures_lock',
  text: `SELECT pg_advisory_xact_lock(${FIGURES_LOCK})`,
}

/** Under the lock nobody else deletes a delta, and nobody ever changes one: a ctid is a name. */
const FOLD: Statement = {
  name: 'figures_fold',
  text: `
    WITH zone AS (${ZONE}),
    taken AS (
      DELETE FROM figure_deltas
      WHERE ctid = ANY (ARRAY(SELECT ctid FROM figure_deltas LIMIT $1::integer))
      RETURNING *
    ),
    folded AS (${addToDays(`
      SELECT ${KEY_LIST}, ${MEASURE_SUMS}
      FROM (${datedRows('taken d, zone')}) AS dated
      GROUP BY ${KEY_LIST}`)}
    )
    SELECT count(*)::integer AS folded FROM taken`,
}

const ADOPT_ZONE: Statement = {
  name: 'figures_adopt_zone',
  text: `
    UPDATE settings SET value = to_jsonb($1::text)
    WHERE name = 'figures_zone' AND NOT EXISTS (SELECT FROM figure_days)`,
}

const SET_ZONE: Statement = {
  name: 'figures_set_zone',
  text: `UPDATE settings SET value = to_jsonb($1::text) WHERE name = 'figures_zone'`,
}

const READ_ZONE: Statement = { name: 'figures_zone', text: ZONE }

type Folding = Pick<FigureStore, 'fold' | 'zone' | 'adoptZone' | 'beginRebuild'>

export function figureFolding(session: Session): Folding {
  return {
    async fold(tx, limit) {
      const inside = sessionOf(tx)
      const [lock] = await inside.rows<{ yes: boolean }>(TRY_LOCK, [])
      if (lock?.yes !== true) return 0
      const [row] = await inside.rows<{ folded: number }>(FOLD, [limit])
      return row?.folded ?? 0
    },
    zone: () => readZone(session),
    async adoptZone(tx, zone) {
      const inside = sessionOf(tx)
      await inside.rows(WAIT_FOR_LOCK, [])
      await inside.rows(ADOPT_ZONE, [zone])
      return readZone(inside)
    },
    async beginRebuild(tx, zone) {
      const inside = sessionOf(tx)
      await inside.rows(WAIT_FOR_LOCK, [])
      await inside.rows(SET_ZONE, [zone])
    },
  }
}

async function readZone(session: Session): Promise<string> {
  const [row] = await session.rows<{ name: string }>(READ_ZONE, [])
  if (row === undefined) throw new Error('В настройках нет часового пояса отчётов')
  return row.name
}
