// Views of the list of payments, saved and dropped by whose they are. Filters may hold a customer's phone, so
// the audit is told the name alone.

import type { Centre } from '../ports/centre.ts'
import type { SavedView } from '../ports/view-store.ts'
import { audited } from './audited.ts'
import type { Staff } from './staff.ts'

export const VIEWS_LIMIT = 30

/** Null when they have as many as may be kept. */
export function saveView(
  centre: Pick<Centre, 'storage'>,
  { actor, admin }: Staff,
  view: Omit<SavedView, 'id'>,
): Promise<SavedView | null> {
  return audited(centre, actor, async (tx) => {
    const saved = await centre.storage.views.save(tx, admin.id, view, VIEWS_LIMIT)
    if (saved === null) return { result: null, line: null }
    const target = { kind: 'saved_view', id: String(saved.id) }
    return {
      result: saved,
      line: { action: 'saved_view.saved', target, facts: { name: saved.name } },
    }
  })
}

/** @returns whether there was one */
export function removeView(
  centre: Pick<Centre, 'storage'>,
  { actor, admin }: Staff,
  id: number,
): Promise<boolean> {
  return audited(centre, actor, async (tx) => {
    const name = await centre.storage.views.remove(tx, admin.id, id)
    if (name === null) return { result: false, line: null }
    const target = { kind: 'saved_view', id: String(id) }
    return { result: true, line: { action: 'saved_view.removed', target, facts: { name } } }
  })
}
