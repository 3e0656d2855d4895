// Saved views in the database. Every statement names whose they are.

import type { SavedView, ViewStore } from '../ports/view-store.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

const OF: Statement = {
  name: 'saved_views_of',
  text: 'SELECT id, name, filters FROM saved_views WHERE admin_id = $1 ORDER BY name',
}

/** One member of staff saves one view at a time, or two at once could pass the limit. */
const LOCK: Statement = {
  name: 'saved_views_lock',
  text: 'SELECT id FROM admins WHERE id = $1 FOR NO KEY UPDATE',
}

const SAVE: Statement = {
  name: 'saved_view_save',
  text: `
    INSERT INTO saved_views (admin_id, name, filters)
    SELECT $1, $2, $3
    WHERE (SELECT count(*) FROM saved_views WHERE admin_id = $1 AND name <> $2) < $4
    ON CONFLICT (admin_id, name) DO UPDATE SET filters = excluded.filters
    RETURNING id, name, filters`,
}

const REMOVE: Statement = {
  name: 'saved_view_remove',
  text: 'DELETE FROM saved_views WHERE admin_id = $1 AND id = $2 RETURNING name',
}

export function viewStore(session: Session): ViewStore {
  return {
    of: (adminId) => session.rows<SavedView>(OF, [adminId]),
    async save(tx, adminId, { filters, name }, most) {
      await sessionOf(tx).rows(LOCK, [adminId])
      const values = [adminId, name, JSON.stringify(filters), most]
      const [view] = await sessionOf(tx).rows<SavedView>(SAVE, values)
      return view ?? null
    },
    async remove(tx, adminId, id) {
      const [row] = await sessionOf(tx).rows<{ name: string }>(REMOVE, [adminId, id])
      return row?.name ?? null
    },
  }
}
